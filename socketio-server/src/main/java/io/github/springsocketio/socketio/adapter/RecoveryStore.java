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

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Sessions and packets of a namespace that are kept in memory for connection state
 * recovery. Not thread-safe: all methods but {@link #close()} and {@link #position()} are
 * called in the order of the adapter.
 */
final class RecoveryStore {

	private static final Duration SWEEP = Duration.ofSeconds(10);

	/**
	 * The time for which expired sessions are remembered, as a multiple of the maximum
	 * duration.
	 */
	private static final int EXPIRED_FACTOR = 5;

	private static final Duration MIN_CLEANUP_INTERVAL = Duration.ofMillis(100);

	private final AdapterNamespace namespace;

	private final RecoveryLimits limits;

	private final Executor order;

	private final Offsets offsets;

	private final LongSupplier nanoTime;

	private final PacketStore packets;

	/** By private id, in the order of the disconnections. */
	private final Map<String, StoredSession> sessions = new LinkedHashMap<>();

	private final Map<String, PersistedSession> bySocket = new HashMap<>();

	/** The number of sessions in each room, without the own rooms of sockets. */
	private final Map<String, Integer> rooms = new HashMap<>();

	private long lastCleanup;

	private volatile String position;

	private volatile @Nullable Disposable sweep;

	private volatile boolean closed;

	RecoveryStore(AdapterNamespace namespace, RecoveryLimits limits, Executor order, Clock clock,
			LongSupplier nanoTime) {
		this.namespace = namespace;
		this.limits = limits;
		this.order = order;
		this.offsets = new Offsets(clock);
		this.nanoTime = nanoTime;
		this.packets = new PacketStore(limits, nanoTime, this::removeReceived);
		this.position = this.offsets.next();
		this.lastCleanup = nanoTime.getAsLong();
	}

	// Packets

	/**
	 * Return the offset of the last packet that was delivered.
	 */
	String position() {
		return this.position;
	}

	String nextOffset() {
		return this.offsets.next();
	}

	/**
	 * Store a packet that is delivered now.
	 */
	void append(BroadcastPacket packet, EncodedMessage message, BroadcastOptions options) {
		if (this.closed) {
			return;
		}
		this.packets.append(packet, message, options, owner(options));
		scheduleSweep();
	}

	/**
	 * Note that a packet was delivered to the connected sockets.
	 */
	void delivered(String offset) {
		this.position = offset;
	}

	/**
	 * Return the id of the socket if it is the only receiver.
	 */
	private @Nullable String owner(BroadcastOptions options) {
		if (options.rooms().size() != 1 || !options.except().isEmpty()) {
			return null;
		}
		String room = options.rooms().iterator().next();
		if (this.rooms.containsKey(room)) {
			return null;
		}
		AdapterSocket socket = this.namespace.localSocket(room);
		PersistedSession session = this.bySocket.get(room);
		if (socket == null && (session == null || !session.rooms().contains(room))) {
			return null;
		}
		return this.namespace.localNode().hasOnly(room, socket) ? room : null;
	}

	/**
	 * Return the packets that a client has missed, or {@code null} if they are not
	 * complete.
	 */
	@Nullable List<MissedPacket> missed(PersistedSession session, @Nullable String offset) {
		List<StoredPacket> missed = this.packets.missed(session, offset);
		if (missed == null) {
			return null;
		}
		this.packets.confirm(session, offset);
		return missed.stream().map((packet) -> MissedPacket.of(packet.offset(), packet.message())).toList();
	}

	int packets() {
		return this.packets.size();
	}

	long bytes() {
		return this.packets.bytes();
	}

	// Sessions

	void persist(PersistedSession session) {
		if (this.closed) {
			return;
		}
		remove(session.pid());
		if (this.sessions.size() >= this.limits.maxSessions()) {
			drop(remove(this.sessions.keySet().iterator().next()));
		}
		this.sessions.put(session.pid(), new StoredSession(session, session.principal(), this.nanoTime.getAsLong()));
		this.bySocket.put(session.sid(), session);
		for (String room : session.rooms()) {
			if (!room.equals(session.sid())) {
				this.rooms.merge(room, 1, Integer::sum);
			}
		}
		this.packets.removeReceived(session.sid(), session.receivedOffset());
		scheduleSweep();
	}

	RestoreResult restore(String pid, @Nullable String offset, @Nullable String principal) {
		StoredSession stored = this.sessions.get(pid);
		if (stored == null) {
			return RestoreResult.failed(RecoveryOutcome.UNKNOWN);
		}
		if (!Objects.equals(principal, stored.principal)) {
			return RestoreResult.failed(RecoveryOutcome.REFUSED);
		}
		// removed in any case, so that it is restored only once (SIO-101)
		PersistedSession session = remove(pid);
		if (session == null || isExpired(stored.since)) {
			drop(session);
			return RestoreResult.failed(RecoveryOutcome.EXPIRED);
		}
		if (this.packets.missed(session, offset) == null) {
			drop(session);
			return RestoreResult.failed(RecoveryOutcome.GAP);
		}
		return RestoreResult.recovered(session);
	}

	private @Nullable PersistedSession remove(String pid) {
		StoredSession stored = this.sessions.remove(pid);
		if (stored == null || stored.session == null) {
			return null;
		}
		release(stored.session);
		return stored.session;
	}

	private void release(PersistedSession session) {
		this.bySocket.remove(session.sid(), session);
		for (String room : session.rooms()) {
			if (!room.equals(session.sid())) {
				this.rooms.computeIfPresent(room, (key, count) -> (count > 1) ? count - 1 : null);
			}
		}
	}

	/**
	 * Remove the packets of a session that is not restored.
	 */
	private void drop(@Nullable PersistedSession session) {
		if (session != null) {
			this.packets.removeOwn(session.sid());
		}
	}

	/**
	 * Return the number of sessions that can be restored.
	 */
	int sessions() {
		return this.bySocket.size();
	}

	// The end

	void close() {
		this.closed = true;
		Disposable task = this.sweep;
		if (task != null) {
			task.dispose();
		}
		this.order.execute(() -> {
			this.sessions.clear();
			this.bySocket.clear();
			this.rooms.clear();
			this.packets.clear();
		});
	}

	private void scheduleSweep() {
		if (this.sweep == null) {
			Duration delay = (this.limits.maxDisconnectionDuration().compareTo(SWEEP) < 0)
					? this.limits.maxDisconnectionDuration() : SWEEP;
			this.sweep = this.namespace.schedule(delay, () -> this.order.execute(this::sweep));
		}
	}

	private void sweep() {
		this.sweep = null;
		if (this.closed) {
			return;
		}
		expireSessions();
		this.packets.removeExpired();
		removeReceived();
		this.packets.removeUnknown((sid) -> this.bySocket.containsKey(sid) || this.namespace.localSocket(sid) != null);
		if (!this.packets.isEmpty() || !this.sessions.isEmpty()) {
			scheduleSweep();
		}
	}

	private void expireSessions() {
		long now = this.nanoTime.getAsLong();
		long limit = this.limits.maxDisconnectionDuration().toNanos();
		Iterator<StoredSession> oldest = this.sessions.values().iterator();
		while (oldest.hasNext()) {
			StoredSession stored = oldest.next();
			long age = now - stored.since;
			if (age <= limit) {
				break;
			}
			if (stored.session != null) {
				release(stored.session);
				drop(stored.session);
				stored.session = null;
			}
			if (age > limit * EXPIRED_FACTOR) {
				oldest.remove();
			}
		}
	}

	private boolean isExpired(long since) {
		return this.nanoTime.getAsLong() - since > this.limits.maxDisconnectionDuration().toNanos();
	}

	/**
	 * Remove the packets for single sockets that their clients have received.
	 */
	private void removeReceived() {
		long now = this.nanoTime.getAsLong();
		if (now - this.lastCleanup < MIN_CLEANUP_INTERVAL.toNanos()) {
			return;
		}
		this.lastCleanup = now;
		for (String sid : this.packets.owners()) {
			AdapterSocket socket = this.namespace.localSocket(sid);
			if (socket != null) {
				this.packets.removeReceived(sid, socket.receivedOffset());
			}
		}
	}

	/**
	 * A session, which is {@code null} after it has expired.
	 */
	private static final class StoredSession {

		private final @Nullable String principal;

		private final long since;

		private @Nullable PersistedSession session;

		private StoredSession(PersistedSession session, @Nullable String principal, long since) {
			this.session = session;
			this.principal = principal;
			this.since = since;
		}

	}

}
