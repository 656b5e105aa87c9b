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

import org.jspecify.annotations.Nullable;

/**
 * What is registered for a namespace, once, and shared by all its sockets: middlewares,
 * listeners and handlers.
 *
 * @param <N> the type of the namespace
 * @since 0.1.0
 */
public interface NamespaceOperations<N extends NamespaceOperations<N>> {

	/**
	 * Return the name.
	 * @return such as {@code "/"}
	 */
	String name();

	/**
	 * Add a middleware; they run in the order of registration for each client that joins.
	 * @param middleware the middleware
	 * @return this namespace
	 */
	N use(NamespaceMiddleware middleware);

	/**
	 * Add a listener for clients that have joined.
	 * @param listener the listener
	 * @return this namespace
	 */
	N onConnection(ConnectionListener listener);

	/**
	 * Add a listener for sockets that are about to leave, still in their rooms.
	 * @param listener the listener
	 * @return this namespace
	 */
	N onDisconnecting(DisconnectListener listener);

	/**
	 * Add a listener for sockets that have left.
	 * @param listener the listener
	 * @return this namespace
	 */
	N onDisconnect(DisconnectListener listener);

	/**
	 * Add a listener for an event of any socket.
	 * @param event the name
	 * @param listener the listener
	 * @return this namespace
	 */
	N on(String event, EventListener listener);

	/**
	 * Add a listener for an event whose first argument has a type. An argument that does
	 * not fit is an error of the event: it goes to error listeners, the connection stays.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param listener the listener
	 * @return this namespace
	 */
	<T> N on(String event, Class<T> type, EventListener.Typed<T> listener);

	/**
	 * Add a reactive handler for an event of any socket; its value is the
	 * acknowledgement.
	 * @param event the name
	 * @param handler the handler
	 * @return this namespace
	 */
	N handle(String event, EventHandler handler);

	/**
	 * Add a reactive handler for an event whose first argument has a type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param handler the handler
	 * @return this namespace
	 */
	<T> N handle(String event, Class<T> type, EventHandler.Typed<T> handler);

	/**
	 * Add a listener for all events of any socket, called before middlewares (SIO-48).
	 * @param listener the listener
	 * @return this namespace
	 */
	N onAny(EventListener listener);

	/**
	 * Add a middleware for the events of any socket (SIO-49).
	 * @param middleware the middleware
	 * @return this namespace
	 */
	N useEvent(EventMiddleware middleware);

	/**
	 * Add a listener for errors of any socket.
	 * @param listener the listener
	 * @return this namespace
	 */
	N onError(ErrorListener listener);

	/**
	 * Remove all listeners and handlers of an event.
	 * @param event the name, or {@code null} for all events
	 * @return this namespace
	 */
	N removeListeners(@Nullable String event);

}
