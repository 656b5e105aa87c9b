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

	private SessionListeners(List<EngineSessionListener> all) {
		this.all = all;
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
		if (isEmpty()) {
			return;
		}
		Object content = (length > 1) ? new String(data, offset + 1, length - 1, StandardCharsets.UTF_8) : null;
		call((listener) -> listener.onPacket(session, text(type), content));
	}

	void onBinaryPacket(EngineSession session, byte[] data) {
		call((listener) -> listener.onPacket(session, EnginePacketType.MESSAGE.text(), data));
	}

	void onPacketCreate(EngineSession session, EncodedMessage message) {
		call((listener) -> {
			if (message.hasText()) {
				String text = new String(message.text(), StandardCharsets.UTF_8);
				listener.onPacketCreate(session, text(EnginePacketType.of(message.text()[0])),
						(text.length() > 1) ? text.substring(1) : null);
			}
			for (byte[] binary : message.binaries()) {
				listener.onPacketCreate(session, EnginePacketType.MESSAGE.text(), binary);
			}
		});
	}

	void onHeartbeat(EngineSession session) {
		call((listener) -> listener.onHeartbeat(session));
	}

	void onUpgrading(EngineSession session, TransportType transport) {
		call((listener) -> listener.onUpgrading(session, transport));
	}

	void onUpgrade(EngineSession session, TransportType transport) {
		call((listener) -> listener.onUpgrade(session, transport));
	}

	void onFlush(EngineSession session) {
		call((listener) -> listener.onFlush(session));
	}

	void onDrain(EngineSession session) {
		call((listener) -> listener.onDrain(session));
	}

	void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
		call((listener) -> listener.onClose(session, reason, detail));
	}

	private void call(Consumer<EngineSessionListener> event) {
		for (EngineSessionListener listener : this.all) {
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

}
