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

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Registers listeners, handlers, middlewares and interceptors: for one socket, for all
 * sockets of a namespace, or for all namespaces of a family. Registrations for a
 * namespace cost less than those for each socket. Safe to use from any thread.
 *
 * @param <R> the type of the object for which something is registered
 * @since 0.1.0
 */
public interface EventRegistration<R extends EventRegistration<R>> extends EventHandlerRegistration<R> {

	/**
	 * Add a listener for an event.
	 * @param event the name
	 * @param listener the listener
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	R on(String event, SocketEventListener listener);

	/**
	 * Add a listener for an event whose first argument has a type. A missing argument, or
	 * one that cannot be converted, is an error of the event.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param listener the listener
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R on(String event, Class<T> type, SocketEventListener.Typed<T> listener);

	/**
	 * Add a listener for an event whose first argument has a generic type, as
	 * {@link #on(String, Class, SocketEventListener.Typed)} does.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param listener the listener
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R on(String event, ParameterizedTypeReference<T> type, SocketEventListener.Typed<T> listener);

	/**
	 * Add a listener for the next event of a name only, whichever socket sends it.
	 * @param event the name
	 * @param listener the listener, called at most once
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	R once(String event, SocketEventListener listener);

	/**
	 * Add a listener for the next event of a name only, whose first argument has a type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param listener the listener, called at most once
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R once(String event, Class<T> type, SocketEventListener.Typed<T> listener);

	/**
	 * Add a listener for the next event of a name only, whose first argument has a
	 * generic type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param listener the listener, called at most once
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R once(String event, ParameterizedTypeReference<T> type, SocketEventListener.Typed<T> listener);

	/**
	 * Remove all listeners and handlers of an event.
	 * @param event the name
	 * @return this object
	 */
	R off(String event);

	/**
	 * Remove a listener or handler of an event.
	 * @param event the name
	 * @param listener the listener or handler, as it was registered; ignored if it is not
	 * registered
	 * @return this object
	 */
	R off(String event, Object listener);

	/**
	 * Remove all listeners and handlers of all events. Catch-all listeners, middlewares
	 * and listeners for connections, disconnections and errors stay.
	 * @return this object
	 */
	R removeAllListeners();

	/**
	 * Return the events for which listeners or handlers were added to this object.
	 * @return an immutable snapshot of their names
	 */
	Set<String> eventNames();

	/**
	 * Add a listener for all received events, called before middlewares.
	 * @param listener the listener
	 * @return this object
	 */
	R onAny(SocketEventListener listener);

	/**
	 * Add a listener for all received events, before those added so far.
	 * @param listener the listener
	 * @return this object
	 */
	R prependAny(SocketEventListener listener);

	/**
	 * Remove a catch-all listener.
	 * @param listener the listener, or {@code null} for all of them
	 * @return this object
	 */
	R offAny(@Nullable SocketEventListener listener);

	/**
	 * Return the catch-all listeners that were added to this object.
	 * @return a snapshot in the order in which they are called
	 */
	List<SocketEventListener> listenersAny();

	/**
	 * Add a listener for all events that are sent.
	 * @param listener the listener, called for each socket
	 * @return this object
	 */
	R onAnyOutgoing(OutgoingListener listener);

	/**
	 * Add a listener for all events that are sent, before those added so far.
	 * @param listener the listener, called for each socket
	 * @return this object
	 */
	R prependAnyOutgoing(OutgoingListener listener);

	/**
	 * Remove a catch-all listener for events that are sent.
	 * @param listener the listener, or {@code null} for all of them
	 * @return this object
	 */
	R offAnyOutgoing(@Nullable OutgoingListener listener);

	/**
	 * Return the catch-all listeners for events that are sent which were added to this
	 * object.
	 * @return a snapshot in the order in which they are called
	 */
	List<OutgoingListener> listenersAnyOutgoing();

	/**
	 * Add a middleware for received events.
	 * @param middleware called in the order of registration, those of the namespace first
	 * @return this object
	 */
	R use(EventMiddleware middleware);

	/**
	 * Add an interceptor around the listeners and handlers of received events.
	 * @param interceptor called in the order of registration, those of the namespace
	 * first
	 * @return this object
	 */
	R intercept(EventInterceptor interceptor);

	/**
	 * Add a listener for errors: of event middlewares and interceptors, and of listeners
	 * and handlers.
	 * @param listener the listener
	 * @return this object
	 */
	R onError(ErrorListener listener);

	/**
	 * Add a listener for disconnections that is called while the socket is still in its
	 * rooms.
	 * @param listener the listener
	 * @return this object
	 */
	R onDisconnecting(DisconnectListener listener);

	/**
	 * Add a listener for disconnections that is called when the socket has left its
	 * rooms.
	 * @param listener the listener
	 * @return this object
	 */
	R onDisconnect(DisconnectListener listener);

	/**
	 * Add a reactive handler for disconnections, called when the socket has left its
	 * rooms and after its serial handlers.
	 * @param handler the handler
	 * @return this object
	 */
	R handleDisconnect(DisconnectHandler handler);

	/**
	 * Add a listener for disconnections that may block, called when the socket has left
	 * its rooms and after its serial handlers.
	 * @param listener the listener, called on a thread for blocking code
	 * @return this object
	 */
	R handleDisconnectBlocking(DisconnectListener listener);

}
