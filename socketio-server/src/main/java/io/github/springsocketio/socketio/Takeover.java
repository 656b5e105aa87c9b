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
import java.util.Objects;
import java.util.Set;

import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The takeover of a connected socket by its client, which has reconnected before the
 * server has detected the loss of the old connection. The socket moves to the new
 * connection and receives the missed packets there; the old connection is closed.
 */
final class Takeover {

	private final RecoverableDelivery delivery;

	private final ConnectAttempt attempt;

	private final DefaultSocket socket;

	private final RecoveryState state;

	private final @Nullable String offset;

	private final Handshake handshake;

	private final @Nullable StandIn standIn;

	private volatile boolean canceled;

	Takeover(RecoverableDelivery delivery, ConnectAttempt attempt, DefaultSocket socket, RecoveryState state,
			@Nullable String offset, Handshake handshake, @Nullable StandIn standIn) {
		this.delivery = delivery;
		this.attempt = attempt;
		this.socket = socket;
		this.state = state;
		this.offset = offset;
		this.handshake = handshake;
		this.standIn = standIn;
	}

	/**
	 * Repeat the response to a CONNECT packet, for a client that has sent the packet
	 * again on the same connection.
	 */
	static void repeatResponse(DefaultSocket socket) {
		DeliveryStrategy delivery = socket.namespace().delivery();
		RecoveryState state = Objects.requireNonNull(socket.recovery());
		delivery.inOrder(socket,
				() -> delivery.send(socket, socket.client().connectPacket(socket, state.pid()), false, null));
	}

	void start() {
		if (this.standIn != null) {
			this.standIn.detachClaim();
		}
		this.delivery.adapter().inOrder(this::hold);
	}

	/**
	 * Cancel the takeover, unless the socket has moved.
	 */
	void cancel() {
		this.canceled = true;
	}

	private boolean isOver() {
		return this.canceled || !this.socket.isActive();
	}

	/**
	 * Hold back packets from now on, and look up the missed ones; in the order of the
	 * adapter.
	 */
	private void hold() {
		if (isOver()) {
			this.state.releaseClaim();
			fail(null);
			return;
		}
		this.state.sent().received(this.socket.conn());
		this.state.hold(this.delivery.position(), this.socket.conn());
		PersistedSession session = this.delivery.stateOf(this.socket, this.state, this.socket.rooms(), Map.of(), null);
		this.delivery.missedPackets(session, this.offset).subscribe((missed) -> this.socket.execute(() -> {
			if (isOver()) {
				giveUp(false);
			}
			else if (missed.isEmpty()) {
				giveUp(true);
			}
			else {
				move(session, missed.get());
			}
		}));
	}

	/**
	 * End the takeover without moving the socket.
	 * @param gap whether packets are missing; otherwise the socket is being disconnected
	 * or the client has disconnected
	 */
	private void giveUp(boolean gap) {
		this.delivery.adapter().inOrder(() -> this.delivery.release(this.socket, this.state));
		this.state.releaseClaim();
		if (gap) {
			this.delivery.notifyOutcome(RecoveryOutcome.GAP);
			this.socket.client().superseded();
			fail(Restoration.failed(RecoveryOutcome.GAP, this.offset));
		}
		else {
			fail(null);
		}
	}

	private void fail(@Nullable Restoration result) {
		if (!this.canceled) {
			this.attempt.client().session().execute(() -> this.attempt.takeoverFailed(result));
		}
	}

	/**
	 * Move the socket to the new connection; in the turn of the old session, so that no
	 * event is being handled.
	 */
	private void move(PersistedSession session, List<MissedPacket> missed) {
		Client old = this.socket.client();
		if (this.standIn != null) {
			this.standIn.mergeInto(this.socket);
		}
		this.socket.moveTo(this.attempt.client(), this.handshake);
		this.delivery.adapter().inOrder(() -> respond(session, missed));
		old.superseded();
	}

	private void respond(PersistedSession session, List<MissedPacket> missed) {
		if (this.socket.isActive()) {
			this.delivery.respond(this.socket, this.state, session, missed, this.offset);
			this.delivery.notifyOutcome(RecoveryOutcome.RECOVERED);
		}
		else {
			// disconnected in the meantime: the client receives the packets that were
			// held back, such as DISCONNECT
			this.state.sent().detach();
			this.delivery.release(this.socket, this.state);
		}
		this.attempt.client().session().execute(() -> this.attempt.takenOver(this.socket));
	}

	/**
	 * The socket that passes through the middlewares of the namespace in place of the
	 * connected one.
	 */
	static final class StandIn {

		private final DefaultSocket socket;

		private final Map<String, @Nullable Object> original;

		/**
		 * Create a stand-in.
		 * @param socket the socket, which gets a copy of the data
		 * @param living the connected socket
		 */
		StandIn(DefaultSocket socket, DefaultSocket living) {
			this.socket = socket;
			this.original = new LinkedHashMap<>(living.data());
			socket.data().putAll(this.original);
		}

		DefaultSocket socket() {
			return this.socket;
		}

		private void detachClaim() {
			RecoveryState state = this.socket.recovery();
			if (state != null) {
				state.detachClaim();
			}
		}

		/**
		 * Apply the changes of the middlewares to the connected socket.
		 */
		private void mergeInto(DefaultSocket living) {
			Map<String, @Nullable Object> data = this.socket.data();
			data.forEach((key, value) -> {
				if (!this.original.containsKey(key) || !Objects.equals(this.original.get(key), value)) {
					living.data().put(key, value);
				}
			});
			this.original.keySet().stream().filter((key) -> !data.containsKey(key)).forEach(living.data()::remove);
			Set<String> rooms = this.socket.rooms();
			this.socket.abandon();
			try {
				living.join(rooms);
			}
			catch (IllegalStateException ex) {
				living.events().errors().failed("Joining of rooms", ex, null);
			}
		}

	}

}
