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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Short ways to decode and encode in tests.
 */
final class Packets {

	static final JsonMapper MAPPER = JsonMapper.builder().build();

	static final JsonPacketParser PARSER = JsonPacketParser.create(MAPPER);

	static final PacketEncoder ENCODER = PARSER.encoder();

	private Packets() {
	}

	/**
	 * Decode what a peer sends.
	 * @param packet the text without the type of the engine
	 * @param attachments the binary messages that follow
	 * @return what came of the last one
	 */
	static Decoded decode(String packet, byte[]... attachments) {
		return decode(PARSER.newDecoder(), packet, attachments);
	}

	static Decoded decode(PacketDecoder decoder, String packet, byte[]... attachments) {
		byte[] data = ("4" + packet + "garbage").getBytes(StandardCharsets.UTF_8);
		Decoded decoded = decoder.text(data, 1, data.length - 1 - "garbage".length());
		for (byte[] attachment : attachments) {
			assertThat(decoded).isSameAs(Decoded.Incomplete.INSTANCE);
			decoded = decoder.binary(attachment);
		}
		return decoded;
	}

	static Packet packet(String packet, byte[]... attachments) {
		Decoded decoded = decode(packet, attachments);
		assertThat(decoded).isInstanceOf(Packet.class);
		return (Packet) decoded;
	}

	static Arguments arguments(String json, byte[]... attachments) {
		String type = (attachments.length != 0) ? "5" + attachments.length + "-" : "2";
		return packet(type + "[\"x\"," + json + "]", attachments).arguments();
	}

	static String reason(String packet, byte[]... attachments) {
		Decoded decoded = decode(packet, attachments);
		assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
		return ((Decoded.Malformed) decoded).reason();
	}

	static EncodedMessage event(@Nullable Object... args) {
		return ENCODER.event("/", -1, "x", args, null);
	}

	static String text(EncodedMessage message) {
		return new String(message.text(), StandardCharsets.UTF_8);
	}

	/**
	 * Return the text of the arguments of an event named x.
	 * @param message the message
	 * @return the text within the array, without the name
	 */
	static String json(EncodedMessage message) {
		String text = text(message);
		return text.substring(text.indexOf("[\"x\",") + 5, text.length() - 1);
	}

	static List<byte[]> attachments(EncodedMessage message) {
		return new ArrayList<>(List.of(message.binaries()));
	}

}
