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
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.jspecify.annotations.Nullable;

/**
 * What a socket has to do with connection state recovery (SIO-91, SIO-98): its secret
 * and, if it was recovered, what it brings along.
 */
final class Recovery {

	private final String pid;

	private final @Nullable PersistedSession session;

	private final @Nullable String offset;

	/**
	 * What was broadcast while the missed packets are being looked up. Used in the order
	 * of the namespace only.
	 */
	private @Nullable List<Held> held;

	private volatile boolean entered;

	private Recovery(String pid, @Nullable PersistedSession session, @Nullable String offset) {
		this.pid = pid;
		this.session = session;
		this.offset = offset;
	}

	static Recovery fresh() {
		return new Recovery(SecureSessionIds.next(), null, null);
	}

	static Recovery of(PersistedSession session, String offset) {
		return new Recovery(session.pid(), session, offset);
	}

	/**
	 * Return the offset that the client gives to be recovered, or {@code null}.
	 */
	static @Nullable String offset(Map<String, @Nullable Object> auth) {
		return (auth.get("pid") instanceof String && auth.get("offset") instanceof String offset) ? offset : null;
	}

	String pid() {
		return this.pid;
	}

	@Nullable PersistedSession session() {
		return this.session;
	}

	@Nullable String offset() {
		return this.offset;
	}

	/**
	 * The socket has entered its namespace, which is yet to be told.
	 */
	void entered() {
		this.entered = true;
	}

	/**
	 * Return whether an entrance is to be told now; in the session's turn.
	 */
	boolean takeEntrance() {
		boolean result = this.entered;
		this.entered = false;
		return result;
	}

	void hold() {
		this.held = new ArrayList<>();
	}

	/**
	 * Keep a packet back.
	 * @return {@code false} if nothing is kept back now
	 */
	boolean hold(BroadcastPacket packet, EncodedMessage message, boolean droppable) {
		List<Held> list = this.held;
		if (list == null) {
			return false;
		}
		if (!droppable) {
			list.add(new Held(packet.offset(), message));
		}
		return true;
	}

	/**
	 * Send what was missed, and then what was kept back and is not among it.
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
