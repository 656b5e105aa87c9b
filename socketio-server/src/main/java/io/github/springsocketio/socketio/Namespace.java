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
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.RoomListener;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * A namespace: its registrations, its sockets, and the operations on them. Safe to use
 * from any thread.
 *
 * @since 0.1.0
 */
public interface Namespace extends NamespaceRegistration<Namespace>, BroadcastOperator {

	/**
	 * Return the server.
	 * @return the server
	 */
	SocketIoServer server();

	/**
	 * Return whether this namespace was created for a family of namespaces.
	 * @return whether it is dynamic
	 * @see SocketIoServer#of(java.util.regex.Pattern)
	 */
	boolean isDynamic();

	/**
	 * Return the connected sockets of this node by their ids.
	 * @return an unmodifiable view
	 */
	Map<String, Socket> sockets();

	/**
	 * Return the rooms of this node that have a member.
	 * @return a snapshot of their names, the sockets' own rooms included
	 */
	Set<String> rooms();

	/**
	 * Add a listener for the rooms of this node.
	 * @param listener the listener
	 * @return this namespace
	 */
	Namespace addRoomListener(RoomListener listener);

	/**
	 * Remove a listener for rooms.
	 * @param listener the listener; ignored if it was not added
	 * @return this namespace
	 */
	Namespace removeRoomListener(RoomListener listener);

	/**
	 * Return who is present in this namespace.
	 * @return the sockets and users of all nodes, as a snapshot and as changes
	 */
	Presence presence();

	/**
	 * Return who is present in a room.
	 * @param room the name of the room
	 * @return the sockets and users of all nodes, as a snapshot and as changes
	 */
	Presence presence(String room);

	/**
	 * Return the adapter.
	 * @return the adapter of this namespace
	 */
	Adapter adapter();

	/**
	 * Emit an event to the other nodes of the cluster. This node does not receive it.
	 * @param event the name
	 * @param args the arguments
	 * @throws IllegalArgumentException if the name is reserved
	 */
	void serverSideEmit(String event, @Nullable Object... args);

	/**
	 * Emit an event to the other nodes of the cluster and wait for their responses.
	 * @param event the name
	 * @param args the arguments
	 * @return cold; completes with one response of each other node. Fails with an
	 * {@link AckTimeoutException} that holds the responses received so far
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	Mono<List<Arguments>> serverSideEmitWithAck(String event, @Nullable Object... args);

	/**
	 * Add a listener for events of other nodes.
	 * @param event the name
	 * @param listener the listener
	 * @return this namespace
	 * @throws IllegalArgumentException if the name is reserved
	 */
	Namespace onServerSide(String event, ServerSideListener listener);

}
