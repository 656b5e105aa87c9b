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

package io.github.springsocketio.socketio.adapter.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.socketio.adapter.RestoreResult;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes share of a namespace: the order of its messages, the packets that were
 * broadcast, and the sessions of clients that may come back.
 */
final class LoopbackTopic {

	private static final int UNKNOWN = -2;

	private final List<LoopbackAdapter> members = new CopyOnWriteArrayList<>();

	private final List<Stored> log = new ArrayList<>();

	private final Map<String, PersistedSession> sessions = new ConcurrentHashMap<>();

	void join(LoopbackAdapter member) {
		this.members.add(member);
	}

	void leave(LoopbackAdapter member) {
		this.members.remove(member);
	}

	List<LoopbackAdapter> members() {
		return this.members;
	}

	List<LoopbackAdapter> others(LoopbackAdapter own) {
		return this.members.stream().filter((member) -> member != own).toList();
	}

	/**
	 * Pass a message to all members, in the same order.
	 */
	synchronized void append(Consumer<LoopbackAdapter> message) {
		this.members.forEach((member) -> member.receive(() -> message.accept(member)));
	}

	/**
	 * Store a packet and pass it to all members, in the same order.
	 * @param encode encodes the packet with its offset
	 */
	synchronized void append(Function<String, EncodedMessage> encode, BroadcastOptions options,
			Function<String, Consumer<LoopbackAdapter>> message) {
		String offset = offset(this.log.size());
		this.log.add(new Stored(offset, encode.apply(offset), options));
		append(message.apply(offset));
	}

	private static String offset(int index) {
		return "offset-" + index;
	}

	/**
	 * Return the offset of the last packet.
	 */
	synchronized String lastOffset() {
		return offset(this.log.size() - 1);
	}

	/**
	 * Return the packets that a session has missed.
	 * @return {@code null} if the offset is not known
	 */
	synchronized @Nullable List<MissedPacket> missed(PersistedSession session, @Nullable String named) {
		int from = index(session.resolve(named));
		if (from == UNKNOWN) {
			return null;
		}
		List<MissedPacket> result = new ArrayList<>();
		for (int i = from + 1; i < this.log.size(); i++) {
			Stored stored = this.log.get(i);
			if (isMissed(session, i, stored)) {
				result.add(MissedPacket.of(stored.offset(), stored.message()));
			}
		}
		return result;
	}

	/**
	 * Return whether a packet was sent to a socket, or would have been if it was
	 * connected.
	 */
	private boolean isMissed(PersistedSession session, int index, Stored stored) {
		int sentAfter = index(session.sentAfter());
		int end = Math.max(index(session.endOffset()), index(session.lastOffset()));
		return (index > sentAfter && index <= end) ? session.sentOffsets().contains(stored.offset())
				: stored.options().selects(session.rooms());
	}

	/**
	 * Return the index of a packet in the log, -1 for the start.
	 */
	private int index(@Nullable String offset) {
		for (int i = -1; i < this.log.size(); i++) {
			if (offset(i).equals(offset)) {
				return i;
			}
		}
		return UNKNOWN;
	}

	void persist(PersistedSession session) {
		this.sessions.put(session.pid(), session);
	}

	RestoreResult restore(String pid, @Nullable String offset, @Nullable String principal) {
		PersistedSession session = this.sessions.get(pid);
		if (session != null && !Objects.equals(session.principal(), principal)) {
			return RestoreResult.failed(RecoveryOutcome.REFUSED);
		}
		if (session == null || !this.sessions.remove(pid, session)) {
			return RestoreResult.failed(RecoveryOutcome.UNKNOWN);
		}
		return (missed(session, offset) != null) ? RestoreResult.recovered(session)
				: RestoreResult.failed(RecoveryOutcome.GAP);
	}

	private record Stored(String offset, EncodedMessage message, BroadcastOptions options) {

	}

}
