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

package io.github.springsocketio.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The details of a server that the endpoint shows. Ids are shortened. Names that may
 * originate from clients are escaped and truncated.
 *
 * @param node this node
 * @param sessions the number of sessions by transport
 * @param namespaces the namespaces with the most sockets first
 * @param namespaceCount the number of all namespaces, including omitted ones
 */
record ServerView(NodeView node, Map<String, Long> sessions, List<NamespaceView> namespaces, int namespaceCount) {

	/**
	 * A node.
	 *
	 * @param id the start of its id, or {@code null} if it is not known
	 * @param state the state of the node
	 * @param nodes the number of nodes that have the main namespace, or {@code null} if
	 * it is not known
	 */
	record NodeView(@Nullable String id, ServerDrain.State state, @Nullable Integer nodes) {

	}

	/**
	 * A namespace of this node.
	 *
	 * @param name the name
	 * @param dynamic whether it is a dynamic namespace
	 * @param sockets the number of sockets
	 * @param adapter the type of the adapter
	 * @param handlers the names of the events that have handlers
	 */
	record NamespaceView(String name, boolean dynamic, int sockets, String adapter, List<String> handlers) {

	}

	/**
	 * The rooms of this node.
	 *
	 * @param rooms the rooms with the most sockets first
	 * @param roomCount the number of all rooms, including omitted ones
	 */
	record RoomsView(List<RoomView> rooms, int roomCount) {

	}

	/**
	 * A room.
	 *
	 * @param namespace the name of its namespace
	 * @param name its name
	 * @param sockets the number of sockets on this node
	 */
	record RoomView(String namespace, String name, long sockets) {

	}

	/**
	 * Sockets of this node.
	 *
	 * @param sockets the sockets
	 * @param socketCount the number of all sockets, including omitted ones
	 */
	record SocketsView(List<SocketView> sockets, int socketCount) {

	}

	/**
	 * A socket.
	 *
	 * @param id the start of its id
	 * @param session the start of the id of its session
	 * @param namespace the name of its namespace
	 * @param user the name of its user, or {@code null}
	 * @param transport the transport of its session
	 * @param protocol the revision of the Engine.IO protocol
	 * @param connected the time at which it was connected
	 * @param recovered whether its state was recovered
	 * @param bufferedBytes the size of the outbound buffer of its session
	 * @param rooms the rooms that it has joined, without the room of its id
	 */
	record SocketView(String id, String session, String namespace, @Nullable String user, String transport,
			int protocol, Instant connected, boolean recovered, long bufferedBytes, List<String> rooms) {

	}

}
