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
import java.util.function.Supplier;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reaches the sockets of a namespace, on this node and on others. There is one adapter
 * for each namespace of each node. The adapter combines the
 * {@linkplain AdapterNamespace#localNode() sockets and rooms of this node} with a
 * connection to other nodes. {@link InMemoryAdapter} is the default.
 * <p>
 * All methods may be called from any thread and must not block. The methods that return a
 * {@code Mono} may do I/O. Such a {@code Mono} is cold: it does its work when it is
 * subscribed to, completes when the adapter has accepted the operation, and fails if the
 * adapter could not accept it. Arguments are checked when the method is called.
 *
 * @since 0.1.0
 */
public interface Adapter {

	/**
	 * Start the adapter, once the namespace exists.
	 * @return completes when the adapter is ready; an error is logged
	 */
	default Mono<Void> init() {
		return Mono.empty();
	}

	/**
	 * Stop the adapter, when the server is closed or the namespace is removed.
	 * @return completes when everything is released, including sessions that are still
	 * being stored
	 */
	default Mono<Void> close() {
		return Mono.empty();
	}

	/**
	 * Return whether this adapter may reach other nodes.
	 * @return {@code true} by default; {@code false} if there is never another one, so
	 * that no requests are sent
	 */
	default boolean reachesOtherNodes() {
		return true;
	}

	/**
	 * Return the number of nodes that have this namespace.
	 * @return 1 or more
	 */
	default Mono<Integer> serverCount() {
		return Mono.just(1);
	}

	/**
	 * Send an event to the selected sockets.
	 * @param packet the event
	 * @param options the selection
	 * @return completes when the adapter has accepted the event
	 * @throws io.github.springsocketio.socketio.packet.PacketEncodingException if an
	 * argument cannot be written
	 */
	Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options);

	/**
	 * Send an event to the selected sockets and collect their acknowledgements. Each node
	 * uses the next acknowledgement id of its own namespace.
	 * @param packet the event
	 * @param options the selection
	 * @param listener is given the number of receivers, once for each node, and each
	 * acknowledgement
	 * @return completes when the adapter has accepted the event
	 * @throws io.github.springsocketio.socketio.packet.PacketEncodingException if an
	 * argument cannot be written
	 */
	Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options, BroadcastAckListener listener);

	/**
	 * Return the selected sockets of the other nodes.
	 * @param options the selection, with the time limit
	 * @return the details of the sockets; fails with a
	 * {@link java.util.concurrent.TimeoutException} if a node does not respond in time
	 */
	default Mono<List<RemoteSocketDetails>> fetchRemoteSockets(BroadcastOptions options) {
		return Mono.just(List.of());
	}

	/**
	 * Count the selected sockets of the other nodes. By default they are fetched for it.
	 * @param options the selection, with the time limit
	 * @return the number; fails with a {@link java.util.concurrent.TimeoutException} if a
	 * node does not respond in time
	 */
	default Mono<Integer> countRemoteSockets(BroadcastOptions options) {
		return fetchRemoteSockets(options).map(List::size).defaultIfEmpty(0);
	}

	/**
	 * Make the selected sockets join rooms.
	 * @param options the selection
	 * @param rooms the names of the rooms
	 * @return completes when the sockets of this node have joined and the adapter has
	 * accepted the operation for other nodes
	 */
	Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms);

	/**
	 * Make the selected sockets leave rooms.
	 * @param options the selection
	 * @param rooms the names of the rooms
	 * @return completes when the sockets of this node have left and the adapter has
	 * accepted the operation for other nodes
	 */
	Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms);

	/**
	 * Disconnect the selected sockets.
	 * @param options the selection
	 * @param close whether to close their connections too
	 * @return completes when the sockets of this node are disconnected and the adapter
	 * has accepted the operation for other nodes
	 */
	Mono<Void> disconnectSockets(BroadcastOptions options, boolean close);

	/**
	 * Send an event to the same namespace of the other nodes.
	 * @param event the name
	 * @param args the arguments
	 * @return completes when the adapter has accepted the event
	 */
	Mono<Void> serverSideEmit(String event, @Nullable Object[] args);

	/**
	 * Send an event to the same namespace of the other nodes and collect their responses.
	 * @param event the name
	 * @param args the arguments
	 * @param responses receives one response of each other node, in the order of their
	 * arrival; those received count even if the returned {@code Mono} fails
	 * @return completes when all nodes have responded; fails with a
	 * {@link java.util.concurrent.TimeoutException} if some did not in time
	 */
	default Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> responses) {
		return Mono.empty();
	}

	/**
	 * Run a task after every event that was broadcast before. While events are being
	 * delivered, messages for a single socket are written by such tasks, so that they do
	 * not overtake these events.
	 * @param task must not block; runs at once if nothing is being delivered, otherwise
	 * on the thread that delivers. Tasks never run at the same time as each other or as a
	 * delivery; connection state recovery depends on it
	 */
	default void inOrder(Runnable task) {
		task.run();
	}

	/**
	 * Return whether no event is being delivered to the sockets of this node and none is
	 * queued, so that a message for one socket may be written without
	 * {@link #inOrder(Runnable)}.
	 * @return {@code true} by default, for adapters that deliver on the calling thread
	 */
	default boolean isIdle() {
		return true;
	}

	/**
	 * Return whether so many events are queued that their sources should be held back.
	 * @return {@code false} by default
	 */
	default boolean isBehind() {
		return false;
	}

	/**
	 * Return the offset of the last event that was delivered to the sockets of this node.
	 * A socket that joins later has not received it, and later events have later offsets.
	 * @return the offset, or {@code null} if there are none, the default
	 */
	default @Nullable String position() {
		return null;
	}

	/**
	 * Keep the state of a socket that was disconnected, to be restored later.
	 * @param session the state
	 * @return completes when the state is kept
	 */
	default Mono<Void> persistSession(PersistedSession session) {
		return Mono.empty();
	}

	/**
	 * Called when a socket has connected whose state is kept after a disconnection, also
	 * when it was restored. An adapter whose store outlives this node may keep the state
	 * from now on, so that it is not lost with the node.
	 * @param socket the socket
	 * @param state returns the state as it would be kept now; to be called while the
	 * socket is connected, and in the order of the adapter
	 */
	default void sessionStarted(AdapterSocket socket, Supplier<PersistedSession> state) {
	}

	/**
	 * Called when a socket was disconnected whose state is not kept any more.
	 * @param pid the private id of the session
	 */
	default void sessionEnded(String pid) {
	}

	/**
	 * Remove the state of a socket from the store and return it, so that it is restored
	 * only once. A state that belongs to another principal stays in the store.
	 * @param pid the private id of the session, as the client sent it
	 * @param offset the offset that the client sent as the last one that it has received,
	 * or {@code null} if it has received none
	 * @param principal the name of the principal of the client, or {@code null} for none
	 * @return the state with the outcome {@link RecoveryOutcome#RECOVERED}, or the reason
	 * why there is none: {@link RecoveryOutcome#GAP} if the packets that the client has
	 * missed are not complete or more than one client may be sent at once
	 */
	default Mono<RestoreResult> restoreSession(String pid, @Nullable String offset, @Nullable String principal) {
		return Mono.just(RestoreResult.failed(RecoveryOutcome.UNKNOWN));
	}

	/**
	 * Return the packets that the client of a session has missed. Called for a restored
	 * session after its socket has joined its rooms again, and for a connected socket
	 * whose client has reconnected. Until the returned {@code Mono} completes, broadcasts
	 * to the socket are held back; those among the returned packets are not sent twice.
	 * <p>
	 * The client has missed the packets after the offset, in the order in which they were
	 * sent: those that were sent to it, {@link PersistedSession#sentOffsets()}, and after
	 * {@link PersistedSession#endOffset()} those for its rooms. The last offset that was
	 * sent to the client need not be kept: a client that names it is up to date.
	 * @param session the session
	 * @param offset the offset that the client sent as the last one that it has received,
	 * or {@code null} if it has received none
	 * @return the packets in their order; empty if they are not complete
	 */
	default Mono<List<MissedPacket>> missedPackets(PersistedSession session, @Nullable String offset) {
		return Mono.empty();
	}

}
