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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The state of a socket with connection state recovery: its private id, the packets that
 * were sent to it or held back, and the claim of a client to take it over.
 */
final class RecoveryState {

	private static final AtomicIntegerFieldUpdater<RecoveryState> CLAIMED = AtomicIntegerFieldUpdater
		.newUpdater(RecoveryState.class, "claimed");

	private final String pid;

	/**
	 * The state that is being restored, or the socket that is to be taken over.
	 */
	private volatile @Nullable Restoration restoration;

	private final SentPackets sent = new SentPackets();

	private volatile boolean recovered;

	/** Used in the order of the adapter only, as are the next two fields. */
	private @Nullable String start;

	private @Nullable List<Held> held;

	private @Nullable String heldSince;

	/** The session for which held packets are counted. */
	private @Nullable EngineSession holder;

	private volatile boolean joined;

	private volatile int claimed;

	private volatile long claimableAt;

	private volatile @Nullable Mono<Void> persisted;

	private RecoveryState(String pid, @Nullable Restoration restoration, long now) {
		this.pid = pid;
		this.restoration = restoration;
		this.recovered = restoration != null;
		this.claimed = (restoration != null) ? 1 : 0;
		this.claimableAt = now;
	}

	/**
	 * Return the state of a socket that is not recovered.
	 * @param named the offset that the client has sent, of a session that cannot be
	 * recovered
	 */
	static RecoveryState fresh(@Nullable String named, long now) {
		RecoveryState state = new RecoveryState(SecureSessionIds.next(), null, now);
		state.sent.reset(named);
		return state;
	}

	/**
	 * Return the state of a socket that is being restored.
	 */
	static RecoveryState of(PersistedSession session, Restoration restoration, long now) {
		RecoveryState state = new RecoveryState(session.pid(), restoration, now);
		state.start = session.startOffset();
		return state;
	}

	/**
	 * Return the state of a stand-in, which passes through the middlewares in place of
	 * the socket to be taken over.
	 */
	static RecoveryState standIn(RecoveryState living, Restoration restoration, long now) {
		return new RecoveryState(living.pid, restoration, now);
	}

	String pid() {
		return this.pid;
	}

	@Nullable Restoration restoration() {
		return this.restoration;
	}

	/**
	 * Return the state that is being restored, or {@code null} if this is another socket.
	 */
	@Nullable PersistedSession session() {
		Restoration current = this.restoration;
		return (current != null) ? current.session() : null;
	}

	boolean isRecovered() {
		return this.recovered;
	}

	SentPackets sent() {
		return this.sent;
	}

	@Nullable String start() {
		return this.start;
	}

	/**
	 * Reset the state for a client that has received all packets up to an offset.
	 * @param offset the offset
	 * @param named the offset that the client has sent; the client sends it until it
	 * receives a packet
	 */
	void restart(@Nullable String offset, @Nullable String named) {
		this.start = offset;
		this.sent.reset(named);
	}

	// Joining

	/**
	 * Called when the socket has joined its namespace, before the application is
	 * notified.
	 * @param position the position of the adapter
	 */
	void joined(@Nullable String position) {
		this.start = position;
		this.joined = true;
	}

	/**
	 * Return whether the application has to be notified; in the session's turn.
	 */
	boolean announce() {
		boolean result = this.joined;
		this.joined = false;
		return result;
	}

	// Claims

	/**
	 * Claim the socket for a client that has reconnected.
	 * @return {@code false} if another client has claimed it, now or a short time ago
	 */
	boolean tryClaim(long now) {
		return now - this.claimableAt >= 0 && CLAIMED.compareAndSet(this, 0, 1);
	}

	/**
	 * Detach the claim from this stand-in, which has passed the middlewares. The claim of
	 * the connected socket remains.
	 */
	void detachClaim() {
		this.restoration = null;
	}

	/**
	 * End a claim without success.
	 */
	void releaseClaim() {
		this.claimed = 0;
	}

	/**
	 * End a claim with success.
	 * @param claimableAt when the socket may be claimed again
	 */
	void recovered(long claimableAt) {
		this.recovered = true;
		this.restoration = null;
		this.claimableAt = claimableAt;
		this.claimed = 0;
	}

	// The end

	/**
	 * Return a Mono that completes when the state of the disconnected socket is kept, or
	 * {@code null} if it is not kept.
	 */
	@Nullable Mono<Void> persisted() {
		return this.persisted;
	}

	void persisted(Mono<Void> persisted) {
		this.persisted = persisted;
	}

	// Holding back, in the order of the adapter

	/**
	 * Hold back all packets from now on.
	 * @param position the position of the adapter
	 * @param session the session of the client
	 */
	void hold(@Nullable String position, EngineSession session) {
		this.held = new ArrayList<>();
		this.heldSince = position;
		this.holder = session;
	}

	/**
	 * Return whether packets are held back.
	 */
	boolean isHolding() {
		return this.held != null;
	}

	/**
	 * Return the position of the adapter from which packets are held back.
	 */
	@Nullable String heldSince() {
		return this.heldSince;
	}

	/**
	 * Hold a message back.
	 * @return {@code false} if messages are not held back now
	 */
	boolean hold(Held message, boolean isVolatile) {
		List<Held> list = this.held;
		if (list == null) {
			return false;
		}
		if (!isVolatile) {
			list.add(message);
			if (this.holder != null) {
				this.holder.countMemory(message.message(), true);
			}
		}
		return true;
	}

	/**
	 * Return the packets that were held back, and stop holding back.
	 */
	List<Held> release() {
		List<Held> list = this.held;
		countNoMore();
		this.held = null;
		return (list != null) ? list : List.of();
	}

	/**
	 * Stop counting the held packets, because the socket is disconnected.
	 */
	void countNoMore() {
		EngineSession session = this.holder;
		this.holder = null;
		if (session != null && this.held != null) {
			this.held.forEach((message) -> session.countMemory(message.message(), false));
		}
	}

	/**
	 * A message that is held back.
	 *
	 * @param offset the offset, or {@code null} for none
	 * @param message the message
	 * @param lastArgument the last argument of an event without offset and
	 * acknowledgement, if it is a string
	 */
	record Held(@Nullable String offset, EncodedMessage message, @Nullable String lastArgument) {

	}

}
