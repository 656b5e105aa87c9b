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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Sessions and packets of a namespace that are kept in memory for connection state
 * recovery. Not thread-safe: all methods but {@link #nextOffset()} and {@link #close()}
 * are called in the order of the adapter.
 */
final class RecoveryStore {

	private static final Duration SWEEP = Duration.ofSeconds(60);

	private final RecoveryLimits limits;

	private final Executor order;

	private final BiFunction<Duration, Runnable, Disposable> scheduler;

	private final Offsets offsets;

	private final LongSupplier nanoTime;

	private final Map<String, StoredSession> sessions = new LinkedHashMap<>();

	private final Map<String, StoredPacket> packets = new HashMap<>();

	private @Nullable StoredPacket first;

	private @Nullable StoredPacket last;

	private volatile @Nullable Disposable sweep;

	private volatile boolean closed;

	RecoveryStore(RecoveryLimits limits, Executor order, BiFunction<Duration, Runnable, Disposable> scheduler,
			Clock clock, LongSupplier nanoTime) {
		this.limits = limits;
		this.order = order;
		this.scheduler = scheduler;
		this.offsets = new Offsets(clock);
		this.nanoTime = nanoTime;
	}

	String nextOffset() {
		return this.offsets.next();
	}

	void append(BroadcastPacket packet, EncodedMessage message, BroadcastOptions options) {
		String offset = packet.offset();
		if (this.closed || offset == null) {
			return;
		}
		if (this.packets.size() >= this.limits.maxPackets()) {
			removeFirst();
		}
		StoredPacket stored = new StoredPacket(offset, message, options.rooms(), options.except(),
				this.nanoTime.getAsLong());
		this.packets.put(offset, stored);
		if (this.last != null) {
			this.last.next = stored;
		}
		else {
			this.first = stored;
		}
		this.last = stored;
		scheduleSweep();
	}

	void persist(PersistedSession session) {
		if (this.closed) {
			return;
		}
		if (this.sessions.size() >= this.limits.maxSessions()) {
			Iterator<String> oldest = this.sessions.keySet().iterator();
			oldest.next();
			oldest.remove();
		}
		this.sessions.put(session.pid(), new StoredSession(session, this.nanoTime.getAsLong()));
		scheduleSweep();
	}

	@Nullable PersistedSession restore(String pid, String offset) {
		// taken out whatever follows: nobody gets it twice (SIO-101)
		StoredSession stored = this.sessions.remove(pid);
		StoredPacket known = this.packets.get(offset);
		return (stored != null && !isExpired(stored.since) && known != null && fits(stored.session, known))
				? stored.session : null;
	}

	/**
	 * Return whether what was missed may be sent in one go (SEC-77): whoever cannot take
	 * it would only come back with the same offset.
	 */
	private boolean fits(PersistedSession session, StoredPacket known) {
		int bytes = share(this.limits.maxOutboundBytes());
		int packets = share(this.limits.maxOutboundPackets());
		for (StoredPacket packet = known.next; packet != null; packet = packet.next) {
			if (packet.isFor(session.rooms())) {
				bytes -= packet.message.bytes();
				packets -= packet.message.packets();
				if (bytes < 0 || packets < 0) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * Leave room for the answer to the client, and for what comes meanwhile.
	 */
	private static int share(int limit) {
		return limit - limit / 8 - 1;
	}

	List<MissedPacket> missed(PersistedSession session, String offset) {
		List<MissedPacket> result = new ArrayList<>();
		StoredPacket known = this.packets.get(offset);
		for (StoredPacket packet = (known != null) ? known.next : null; packet != null; packet = packet.next) {
			if (packet.isFor(session.rooms())) {
				result.add(MissedPacket.of(packet.offset, packet.message));
			}
		}
		return result;
	}

	int sessions() {
		return this.sessions.size();
	}

	int packets() {
		return this.packets.size();
	}

	void close() {
		this.closed = true;
		Disposable task = this.sweep;
		if (task != null) {
			task.dispose();
		}
		this.order.execute(() -> {
			this.sessions.clear();
			this.packets.clear();
			this.first = null;
			this.last = null;
		});
	}

	private void scheduleSweep() {
		if (this.sweep == null) {
			Duration delay = (this.limits.maxDisconnectionDuration().compareTo(SWEEP) < 0)
					? this.limits.maxDisconnectionDuration() : SWEEP;
			this.sweep = this.scheduler.apply(delay, () -> this.order.execute(this::sweep));
		}
	}

	private void sweep() {
		this.sweep = null;
		if (this.closed) {
			return;
		}
		Iterator<StoredSession> oldest = this.sessions.values().iterator();
		while (oldest.hasNext() && isExpired(oldest.next().since)) {
			oldest.remove();
		}
		while (this.first != null && isExpired(this.first.since)) {
			removeFirst();
		}
		if (this.first != null || !this.sessions.isEmpty()) {
			scheduleSweep();
		}
	}

	private void removeFirst() {
		StoredPacket removed = this.first;
		if (removed != null) {
			this.packets.remove(removed.offset);
			this.first = removed.next;
			if (this.first == null) {
				this.last = null;
			}
		}
	}

	private boolean isExpired(long since) {
		return this.nanoTime.getAsLong() - since > this.limits.maxDisconnectionDuration().toNanos();
	}

	private record StoredSession(PersistedSession session, long since) {

	}

	private static final class StoredPacket {

		private final String offset;

		private final EncodedMessage message;

		private final Set<String> rooms;

		private final Set<String> except;

		private final long since;

		private @Nullable StoredPacket next;

		private StoredPacket(String offset, EncodedMessage message, Set<String> rooms, Set<String> except, long since) {
			this.offset = offset;
			this.message = message;
			this.rooms = rooms;
			this.except = except;
			this.since = since;
		}

		private boolean isFor(Set<String> joined) {
			return (this.rooms.isEmpty() || this.rooms.stream().anyMatch(joined::contains))
					&& this.except.stream().noneMatch(joined::contains);
		}

	}

}
