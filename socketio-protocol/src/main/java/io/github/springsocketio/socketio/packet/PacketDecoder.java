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
 * Decodes the packets of one connection. Keeps a packet until its attachments are
 * received; not thread-safe.
 *
 * @since 0.1.0
 */
public interface PacketDecoder {

	/**
	 * Decode a text message.
	 * @param data contains the message in UTF-8; the decoder may keep it
	 * @param offset the position of the message, which is its Socket.IO packet type
	 * @param length the length of the message in bytes
	 * @return the packet, or the reason why there is none
	 */
	Decoded text(byte[] data, int offset, int length);

	/**
	 * Decode a binary message.
	 * @param data the bytes; the decoder may keep them
	 * @return the packet, or the reason why there is none
	 */
	Decoded binary(byte[] data);

	/**
	 * Return whether the attachments of a packet are missing.
	 * @return whether a packet is incomplete
	 */
	boolean isIncomplete();

	/**
	 * Return the namespace of the incomplete packet, so that a packet for a namespace
	 * that the peer has not joined can be refused before any attachment is kept.
	 * @return the namespace, or {@code null} if no packet is incomplete
	 */
	default @Nullable String pendingNamespace() {
		return null;
	}

	/**
	 * Discard the incomplete packet.
	 */
	void reset();

}
