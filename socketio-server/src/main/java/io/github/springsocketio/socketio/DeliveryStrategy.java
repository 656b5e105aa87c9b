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
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How the sockets of a namespace connect, receive what is sent to them, and leave: with
 * or without connection state recovery. Chosen once per namespace.
 */
interface DeliveryStrategy {

	/**
	 * Look up the state that a client asks to restore.
	 * @param attempt the attempt of the client to connect
	 * @return the state, or {@code null} if the client does not ask for any
	 */
	@Nullable Mono<RestoreRequest> restore(ConnectAttempt attempt);

	/**
	 * Put back a restored state for a client that is gone meanwhile.
	 */
	void cancel(RestoreRequest request);

	/**
	 * Return whether clients that are restored skip the middlewares of the namespace.
	 */
	boolean skipsMiddlewares();

	/**
	 * Return the state of a new socket.
	 * @param request the restored state, or {@code null} for a new client
	 * @return {@code null} if nothing is kept for sockets
	 */
	@Nullable RecoveryState newState(@Nullable RestoreRequest request);

	/**
	 * Connect a socket whose middlewares have accepted it; in the session's turn.
	 */
	void connect(DefaultSocket socket);

	/**
	 * Emit an event to one socket without acknowledgement.
	 */
	void emit(DefaultSocket socket, Object event, @Nullable Object[] args, BroadcastFlags flags);

	/**
	 * Deliver a packet of a broadcast to one socket, in the order of the adapter.
	 */
	void deliver(DefaultSocket socket, BroadcastPacket packet, EncodedMessage message, boolean isVolatile);

	/**
	 * Keep the state of a socket that is being disconnected, if its client may come back.
	 */
	void persist(DefaultSocket socket, DisconnectReason reason);

	/**
	 * The state that a client asks to restore.
	 *
	 * @param session the state, or {@code null} if there is none
	 * @param offset the offset of the last packet that the client has received
	 */
	record RestoreRequest(@Nullable PersistedSession session, String offset) {

	}

}
