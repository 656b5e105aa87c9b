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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Takes what is decoded, and sees that it is no more than was sent.
 */
final class DecodedPayload implements PayloadCodec.Sink {

	private final List<EncodedMessage> messages = new ArrayList<>();

	private final List<String> texts = new ArrayList<>();

	private int bytes;

	private boolean malformed;

	static DecodedPayload of(PayloadCodec codec, byte[] body, boolean binary) {
		DecodedPayload decoded = new DecodedPayload();
		codec.decode(body, binary, 0, decoded);
		if (decoded.bytes > body.length) {
			throw new IllegalStateException("More than was sent");
		}
		return decoded;
	}

	List<EncodedMessage> messages() {
		return this.messages;
	}

	List<String> texts() {
		return this.texts;
	}

	boolean isMalformed() {
		return this.malformed;
	}

	@Override
	public boolean text(byte[] data, int offset, int length) {
		require(length > 0);
		byte[] packet = Arrays.copyOfRange(data, offset, offset + length);
		this.messages.add(EncodedMessage.text(packet));
		this.texts.add(new String(packet, StandardCharsets.ISO_8859_1));
		this.bytes += length;
		if (packet[0] == 'b') {
			LenientBase64.decode(packet, 1, length - 1);
		}
		return true;
	}

	@Override
	public boolean binary(byte[] data) {
		byte[] message = Arrays.copyOfRange(data, 1, data.length);
		this.messages.add(EncodedMessage.binary(message));
		this.texts.add("binary " + HexFormat.of().formatHex(message));
		this.bytes += data.length;
		require(data.length > 0);
		return true;
	}

	@Override
	public void malformed() {
		require(true);
		this.malformed = true;
	}

	private void require(boolean valid) {
		if (!valid || this.malformed) {
			throw new IllegalStateException("No packet, or one after the end");
		}
	}

}
