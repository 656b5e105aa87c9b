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

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A socket of this node or of another one. Those of this node are {@link Socket sockets}.
 *
 * @since 0.1.0
 */
public interface RemoteSocket extends SocketEmitter {

	/**
	 * Return the id of the socket, which is also the name of its own room. Not the
	 * Engine.IO session id.
	 * @return the id
	 */
	String id();

	/**
	 * Return the handshake.
	 * @return the handshake; for sockets of other nodes, the details that the node has
	 * sent
	 */
	Handshake handshake();

	/**
	 * Return the rooms that the socket is in.
	 * @return a snapshot
	 */
	Set<String> rooms();

	/**
	 * Return the data that the application keeps with the socket.
	 * @return for sockets of this node a map that can be changed from any thread, for
	 * others a copy
	 */
	Map<String, @Nullable Object> data();

	/**
	 * Join rooms, at once on this node.
	 * @param rooms the names of the rooms
	 * @throws IllegalArgumentException if the name of a room is too long
	 * @throws IllegalStateException if the socket would be in too many rooms
	 */
	default void join(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		join(Arrays.asList(rooms));
	}

	/**
	 * Join rooms, at once on this node.
	 * @param rooms the names of the rooms
	 * @throws IllegalArgumentException if the name of a room is too long
	 * @throws IllegalStateException if the socket would be in too many rooms
	 */
	void join(Collection<String> rooms);

	/**
	 * Leave rooms. Rooms that the socket is not in are ignored.
	 * @param rooms the names of the rooms
	 */
	default void leave(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		leave(Arrays.asList(rooms));
	}

	/**
	 * Leave rooms. Rooms that the socket is not in are ignored.
	 * @param rooms the names of the rooms
	 */
	void leave(Collection<String> rooms);

	/**
	 * Disconnect from the namespace; the connection stays open for other namespaces.
	 */
	default void disconnect() {
		disconnect(false);
	}

	/**
	 * Disconnect.
	 * @param close whether to close the connection too, for all namespaces
	 */
	void disconnect(boolean close);

}
