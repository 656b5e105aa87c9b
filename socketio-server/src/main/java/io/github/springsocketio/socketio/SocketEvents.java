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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.Packet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls the code of the application for one socket: what is registered for its namespace
 * and for that socket alone. A received event passes catch-all listeners, middlewares,
 * interceptors, and then the listeners and handlers of its name, each time those of the
 * namespace first.
 */
final class SocketEvents {

	private static final Log logger = LogFactory.getLog(SocketEvents.class);

	private static final AtomicReferenceFieldUpdater<SocketEvents, HandlerTable> HANDLERS = AtomicReferenceFieldUpdater
		.newUpdater(SocketEvents.class, HandlerTable.class, "handlers");

	private final DefaultSocket socket;

	private final @Nullable EventRate rate;

	private volatile HandlerTable handlers = HandlerTable.EMPTY;

	/** Created for the first event that meets a middleware; in the session's turn. */
	private @Nullable EventPipeline pipeline;

	SocketEvents(DefaultSocket socket) {
		this.socket = socket;
		int perSecond = socket.namespace().server().options().maxEventsPerSecond();
		this.rate = (perSecond > 0) ? new EventRate(perSecond, now()) : null;
	}

	private long now() {
		return this.socket.namespace().server().engine().timers().nanoTime();
	}

	HandlerTable handlers() {
		return this.handlers;
	}

	void change(Consumer<HandlerTable> change) {
		HANDLERS.updateAndGet(this, (table) -> table.changed(change));
	}

	private HandlerTable shared() {
		return this.socket.namespace().handlers();
	}

	/**
	 * Call the handlers for connections; in the session's turn.
	 */
	void callConnectionHandlers() {
		for (ConnectionHandler handler : shared().connection) {
			if (!this.socket.isActive()) {
				return;
			}
			try {
				Publisher<?> result = handler.handle(this.socket);
				if (result != null) {
					subscribe(result);
				}
			}
			catch (Throwable ex) {
				connectionFailed(ex);
			}
		}
	}

	/**
	 * Call the listeners for recoveries; in the session's turn.
	 */
	void callRecoveryListeners() {
		for (ConnectionListener listener : shared().recovered) {
			if (!this.socket.isActive()) {
				return;
			}
			try {
				listener.onConnection(this.socket);
			}
			catch (Throwable ex) {
				connectionFailed(ex);
			}
		}
	}

	private void subscribe(Publisher<?> result) {
		Flux.from(result)
			.takeUntilOther(Mono.defer(this.socket::onDisconnect))
			.contextWrite((context) -> context.putAll(this.socket.reactorContext().readOnly()))
			.subscribe(null, this::connectionFailed);
	}

	private void connectionFailed(Throwable error) {
		failed("Connection listener", error, null);
		this.socket.disconnect(false);
	}

	void callDisconnectListeners(Function<HandlerTable, DisconnectListener[]> listeners, DisconnectReason reason,
			@Nullable String detail) {
		call(listeners.apply(shared()), reason, detail);
		call(listeners.apply(this.handlers), reason, detail);
	}

	private void call(DisconnectListener[] listeners, DisconnectReason reason, @Nullable String detail) {
		for (DisconnectListener listener : listeners) {
			try {
				listener.onDisconnect(this.socket, reason, detail);
			}
			catch (Throwable ex) {
				failed("Disconnect listener", ex, null);
			}
		}
	}

	boolean hasOutgoingListeners() {
		return shared().outgoing.length != 0 || this.handlers.outgoing.length != 0;
	}

	void callOutgoingListeners(String event, Arguments args) {
		call(shared().outgoing, event, args);
		call(this.handlers.outgoing, event, args);
	}

	private void call(OutgoingListener[] listeners, String event, Arguments args) {
		for (OutgoingListener listener : listeners) {
			try {
				listener.onOutgoing(this.socket, event, args);
			}
			catch (Throwable ex) {
				failed("Listener for outgoing events", ex, null);
			}
		}
	}

