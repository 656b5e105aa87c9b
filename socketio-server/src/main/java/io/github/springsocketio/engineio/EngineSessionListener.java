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
 * Watches one session (EIO-129). Callbacks come on threads of the I/O layer and must not
 * block.
 *
 * @since 0.1.0
 */
public interface EngineSessionListener {

	/**
	 * Called for each packet from the peer while the session is open (EIO-92).
	 * @param session the session
	 * @param type the type of the packet, such as {@code "message"}
	 * @param data the text or {@code byte[]} of the packet, or {@code null}
	 */
	default void onPacket(EngineSession session, String type, @Nullable Object data) {
	}

	/**
	 * Called for each packet that is about to be queued for the peer (EIO-92).
	 * @param session the session
	 * @param type the type of the packet, such as {@code "message"}
	 * @param data the text or {@code byte[]} of the packet, or {@code null}
	 */
	default void onPacketCreate(EngineSession session, String type, @Nullable Object data) {
	}

	/**
	 * Called when the peer answered a ping (protocol 4) or sent one (protocol 3).
	 * @param session the session
	 */
	default void onHeartbeat(EngineSession session) {
	}

	/**
	 * Called when the peer probes another transport (EIO-72).
	 * @param session the session
	 * @param transport the transport that is probed
	 */
	default void onUpgrading(EngineSession session, TransportType transport) {
	}

	/**
	 * Called when the session has changed its transport (EIO-74).
	 * @param session the session
	 * @param transport the new transport
	 */
	default void onUpgrade(EngineSession session, TransportType transport) {
	}

	/**
	 * Called before queued packets are handed to the transport (EIO-91).
	 * @param session the session
	 */
	default void onFlush(EngineSession session) {
	}

	/**
	 * Called after queued packets were handed to the transport (EIO-91).
	 * @param session the session
	 */
	default void onDrain(EngineSession session) {
	}

	/**
	 * Called once, when the session is closed.
	 * @param session the session
	 * @param reason the reason
	 * @param detail what exactly went wrong, or {@code null}
	 */
	default void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
	}

}
