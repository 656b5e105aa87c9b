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
import java.util.List;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * A client in a namespace (SIO-37). Safe to use from any thread; nothing here blocks.
 *
 * @since 0.1.0
 */
public interface Socket extends RemoteSocket {

	/**
	 * Return the namespace.
	 * @return the namespace
	 */
	Namespace namespace();

	/**
	 * Return the name of the namespace.
	 * @return such as {@code "/"}
	 */
	default String nsp() {
		return namespace().name();
	}

	/**
	 * Return the Engine.IO session under this socket, shared by the sockets that the
	 * client has in other namespaces.
	 * @return the session
	 */
	EngineSession conn();

	/**
	 * Return whether the socket is connected.
	 * @return {@code false} in middlewares and after the disconnection
	 */
	boolean connected();

	/**
	 * Return whether the state of an earlier connection was recovered (SIO-98).
	 * @return whether it was
	 */
	boolean recovered();

	/**
	 * Emit an event with the arguments of another one, which need not be decoded.
	 * @param event the name
	 * @param args the arguments
	 */
	void emit(String event, Arguments args);

	/**
	 * Emit a {@code message} event.
	 * @param args the arguments
	 */
	default void send(@Nullable Object... args) {
		emit("message", args);
	}

	/**
	 * Emit an event for each value of a source, at the speed at which this client takes
	 * them.
	 * @param event the name
	 * @param values one argument each
	 * @return cold; completes when the source has completed and everything was handed to
	 * the network; fails with the source, or as soon as the socket is disconnected, and
	 * cancels the source then
	 */
	@CheckReturnValue
	Mono<Void> emitAll(String event, Publisher<?> values);

	/**
	 * Return a Mono that ends once everything emitted so far was handed to the network.
	 * @return completes when flushed; fails if the session is closed before that
	 */
	@CheckReturnValue
	Mono<Void> flushed();

	/**
	 * Return the operator for this socket alone with messages that are dropped where they
	 * could not be written at once (SIO-88).
	 * @return emits to this socket
	 */
	@CheckReturnValue
	SocketEmitter asVolatile();

	/**
	 * Return the operator for this socket alone with compression allowed or forbidden.
	 * @param compress whether messages may be compressed
	 * @return emits to this socket
	 */
	@CheckReturnValue
	SocketEmitter compress(boolean compress);

	/**
	 * Return the operator for this socket alone with a time limit for acknowledgements.
	 * @param timeout the time limit
	 * @return emits to this socket
	 */
	@CheckReturnValue
	SocketEmitter timeout(Duration timeout);

	/**
	 * Select all other sockets of the namespace.
	 * @return the operator, which leaves this socket out (SIO-69)
	 */
	@CheckReturnValue
	BroadcastOperator broadcast();

	/**
	 * Select the other sockets of rooms.
	 * @param rooms the names of the rooms
	 * @return the operator, which leaves this socket out (SIO-69)
	 */
	@CheckReturnValue
	default BroadcastOperator to(String... rooms) {
		return broadcast().to(rooms);
	}

	/**
	 * Select the other sockets of rooms.
	 * @param rooms the names of the rooms
	 * @return the operator, which leaves this socket out (SIO-69)
	 */
	@CheckReturnValue
	default BroadcastOperator in(String... rooms) {
		return broadcast().to(rooms);
	}

	/**
	 * Select all other sockets that are not in rooms.
	 * @param rooms the names of the rooms
	 * @return the operator, which leaves this socket out (SIO-69)
	 */
	@CheckReturnValue
	default BroadcastOperator except(String... rooms) {
		return broadcast().except(rooms);
	}

	/**
	 * Select all other sockets of this node.
	 * @return the operator, which leaves this socket out (SIO-69)
	 */
	@CheckReturnValue
	default BroadcastOperator local() {
		return broadcast().local();
	}

	/**
	 * Add a listener for an event on this socket alone. Where all sockets of a namespace
	 * listen, {@link Namespace#on(String, EventListener)} costs less.
	 * @param event the name
	 * @param listener called in the order of arrival, on a thread of the I/O layer; must
	 * not block
	 * @return this socket
	 */
	Socket on(String event, EventListener listener);

	/**
	 * Remove a listener that was added to this socket.
	 * @param event the name
	 * @param listener the listener
	 * @return this socket
	 */
	Socket off(String event, EventListener listener);

	/**
	 * Add a listener for all events that come in, called before middlewares (SIO-48).
	 * @param listener the listener
	 * @return this socket
	 */
	Socket onAny(EventListener listener);

	/**
	 * Add a listener for all events that come in, before those added so far.
	 * @param listener the listener
	 * @return this socket
	 */
	Socket prependAny(EventListener listener);

	/**
	 * Remove a catch-all listener.
	 * @param listener the listener, or {@code null} for all of them
	 * @return this socket
	 */
	Socket offAny(@Nullable EventListener listener);

	/**
	 * Return the catch-all listeners that were added to this socket (SIO-59).
	 * @return a snapshot in the order in which they are called; those of the namespace
	 * are not among them
	 */
	List<EventListener> listenersAny();

	/**
	 * Add a listener for all events that go out to this socket (SIO-60).
	 * @param listener the listener
	 * @return this socket
	 */
	Socket onAnyOutgoing(OutgoingListener listener);

	/**
	 * Add a listener for all events that go out, before those added so far.
	 * @param listener the listener
	 * @return this socket
	 */
	Socket prependAnyOutgoing(OutgoingListener listener);

	/**
	 * Remove a catch-all listener for outgoing events.
	 * @param listener the listener, or {@code null} for all of them
	 * @return this socket
	 */
	Socket offAnyOutgoing(@Nullable OutgoingListener listener);

	/**
	 * Return the catch-all listeners for outgoing events (SIO-59).
	 * @return a snapshot in the order in which they are called
	 */
	List<OutgoingListener> listenersAnyOutgoing();

	/**
	 * Add a middleware for the events that come in on this socket (SIO-49).
	 * @param middleware called in the order of registration
	 * @return this socket
	 */
	Socket use(EventMiddleware middleware);

	/**
	 * Add a listener for errors: those of event middlewares, and failures of handlers.
	 * @param listener the listener
	 * @return this socket
	 */
	Socket onError(ErrorListener listener);

	/**
	 * Add a listener that is called while the socket still is in its rooms (SIO-39).
	 * @param listener the listener
	 * @return this socket
	 */
	Socket onDisconnecting(DisconnectListener listener);

	/**
	 * Add a listener that is called when the socket has left its rooms (SIO-39).
	 * @param listener the listener
	 * @return this socket
	 */
	Socket onDisconnect(DisconnectListener listener);

	/**
	 * Wait until the socket is disconnected, for publishers that are to end with it:
	 * {@code prices.takeUntilOther(socket.onDisconnect())}.
	 * @return completes, at once if it is disconnected already, when the listeners for
	 * the disconnection have been called, on the thread that has called them; never fails
	 */
	@CheckReturnValue
	Mono<Void> onDisconnect();

}
