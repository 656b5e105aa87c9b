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

import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;

import io.github.springsocketio.Internal;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketParser;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The view of a namespace for its adapter. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public interface AdapterNamespace {

	/**
	 * Return the name of the namespace.
	 * @return such as {@code "/"}
	 */
	String name();

	/**
	 * Return the id of this node in a cluster.
	 * @return unique among the nodes; the same for all namespaces of a server
	 */
	String nodeId();

	/**
	 * Return how long to wait for the responses of other nodes.
	 * @return 5 s by default
	 */
	Duration requestTimeout();

	/**
	 * Return the format of packets.
	 * @return the parser of the server
	 */
	PacketParser parser();

	/**
	 * Return the sockets and rooms of this node.
	 * @return the operations on the sockets of this node
	 */
	LocalSockets localNode();

	/**
	 * Return the next id for an acknowledgement.
	 * @return from 0
	 */
	long nextAckId();

	/**
	 * Return a socket of this node.
	 * @param id the id of the socket
	 * @return the connected socket, or {@code null}
	 */
	@Nullable AdapterSocket localSocket(String id);

	/**
	 * Return the sockets of this node.
	 * @return a view of the connected sockets
	 */
	Collection<? extends AdapterSocket> localSockets();

	/**
	 * Return the maximum number of rooms of a socket, its own room not counted.
	 * @return the limit
	 */
	int maxRoomsPerSocket();

	/**
	 * Called when a socket could not join a room because it is in too many rooms.
	 */
	default void onTooManyRooms() {
	}

	/**
	 * Count memory that the rooms of sockets use. It is part of the memory that
	 * {@code EngineOptions.maxMemory()} limits.
	 * @param bytes the size in bytes; negative when the memory is released
	 */
	@Internal
	default void countMemory(long bytes) {
	}

	/**
	 * Called when a socket has joined or left rooms, or joins rooms that it is in
	 * already. Hidden rooms are reported in no other way.
	 * @param socket the socket
	 * @param rooms the names of the rooms
	 */
	@Internal
	default void roomsChanged(AdapterSocket socket, Collection<String> rooms) {
	}

	/**
	 * Return the listener for the rooms of a socket, besides those of the namespace.
	 * @param socket the socket
	 * @return the listener, or {@code null} if there is none
	 */
	@Internal
	default @Nullable RoomListener roomListener(AdapterSocket socket) {
		return null;
	}

	/**
	 * Called when a listener for rooms has failed.
	 * @param error the error
	 */
	@Internal
	default void roomListenerFailed(Throwable error) {
	}

	/**
	 * Return the options of connection state recovery for the adapter.
	 * @return the limits, or {@code null} if connection state recovery is off
	 */
	@Nullable RecoveryLimits recovery();

	/**
	 * Run a task later.
	 * @param delay the time from now
	 * @param task must be short and must not block
	 * @return cancels the task
	 */
	Disposable schedule(Duration delay, Runnable task);

	/**
	 * Disconnect a socket whose client has connected to another node before this one has
	 * detected the loss of its connection. Its state is then passed to
	 * {@link Adapter#persistSession}.
	 * @param pid the private id of the session
	 * @return {@code false} if there is no such socket
	 */
	default boolean handOver(String pid) {
		return false;
	}

	/**
	 * Called by an adapter that detects when another node has joined or left the cluster,
	 * or has failed. The presence of sockets is then requested from the other nodes at
	 * once. Does nothing if there are no subscribers.
	 */
	default void nodesChanged() {
	}

	/**
	 * Deliver an event of another node to the listeners of this one.
	 * @param event the name
	 * @param args the arguments
	 * @param ack receives the response, or {@code null} if none is requested
	 */
	void serverSideEvent(String event, Arguments args, @Nullable Consumer<@Nullable Object> ack);

}
