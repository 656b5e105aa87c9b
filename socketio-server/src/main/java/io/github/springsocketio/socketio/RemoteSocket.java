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
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * A socket that may live on another node (SIO-81). Sockets of this node are {@link Socket
 * sockets}.
 *
 * @since 0.1.0
 */
public interface RemoteSocket {

	/**
	 * Return the id of the socket, which is also the name of its own room. Not the
	 * Engine.IO session id.
	 * @return the id
	 */
	String id();

	/**
	 * Return what is known of the handshake.
	 * @return the handshake
	 */
	Handshake handshake();

	/**
	 * Return the rooms that the socket is in.
	 * @return a snapshot
	 */
	Set<String> rooms();

	/**
	 * Return what the application keeps with the socket.
	 * @return for sockets of this node a map that can be changed from any thread, for
	 * others a copy
	 */
	Map<String, @Nullable Object> data();

	/**
	 * Emit an event to this socket. Happens at once; dropped if the socket is
	 * disconnected.
	 * @param event the name
	 * @param args the arguments
	 * @throws IllegalArgumentException if the name is reserved (SIO-15) or an argument
	 * cannot be written
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Emit an event whose name is a number, which keeps its type on the wire (SIO-61).
	 * @param event the name
	 * @param args the arguments
	 */
	void emit(long event, @Nullable Object... args);

	/**
	 * Emit an event and wait for its acknowledgement, for the server's
	 * {@code ack-timeout}.
	 * @param event the name
	 * @param args the arguments
	 * @return cold; emits the event when subscribed to and completes with the arguments
	 * of the acknowledgement; fails with an {@link AckTimeoutException}
	 */
	@CheckReturnValue
	Mono<Arguments> emitWithAck(String event, @Nullable Object... args);

	/**
	 * Emit an event and wait for its acknowledgement.
	 * @param timeout the time limit
	 * @param event the name
	 * @param args the arguments
	 * @return cold; emits the event when subscribed to and completes with the arguments
	 * of the acknowledgement; fails with an {@link AckTimeoutException}
	 */
	@CheckReturnValue
	Mono<Arguments> emitWithAck(Duration timeout, String event, @Nullable Object... args);

	/**
	 * Join rooms. Happens at once on this node.
	 * @param rooms the names of the rooms
	 */
	void join(String... rooms);

	/**
	 * Leave rooms; those that the socket is not in are passed over.
	 * @param rooms the names of the rooms
	 */
	void leave(String... rooms);

	/**
	 * Disconnect from the namespace; the connection stays for other namespaces (SIO-41).
	 */
	default void disconnect() {
		disconnect(false);
	}

	/**
	 * Disconnect.
	 * @param close whether the connection is closed too, for all namespaces (SIO-42)
	 */
	void disconnect(boolean close);

}
