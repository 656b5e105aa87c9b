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

package io.github.springsocketio.socketio.annotation;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.Principals;
import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.NamespaceRegistration;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Registers the methods of one controller as handlers of its namespace.
 *
 * @param registration registers handlers for the namespace
 * @param order the order of events that the controller defines
 * @param exceptions handles the exceptions of its event handlers
 */
record HandlerRegistrations(NamespaceRegistration<?> registration, HandlerOrder order, ExceptionHandlers exceptions) {

	/**
	 * Register a method that decides whether a client may join.
	 */
	void onConnect(HandlerMethod method) {
		this.registration.use((socket) -> completion(() -> method.call(Invocation.of(socket)))
			.onErrorMap((error) -> refusal(socket, error)));
	}

	private static Throwable refusal(Socket socket, Throwable error) {
		AckError known = (error instanceof ConnectErrorException) ? null : AckError.of(error);
		if (known == null) {
			return error;
		}
		// clients that are not authenticated receive the error for that, as in
		// acknowledgements
		return (AckError.ACCESS_DENIED.equals(known.code())
				&& !Principals.isAuthenticated(socket.handshake().principal()))
						? ConnectErrorException.withCode("Not authenticated", AckError.UNAUTHENTICATED)
						: new ConnectErrorException(known.message(), known.toMap());
	}

	/**
	 * Register a method for clients that have joined.
	 */
	void onConnected(HandlerMethod method, HandlerOrder own) {
		if (isSerial(method, own)) {
			this.registration.handleConnectionSerial((socket) -> method.call(Invocation.of(socket)));
		}
		else {
			this.registration.handleConnection((socket) -> method.call(Invocation.of(socket)));
		}
	}

	/**
	 * Register a method for disconnections.
	 */
	void onDisconnect(HandlerMethod method) {
		this.registration.handleDisconnect((socket, reason, detail) -> method.call(Invocation.of(socket, reason)));
	}

	/**
	 * Register a method for an event.
	 * @param emits the name of the events that are emitted, or {@code null} for none
	 */
	void onEvent(String event, HandlerMethod method, HandlerOrder own, @Nullable String emits) {
		boolean serial = isSerial(method, own);
		if (method.isDirect() && method.returnType().isBlocking() && serial && this.exceptions.isEmpty()) {
			this.registration.handleBlocking(event,
					(socket, received) -> method.invoke(Invocation.of(socket, received)));
		}
		else if (serial) {
			this.registration.handleSerial(event, (socket, received) -> call(method, socket, received, emits));
		}
		else {
			this.registration.handle(event, (socket, received) -> call(method, socket, received, emits));
		}
	}

	private Publisher<?> call(HandlerMethod method, Socket socket, Event event, @Nullable String emits)
			throws Exception {
		Invocation invocation = Invocation.of(socket, event);
		if (this.exceptions.isEmpty()) {
			return emitted(socket, method.call(invocation), emits);
		}
		try {
			return Mono.<Object>from(emitted(socket, method.call(invocation), emits))
				.onErrorResume((error) -> this.exceptions.handle(error, invocation));
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			return this.exceptions.handle(ex, invocation);
		}
	}

	private static Publisher<?> emitted(Socket socket, Publisher<?> result, @Nullable String emits) {
		return (emits != null) ? socket.emitAll(emits, result) : result;
	}

	private boolean isSerial(HandlerMethod method, HandlerOrder own) {
		HandlerOrder effective = (own != HandlerOrder.DEFAULT) ? own : this.order;
		return (effective != HandlerOrder.DEFAULT) ? effective == HandlerOrder.SERIAL
				: method.returnType().isBlocking();
	}

	private static Mono<Void> completion(Callable<Publisher<?>> call) {
		return Mono.defer(() -> {
			try {
				return Flux.from(call.call()).then();
			}
			catch (Throwable ex) {
				FatalErrors.rethrowIfFatal(ex);
				return Mono.error(ex);
			}
		});
	}

	/**
	 * Check the type of the result of a method.
	 * @param emits the name of the events that are emitted, or {@code null} for none
	 */
	static void checkResult(Method method, HandlerKind kind, ReturnType type, @Nullable String emits) {
		if (emits != null && (kind != HandlerKind.EVENT || !type.isMultiValue())) {
			throw new InvalidHandlerMethodException(
					"@Emits is used on a method that does not return a Flux for an event: "
							+ InvalidHandlerMethodException.describe(method),
					"Remove @Emits: the value that the method returns is the acknowledgement.");
		}
		if (emits == null && type.isMultiValue() && kind.hasEvent()) {
			throw new InvalidHandlerMethodException(
					"The method returns a stream, which cannot be an acknowledgement: "
							+ InvalidHandlerMethodException.describe(method),
					"Add @Emits(\"event\") to emit the values to the client, or return a Mono, such as with collectList().");
		}
	}

}
