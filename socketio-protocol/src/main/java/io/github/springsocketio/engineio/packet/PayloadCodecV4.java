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
import java.util.Base64;
import java.util.List;

import io.github.springsocketio.Internal;

/**
 * Payloads of protocol 4: packets separated by the byte {@code 0x1e}, binary packets as
 * {@code b} and base64.
 *
 * @since 0.1.0
 */
@Internal
public final class PayloadCodecV4 implements PayloadCodec {

	private static final byte SEPARATOR = 0x1e;

	@Override
	public Payload encode(List<EncodedMessage> messages) {
		if (messages.size() == 1 && messages.get(0).binaries().length == 0) {
			return new Payload(messages.get(0).text(), false);
		}
		int size = 0;
		for (EncodedMessage message : messages) {
			size += message.bytes() + message.packets() + message.binaries().length * 4 + message.bytes() / 3;
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream(size);
		for (EncodedMessage message : messages) {
			if (message.hasText()) {
				separate(out);
				out.write(message.text(), 0, message.text().length);
			}
			for (byte[] binary : message.binaries()) {
				separate(out);
				out.write(EnginePacketType.BASE64);
				byte[] encoded = Base64.getEncoder().encode(binary);
				out.write(encoded, 0, encoded.length);
			}
		}
		return new Payload(out.toByteArray(), false);
	}

	private static void separate(ByteArrayOutputStream out) {
		if (out.size() > 0) {
			out.write(SEPARATOR);
		}
	}

	@Override
	public Reader reader(byte[] body, boolean binary, int maxPackets) {
		return new TextReader(body, maxPackets);
	}

	private static final class TextReader implements Reader {

		private final byte[] body;

		private final int maxPackets;

		private int position;

		private int packets;

		TextReader(byte[] body, int maxPackets) {
			this.body = body;
			this.maxPackets = maxPackets;
		}

		@Override
		public boolean next(Sink sink) {
			int start = this.position;
			int end = start;
			while (end < this.body.length && this.body[end] != SEPARATOR) {
				end++;
			}
			if (end == start) {
				sink.malformed();
				return false;
			}
			if (this.maxPackets > 0 && ++this.packets > this.maxPackets) {
				sink.tooMany();
				return false;
			}
			this.position = end + 1;
			// An empty packet follows a separator at the end
			return sink.text(this.body, start, end - start) && end < this.body.length;
		}

	}

}
