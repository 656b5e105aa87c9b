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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.util.Assert;

/**
 * A listener or handler of an event.
 *
 * @param origin the object that the application has registered
 * @param code called with each event
 * @param serial whether the next event of a socket waits until this handler has ended
 */
record Handler(Object origin, EventHandler code, boolean serial) {

	static Handler of(SocketEventListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return new Handler(listener, (socket, event) -> {
			listener.onEvent(socket, event);
			return null;
		}, false);
	}

	static <T> Handler of(Argument<T> argument, SocketEventListener.Typed<T> listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return new Handler(listener, (socket, event) -> {
			listener.onEvent(socket, argument.resolve(event, 0), event);
			return null;
		}, false);
	}

	/**
	 * Return a handler.
	 * @param origin the object that the application has registered
	 * @param code calls the object
	 */
	static Handler of(Object origin, EventHandler code, boolean serial) {
		Assert.notNull(origin, "'handler' must not be null");
		return new Handler(origin, code, serial);
	}

	/**
	 * Return a handler that is called on a thread for blocking code, as long as the
	 * socket is connected.
	 * @param origin the object that the application has registered
	 * @param code calls the object
	 */
	static Handler ofBlocking(Object origin, BlockingEventHandler code) {
		Assert.notNull(origin, "'handler' must not be null");
		return new Handler(origin,
				(socket, event) -> ((DefaultSocket) socket).namespace()
					.server()
					.blockingCalls()
					.call(() -> socket.connected() ? code.handle(socket, event) : null),
				true);
	}

	/**
	 * Return whether this is a listener, which acknowledges the event itself.
	 */
	boolean isListener() {
		return this.origin instanceof SocketEventListener || this.origin instanceof SocketEventListener.Typed<?>;
	}

	/**
	 * Return a handler that is called once.
	 * @param remove removes the registration with the given code
	 */
	Handler once(Consumer<EventHandler> remove) {
		return new Handler(this.origin, new Once(this.code, remove), this.serial);
	}

	private static final class Once implements EventHandler {

		private final EventHandler code;

		private final Consumer<EventHandler> remove;

		private final AtomicBoolean called = new AtomicBoolean();

		private Once(EventHandler code, Consumer<EventHandler> remove) {
			this.code = code;
			this.remove = remove;
		}

		@Override
		public @Nullable Publisher<?> handle(Socket socket, Event event) throws Exception {
			if (!this.called.compareAndSet(false, true)) {
				return null;
			}
			this.remove.accept(this);
			return this.code.handle(socket, event);
		}

	}

}
