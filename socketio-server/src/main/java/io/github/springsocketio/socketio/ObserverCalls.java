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

import java.util.function.Function;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.ServerObserver.Operation;
import io.github.springsocketio.socketio.ServerObserver.Outcome;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Calls handlers and the adapter, and notifies an observer. Without an observer, the
 * calls have no overhead.
 */
final class ObserverCalls {

	private final @Nullable ServerObserver observer;

	private final SlowHandlerWatch slowHandlers;

	/**
	 * Create the calls.
	 * @param observer the observer, or {@code null} if there is none
	 */
	ObserverCalls(@Nullable ServerObserver observer, SlowHandlerWatch slowHandlers) {
		this.observer = observer;
		this.slowHandlers = slowHandlers;
	}

	// Handlers

	/**
	 * Notify the observer of an event for which a handler is called.
	 * @param known whether the namespace has a handler for the event
	 * @return the operation, or {@code null} if it is not observed
	 */
	@Nullable Operation event(DefaultSocket socket, Event event, boolean known) {
		return (this.observer != null) ? this.observer.event(socket, event, known, socket.reactorContext()) : null;
	}

	/**
	 * Call a handler that is not observed.
	 * @return the result
	 */
	@Nullable Publisher<?> handle(Handler handler, DefaultSocket socket, Event event) throws Exception {
		if (!this.slowHandlers.isEnabled()) {
			return handler.code().handle(socket, event);
		}
		long start = this.slowHandlers.start();
		try {
			return handler.code().handle(socket, event);
		}
		finally {
			if (this.slowHandlers.end(start, handler, event, socket) && this.observer != null) {
				this.observer.threadHeld(socket);
			}
		}
	}

	/**
	 * Set the thread locals of an operation.
	 */
	ThreadContext.Scope open(Operation operation) {
		try {
			return operation.open();
		}
		catch (Throwable ex) {
			operation.end(Outcome.ERROR, ex);
			throw ex;
		}
	}

	/**
	 * Call a handler that is observed, in the scope of the operation.
	 * @return the result. A publisher that is not scalar has to be subscribed to in the
	 * same scope, and the subscriber ends the operation
	 */
	@Nullable Publisher<?> handle(Handler handler, DefaultSocket socket, Event event, Operation operation) throws Exception {
		Publisher<?> result;
		try {
			result = handle(handler, socket, event);
			if (result instanceof Fuseable.ScalarCallable<?> scalar) {
				// throws the error of a Mono.error
				scalar.call();
			}
		}
		catch (Throwable ex) {
			operation.end(Outcome.ERROR, ex);
			throw ex;
		}
		if (result == null || result instanceof Fuseable.ScalarCallable<?>) {
			operation.end(Outcome.SUCCESS, null);
		}
		return result;
	}

	/**
	 * Call a handler.
	 * @return the result, which may be subscribed to at any time
	 */
	@Nullable Publisher<?> handleLater(Handler handler, DefaultSocket socket, Event event) throws Exception {
		Operation operation = event(socket, event, socket.namespace().handlers().handlers(event.name()) != null);
		if (operation == null) {
			return handle(handler, socket, event);
		}
		Publisher<?> result;
		try (ThreadContext.Scope scope = open(operation)) {
			result = handle(handler, socket, event, operation);
		}
		return (result == null || result instanceof Fuseable.ScalarCallable<?>) ? result
				: new ScopedResult(result, operation);
	}

	/**
	 * Notify the observer of an event without a handler.
	 */
	void unhandled(DefaultSocket socket) {
		if (this.observer != null) {
			this.observer.unhandled(socket);
		}
	}

	// Clients

	/**
	 * Notify the observer of a client that joins a namespace.
	 * @return the operation, or {@code null} if it is not observed
	 */
	@Nullable Operation connecting(Handshake handshake, String namespace, NamespaceRegistry registry) {
		return (this.observer != null) ? this.observer.connecting(handshake, namespace, registry.isNamed(namespace))
				: null;
	}

	/**
	 * Observe acknowledgements of an event.
	 */
	<T> Mono<T> ack(DefaultNamespace namespace, String event, Mono<T> acks) {
		ServerObserver current = this.observer;
		return (current != null) ? new ObservedMono<>(acks, (context) -> current.ack(namespace, event, context)) : acks;
	}

	// The adapter

	/**
	 * Observe a broadcast.
	 */
	Mono<Void> broadcast(DefaultNamespace namespace, String event, BroadcastOptions options, Mono<Void> broadcast) {
		ServerObserver current = this.observer;
		return (current != null)
				? new ObservedMono<>(broadcast, (context) -> current.broadcast(namespace, event, options, context))
				: broadcast;
	}

	/**
	 * Start a broadcast whose result is not used by the caller.
	 */
	Mono<Void> startBroadcast(DefaultNamespace namespace, String event, BroadcastOptions options,
			Supplier<Mono<Void>> action) {
		return start(
				(this.observer != null) ? this.observer.broadcast(namespace, event, options, Context.empty()) : null,
				action);
	}

	/**
	 * Observe another operation of the adapter.
	 */
	<T> Mono<T> adapter(DefaultNamespace namespace, String name, Mono<T> operation) {
		ServerObserver current = this.observer;
		return (current != null) ? new ObservedMono<>(operation, (context) -> current.adapter(namespace, name))
				: operation;
	}

	/**
	 * Start another operation of the adapter whose result is not used by the caller.
	 */
	Mono<Void> start(DefaultNamespace namespace, String name, Supplier<Mono<Void>> action) {
		return start((this.observer != null) ? this.observer.adapter(namespace, name) : null, action);
	}

	private static Mono<Void> start(@Nullable Operation operation, Supplier<Mono<Void>> action) {
		if (operation == null) {
			return action.get();
		}
		try {
			Mono<Void> started = action.get();
			return new ObservedMono<>(started, (context) -> operation);
		}
		catch (RuntimeException ex) {
			operation.end(Outcome.ERROR, ex);
			throw ex;
		}
	}

	/**
	 * The result of a handler. It is subscribed to in the scope of its operation, because
	 * much code of the application runs during the subscription.
	 */
	private static final class ScopedResult extends Flux<Object> {

		private final Publisher<?> result;

		private final Operation operation;

		ScopedResult(Publisher<?> result, Operation operation) {
			this.result = result;
			this.operation = operation;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Object> subscriber) {
			try (ThreadContext.Scope scope = this.operation.open()) {
				this.result.subscribe(new ObservedSubscriber<>(subscriber, this.operation));
			}
		}

	}

	/**
	 * An operation that starts when it is subscribed to.
	 *
	 * @param <T> the type of the value
	 */
	private static final class ObservedMono<T> extends Mono<T> {

		private final Mono<T> source;

		private final Function<ContextView, @Nullable Operation> start;

		ObservedMono(Mono<T> source, Function<ContextView, @Nullable Operation> start) {
			this.source = source;
			this.start = start;
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> subscriber) {
			Operation operation = this.start.apply(subscriber.currentContext());
			this.source.subscribe((operation != null) ? new ObservedSubscriber<T>(subscriber, operation) : subscriber);
		}

	}

}
