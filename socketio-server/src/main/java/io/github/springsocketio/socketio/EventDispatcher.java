/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.springsocketio.socketio;

import io.github.springsocketio.socketio.packet.Packet;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Fuseable;

/**
 * Brings an event to those who listen (SIO-48): catch-all listeners, middlewares, then
 * the listeners and handlers of its name; each time those of the namespace first. Runs in
 * the turn of the session.
 */
final class EventDispatcher {

	private EventDispatcher() {
	}

	static void dispatch(DefaultSocket socket, Packet packet, String name) {
		HandlerTable shared = socket.namespace().handlers();
		HandlerTable own = socket.handlers();
		boolean watched = shared.any.length != 0 || (own != null && own.any.length != 0);
		boolean filtered = shared.eventMiddlewares.length != 0 || (own != null && own.eventMiddlewares.length != 0);
		if (!watched && !filtered && shared.handlers(name) == null && (own == null || own.handlers(name) == null)) {
			return;
		}
		DefaultEvent event = new DefaultEvent(socket, name, packet);
		if (watched) {
			callAny(shared.any, socket, event);
			if (own != null) {
				callAny(own.any, socket, event);
			}
		}
		if (filtered) {
			socket.pipeline().add(event);
		}
		else {
			callHandlers(socket, event);
		}
	}

	/**
	 * Call the listeners and handlers of the event's name, unless the socket has been
	 * disconnected meanwhile.
	 */
	static void callHandlers(DefaultSocket socket, Event event) {
		if (!socket.isActive()) {
			return;
		}
		call(socket.namespace().handlers().handlers(event.name()), socket, event);
		HandlerTable own = socket.handlers();
		if (own != null) {
			call(own.handlers(event.name()), socket, event);
		}
	}

	private static void callAny(EventListener[] listeners, DefaultSocket socket, Event event) {
		for (EventListener listener : listeners) {
			try {
				listener.onEvent(socket, event);
			}
			catch (Throwable ex) {
				UserCode.failed(socket, event, ex);
			}
		}
	}

	private static void call(Handler @Nullable [] handlers, DefaultSocket socket, Event event) {
		if (handlers == null) {
			return;
		}
		for (Handler handler : handlers) {
			try {
				Publisher<?> result = handler.code().handle(socket, event);
				if (result instanceof Fuseable.ScalarCallable<?> scalar) {
					acknowledge(event, scalar.call());
				}
				else if (result != null) {
					HandlerResult.subscribe(result, socket, event);
				}
			}
			catch (Throwable ex) {
				UserCode.failed(socket, event, ex);
			}
		}
	}

	static void acknowledge(Event event, @Nullable Object value) {
		if (!event.isAckRequested()) {
			return;
		}
		if (value != null) {
			event.ack(new Object[] { value });
		}
		else {
			event.ack();
		}
	}

}
