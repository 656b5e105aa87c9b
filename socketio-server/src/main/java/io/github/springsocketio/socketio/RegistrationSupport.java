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

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.packet.ReservedEvents;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Implements registrations on top of a {@link HandlerTable}.
 *
 * @param <R> the type of the object for which something is registered
 */
interface RegistrationSupport<R extends EventRegistration<R>>
		extends EventRegistration<R>, EventHandlerRegistrationSupport<R> {

	/**
	 * Return the object itself.
	 */
	R self();

	/**
	 * Return the current registrations.
	 */
	HandlerTable handlers();

	/**
	 * Replace the registrations by a changed copy, atomically.
	 * @param change called with the copy, again after each concurrent change
	 */
	void change(Consumer<HandlerTable> change);

	private R changed(Consumer<HandlerTable> change) {
		change(change);
		return self();
	}

	@Override
	default R add(String event, Handler handler) {
		ReservedEvents.checkListener(event);
		return changed((table) -> table.addHandler(event, handler));
	}

	private R addOnce(String event, Handler handler) {
		return add(event, handler
			.once((code) -> change((table) -> table.removeHandlers(event, (candidate) -> candidate.code() == code))));
	}

	@Override
	default R on(String event, SocketEventListener listener) {
		return add(event, Handler.of(listener));
	}

	@Override
	default <T> R on(String event, Class<T> type, SocketEventListener.Typed<T> listener) {
		return add(event, Handler.of(Argument.of(type), listener));
	}

	@Override
	default <T> R on(String event, ParameterizedTypeReference<T> type, SocketEventListener.Typed<T> listener) {
		return add(event, Handler.of(Argument.of(type), listener));
	}

	@Override
	default R once(String event, SocketEventListener listener) {
		return addOnce(event, Handler.of(listener));
	}

	@Override
	default <T> R once(String event, Class<T> type, SocketEventListener.Typed<T> listener) {
		return addOnce(event, Handler.of(Argument.of(type), listener));
	}

	@Override
	default <T> R once(String event, ParameterizedTypeReference<T> type, SocketEventListener.Typed<T> listener) {
		return addOnce(event, Handler.of(Argument.of(type), listener));
	}

	@Override
	default R off(String event) {
		ReservedEvents.checkListener(event);
		return changed((table) -> table.removeHandlers(event));
	}

	@Override
	default R off(String event, Object listener) {
		ReservedEvents.checkListener(event);
		Assert.notNull(listener, "'listener' must not be null");
		return changed((table) -> table.removeHandlers(event, (handler) -> handler.origin() == listener));
	}

	@Override
	default R removeAllListeners() {
		return changed(HandlerTable::removeAllHandlers);
	}

	@Override
	default Set<String> eventNames() {
		return Set.copyOf(handlers().events.keySet());
	}

	@Override
	default R onAny(SocketEventListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return changed((table) -> table.any = HandlerTable.append(table.any, listener));
	}

	@Override
	default R prependAny(SocketEventListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return changed((table) -> table.any = HandlerTable.prepend(table.any, listener));
	}

	@Override
	default R offAny(@Nullable SocketEventListener listener) {
		return changed((table) -> table.any = HandlerTable.remove(table.any, listener));
	}

	@Override
	default List<SocketEventListener> listenersAny() {
		return List.of(handlers().any);
	}

	@Override
	default R onAnyOutgoing(OutgoingListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return changed((table) -> table.outgoing = HandlerTable.append(table.outgoing, listener));
	}

	@Override
	default R prependAnyOutgoing(OutgoingListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return changed((table) -> table.outgoing = HandlerTable.prepend(table.outgoing, listener));
	}

	@Override
	default R offAnyOutgoing(@Nullable OutgoingListener listener) {
		return changed((table) -> table.outgoing = HandlerTable.remove(table.outgoing, listener));
	}

	@Override
	default List<OutgoingListener> listenersAnyOutgoing() {
		return List.of(handlers().outgoing);
	}

	@Override
	default R use(EventMiddleware middleware) {
		Assert.notNull(middleware, "'middleware' must not be null");
		return changed((table) -> table.eventMiddlewares = HandlerTable.append(table.eventMiddlewares, middleware));
	}

	@Override
	default R intercept(EventInterceptor interceptor) {
		Assert.notNull(interceptor, "'interceptor' must not be null");
		return changed((table) -> table.interceptors = HandlerTable.append(table.interceptors, interceptor));
	}

	@Override
	default R onError(ErrorListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return changed((table) -> table.errors = HandlerTable.append(table.errors, listener));
	}

	@Override
	default R onDisconnecting(DisconnectListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return changed((table) -> table.disconnecting = HandlerTable.append(table.disconnecting, listener));
	}

	@Override
	default R onDisconnect(DisconnectListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return changed((table) -> table.disconnect = HandlerTable.append(table.disconnect, listener));
	}

	@Override
	default R handleDisconnect(DisconnectHandler handler) {
		Assert.notNull(handler, "'handler' must not be null");
		return onDisconnect(new DisconnectCall(handler));
	}

	@Override
	default R handleDisconnectBlocking(DisconnectListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return handleDisconnect(
				(socket, reason, detail) -> ((DefaultSocket) socket).namespace().server().callBlocking(() -> {
					listener.onDisconnect(socket, reason, detail);
					return null;
				}));
	}

}
