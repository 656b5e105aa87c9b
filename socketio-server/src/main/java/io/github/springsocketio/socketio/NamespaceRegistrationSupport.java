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

import org.springframework.util.Assert;

/**
 * Implements the registrations of namespaces on top of a {@link HandlerTable}.
 *
 * @param <R> the type of the object for which something is registered
 */
interface NamespaceRegistrationSupport<R extends NamespaceRegistration<R>>
		extends RegistrationSupport<R>, NamespaceRegistration<R> {

	@Override
	default R use(NamespaceMiddleware middleware) {
		Assert.notNull(middleware, "'middleware' must not be null");
		change((table) -> table.middlewares = HandlerTable.append(table.middlewares, middleware));
		return self();
	}

	@Override
	default R onConnection(ConnectionListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return handleConnection((socket) -> {
			listener.onConnection(socket);
			return null;
		});
	}

	@Override
	default R handleConnection(ConnectionHandler handler) {
		Assert.notNull(handler, "'handler' must not be null");
		change((table) -> table.connection = HandlerTable.append(table.connection, handler));
		return self();
	}

	@Override
	default R handleConnectionSerial(ConnectionHandler handler) {
		Assert.notNull(handler, "'handler' must not be null");
		return handleConnection(new SerialConnectionHandler(handler));
	}

	@Override
	default R handleConnectionBlocking(ConnectionListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return handleConnectionSerial((socket) -> ((DefaultSocket) socket).namespace().server().callBlocking(() -> {
			listener.onConnection(socket);
			return null;
		}));
	}

	@Override
	default R onRecovered(ConnectionListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		change((table) -> table.recovered = HandlerTable.append(table.recovered, listener));
		return self();
	}

}
