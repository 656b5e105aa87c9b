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
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is registered for one socket alone. There is no table before something is.
 */
abstract class SocketHandlers implements Socket {

	private static final AtomicReferenceFieldUpdater<SocketHandlers, HandlerTable> HANDLERS = AtomicReferenceFieldUpdater
		.newUpdater(SocketHandlers.class, HandlerTable.class, "handlers");

	private volatile @Nullable HandlerTable handlers;

	final @Nullable HandlerTable handlers() {
		return this.handlers;
	}

	private Socket change(Consumer<HandlerTable> change) {
		HANDLERS.updateAndGet(this, (table) -> {
			HandlerTable copy = ((table != null) ? table : HandlerTable.EMPTY).copy();
			change.accept(copy);
			return copy;
		});
		return this;
	}

	@Override
	public Socket on(String event, EventListener listener) {
		Assert.notNull(event, "'event' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.addHandler(event, Handler.of(listener)));
	}

	@Override
	public Socket off(String event, EventListener listener) {
		return change((table) -> table.removeHandler(event, listener));
	}

	@Override
	public Socket onAny(EventListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.any = HandlerTable.append(table.any, listener));
	}

	@Override
	public Socket prependAny(EventListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.any = HandlerTable.prepend(table.any, listener));
	}

	@Override
	public Socket offAny(@Nullable EventListener listener) {
		return change((table) -> table.any = HandlerTable.remove(table.any, listener));
	}

	@Override
	public List<EventListener> listenersAny() {
		HandlerTable table = this.handlers;
		return (table != null) ? List.of(table.any) : List.of();
	}

	@Override
	public Socket onAnyOutgoing(OutgoingListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.outgoing = HandlerTable.append(table.outgoing, listener));
	}

	@Override
	public Socket prependAnyOutgoing(OutgoingListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.outgoing = HandlerTable.prepend(table.outgoing, listener));
	}

	@Override
	public Socket offAnyOutgoing(@Nullable OutgoingListener listener) {
		return change((table) -> table.outgoing = HandlerTable.remove(table.outgoing, listener));
	}

	@Override
	public List<OutgoingListener> listenersAnyOutgoing() {
		HandlerTable table = this.handlers;
		return (table != null) ? List.of(table.outgoing) : List.of();
	}

	@Override
	public Socket use(EventMiddleware middleware) {
		Assert.notNull(middleware, "'middleware' must not be null");
		return change((table) -> table.eventMiddlewares = HandlerTable.append(table.eventMiddlewares, middleware));
	}

	@Override
	public Socket onError(ErrorListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.errors = HandlerTable.append(table.errors, listener));
	}

	@Override
	public Socket onDisconnecting(DisconnectListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.disconnecting = HandlerTable.append(table.disconnecting, listener));
	}

	@Override
	public Socket onDisconnect(DisconnectListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.disconnect = HandlerTable.append(table.disconnect, listener));
	}

}
