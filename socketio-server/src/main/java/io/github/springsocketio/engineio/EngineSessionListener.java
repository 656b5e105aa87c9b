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

import org.jspecify.annotations.Nullable;

/**
 * Listens to the events of one session. The methods are called on threads of the I/O
 * layer and must not block; exceptions are logged.
 *
 * @since 0.1.0
 */
public interface EngineSessionListener {

	/**
	 * Called for each received packet while the session is open.
	 * @param session the session
	 * @param type the type of the packet, such as {@code "message"}
	 * @param data the text or {@code byte[]} of the packet, or {@code null}
	 */
	default void onPacket(EngineSession session, String type, @Nullable Object data) {
	}

	/**
	 * Called for each packet before it is added to the outbound buffer.
	 * @param session the session
	 * @param type the type of the packet, such as {@code "message"}
	 * @param data the text or {@code byte[]} of the packet, or {@code null}
	 */
	default void onPacketCreate(EngineSession session, String type, @Nullable Object data) {
	}

	/**
	 * Called when the client responded to a ping (protocol 4) or sent a ping (protocol
	 * 3).
	 * @param session the session
	 */
	default void onHeartbeat(EngineSession session) {
	}

	/**
	 * Called when the client probes another transport.
	 * @param session the session
	 * @param transport the probed transport
	 */
	default void onUpgrading(EngineSession session, TransportType transport) {
	}

	/**
	 * Called when the session has changed its transport.
	 * @param session the session
	 * @param transport the new transport
	 */
	default void onUpgrade(EngineSession session, TransportType transport) {
	}

	/**
	 * Called before the outbound buffer is passed to the transport.
	 * @param session the session
	 */
	default void onFlush(EngineSession session) {
	}

	/**
	 * Called after the outbound buffer was passed to the transport.
	 * @param session the session
	 */
	default void onDrain(EngineSession session) {
	}

	/**
	 * Called once, when the session is closed.
	 * @param session the session
	 * @param reason the reason
	 * @param detail the description of an error, or {@code null}; holds nothing that the
	 * peer sent
	 */
	default void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
	}

}
