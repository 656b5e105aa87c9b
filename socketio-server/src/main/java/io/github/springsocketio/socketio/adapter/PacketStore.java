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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a namespace that clients may have missed: those for several sockets in
 * one log, the others by socket. Bounded by number and by bytes; the oldest is dropped
 * first. Not thread-safe.
 */
final class PacketStore {

	private final RecoveryLimits limits;

	private final LongSupplier nanoTime;

	/**
	 * Removes packets that clients have received, before others are dropped.
	 */
	private final Runnable cleanup;

	private final PacketLog log = new PacketLog();

	private final StoredBytes bytes = new StoredBytes();

	private final OwnPackets own = new OwnPackets((packet) -> this.bytes.remove(packet.message()));

	private final LostPackets lost = new LostPackets();

	PacketStore(RecoveryLimits limits, LongSupplier nanoTime, Runnable cleanup) {
		this.limits = limits;
		this.nanoTime = nanoTime;
		this.cleanup = cleanup;
	}

	int size() {
		return this.log.size() + this.own.size();
	}

	long bytes() {
		return this.bytes.total();
	}

	boolean isEmpty() {
		return this.log.isEmpty() && this.own.isEmpty() && this.lost.isEmpty();
	}

	/**
	 * Append a packet with a higher position than all others.
	 * @param sid the id of the socket if it was sent to one socket only, else
	 * {@code null}
	 */
	void append(BroadcastPacket packet, EncodedMessage message, BroadcastOptions options, @Nullable String sid) {
		String offset = packet.offset();
		long position = Offsets.position(offset);
		if (offset == null || position == Offsets.NONE) {
			return;
		}
		StoredPacket stored = new StoredPacket(position, offset, message, options, this.nanoTime.getAsLong());
		this.bytes.add(message);
		if (sid != null) {
			this.own.add(sid, stored);
		}
		else {
			this.log.add(stored);
		}
		if (isFull()) {
			this.cleanup.run();
		}
		while (isFull()) {
			removeFirst();
		}
	}

	private boolean isFull() {
		return size() > this.limits.maxPackets() || (this.bytes.total() > this.limits.maxBytes() && size() > 0);
	}

	private void removeFirst() {
		StoredPacket first = this.log.first();
		StoredPacket firstOwn = this.own.first();
		if (first == null || (firstOwn != null && firstOwn.position() < first.position())) {
			this.own.removeFirst();
			return;
		}
		this.log.removeFirst();
		this.bytes.remove(first.message());
		this.lost.add(first, this.nanoTime.getAsLong());
	}

	/**
	 * Remove the packets that are too old.
	 */
	void removeExpired() {
		long now = this.nanoTime.getAsLong();
		long age = this.limits.maxPacketAge().toNanos();
		while (isExpired(this.log.first(), now, age) || isExpired(this.own.first(), now, age)) {
			removeFirst();
		}
		this.lost.removeOlder(age, now);
	}

	private static boolean isExpired(@Nullable StoredPacket packet, long now, long age) {
		return packet != null && now - packet.since() > age;
	}

	/**
	 * Remove the packets for one socket that its client has received.
	 * @param offset the offset of the last one, or {@code null} for none
	 */
	void removeReceived(String sid, @Nullable String offset) {
		if (offset != null) {
			this.own.removeReceived(sid, Offsets.position(offset));
		}
	}

	/**
	 * Remove the packets for one socket.
	 */
	void removeOwn(String sid) {
		this.own.remove(sid);
	}

	/**
	 * Remove the packets for single sockets that are not known any more.
	 */
	void removeUnknown(Predicate<String> known) {
		this.own.removeUnknown(known);
	}

	/**
	 * Return the ids of the sockets that have packets for them alone.
	 */
	List<String> owners() {
		return this.own.sockets();
	}

