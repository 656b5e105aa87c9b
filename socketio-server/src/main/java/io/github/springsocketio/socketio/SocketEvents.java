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
import io.github.springsocketio.socketio.ServerObserver.Operation;
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
 * Calls the code of the application for one socket: the registrations of its namespace
 * and of the socket itself. A received event passes catch-all listeners, middlewares,
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

	/** Created for the first event with a middleware; in the session's turn. */
	private @Nullable EventPipeline pipeline;

	/** Created for the first serial handler; in the session's turn. */
	private @Nullable EventGate gate;

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
		this.socket.namespace().connected(this.socket);
		callConnectionHandlers(shared().connection, 0);
	}

	private void callConnectionHandlers(ConnectionHandler[] handlers, int first) {
		for (int i = first; i < handlers.length; i++) {
			if (!this.socket.isActive()) {
				return;
			}
			try {
				Publisher<?> result = handlers[i].handle(this.socket);
				if (result != null && handlers[i] instanceof SerialConnectionHandler) {
					int next = i + 1;
					gate().close();
					subscribe(result, () -> proceed(() -> callConnectionHandlers(handlers, next)));
					return;
				}
				if (result != null) {
					subscribe(result, null);
				}
			}
			catch (Throwable ex) {
				connectionFailed(ex);
			}
		}
	}

	/**
	 * Continue after a serial handler; in the session's turn.
	 */
	void proceed(Runnable next) {
		this.socket.execute(() -> {
			EventGate current = gate();
			current.unlock();
			next.run();
			if (!current.isBusy()) {
				current.open();
			}
		});
	}

	/**
	 * Return the gate, in the session's turn.
	 */
	EventGate gate() {
		EventGate result = this.gate;
		if (result == null) {
			result = new EventGate(this.socket, this::drainPipeline);
			this.gate = result;
		}
		return result;
	}

	private void drainPipeline() {
		if (this.pipeline != null) {
			this.pipeline.drain();
		}
	}

	/**
	 * Return whether events are queued until a handler has ended; in the session's turn.
	 */
	boolean isSerialHandlerUnderWay() {
		EventGate current = this.gate;
		return current != null && current.isBusy();
	}

	/**
	 * Run a task as soon as no serial handler is in progress, after the disconnection.
	 * From any thread.
	 */
	void afterSerialHandlers(Runnable task) {
		this.socket.execute(() -> {
			EventGate current = this.gate;
			if (current != null) {
				current.afterwards(task);
			}
			else {
				task.run();
			}
		});
	}

	/**
	 * Call the listeners for recoveries; in the session's turn.
	 */
	void callRecoveryListeners() {
		EventGate current = this.gate;
		if (current != null && current.isClosed()) {
			current.add(this::callRecoveryListenersNow);
		}
		else {
			callRecoveryListenersNow();
		}
	}

	private void callRecoveryListenersNow() {
		this.socket.namespace().server().socketListeners().recovered(this.socket);
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

	private void subscribe(Publisher<?> result, @Nullable Runnable onEnd) {
		// a serial handler is not canceled, because later events wait for its end
		Flux<?> awaited = (onEnd != null) ? Flux.from(result).doFinally((signal) -> onEnd.run())
				: Flux.from(result).takeUntilOther(Mono.defer(this.socket::onDisconnect));
		awaited.contextWrite((context) -> context.putAll(this.socket.reactorContext().readOnly()))
			.subscribe(null, this::connectionFailed);
	}

	private void connectionFailed(Throwable error) {
		errors().failed("Connection listener", error, null);
		this.socket.disconnect(false);
	}

	void callDisconnectListeners(Function<HandlerTable, DisconnectListener[]> listeners, DisconnectReason reason,
			@Nullable String detail) {
		call(listeners.apply(shared()), reason, detail);
		call(listeners.apply(this.handlers), reason, detail);
	}

	/**
	 * Call the listeners for a socket that is disconnected.
	 */
	void callDisconnected(DisconnectReason reason, @Nullable String detail) {
		callDisconnectListeners((table) -> table.disconnect, reason, detail);
		this.socket.namespace().server().socketListeners().disconnected(this.socket, reason, detail);
	}

	private void call(DisconnectListener[] listeners, DisconnectReason reason, @Nullable String detail) {
		for (DisconnectListener listener : listeners) {
			try {
				listener.onDisconnect(this.socket, reason, detail);
			}
			catch (Throwable ex) {
				errors().failed("Disconnect listener", ex, null);
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
				errors().failed("Listener for outgoing events", ex, null);
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
		EventGate current = this.gate;
		if (current != null && current.isClosed()) {
			current.add(() -> onEventNow(packet, name));
		}
		else {
			onEventNow(packet, name);
		}
	}

	private void onEventNow(Packet packet, String name) {
		HandlerTable shared = shared();
		HandlerTable own = this.handlers;
		boolean watched = shared.any.length != 0 || own.any.length != 0;
		boolean filtered = shared.eventMiddlewares.length != 0 || own.eventMiddlewares.length != 0;
		Handler[] sharedHandlers = shared.handlers(name);
		Handler[] ownHandlers = own.handlers(name);
		if (!watched && !filtered && sharedHandlers == null && ownHandlers == null) {
			unhandled(name);
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
			callHandlers(event, shared, own, sharedHandlers, ownHandlers);
		}
	}

	private void unhandled(String name) {
		this.socket.namespace().server().observerCalls().unhandled(this.socket);
		if (logger.isDebugEnabled()) {
			logger.debug("No listener for event " + LogText.of(name) + " of " + this.socket);
		}
	}

	/**
	 * Log an event that is not acknowledged within the time limit for acknowledgements.
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
	 * Drop the events that are queued for a middleware or a serial handler; in the
	 * session's turn.
	 */
	void clear() {
		if (this.gate != null) {
			this.gate.clear();
		}
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
				// handlers may still acknowledge the event
				errors().failed(event, ex, false);
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
		callHandlers(event, shared, own, shared.handlers(event.name()), own.handlers(event.name()));
	}

	private void callHandlers(Event event, HandlerTable shared, HandlerTable own, Handler @Nullable [] sharedHandlers,
			Handler @Nullable [] ownHandlers) {
		if (!this.socket.isActive()) {
			return;
		}
		if (sharedHandlers == null && ownHandlers == null) {
			unhandled(event.name());
		}
		else if (shared.interceptors.length != 0 || own.interceptors.length != 0) {
			callIntercepted(event, HandlerTable.concat(shared.interceptors, own.interceptors),
					isSerial(shared, sharedHandlers) || isSerial(own, ownHandlers));
		}
		else if (isSerial(shared, sharedHandlers) || isSerial(own, ownHandlers)) {
			callSerially(event, HandlerTable.concat(sharedHandlers, ownHandlers), 0, sharedHandlers != null);
		}
		else {
			boolean alone = sharedHandlers == null || ownHandlers == null;
			call(sharedHandlers, event, alone, sharedHandlers != null);
			call(ownHandlers, event, alone, sharedHandlers != null);
		}
	}

	/**
	 * Return whether an event has a serial handler.
	 */
	boolean isSerial(Event event) {
		HandlerTable shared = shared();
		HandlerTable own = this.handlers;
		return isSerial(shared, shared.handlers(event.name())) || isSerial(own, own.handlers(event.name()));
	}

	private static boolean isSerial(HandlerTable table, Handler @Nullable [] handlers) {
		return table.serial && handlers != null && isSerial(handlers);
	}

	private static boolean isSerial(Handler[] handlers) {
		for (Handler handler : handlers) {
			if (handler.serial()) {
				return true;
			}
		}
		return false;
	}

	private void callIntercepted(Event event, EventInterceptor[] interceptors, boolean serial) {
		InterceptedEvent intercepted = new InterceptedEvent(this, interceptors, serial);
		if (serial) {
			gate().close();
			intercepted.start(event, () -> proceed(() -> {
			}));
		}
		else {
			intercepted.start(event, null);
		}
	}

	/**
	 * Call handlers one after the other. After a serial handler, the next one is called
	 * when it has ended.
	 */
	private void callSerially(Event event, Handler[] handlers, int first, boolean known) {
		for (int i = first; i < handlers.length; i++) {
			Handler handler = handlers[i];
			int next = i + 1;
			int bytes = this.socket.client().load().handled();
			call(handler, event, handlers.length == 1, known, handler.serial() ? () -> proceed(() -> {
				if (this.socket.isActive()) {
					this.socket.client().load().handling(bytes);
					callSerially(event, handlers, next, known);
				}
			}) : null);
			if (isSerialHandlerUnderWay()) {
				return;
			}
		}
	}

	private void call(Handler @Nullable [] handlers, Event event, boolean alone, boolean known) {
		if (handlers == null) {
			return;
		}
		for (Handler handler : handlers) {
			call(handler, event, alone && handlers.length == 1, known, null);
		}
	}

	/**
	 * Call a handler.
	 * @param alone whether no other handler could acknowledge the event
	 * @param known whether the namespace has a handler for the event
	 * @param onEnd called when a serial handler has ended, or {@code null}
	 */
	private void call(Handler handler, Event event, boolean alone, boolean known, @Nullable Runnable onEnd) {
		ObserverCalls calls = this.socket.namespace().server().observerCalls();
		try {
			Operation operation = calls.event(this.socket, event, known);
			if (operation == null) {
				await(calls.handle(handler, this.socket, event), handler, event, onEnd, null);
			}
			else {
				callObserved(calls, operation, handler, event, onEnd);
			}
		}
		catch (Throwable ex) {
			errors().failed(event, ex, alone || !handler.isListener());
		}
	}

	/**
	 * Call a handler and subscribe to its result with the same thread locals.
	 */
	private void callObserved(ObserverCalls calls, Operation operation, Handler handler, Event event,
			@Nullable Runnable onEnd) throws Exception {
		try (ThreadContext.Scope scope = calls.open(operation)) {
			await(calls.handle(handler, this.socket, event, operation), handler, event, onEnd, operation);
		}
	}

	private void await(@Nullable Publisher<?> result, Handler handler, Event event, @Nullable Runnable onEnd,
			@Nullable Operation operation) throws Exception {
		if (result instanceof Fuseable.ScalarCallable<?> scalar) {
			acknowledge(event, scalar.call());
		}
		else if (result != null) {
			if (onEnd != null) {
				gate().close();
			}
			HandlerResult.subscribe(result, this.socket, event, onEnd, operation);
		}
		else if (event.isAckRequested() && logger.isDebugEnabled() && !handler.isListener()) {
			logger.debug("A handler of event " + LogText.of(event.name()) + " of " + this.socket
					+ " has returned null: the event is not acknowledged");
		}
	}

	private @Nullable Publisher<?> handle(Handler handler, Event event) throws Exception {
		return this.socket.namespace().server().observerCalls().handleLater(handler, this.socket, event);
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
		Handler[] sharedHandlers = shared().handlers(event.name());
		Handler[] ownHandlers = this.handlers.handlers(event.name());
		if (isSerial(event)) {
			onHandler.run();
			return Flux.fromArray(HandlerTable.concat(sharedHandlers, ownHandlers))
				.concatMapDelayError((handler) -> result(handler, event))
				.cast(Object.class)
				.reduce((first, next) -> first);
		}
		List<Publisher<?>> results = new ArrayList<>(2);
		collect(sharedHandlers, event, results);
		collect(ownHandlers, event, results);
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
					results.add(emitting(result));
				}
			}
			catch (Throwable ex) {
				FatalErrors.rethrowIfFatal(ex);
				results.add(emitting(Mono.error(ex)));
			}
		}
	}

	private Publisher<?> result(Handler handler, Event event) {
		try {
			Publisher<?> result = handle(handler, event);
			return (result != null) ? emitting(result) : Mono.empty();
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			return emitting(Mono.error(ex));
		}
	}

	/**
	 * Return a result for an operator such as {@code flatMap}, which would throw a
	 * {@link LinkageError} of a {@link Mono#error} instead of emitting it.
	 */
	private static Publisher<?> emitting(Publisher<?> result) {
		return (result instanceof Fuseable.ScalarCallable<?> && result instanceof Mono<?> mono) ? mono.hide() : result;
	}

	DefaultSocket socket() {
		return this.socket;
	}

	static void acknowledge(Event event, @Nullable Object value) {
		if (!event.isAckRequested()) {
			return;
		}
		if (value != null) {
			event.ack(new Object[] { (value instanceof AckError error) ? error.toAcknowledgement() : value });
		}
		else {
			event.ack();
		}
	}

	SocketErrors errors() {
		return new SocketErrors(this, this.socket);
	}

}
