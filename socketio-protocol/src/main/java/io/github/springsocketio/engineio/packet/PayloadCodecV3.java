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

package io.github.springsocketio.engineio.packet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.github.springsocketio.Internal;

/**
 * Payloads of protocol 3: each packet is preceded by its length. In the text form the
 * length counts UTF-16 units, and binary packets are {@code b4} and base64. In the binary
 * form it counts bytes, and binary packets begin with their type.
 * <p>
 * A length has 1 to 10 decimal digits, is at least 1, and does not exceed the rest of the
 * payload. Any other length is malformed, such as that of the empty packet {@code 0:}.
 *
 * @since 0.1.0
 */
@Internal
public final class PayloadCodecV3 implements PayloadCodec {

	private static final int MAX_DIGITS = 10;

	private static final int TEXT = 0;

	private static final int BINARY = 1;

	private static final int LENGTH_END = 0xff;

	private final boolean base64;

	/**
	 * Create a codec.
	 * @param base64 whether payloads are always written in the text form; otherwise a
	 * payload with a binary packet is written in the binary form
	 */
	public PayloadCodecV3(boolean base64) {
		this.base64 = base64;
	}

	@Override
	public Payload encode(List<EncodedMessage> messages) {
		boolean binary = !this.base64 && messages.stream().anyMatch((message) -> message.binaries().length > 0);
		int size = 0;
		for (EncodedMessage message : messages) {
			int overhead = (MAX_DIGITS + 2) * message.packets();
			size += message.bytes() + overhead + (binary ? 0 : message.bytes() / 3);
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream(size);
		for (EncodedMessage message : messages) {
			if (binary) {
				writeBinary(message, out);
			}
			else {
				writeText(message, out);
			}
		}
		return new Payload(out.toByteArray(), binary);
	}

	private static void writeText(EncodedMessage message, ByteArrayOutputStream out) {
		if (message.hasText()) {
			writeText(Utf16Units.count(message.text()) + ":", out);
			out.writeBytes(message.text());
		}
		for (byte[] binary : message.binaries()) {
			byte[] encoded = Base64.getEncoder().encode(binary);
			writeText(encoded.length + 2 + ":" + EnginePacketType.BASE64 + EnginePacketType.MESSAGE.character(), out);
			out.writeBytes(encoded);
		}
	}

	private static void writeText(String text, ByteArrayOutputStream out) {
		out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static void writeBinary(EncodedMessage message, ByteArrayOutputStream out) {
		if (message.hasText()) {
			writeHeader(TEXT, message.text().length, out);
			out.writeBytes(message.text());
		}
		for (byte[] binary : message.binaries()) {
			writeHeader(BINARY, binary.length + 1, out);
			out.write(EnginePacketType.MESSAGE.number());
			out.writeBytes(binary);
		}
	}

	private static void writeHeader(int form, int length, ByteArrayOutputStream out) {
		out.write(form);
		for (char digit : String.valueOf(length).toCharArray()) {
			out.write(digit - '0');
		}
		out.write(LENGTH_END);
	}

	@Override
	public Reader reader(byte[] body, boolean binary, int maxPackets) {
		return new LengthReader(body, binary, maxPackets);
	}

	/**
	 * Reads packets one by one. The private methods return {@code false} if there is no
	 * valid packet.
	 */
	private static final class LengthReader implements Reader {

		private final byte[] body;

		private final boolean binary;

		private final int maxPackets;

		private int packets;

		private int position;

		private boolean stopped;

		LengthReader(byte[] body, boolean binary, int maxPackets) {
			this.body = body;
			this.binary = binary;
			this.maxPackets = maxPackets;
		}

		@Override
		public boolean next(Sink sink) {
			if (this.maxPackets > 0 && ++this.packets > this.maxPackets) {
				sink.tooMany();
				return false;
			}
			if (!(this.binary ? readBinary(sink) : readText(sink))) {
				sink.malformed();
				return false;
			}
			return !this.stopped && this.position < this.body.length;
		}

		private boolean readText(Sink sink) {
			int units = readLength('0', ':');
			int end = (units > 0) ? Utf16Units.end(this.body, this.position, units) : -1;
			return end > 0 && accept(TEXT, end, sink);
		}

		private boolean readBinary(Sink sink) {
			int form = (this.position < this.body.length) ? this.body[this.position++] : -1;
			if (form != TEXT && form != BINARY) {
				return false;
			}
			int length = readLength(0, LENGTH_END);
			return length > 0 && length <= this.body.length - this.position
					&& accept(form, this.position + length, sink);
		}

		/**
		 * Read a length and its end mark; return -1 if there is none.
		 */
		private int readLength(int zero, int end) {
			long length = 0;
			for (int digits = 0; digits <= MAX_DIGITS && this.position < this.body.length; digits++) {
				int next = this.body[this.position++] & 0xff;
				if (next == end) {
					return (digits > 0 && length <= this.body.length) ? (int) length : -1;
				}
				if (next < zero || next > zero + 9) {
					return -1;
				}
				length = length * 10 + next - zero;
			}
			return -1;
		}

		private boolean accept(int form, int end, Sink sink) {
			int start = this.position;
			this.position = end;
			if (form == BINARY) {
				this.stopped = !sink.binary(Arrays.copyOfRange(this.body, start, end));
				return true;
			}
			if (!Utf8.isValid(this.body, start, end - start)) {
				return false;
			}
			this.stopped = !sink.text(this.body, start, end - start);
			return true;
		}

	}

}