	/**
	 * Return the packets that a client has missed, in their order.
	 * @param session the state of the client
	 * @param named the offset that the client has sent
	 * @return the packets, or {@code null} if they are not known, not complete or too
	 * many
	 */
	@Nullable List<StoredPacket> missed(PersistedSession session, @Nullable String named) {
		long from = from(session, named);
		if (from == Offsets.NONE) {
			return null;
		}
		List<StoredPacket> result = new ArrayList<>();
		boolean complete = collectSent(session, from, result) && collectUnsent(session, from, result)
				&& this.own.collect(session.sid(), from, result);
		result.sort(Comparator.comparingLong(StoredPacket::position));
		return (complete && fits(result)) ? result : null;
	}

	/**
	 * Return the position up to which a client has received all packets, or
	 * {@link Offsets#NONE} if it is unknown.
	 */
	private long from(PersistedSession session, @Nullable String named) {
		long start = Math.max(Offsets.position(session.startOffset()), 0);
		long received = Math.max(Offsets.position(session.receivedOffset()), start);
		String offset = session.resolve(named);
		long result = (offset != null && !offset.equals(session.startOffset())) ? known(session, offset) : start;
		// packets that a client has received are no longer stored for it
		return (result >= received) ? result : Offsets.NONE;
	}

	/**
	 * Return the position of an offset that is known to the server.
	 */
	private long known(PersistedSession session, String offset) {
		long position = Offsets.position(offset);
		if (position == Offsets.NONE) {
			return Offsets.NONE;
		}
		boolean known = offset.equals(session.lastOffset()) || offset.equals(session.receivedOffset())
				|| offset.equals(session.sentAfter()) || session.sentOffsets().contains(offset)
				|| this.log.find(position) != null || this.own.contains(session.sid(), position);
		return known ? position : Offsets.NONE;
	}

	/**
	 * Collect the packets after a position that were sent to the socket.
	 */
	private boolean collectSent(PersistedSession session, long from, List<StoredPacket> result) {
		long listed = Offsets.position(session.sentAfter());
		if (from < listed && !collect(session, from, listed, result)) {
			return false;
		}
		for (String offset : session.sentOffsets()) {
			long position = Offsets.position(offset);
			if (position > from) {
				StoredPacket packet = this.log.find(position);
				if (packet != null) {
					result.add(packet);
				}
				else if (!this.own.contains(session.sid(), position)) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * Collect the packets that were not sent, because the socket was disconnected.
	 */
	private boolean collectUnsent(PersistedSession session, long from, List<StoredPacket> result) {
		long end = Math.max(Offsets.position(session.endOffset()), Offsets.position(session.lastOffset()));
		return collect(session, Math.max(end, from), Long.MAX_VALUE, result);
	}

	/**
	 * Collect the packets between two positions by the rooms of the socket.
	 * @param from the position before the first packet
	 * @param to the position of the last packet
	 */
	private boolean collect(PersistedSession session, long from, long to, List<StoredPacket> result) {
		for (int i = this.log.indexAfter(from); i < this.log.size(); i++) {
			StoredPacket packet = this.log.get(i);
			if (packet.position() > to) {
				break;
			}
			if (packet.options().selects(session.rooms())) {
				result.add(packet);
			}
		}
		return !this.lost.contains(from, session.rooms());
	}

	/**
	 * Return whether the missed packets fit into the outbound buffer of the client
	 * (SEC-77). Otherwise the client would be closed, and reconnect with the same offset.
	 */
	private boolean fits(List<StoredPacket> missed) {
		long bytes = 0;
		long packets = 0;
		for (StoredPacket packet : missed) {
			bytes += packet.message().bytes();
			packets += packet.message().packets();
		}
		return bytes <= share(this.limits.maxOutboundBytes()) && packets <= share(this.limits.maxOutboundPackets());
	}

	/**
	 * Reserve space for the response to the client, and for packets that are sent in the
	 * meantime.
	 */
	private static int share(int limit) {
		return limit - limit / 8 - 1;
	}

	/**
	 * Remove the packets that a client has confirmed with its offset.
	 * @param named the offset that the client has sent
	 */
	void confirm(PersistedSession session, @Nullable String named) {
		this.own.removeReceived(session.sid(), from(session, named));
	}

	void clear() {
		this.log.clear();
		this.own.clear();
		this.bytes.clear();
		this.lost.clear();
	}

}
