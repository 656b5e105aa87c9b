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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.MonoSink;

/**
 * The listeners of a session; costs nothing while there are none. One that fails harms
 * neither the session nor the others.
 */
final class SessionListeners {

	private static final Log logger = LogFactory.getLog(SessionListeners.class);

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<SessionListeners, @Nullable List> LISTENERS = AtomicReferenceFieldUpdater
		.newUpdater(SessionListeners.class, List.class, "listeners");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<SessionListeners, @Nullable List> FLUSHES = AtomicReferenceFieldUpdater
		.newUpdater(SessionListeners.class, List.class, "flushes");

	private volatile @Nullable List<EngineSessionListener> listeners;

	private volatile @Nullable List<MonoSink<Void>> flushes;

	boolean any() {
		return this.listeners != null;
	}

	void add(EngineSessionListener listener) {
		List<EngineSessionListener> current = this.listeners;
		while (current == null) {
			if (LISTENERS.compareAndSet(this, null, new CopyOnWriteArrayList<>(List.of(listener)))) {
				return;
			}
			current = this.listeners;
		}
		current.add(listener);
	}

	void remove(EngineSessionListener listener) {
		List<EngineSessionListener> current = this.listeners;
		if (current != null) {
			current.remove(listener);
		}
	}

	void onceClosed(MonoSink<Void> sink) {
		List<MonoSink<Void>> current = this.flushes;
		while (current == null) {
			if (FLUSHES.compareAndSet(this, null, new CopyOnWriteArrayList<>(List.of(sink)))) {
				return;
			}
			current = this.flushes;
		}
		current.add(sink);
	}

	void forget(MonoSink<Void> sink) {
		List<MonoSink<Void>> current = this.flushes;
		if (current != null) {
			current.remove(sink);
		}
	}

	void onPacket(EngineSession session, @Nullable EnginePacketType type, byte[] data, int offset, int length) {
		Object content = (length > 1) ? new String(data, offset + 1, length - 1, StandardCharsets.UTF_8) : null;
		tell((listener) -> listener.onPacket(session, text(type), content));
	}

	void onBinaryPacket(EngineSession session, byte[] data) {
		tell((listener) -> listener.onPacket(session, EnginePacketType.MESSAGE.text(), data));
	}

	void onPacketCreate(EngineSession session, EncodedMessage message) {
		tell((listener) -> {
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
		tell((listener) -> listener.onHeartbeat(session));
	}

	void onUpgrading(EngineSession session, TransportType transport) {
		tell((listener) -> listener.onUpgrading(session, transport));
	}

	void onUpgrade(EngineSession session, TransportType transport) {
		tell((listener) -> listener.onUpgrade(session, transport));
	}

	void onFlush(EngineSession session) {
		tell((listener) -> listener.onFlush(session));
	}

	void onDrain(EngineSession session) {
		tell((listener) -> listener.onDrain(session));
	}

	void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
		try {
			tell((listener) -> listener.onClose(session, reason, detail));
		}
		finally {
			tell(this.flushes, (sink) -> sink.error(new SessionClosedException()));
		}
	}

	private void tell(Consumer<EngineSessionListener> event) {
		tell(this.listeners, event);
	}

	private static <T> void tell(@Nullable List<T> all, Consumer<T> event) {
		if (all == null) {
			return;
		}
		for (T one : all) {
			try {
				event.accept(one);
			}
			catch (Throwable ex) {
				Exceptions.throwIfJvmFatal(ex);
				logger.error("A listener of a session failed", ex);
			}
		}
	}

	private static String text(@Nullable EnginePacketType type) {
		return (type != null) ? type.text() : "error";
	}

}
