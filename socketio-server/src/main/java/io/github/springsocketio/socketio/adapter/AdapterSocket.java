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

package io.github.springsocketio.socketio.adapter;

import java.util.Collection;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The view of a socket of this node for an adapter. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public interface AdapterSocket {

	/**
	 * Return the id of the socket.
	 * @return the id, which is also the name of its own room
	 */
	String id();

	/**
	 * Return whether the socket is connected, so that broadcasts reach it.
	 * @return {@code false} in middlewares and after the disconnection
	 */
	boolean connected();

	/**
	 * Return whether the socket has left the namespace for good and joins no more rooms.
	 * @return whether it has left
	 */
	boolean hasLeft();

	/**
	 * Send a packet of a broadcast.
	 * @param packet the packet, for listeners
	 * @param message the encoded packet, shared by all receivers
	 * @param isVolatile whether to drop the message if it cannot be written at once
	 */
	void deliver(BroadcastPacket packet, EncodedMessage message, boolean isVolatile);

	/**
	 * Expect an acknowledgement.
	 * @param id the id of the acknowledgement
	 * @param callback called at most once
	 * @return {@code false} if too many acknowledgements of the socket are pending
	 */
	boolean expectAck(long id, AckCallback callback);

	/**
	 * Cancel a pending acknowledgement, whose callback is no longer called.
	 * @param id the id of the acknowledgement
	 * @return whether it was pending
	 */
	boolean cancelAck(long id);

	/**
	 * Return the offset of the last packet that the client is known to have received. To
	 * be called in the order of the adapter.
	 * @return the offset, or {@code null} if none is known, the default
	 */
	default @Nullable String receivedOffset() {
		return null;
	}

	/**
	 * Join rooms.
	 * @param rooms the names of the rooms
	 */
	void join(Collection<String> rooms);

	/**
	 * Leave rooms.
	 * @param rooms the names of the rooms
	 */
	void leave(Collection<String> rooms);

	/**
	 * Disconnect from the namespace.
	 * @param close whether to close the connection too
	 */
	void disconnect(boolean close);

	/**
	 * Return the details of the socket for other nodes.
	 * @return the details
	 */
	RemoteSocketDetails details();

}
