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
import java.util.List;
import java.util.Set;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Knows which sockets of a namespace are in which rooms, and reaches them (CL-01 to
 * CL-09). There is one adapter for each namespace of each node; the one that is there by
 * default, {@link InMemoryAdapter}, reaches the sockets of its own node, and an adapter
 * for a cluster extends it with those of the others.
 *
 * <p>
 * All methods may be called from any thread and must not block.
 *
 * @since 0.1.0
 */
public interface Adapter {

	/**
	 * Start, once the namespace exists (CL-02).
	 * @return completes when the adapter is ready; an error is logged only
	 */
	default Mono<Void> init() {
		return Mono.empty();
	}

	/**
	 * Stop, when the server is closed or the namespace is removed (CL-02).
	 * @return completes when everything is freed, including sessions that are still being
	 * stored
	 */
	default Mono<Void> close() {
		return Mono.empty();
	}

	/**
	 * Return the number of nodes that have this namespace.
	 * @return 1 or more
	 */
	default Mono<Integer> serverCount() {
		return Mono.just(1);
	}

	/**
	 * Make a socket of this node a member of rooms (CL-03). Does nothing if the socket
	 * has left the namespace.
	 * @param socket the socket
	 * @param rooms the names of the rooms
	 * @throws IllegalStateException if the socket would be in too many rooms
	 */
	void addAll(AdapterSocket socket, Collection<String> rooms);

	/**
	 * Take a socket of this node out of a room; nothing happens if it is not in it.
	 * @param socket the socket
	 * @param room the name of the room
	 */
	void del(AdapterSocket socket, String room);

	/**
	 * Take a socket of this node out of all rooms, when it leaves the namespace.
	 * @param socket the socket, which says that it {@linkplain AdapterSocket#hasLeft()
	 * has left} from now on
	 */
	void delAll(AdapterSocket socket);

	/**
	 * Return the rooms that a socket of this node is in.
	 * @param socket the socket
	 * @return a snapshot, in the order in which they were joined
	 */
	Set<String> socketRooms(AdapterSocket socket);

	/**
	 * Return the rooms of this node that have a member.
	 * @return a snapshot, the sockets' own rooms included
	 */
	Set<String> rooms();

	/**
	 * Return the selected sockets of this node (CL-06).
	 * @param options the selection
	 * @return a snapshot, each socket once
	 */
	List<AdapterSocket> sockets(BroadcastOptions options);

	/**
	 * Send an event to the selected sockets (CL-04).
	 * @param packet the event
	 * @param options the selection
	 */
	void broadcast(BroadcastPacket packet, BroadcastOptions options);

	/**
	 * Send an event to the selected sockets and collect their acknowledgements (CL-05).
	 * Each node takes the next id of its own namespace (CL-25).
	 * @param packet the event
	 * @param options the selection
	 * @param listener told of the number of receivers, once for each node, and of each
	 * answer
	 * @return disposed of when nobody waits any longer: answers are no longer expected
	 */
	Disposable broadcastWithAck(BroadcastPacket packet, BroadcastOptions options, BroadcastAckListener listener);

	/**
	 * Return the selected sockets of the other nodes (CL-07).
	 * @param options the selection, with the time limit
	 * @return their details; an error if a node does not answer in time
	 */
	default Mono<List<RemoteSocketDetails>> fetchRemoteSockets(BroadcastOptions options) {
		return Mono.just(List.of());
	}

	/**
	 * Make the selected sockets join rooms.
	 * @param options the selection
	 * @param rooms the names of the rooms
	 */
	void addSockets(BroadcastOptions options, Collection<String> rooms);

	/**
	 * Make the selected sockets leave rooms.
	 * @param options the selection
	 * @param rooms the names of the rooms
	 */
	void delSockets(BroadcastOptions options, Collection<String> rooms);

	/**
	 * Disconnect the selected sockets.
	 * @param options the selection
	 * @param close whether their connections are closed too
	 */
	void disconnectSockets(BroadcastOptions options, boolean close);

	/**
	 * Send an event to the same namespace of the other nodes (SIO-83).
	 * @param event the name
	 * @param args the arguments
	 */
	void serverSideEmit(String event, @Nullable Object... args);

	/**
	 * Send an event to the same namespace of the other nodes and collect their answers.
	 * @param event the name
	 * @param args the arguments
	 * @param answers filled with one answer of each other node, as they come; what is in
	 * it counts even if the returned Mono fails
	 * @return completes when all have answered; fails with a
	 * {@link java.util.concurrent.TimeoutException} if some did not in time
	 */
	default Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> answers) {
		return Mono.empty();
	}

	/**
	 * Keep the state of a socket that was disconnected, to be restored later (CL-08).
	 * @param session the state
	 */
	default void persistSession(PersistedSession session) {
	}

	/**
	 * Take a kept state out, so that nobody else gets it (SIO-97, SIO-101).
	 * @param pid the secret of the session
	 * @param offset the offset of the last packet that the client has
	 * @return the state; empty if it is unknown or too old, if the offset is no longer
	 * known, or if more was missed than may wait for one client
	 */
	default Mono<PersistedSession> restoreSession(String pid, String offset) {
		return Mono.empty();
	}

	/**
	 * Return what a restored session has missed (SIO-98). Called after its socket has
	 * joined its rooms again; until the returned Mono completes, the socket keeps back
	 * what is broadcast to it, and then leaves out what is told here.
	 * @param session the session
	 * @param offset the offset of the last packet that the client has
	 * @return the packets after it that the session was meant to get, in their order
	 */
	default Mono<List<MissedPacket>> missedPackets(PersistedSession session, String offset) {
		return Mono.just(List.of());
	}

	/**
	 * Add a listener for the rooms of this node.
	 * @param listener the listener
	 */
	void addListener(RoomListener listener);

}
