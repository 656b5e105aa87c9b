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

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.socketio.adapter.RestoreResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Delivery with connection state recovery: all messages to a socket are written in the
 * order of the adapter, in which packets are stored.
 */
final class RecoverableDelivery implements DeliveryStrategy {

	private static final Log logger = LogFactory.getLog(RecoverableDelivery.class);

	/**
	 * The time after a recovery in which the socket cannot be claimed again, so that only
	 * one of several concurrent claims succeeds. In nanoseconds.
	 */
	private static final long CLAIM_PAUSE = Duration.ofMillis(500).toNanos();

	private final DefaultNamespace namespace;

	private final boolean skipMiddlewares;

	private final NamespaceRetention retention;

	/**
	 * The connected sockets by private id, including those whose state is being stored.
	 */
	private final Map<String, DefaultSocket> living = new ConcurrentHashMap<>();

	/** For clients of protocol 3, which cannot recover. */
	private final DirectDelivery direct = new DirectDelivery();

	RecoverableDelivery(DefaultNamespace namespace, ConnectionStateRecovery options) {
		this.namespace = namespace;
		this.skipMiddlewares = options.skipMiddlewares();
		this.retention = new NamespaceRetention(namespace, options.maxDisconnectionDuration());
	}

	Adapter adapter() {
		return this.namespace.adapter();
	}

	private long now() {
		return this.namespace.server().engine().timers().nanoTime();
	}

	// Looking up

	@Override
	public @Nullable Mono<Restoration> restore(ConnectAttempt attempt) {
		if (attempt.client().isProtocol3()) {
			return null;
		}
		Map<String, @Nullable Object> auth = attempt.auth();
		if (!(auth.get("pid") instanceof String pid)) {
			return null;
		}
		String offset = (auth.get("offset") instanceof String text) ? text : null;
		return find(attempt.client(), pid, offset, attempt.principalName()).doOnNext((found) -> {
			if (found.outcome() != RecoveryOutcome.RECOVERED) {
				notifyOutcome(found.outcome());
			}
		});
	}

	private Mono<Restoration> find(Client client, String pid, @Nullable String offset, @Nullable String principal) {
		DefaultSocket socket = this.living.get(pid);
		RecoveryState state = (socket != null) ? socket.recovery() : null;
		if (socket == null || state == null) {
			return findPersisted(pid, offset, principal);
		}
		if (!Objects.equals(principal, principal(socket))) {
			return Mono.just(refused(offset));
		}
		return switch (socket.state()) {
			case CONNECTING -> Mono.just(Restoration.failed(RecoveryOutcome.REFUSED, offset));
			case CONNECTED ->
				(socket.client() == client || state.tryClaim(now())) ? Mono.just(Restoration.of(socket, offset))
						: Mono.just(Restoration.failed(RecoveryOutcome.REFUSED, offset));
			default -> persisted(socket, state).then(Mono.defer(() -> findPersisted(pid, offset, principal)));
		};
	}

	/**
	 * Return a Mono that completes when the state of a socket that is being disconnected
	 * is kept.
	 */
	private Mono<Void> persisted(DefaultSocket socket, RecoveryState state) {
		return socket.onDisconnect()
			.then(Mono.<Void>create((sink) -> adapter().inOrder(sink::success)))
			.then(Mono.defer(() -> (state.persisted() != null) ? state.persisted() : Mono.empty()));
	}

	private Mono<Restoration> findPersisted(String pid, @Nullable String offset, @Nullable String principal) {
		return adapter().restoreSession(pid, offset, principal)
			.doOnError((error) -> logger.warn("State of a disconnected client could not be read", error))
			.onErrorComplete()
			.defaultIfEmpty(RestoreResult.failed(RecoveryOutcome.UNKNOWN))
			.map((result) -> (result.outcome() != RecoveryOutcome.REFUSED)
					? new Restoration(result.outcome(), result.session(), null, offset) : refused(offset));
	}

	private static @Nullable String principal(DefaultSocket socket) {
		return DefaultHandshake.principalName(socket.handshake().principal());
	}

