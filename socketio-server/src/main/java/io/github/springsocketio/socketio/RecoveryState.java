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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.jspecify.annotations.Nullable;

/**
 * The state of a socket with connection state recovery: its private id and, if it was
 * restored, the restored state.
 */
final class RecoveryState {

	private final String pid;

	private final @Nullable PersistedSession session;

	private final String offset;

	/**
	 * The packets that were broadcast while the missed packets are being looked up. Used
	 * in the order of the adapter only.
	 */
	private @Nullable List<Held> held;

	private volatile boolean joined;

	private RecoveryState(String pid, @Nullable PersistedSession session, String offset) {
		this.pid = pid;
		this.session = session;
		this.offset = offset;
	}

	static RecoveryState fresh() {
		return new RecoveryState(SecureSessionIds.next(), null, "");
	}

	static RecoveryState of(PersistedSession session, String offset) {
		return new RecoveryState(session.pid(), session, offset);
	}

	String pid() {
		return this.pid;
	}

	@Nullable PersistedSession session() {
		return this.session;
	}

	String offset() {
		return this.offset;
	}

	/**
	 * The socket has joined its namespace; the application is not notified yet.
	 */
	void joined() {
		this.joined = true;
	}

	/**
	 * Return whether the application is to be notified now; in the session's turn.
	 */
	boolean announce() {
		boolean result = this.joined;
		this.joined = false;
		return result;
	}

	void hold() {
		this.held = new ArrayList<>();
	}

	/**
	 * Hold a packet back.
	 * @return {@code false} if packets are not held back now
	 */
	boolean hold(BroadcastPacket packet, EncodedMessage message, boolean isVolatile) {
		List<Held> list = this.held;
		if (list == null) {
			return false;
		}
		if (!isVolatile) {
			list.add(new Held(packet.offset(), message));
		}
		return true;
	}

	/**
	 * Send the missed packets, and then those that were held back and are not among them.
	 */
	void release(List<MissedPacket> missed, Consumer<EncodedMessage> output) {
		Set<String> offsets = new HashSet<>();
		for (MissedPacket packet : missed) {
			offsets.add(packet.offset());
			output.accept(packet.message());
		}
		List<Held> list = this.held;
		this.held = null;
		if (list != null) {
			for (Held packet : list) {
				if (packet.offset() == null || !offsets.contains(packet.offset())) {
					output.accept(packet.message());
				}
			}
		}
	}

	private record Held(@Nullable String offset, EncodedMessage message) {

	}

}
