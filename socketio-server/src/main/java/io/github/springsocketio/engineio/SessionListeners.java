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

package io.github.springsocketio.engineio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a session, an immutable list that is empty for most sessions. A
 * listener that fails affects neither the session nor the others.
 */
final class SessionListeners {

	static final SessionListeners NONE = new SessionListeners(List.of());

	private static final Log logger = LogFactory.getLog(SessionListeners.class);

	private final List<EngineSessionListener> all;

	/** The listeners that are called with the data of packets. */
	private final List<EngineSessionListener> readers;

	/** The listeners that are called with the sizes of packets. */
	private final List<PacketSizeListener> counters;

	private SessionListeners(List<EngineSessionListener> all) {
		this.all = all;
		this.readers = all.stream().filter((listener) -> !(listener instanceof PacketSizeListener)).toList();
		this.counters = all.stream()
			.filter(PacketSizeListener.class::isInstance)
			.map(PacketSizeListener.class::cast)
			.toList();
	}

	SessionListeners with(EngineSessionListener listener) {
		List<EngineSessionListener> changed = new ArrayList<>(this.all);
		changed.add(listener);
		return new SessionListeners(List.copyOf(changed));
	}

	SessionListeners without(EngineSessionListener listener) {
		List<EngineSessionListener> changed = new ArrayList<>(this.all);
		changed.remove(listener);
		return changed.isEmpty() ? NONE : new SessionListeners(List.copyOf(changed));
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	void onPacket(EngineSession session, @Nullable EnginePacketType type, byte[] data, int offset, int length) {
		if (length > 1 && !this.counters.isEmpty()) {
			call(this.counters, (listener) -> listener.onPacketReceived(length - 1));
		}
		if (!this.readers.isEmpty()) {
			String text = text(data, offset + 1, length - 1);
			call(this.readers, (listener) -> listener.onPacket(session, text(type), text));
		}
	}

	void onBinaryPacket(EngineSession session, byte[] data) {
		call(this.counters, (listener) -> listener.onPacketReceived(data.length));
		call(this.readers, (listener) -> listener.onPacket(session, EnginePacketType.MESSAGE.text(), data));
	}

	void onPacketCreate(EngineSession session, EncodedMessage message) {
		if (message.hasText()) {
			onTextCreate(session, message.text());
		}
		for (byte[] binary : message.binaries()) {
			call(this.counters, (listener) -> listener.onPacketCreated(binary.length));
			call(this.readers, (listener) -> listener.onPacketCreate(session, EnginePacketType.MESSAGE.text(), binary));
		}
	}

	private void onTextCreate(EngineSession session, byte[] packet) {
		int length = packet.length - 1;
		if (length > 0) {
			call(this.counters, (listener) -> listener.onPacketCreated(length));
		}
		if (!this.readers.isEmpty()) {
			String type = text(EnginePacketType.of(packet[0]));
			String text = text(packet, 1, length);
			call(this.readers, (listener) -> listener.onPacketCreate(session, type, text));
		}
	}

	void onHeartbeat(EngineSession session) {
		call(this.all, (listener) -> listener.onHeartbeat(session));
	}

	void onUpgrading(EngineSession session, TransportType transport) {
		call(this.all, (listener) -> listener.onUpgrading(session, transport));
	}

	void onUpgrade(EngineSession session, TransportType transport) {
		call(this.all, (listener) -> listener.onUpgrade(session, transport));
	}

	void onFlush(EngineSession session) {
		call(this.all, (listener) -> listener.onFlush(session));
	}

	void onDrain(EngineSession session) {
		call(this.all, (listener) -> listener.onDrain(session));
	}

	void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
		call(this.all, (listener) -> listener.onClose(session, reason, detail));
	}

	private static <L> void call(List<L> listeners, Consumer<L> event) {
		for (L listener : listeners) {
			try {
				event.accept(listener);
			}
			catch (Throwable ex) {
				FatalErrors.rethrowIfFatal(ex);
				logger.error("A session listener failed", ex);
			}
		}
	}

	private static String text(@Nullable EnginePacketType type) {
		return (type != null) ? type.text() : "error";
	}

	private static @Nullable String text(byte[] data, int offset, int length) {
		return (length > 0) ? new String(data, offset, length, StandardCharsets.UTF_8) : null;
	}

}
