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
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.packet.Arguments;

/**
 * What an adapter sees of a socket of its own node. Safe to use from any thread.
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
	 * Return whether the socket is connected, so that broadcasts reach it (CL-06).
	 * @return {@code false} in middlewares and after the disconnection
	 */
	boolean connected();

	/**
	 * Return whether the socket has left the namespace for good: it joins no rooms any
	 * more.
	 * @return whether it has left
	 */
	boolean hasLeft();

	/**
	 * Send a packet of a broadcast.
	 * @param packet what is sent, for listeners
	 * @param message the packet, encoded; shared by all receivers
	 * @param droppable whether it is dropped where it could not be written at once
	 */
	void deliver(BroadcastPacket packet, EncodedMessage message, boolean droppable);

	/**
	 * Expect an acknowledgement.
	 * @param id its id
	 * @param ack called with the answer, at most once
	 * @return {@code false} if the socket waits for too many already
	 */
	boolean expectAck(long id, Consumer<Arguments> ack);

	/**
	 * No longer expect an acknowledgement.
	 * @param id its id
	 */
	void forgetAck(long id);

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
	 * @param close whether the connection is closed too
	 */
	void disconnect(boolean close);

	/**
	 * Return what other nodes are told about the socket.
	 * @return the details (CL-17)
	 */
	RemoteSocketDetails details();

}
