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

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the packets of one connection. Holds a packet only until its attachments are
 * received.
 */
final class JsonPacketDecoder implements PacketDecoder {

	private final Supplier<JsonPacketReader> readers;

	private final int maxMessageBytes;

	private @Nullable PendingPacket pending;

	JsonPacketDecoder(Supplier<JsonPacketReader> readers, int maxMessageBytes) {
		this.readers = readers;
		this.maxMessageBytes = maxMessageBytes;
	}

	@Override
	public Decoded text(byte[] data, int offset, int length) {
		if (this.pending != null) {
			reset();
			return Malformations.TEXT_BETWEEN;
		}
		if (length > this.maxMessageBytes) {
			return Malformations.TOO_LARGE;
		}
		Decoded decoded = this.readers.get().read(data, offset, length);
		if (decoded instanceof Packet packet && packet.arguments() instanceof JsonArguments arguments
				&& arguments.attachments().length != 0) {
			this.pending = new PendingPacket(packet, arguments.attachments(), length);
			return Decoded.Incomplete.INSTANCE;
		}
		return decoded;
	}

	@Override
	public Decoded binary(byte[] data) {
		PendingPacket current = this.pending;
		if (current == null) {
			return Malformations.BINARY_UNEXPECTED;
		}
		if (data.length > this.maxMessageBytes - current.bytes) {
			reset();
			return Malformations.TOO_LARGE;
		}
		if (!current.add(data)) {
			return Decoded.Incomplete.INSTANCE;
		}
		reset();
		return current.packet;
	}

	@Override
	public boolean isIncomplete() {
		return this.pending != null;
	}

	@Override
	public @Nullable String pendingNamespace() {
		return (this.pending != null) ? this.pending.packet.nsp() : null;
	}

	@Override
	public void reset() {
		this.pending = null;
	}

	/**
	 * A packet whose attachments have not all been received.
	 */
	private static final class PendingPacket {

		private final Packet packet;

		private final byte[][] attachments;

		private int received;

		private int bytes;

		PendingPacket(Packet packet, byte[][] attachments, int bytes) {
			this.packet = packet;
			this.attachments = attachments;
			this.bytes = bytes;
		}

		/**
		 * Add an attachment.
		 * @return whether it is the last one
		 */
		boolean add(byte[] attachment) {
			this.bytes += attachment.length;
			this.attachments[this.received++] = attachment;
			return this.received == this.attachments.length;
		}

	}

}
