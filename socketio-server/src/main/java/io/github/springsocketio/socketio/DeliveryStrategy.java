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

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The way in which the sockets of a namespace connect, receive messages and disconnect:
 * with or without connection state recovery. Selected once per namespace.
 */
interface DeliveryStrategy {

	/**
	 * Look up the state that a client requests to recover.
	 * @param attempt the attempt of the client to connect
	 * @return emits the result; {@code null} if the client does not request recovery
	 */
	@Nullable Mono<Restoration> restore(ConnectAttempt attempt);

	/**
	 * Return the result of a lookup to the store, because the client has disconnected.
	 */
	void cancel(Restoration restoration);

	/**
	 * Return whether clients that are recovered skip the middlewares of the namespace.
	 */
	boolean skipsMiddlewares();

	/**
	 * Return the state of a new socket.
	 * @param restoration the result of the lookup, or {@code null} for a new client
	 * @return {@code null} if nothing is kept for sockets
	 */
	@Nullable RecoveryState newState(@Nullable Restoration restoration);

	/**
	 * Connect a socket whose middlewares have accepted it; in the session's turn.
	 * @param attempt starts over if the socket cannot be recovered
	 */
	void connect(DefaultSocket socket, ConnectAttempt attempt);

	/**
	 * Return the takeover of a socket that is still connected to the client's old
	 * connection.
	 * @param standIn the socket that has passed the middlewares, or {@code null} if they
	 * were skipped
	 */
	Takeover takeover(ConnectAttempt attempt, DefaultSocket living, Restoration restoration, Handshake handshake,
			Takeover.@Nullable StandIn standIn);

	/**
	 * Emit an event to one socket without acknowledgement.
	 */
	void emit(DefaultSocket socket, Object event, @Nullable Object[] args, BroadcastFlags flags);

	/**
	 * Deliver a packet of a broadcast to one socket, in the order of the adapter.
	 */
	void deliver(DefaultSocket socket, BroadcastPacket packet, EncodedMessage message, boolean isVolatile);

	/**
	 * Send a message to a single socket, after all messages that were written to it
	 * before.
	 * @param lastArgument the last argument of an event without acknowledgement, if it is
	 * a string
	 */
	void write(DefaultSocket socket, EncodedMessage message, boolean isVolatile, @Nullable String lastArgument);

	/**
	 * Run a task after all messages that were written to a socket before.
	 */
	void inOrder(DefaultSocket socket, Runnable task);

	/**
	 * Send a message to a single socket, in the order of the adapter.
	 * @param lastArgument the last argument of an event without acknowledgement, if it is
	 * a string
	 */
	void send(DefaultSocket socket, EncodedMessage message, boolean isVolatile, @Nullable String lastArgument);

	/**
	 * Return the offset of the last event that was delivered, or {@code null} if there
	 * are none.
	 */
	@Nullable String position();

	/**
	 * Keep the state of a socket that is being disconnected, if its client may reconnect.
	 * @param position the {@link #position()} when the socket was still connected
	 */
	void disconnected(DefaultSocket socket, DisconnectReason reason, @Nullable String position);

	/**
	 * Disconnect a socket whose client has connected to another node, and keep its state.
	 * @param pid the private id of the session
	 * @return {@code false} if there is no such socket
	 */
	default boolean handOver(String pid) {
		return false;
	}

}