	/**
	 * Count an event of the client; in the session's turn.
	 * @return {@code false} if the client exceeds its rate
	 */
	boolean tryAcquire() {
		return this.rate == null || this.rate.tryTake(now());
	}

	/**
	 * Handle an event of the client; in the session's turn.
	 */
	void onEvent(Packet packet, String name) {
		HandlerTable shared = shared();
		HandlerTable own = this.handlers;
		boolean watched = shared.any.length != 0 || own.any.length != 0;
		boolean filtered = shared.eventMiddlewares.length != 0 || own.eventMiddlewares.length != 0;
		Handler[] sharedHandlers = shared.handlers(name);
		Handler[] ownHandlers = own.handlers(name);
		if (!watched && !filtered && sharedHandlers == null && ownHandlers == null) {
			logUnhandled(name);
			return;
		}
		DefaultEvent event = new DefaultEvent(this.socket, name, packet);
		if (event.isAckRequested() && logger.isDebugEnabled()) {
			watchAck(event);
		}
		if (watched) {
			callAny(shared.any, event);
			callAny(own.any, event);
		}
		if (filtered) {
			if (this.pipeline == null) {
				this.pipeline = new EventPipeline(this.socket, this);
			}
			this.pipeline.add(event);
		}
		else if (watched) {
			callHandlers(event);
		}
		else {
			callHandlers(event, shared.interceptors, own.interceptors, sharedHandlers, ownHandlers);
		}
	}

	private void logUnhandled(String name) {
		if (logger.isDebugEnabled()) {
			logger.debug("No listener for event " + LogText.of(name) + " of " + this.socket);
		}
	}

	/**
	 * Log an event that nobody has acknowledged after the time for acknowledgements.
	 */
	private void watchAck(DefaultEvent event) {
		DefaultSocketIoServer server = this.socket.namespace().server();
		Duration timeout = server.options().ackTimeout();
		if (!timeout.isZero()) {
			server.schedule(timeout, () -> {
				if (event.isAckMissing() && this.socket.connected()) {
					logger.debug("Event " + LogText.of(event.name()) + " of " + this.socket
							+ " is not acknowledged after " + timeout.toMillis() + " ms");
				}
			});
		}
	}

	/**
	 * Forget the events that have not passed the middlewares; in the session's turn.
	 */
	void clear() {
		if (this.pipeline != null) {
			this.pipeline.clear();
		}
	}

	private void callAny(SocketEventListener[] listeners, Event event) {
		for (SocketEventListener listener : listeners) {
			try {
				listener.onEvent(this.socket, event);
			}
			catch (Throwable ex) {
				failed(event, ex);
			}
		}
	}

	/**
	 * Call the listeners and handlers of the event's name, unless the socket has been
	 * disconnected meanwhile.
	 */
	void callHandlers(Event event) {
		HandlerTable shared = shared();
		HandlerTable own = this.handlers;
		callHandlers(event, shared.interceptors, own.interceptors, shared.handlers(event.name()),
				own.handlers(event.name()));
	}

	private void callHandlers(Event event, EventInterceptor[] shared, EventInterceptor[] own,
			Handler @Nullable [] sharedHandlers, Handler @Nullable [] ownHandlers) {
		if (!this.socket.isActive()) {
			return;
		}
		if (sharedHandlers == null && ownHandlers == null) {
			logUnhandled(event.name());
		}
		else if (shared.length != 0 || own.length != 0) {
			new InterceptedEvent(this, concat(shared, own)).start(event);
		}
		else {
			call(sharedHandlers, event);
			call(ownHandlers, event);
		}
	}

	private static EventInterceptor[] concat(EventInterceptor[] shared, EventInterceptor[] own) {
		EventInterceptor[] result = shared;
		for (EventInterceptor interceptor : own) {
			result = HandlerTable.append(result, interceptor);
		}
		return result;
	}

