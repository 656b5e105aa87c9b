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

package io.github.springsocketio.engineio.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as websocket frames, one for each packet (EIO-61).
 */
final class WebSocketWriter {

	private static final WebSocketWriter PLAIN = new WebSocketWriter(false, false, null);

	private static final int TEXT = 0x81;

	private static final int BINARY = 0x82;

	private static final int COMPRESSED = 0x40;

	private static final byte MESSAGE = EnginePacketType.MESSAGE.number();

	private final boolean base64;

	private final boolean typed;

	private final @Nullable PayloadCompression compression;

	private WebSocketWriter(boolean base64, boolean typed, @Nullable PayloadCompression compression) {
		this.base64 = base64;
		this.typed = typed;
		this.compression = compression;
	}

	/**
	 * Return a writer.
	 * @param base64 whether binary packets are sent as text (EIO-11)
	 * @param typed whether binary packets carry a type (EIO-114)
	 */
	static WebSocketWriter of(boolean base64, boolean typed) {
		return (base64 || typed) ? new WebSocketWriter(base64, typed, null) : PLAIN;
	}

	/**
	 * Return a writer with the same settings that compresses.
	 */
	WebSocketWriter compressing(PayloadCompression compression) {
		return new WebSocketWriter(this.base64, this.typed, compression);
	}

	/**
	 * Append the frames of a message, with their headers.
	 */
	void write(EncodedMessage message, ByteBuf out) {
		if (this.compression != null) {
			payloads(message, new CompressedFrames(this.compression, message, out));
			return;
		}
		if (message.hasText()) {
			header(out, TEXT, message.text().length);
			out.writeBytes(message.text());
		}
		for (byte[] binary : message.binaries()) {
			if (this.base64) {
				byte[] text = encode(binary);
				header(out, TEXT, text.length);
				out.writeBytes(text);
			}
			else {
				header(out, BINARY, binary.length + (this.typed ? 1 : 0));
				if (this.typed) {
					out.writeByte(MESSAGE);
				}
				out.writeBytes(binary);
			}
		}
	}

	/**
	 * Pass the payloads of the frames of a message to a sink.
	 */
	void payloads(EncodedMessage message, PayloadSink sink) {
		if (message.hasText()) {
			sink.accept(true, message.text());
		}
		for (byte[] binary : message.binaries()) {
			if (this.base64) {
				sink.accept(true, encode(binary));
			}
			else {
				sink.accept(false, this.typed ? typed(binary) : binary);
			}
		}
	}

	private static byte[] typed(byte[] binary) {
		byte[] typed = new byte[binary.length + 1];
		typed[0] = MESSAGE;
		System.arraycopy(binary, 0, typed, 1, binary.length);
		return typed;
	}

	private byte[] encode(byte[] binary) {
		String type = this.typed ? String.valueOf(EnginePacketType.MESSAGE.character()) : "";
		String text = EnginePacketType.BASE64 + type + Base64.getEncoder().encodeToString(binary);
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static void header(ByteBuf out, int first, int length) {
		out.writeByte(first);
		if (length < 126) {
			out.writeByte(length);
		}
		else if (length < 65536) {
			out.writeByte(126).writeShort(length);
		}
		else {
			out.writeByte(127).writeLong(length);
		}
	}

	/**
	 * Release the resources of the websocket. Nothing is written afterwards.
	 */
	void close() {
		if (this.compression != null) {
			this.compression.close();
		}
	}

	/**
	 * Appends the frames of a message, compressed if this is worthwhile.
	 */
	private final class CompressedFrames implements PayloadSink {

		private final PayloadCompression compression;

		private final EncodedMessage message;

		private final ByteBuf out;

		private int index;

		CompressedFrames(PayloadCompression compression, EncodedMessage message, ByteBuf out) {
			this.compression = compression;
			this.message = message;
			this.out = out;
		}

		@Override
		public void accept(boolean text, byte[] payload) {
			boolean unchanged = !WebSocketWriter.this.base64 && !WebSocketWriter.this.typed;
			byte[] compressed = this.compression.compress(payload, this.message, unchanged ? this.index : -1);
			this.index++;
			int first = text ? TEXT : BINARY;
			byte[] written = (compressed != null) ? compressed : payload;
			header(this.out, (compressed != null) ? first | COMPRESSED : first, written.length);
			this.out.writeBytes(written);
		}

	}

	/**
	 * Receives the payloads of frames.
	 */
	@FunctionalInterface
	interface PayloadSink {

		void accept(boolean text, byte[] payload);

	}

}