	private Restoration refused(@Nullable String offset) {
		this.namespace.server().failures().recoveryRefused(this.namespace);
		return Restoration.failed(RecoveryOutcome.REFUSED, offset);
	}

	@Override
	public void cancel(Restoration restoration) {
		if (restoration.session() != null) {
			persist(restoration.session());
		}
		else if (restoration.living() != null && restoration.living().recovery() != null) {
			restoration.living().recovery().releaseClaim();
		}
	}

	@Override
	public boolean skipsMiddlewares() {
		return this.skipMiddlewares;
	}

	@Override
	public RecoveryState newState(@Nullable Restoration restoration) {
		if (restoration != null && restoration.session() != null) {
			return RecoveryState.of(restoration.session(), restoration, now());
		}
		if (restoration != null && restoration.living() != null && restoration.living().recovery() != null) {
			return RecoveryState.standIn(restoration.living().recovery(), restoration, now());
		}
		return RecoveryState.fresh((restoration != null) ? restoration.offset() : null, now());
	}

	@Override
	public Takeover takeover(ConnectAttempt attempt, DefaultSocket living, Restoration restoration, Handshake handshake,
			Takeover.@Nullable StandIn standIn) {
		return new Takeover(this, attempt, living, Objects.requireNonNull(living.recovery()), restoration.offset(),
				handshake, standIn);
	}

	void notifyOutcome(RecoveryOutcome outcome) {
		this.namespace.server().notifyRecovery(this.namespace, outcome);
	}

	// Connecting

	@Override
	public void connect(DefaultSocket socket, ConnectAttempt attempt) {
		RecoveryState state = socket.recovery();
		if (state == null) {
			this.direct.connect(socket, attempt);
			return;
		}
		PersistedSession session = state.session();
		if (session == null) {
			adapter().inOrder(() -> join(socket, state));
			// at once, before further packets that follow the CONNECT packet are handled
			announce(socket, state);
		}
		else {
			adapter().inOrder(() -> restore(socket, state, session, attempt));
		}
	}