	private void call(Handler @Nullable [] handlers, Event event) {
		if (handlers == null) {
			return;
		}
		for (Handler handler : handlers) {
			try {
				Publisher<?> result = handle(handler, event);
				if (result instanceof Fuseable.ScalarCallable<?> scalar) {
					acknowledge(event, scalar.call());
				}
				else if (result != null) {
					HandlerResult.subscribe(result, this.socket, event);
				}
				else if (event.isAckRequested() && logger.isDebugEnabled() && handler.isReactive()) {
					logger.debug("A handler of event " + LogText.of(event.name()) + " of " + this.socket
							+ " has returned null, which acknowledges nothing");
				}
			}
			catch (Throwable ex) {
				failed(event, ex);
			}
		}
	}

	private @Nullable Publisher<?> handle(Handler handler, Event event) throws Exception {
		SlowHandlerWatch watch = this.socket.namespace().server().slowHandlers();
		if (!watch.isEnabled()) {
			return handler.code().handle(this.socket, event);
		}
		long start = watch.start();
		try {
			return handler.code().handle(this.socket, event);
		}
		finally {
			watch.end(start, handler, event, this.socket);
		}
	}

	/**
	 * Call the listeners and handlers of the event's name for the last interceptor.
	 * @param onHandler called if one of them is a handler, whose result is the
	 * acknowledgement
	 * @return completes when all have completed, with the first value
	 */
	Mono<Object> invoke(Event event, Runnable onHandler) {
		if (!this.socket.isActive()) {
			return Mono.empty();
		}
		List<Publisher<?>> results = new ArrayList<>(2);
		collect(shared().handlers(event.name()), event, results);
		collect(this.handlers.handlers(event.name()), event, results);
		if (results.isEmpty()) {
			return Mono.empty();
		}
		onHandler.run();
		return Flux.fromIterable(results)
			.flatMapDelayError((result) -> result, Integer.MAX_VALUE, 32)
			.cast(Object.class)
			.reduce((first, next) -> first);
	}

	private void collect(Handler @Nullable [] handlers, Event event, List<Publisher<?>> results) {
		if (handlers == null) {
			return;
		}
		for (Handler handler : handlers) {
			try {
				Publisher<?> result = handle(handler, event);
				if (result != null) {
					results.add(result);
				}
			}
			catch (Throwable ex) {
				FatalErrors.rethrowIfFatal(ex);
				results.add(Mono.error(ex));
			}
		}
	}

	DefaultSocket socket() {
		return this.socket;
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

	/**
	 * Handle the error of a listener, handler, middleware or interceptor of an event.
	 */
	void failed(Event event, Throwable error) {
		failed("Handling of event " + LogText.of(event.name()), error, event);
	}

	/**
	 * Handle an error: give it to the error listeners, or log it if there is none.
	 */
	void failed(String what, Throwable error, @Nullable Event event) {
		FatalErrors.rethrowIfFatal(error);
		boolean handled = notifyErrorListeners(error, event);
		this.socket.namespace().server().failures().log(what, this.socket, error, handled);
	}

	/**
	 * Give an error to the error listeners.
	 * @return whether there is one
	 */
	boolean notifyErrorListeners(Throwable error, @Nullable Event event) {
		ErrorListener[] shared = shared().errors;
		ErrorListener[] own = this.handlers.errors;
		notifyErrorListeners(shared, error, event);
		notifyErrorListeners(own, error, event);
		return shared.length != 0 || own.length != 0;
	}

	private void notifyErrorListeners(ErrorListener[] listeners, Throwable error, @Nullable Event event) {
		for (ErrorListener listener : listeners) {
			try {
				listener.onError(this.socket, error, event);
			}
			catch (Throwable ex) {
				this.socket.namespace().server().failures().log("Error listener", this.socket, ex, false);
			}
		}
	}

}
