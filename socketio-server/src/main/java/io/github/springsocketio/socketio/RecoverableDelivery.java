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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Delivery with connection state recovery: whatever is written to a socket goes through
 * the order of the adapter, in which packets are stored.
 */
final class RecoverableDelivery implements DeliveryStrategy {

	private static final Log logger = LogFactory.getLog(RecoverableDelivery.class);

	private final DefaultNamespace namespace;

	private final boolean skipMiddlewares;

	private final NamespaceRetention retention;

	/** For clients of protocol 3, which cannot recover. */
	private final DirectDelivery direct = new DirectDelivery();

	RecoverableDelivery(DefaultNamespace namespace, ConnectionStateRecovery options) {
		this.namespace = namespace;
		this.skipMiddlewares = options.skipMiddlewares();
		this.retention = new NamespaceRetention(namespace, options.maxDisconnectionDuration());
	}

	@Override
	public @Nullable Mono<RestoreRequest> restore(ConnectAttempt attempt) {
		if (attempt.client().isProtocol3()) {
			return null;
		}
		Map<String, @Nullable Object> auth = attempt.auth();
		if (!(auth.get("pid") instanceof String pid) || !(auth.get("offset") instanceof String offset)) {
			return null;
		}
		return this.namespace.adapter()
			.restoreSession(pid, offset)
			.doOnError((error) -> logger.warn("The state of a client cannot be looked up", error))
			.onErrorComplete()
			.map((session) -> new RestoreRequest(session, offset))
			.defaultIfEmpty(new RestoreRequest(null, offset));
	}

	@Override
	public void cancel(RestoreRequest request) {
		if (request.session() != null) {
			persist(request.session());
		}
	}

	@Override
	public boolean skipsMiddlewares() {
		return this.skipMiddlewares;
	}

	@Override
	public RecoveryState newState(@Nullable RestoreRequest request) {
		return (request != null && request.session() != null) ? RecoveryState.of(request.session(), request.offset())
				: RecoveryState.fresh();
	}

	@Override
	public void connect(DefaultSocket socket) {
		RecoveryState state = socket.recovery();
		if (state == null) {
			this.direct.connect(socket);
			return;
		}
		PersistedSession session = state.session();
		if (session == null) {
			this.namespace.adapter().inOrder(() -> join(socket, state));
			// at once, before anything else that came with the CONNECT
			announce(socket, state);
		}
		else {
			this.namespace.adapter().inOrder(() -> restore(socket, state, session));
		}
	}

	/**
	 * Join and respond in one step of the order: a broadcast that is being delivered
	 * reaches the client after the response to its CONNECT, or not at all.
	 */
	private static void join(DefaultSocket socket, RecoveryState state) {
		if (socket.state() != SocketState.CONNECTING) {
			return;
		}
		socket.enter(Set.of());
		socket.transmit(socket.connectPacket(state.pid()), false);
		if (socket.markConnected()) {
			state.joined();
			socket.conn().execute(() -> announce(socket, state));
		}
	}

	/**
	 * Notify the application of a socket that has joined, once; in the session's turn.
	 */
	private static void announce(DefaultSocket socket, RecoveryState state) {
		if (state.announce()) {
			socket.notifyConnected();
		}
	}

	/**
	 * Restore a socket: it joins its rooms, receives what it has missed and what comes
	 * meanwhile, and only then the response to its CONNECT.
	 */
	private void restore(DefaultSocket socket, RecoveryState state, PersistedSession session) {
		state.hold();
		socket.enter(session.rooms());
		if (socket.markConnected()) {
			this.namespace.adapter()
				.missedPackets(session, state.offset())
				.subscribe((missed) -> restored(socket, state, missed), (error) -> {
					logger.warn("The packets that a client has missed cannot be looked up", error);
					restored(socket, state, List.of());
				});
		}
	}

	private void restored(DefaultSocket socket, RecoveryState state, List<MissedPacket> missed) {
		this.namespace.adapter().inOrder(() -> {
			state.release(missed, (message) -> socket.transmit(message, false));
			socket.transmit(socket.connectPacket(state.pid()), false);
			socket.conn().execute(socket::notifyConnected);
		});
	}

	@Override
	public void emit(DefaultSocket socket, Object event, @Nullable Object[] args, BroadcastFlags flags) {
		if (!flags.isVolatile() && socket.state() != SocketState.CONNECTING) {
			// stored, also for a client that is disconnected
			this.namespace.broadcast(new BroadcastPacket(event, args),
					BroadcastOptions.room(socket.id()).withFlags(flags));
		}
		else if (socket.mayEmit()) {
			socket.writeEvent(event, -1, args, flags);
		}
	}

	@Override
	public void deliver(DefaultSocket socket, BroadcastPacket packet, EncodedMessage message, boolean isVolatile) {
		RecoveryState state = socket.recovery();
		if (state == null || !state.hold(packet, message, isVolatile)) {
			socket.transmit(message, isVolatile);
		}
	}

	@Override
	public void persist(DefaultSocket socket, DisconnectReason reason) {
		RecoveryState state = socket.recovery();
		if (state == null || !isRecoverable(reason)) {
			return;
		}
		if (socket.state() == SocketState.DISCONNECTING) {
			persist(PersistedSession.builder(socket.id(), state.pid())
				.rooms(socket.rooms())
				.data(new LinkedHashMap<>(socket.data()))
				.build());
		}
		else if (state.session() != null) {
			// was not connected again: the state stays as it was
			persist(state.session());
		}
	}

	private void persist(PersistedSession session) {
		this.retention.extend();
		this.namespace.adapter()
			.persistSession(session)
			.subscribe(null, (error) -> logger.warn("The state of a client cannot be kept", error));
	}

	/**
	 * Return whether a client that was disconnected for a reason may come back.
	 */
	private static boolean isRecoverable(DisconnectReason reason) {
		return switch (reason) {
			case TRANSPORT_ERROR, TRANSPORT_CLOSE, FORCED_CLOSE, PING_TIMEOUT, SERVER_SHUTTING_DOWN,
					FORCED_SERVER_CLOSE ->
				true;
			case CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT, PARSE_ERROR -> false;
		};
	}

}
