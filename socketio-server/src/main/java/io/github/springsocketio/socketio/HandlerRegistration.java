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

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is registered for a namespace or a family of namespaces.
 *
 * @param <N> the type of the namespace
 */
abstract class HandlerRegistration<N extends NamespaceOperations<N>> implements NamespaceOperations<N> {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<HandlerRegistration, HandlerTable> HANDLERS = AtomicReferenceFieldUpdater
		.newUpdater(HandlerRegistration.class, HandlerTable.class, "handlers");

	private volatile HandlerTable handlers;

	HandlerRegistration(HandlerTable handlers) {
		this.handlers = handlers;
	}

	abstract N self();

	final HandlerTable handlers() {
		return this.handlers;
	}

	private N change(Consumer<HandlerTable> change) {
		HANDLERS.updateAndGet(this, (table) -> {
			HandlerTable copy = table.copy();
			change.accept(copy);
			return copy;
		});
		return self();
	}

	@Override
	public N use(NamespaceMiddleware middleware) {
		Assert.notNull(middleware, "'middleware' must not be null");
		return change((table) -> table.middlewares = HandlerTable.append(table.middlewares, middleware));
	}

	@Override
	public N onConnection(ConnectionListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.connection = HandlerTable.append(table.connection, listener));
	}

	@Override
	public N onDisconnecting(DisconnectListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.disconnecting = HandlerTable.append(table.disconnecting, listener));
	}

	@Override
	public N onDisconnect(DisconnectListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.disconnect = HandlerTable.append(table.disconnect, listener));
	}

	@Override
	public N on(String event, EventListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return add(event, Handler.of(listener));
	}

	@Override
	public <T> N on(String event, Class<T> type, EventListener.Typed<T> listener) {
		Assert.notNull(type, "'type' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		return add(event, Handler.of(type, listener));
	}

	@Override
	public N handle(String event, EventHandler handler) {
		Assert.notNull(handler, "'handler' must not be null");
		return add(event, Handler.of(handler));
	}

	@Override
	public <T> N handle(String event, Class<T> type, EventHandler.Typed<T> handler) {
		Assert.notNull(type, "'type' must not be null");
		Assert.notNull(handler, "'handler' must not be null");
		return add(event, Handler.of(type, handler));
	}

	private N add(String event, Handler handler) {
		Assert.notNull(event, "'event' must not be null");
		return change((table) -> table.addHandler(event, handler));
	}

	@Override
	public N onAny(EventListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.any = HandlerTable.append(table.any, listener));
	}

	@Override
	public N useEvent(EventMiddleware middleware) {
		Assert.notNull(middleware, "'middleware' must not be null");
		return change((table) -> table.eventMiddlewares = HandlerTable.append(table.eventMiddlewares, middleware));
	}

	@Override
	public N onError(ErrorListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return change((table) -> table.errors = HandlerTable.append(table.errors, listener));
	}

	@Override
	public N removeListeners(@Nullable String event) {
		return change((table) -> table.removeHandlers(event));
	}

}
