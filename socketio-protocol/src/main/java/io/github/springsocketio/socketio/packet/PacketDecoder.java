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

package io.github.springsocketio.socketio.packet;

import org.jspecify.annotations.Nullable;

/**
 * Decodes what one connection sends. Holds the state of a packet that waits for its
 * attachments; not thread-safe.
 *
 * @since 0.1.0
 */
public interface PacketDecoder {

	/**
	 * Take a text message.
	 * @param data holds the message in UTF-8; the decoder may keep it
	 * @param offset where it begins (the Socket.IO packet type)
	 * @param length its length in bytes
	 * @return a packet, or why there is none
	 */
	Decoded text(byte[] data, int offset, int length);

	/**
	 * Take a binary message.
	 * @param data the bytes; the decoder may keep them
	 * @return a packet, or why there is none
	 */
	Decoded binary(byte[] data);

	/**
	 * Return whether a packet waits for its attachments.
	 * @return whether it does
	 */
	boolean isIncomplete();

	/**
	 * Return the namespace of the packet that waits for its attachments, so that a packet
	 * for a namespace that the peer has not joined can be refused before any attachment
	 * is kept (SEC-49).
	 * @return the namespace, or {@code null} if no packet waits
	 */
	default @Nullable String pendingNamespace() {
		return null;
	}

	/**
	 * Forget a packet that waits for its attachments.
	 */
	void reset();

}
