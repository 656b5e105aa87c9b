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

/**
 * Registers middlewares, listeners and handlers for the clients of a namespace or of a
 * family of namespaces, in addition to those for events.
 *
 * @param <R> the type of the object for which something is registered
 * @since 0.1.0
 */
public interface NamespaceRegistration<R extends NamespaceRegistration<R>> extends EventRegistration<R> {

	/**
	 * Return the name.
	 * @return such as {@code "/"}
	 */
	String name();

	/**
	 * Add a middleware for clients that join the namespace.
	 * @param middleware called in the order of registration for each client
	 * @return this object
	 */
	R use(NamespaceMiddleware middleware);

	/**
	 * Add a listener for clients that have joined.
	 * @param listener the listener
	 * @return this object
	 */
	R onConnection(ConnectionListener listener);

	/**
	 * Add a reactive handler for clients that have joined.
	 * @param handler the handler
	 * @return this object
	 */
	R handleConnection(ConnectionHandler handler);

	/**
	 * Add a reactive handler for clients that have joined. The next handler and the
	 * events of the client wait until this handler has ended.
	 * @param handler the handler; its publisher is not canceled when the socket is
	 * disconnected
	 * @return this object
	 */
	R handleConnectionSerial(ConnectionHandler handler);

	/**
	 * Add a listener for clients that have joined which may block. The next handler and
	 * the events of the client wait until this listener has returned.
	 * @param listener the listener, called on a thread for blocking code
	 * @return this object
	 */
	R handleConnectionBlocking(ConnectionListener listener);

	/**
	 * Add a listener for clients whose state was recovered after their connection was
	 * lost. If the server has detected the loss, the client has a new socket with the old
	 * id, for which the listeners for connections are called first. Otherwise its socket
	 * has moved to the new connection, with another {@link Socket#handshake()} and
	 * {@link Socket#conn()}; neither the listeners for connections nor those for
	 * disconnections are called.
	 * @param listener the listener
	 * @return this object
	 */
	R onRecovered(ConnectionListener listener);

}