	/**
	 * Join the namespace and respond in one task of the order: a broadcast that is being
	 * delivered reaches the client after the response to its CONNECT, or not at all.
	 */
	private void join(DefaultSocket socket, RecoveryState state) {
		if (socket.state() != SocketState.CONNECTING) {
			return;
		}
		socket.enter(Set.of());
		this.living.put(state.pid(), socket);
		if (!socket.markConnected()) {
			this.living.remove(state.pid(), socket);
			return;
		}
		state.joined(position());
		sessionStarted(socket, state);
		// before the response, because the client may send events as soon as it is
		// received
		socket.execute(() -> announce(socket, state));
		socket.transmit(socket.client().connectPacket(socket, state.pid()), false);
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
	 * Restore a socket. It joins its rooms and receives the missed packets, the packets
	 * that were held back in the meantime, and finally the response to its CONNECT.
	 */
	private void restore(DefaultSocket socket, RecoveryState state, PersistedSession session, ConnectAttempt attempt) {
		if (socket.state() != SocketState.CONNECTING) {
			return;
		}
		state.hold(session.endOffset(), socket.conn());
		socket.enter(session.rooms());
		this.living.put(state.pid(), socket);
		if (!socket.markConnected()) {
			this.living.remove(state.pid(), socket);
			return;
		}
		String offset = Objects.requireNonNull(state.restoration()).offset();
		missedPackets(session, offset).subscribe((missed) -> adapter()
			.inOrder(() -> restored(socket, state, session, missed.orElse(null), offset, attempt)));
	}

	/**
	 * Return the packets that a client has missed, or an empty {@code Optional} if they
	 * are not complete.
	 */
	Mono<Optional<List<MissedPacket>>> missedPackets(PersistedSession session, @Nullable String offset) {
		return adapter().missedPackets(session, offset)
			.doOnError((error) -> logger.warn("Missed packets of a client could not be read", error))
			.onErrorComplete()
			.singleOptional();
	}

	private void restored(DefaultSocket socket, RecoveryState state, PersistedSession session,
			@Nullable List<MissedPacket> missed, @Nullable String offset, ConnectAttempt attempt) {
		if (!socket.isActive()) {
			return;
		}
		if (missed != null) {
			respond(socket, state, session, missed, offset);
			notifyOutcome(RecoveryOutcome.RECOVERED);
			socket.execute(() -> {
				socket.notifyConnected();
				socket.events().callRecoveryListeners();
			});
		}
		else if (socket.abandon()) {
			state.countNoMore();
			this.living.remove(state.pid(), socket);
			adapter().sessionEnded(state.pid());
			notifyOutcome(RecoveryOutcome.GAP);
			socket.execute(() -> attempt.startOver(Restoration.failed(RecoveryOutcome.GAP, offset)));
		}
	}

	/**
	 * Send the missed packets, the packets that were held back, and the response to
	 * CONNECT; in the order of the adapter. They are sent together: a client that lost
	 * its connection between them would keep the packets and receive them again.
	 * @param session the state of the client
	 * @param named the offset that the client has sent
	 */
	void respond(DefaultSocket socket, RecoveryState state, PersistedSession session, List<MissedPacket> missed,
			@Nullable String named) {
		socket.conn().sendTogether(() -> sendResponse(socket, state, session, missed, named));
	}

	private void sendResponse(DefaultSocket socket, RecoveryState state, PersistedSession session,
			List<MissedPacket> missed, @Nullable String named) {
		state.restart(session.resolve(named), named);
		Set<String> offsets = new HashSet<>();
		List<RecoveryState.Held> held = state.release();
		for (MissedPacket packet : missed) {
			offsets.add(packet.offset());
			transmit(socket, state, new RecoveryState.Held(packet.offset(), packet.message(), null), false);
		}
		for (RecoveryState.Held packet : held) {
			if (packet.offset() == null || !offsets.contains(packet.offset())) {
				transmit(socket, state, packet, false);
			}
		}
		// before the response, after which the client may request recovery again
		state.recovered(now() + CLAIM_PAUSE);
		socket.transmit(socket.client().connectPacket(socket, state.pid()), false);
		sessionStarted(socket, state);
	}

	private void sessionStarted(DefaultSocket socket, RecoveryState state) {
		adapter().sessionStarted(socket,
				() -> stateOf(socket, state, socket.rooms(), new LinkedHashMap<>(socket.data()), position()));
	}

	/**
	 * Send the packets that were held back on the current connection of the socket; in
	 * the order of the adapter.
	 */
	void release(DefaultSocket socket, RecoveryState state) {
		state.release().forEach((held) -> transmit(socket, state, held, false));
	}

	// Sending

	@Override
	public void emit(DefaultSocket socket, Object event, @Nullable Object[] args, BroadcastFlags flags) {
		if (!flags.isVolatile() && socket.state() != SocketState.CONNECTING) {
			// stored, even if the client is disconnected
			this.namespace.broadcast(new BroadcastPacket(event, args),
					BroadcastOptions.room(socket.id()).withFlags(flags));
		}
		else if (socket.mayEmit()) {
			socket.writeEvent(event, -1, args, flags);
		}
	}

	@Override
	public void deliver(DefaultSocket socket, BroadcastPacket packet, EncodedMessage message, boolean isVolatile) {
		String lastArgument = (packet.offset() == null && packet.id() < 0)
				? SocketArguments.lastString(packet.event(), packet.args()) : null;
		send(socket, new RecoveryState.Held(packet.offset(), message, lastArgument), isVolatile);
	}

	@Override
	public void write(DefaultSocket socket, EncodedMessage message, boolean isVolatile, @Nullable String lastArgument) {
		adapter().inOrder(() -> send(socket, message, isVolatile, lastArgument));
	}

	@Override
	public void inOrder(DefaultSocket socket, Runnable task) {
		adapter().inOrder(task);
	}

	@Override
	public void send(DefaultSocket socket, EncodedMessage message, boolean isVolatile, @Nullable String lastArgument) {
		send(socket, new RecoveryState.Held(null, message, lastArgument), isVolatile);
	}

	private void send(DefaultSocket socket, RecoveryState.Held packet, boolean isVolatile) {
		RecoveryState state = socket.recovery();
		if (state == null) {
			socket.transmit(packet.message(), isVolatile);
		}
		else if (!state.hold(packet, isVolatile)) {
			transmit(socket, state, packet, isVolatile);
		}
	}

	private static void transmit(DefaultSocket socket, RecoveryState state, RecoveryState.Held packet,
			boolean isVolatile) {
		boolean accepted = socket.transmit(packet.message(), isVolatile);
		if (packet.offset() != null) {
			state.sent().add(packet.offset(), socket.conn());
		}
		else if (packet.lastArgument() != null && accepted) {
			state.sent().addWithoutOffset(packet.lastArgument());
		}
	}

	// The end

	@Override
	public @Nullable String position() {
		return adapter().position();
	}

	@Override
	public void disconnected(DefaultSocket socket, DisconnectReason reason, @Nullable String position) {
		RecoveryState state = socket.recovery();
		if (state == null) {
			return;
		}
		if (socket.state() != SocketState.DISCONNECTING) {
			// the socket was not connected: its stored state has not changed
			Restoration restoration = state.restoration();
			if (restoration != null && (restoration.living() != null || isRecoverable(reason))) {
				cancel(restoration);
			}
			return;
		}
		adapter().inOrder(state::countNoMore);
		if (!isRecoverable(reason)) {
			this.living.remove(state.pid(), socket);
			adapter().inOrder(() -> adapter().sessionEnded(state.pid()));
			return;
		}
		Set<String> rooms = socket.rooms();
		Map<String, @Nullable Object> data = new LinkedHashMap<>(socket.data());
		this.retention.extend();
		adapter().inOrder(() -> {
			Mono<Void> persisted = adapter().persistSession(stateOf(socket, state, rooms, data, position))
				.doOnError((error) -> logger.warn("State of a disconnected client could not be stored", error))
				.onErrorComplete()
				.doFinally((signal) -> this.living.remove(state.pid(), socket))
				.cache();
			state.persisted(persisted);
			persisted.subscribe();
		});
	}

	private void persist(PersistedSession session) {
		this.retention.extend();
		adapter().persistSession(session)
			.subscribe(null, (error) -> logger.warn("State of a disconnected client could not be stored", error));
	}

	/**
	 * Return the state of a socket, in the order of the adapter.
	 * @param end the position up to which all packets were sent to the socket
	 */
	PersistedSession stateOf(DefaultSocket socket, RecoveryState state, Set<String> rooms,
			Map<String, @Nullable Object> data, @Nullable String end) {
		if (state.isHolding() && state.session() != null) {
			// no packet was sent since then
			return state.session();
		}
		PersistedSession.Builder builder = PersistedSession.builder(socket.id(), state.pid())
			.principal(principal(socket))
			.rooms(rooms)
			.data(data)
			.startOffset(state.start())
			.endOffset(state.isHolding() ? state.heldSince() : end);
		if (!state.isHolding()) {
			// otherwise the marks may be those of another session
			state.sent().received(socket.conn());
		}
		state.sent().writeTo(builder);
		return builder.build();
	}

	@Override
	public boolean handOver(String pid) {
		DefaultSocket socket = this.living.get(pid);
		RecoveryState state = (socket != null) ? socket.recovery() : null;
		if (socket == null || state == null) {
			return false;
		}
		if (!socket.isActive()) {
			// the socket is being disconnected
			return socket.state() != SocketState.CONNECTING && state.persisted() == null;
		}
		if (!state.tryClaim(now())) {
			return false;
		}
		socket.execute(() -> {
			Client old = socket.client();
			socket.end(DisconnectReason.TRANSPORT_CLOSE, null, false);
			old.superseded();
		});
		return true;
	}

	/**
	 * Return the last offset that the client of a socket is known to have received, in
	 * the order of the adapter.
	 */
	static @Nullable String receivedOffset(DefaultSocket socket, RecoveryState state) {
		return state.isHolding() ? null : state.sent().received(socket.conn());
	}

	/**
	 * Return whether a client that was disconnected for a reason may reconnect.
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
