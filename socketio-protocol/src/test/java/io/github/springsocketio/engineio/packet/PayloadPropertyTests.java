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

import io.github.springsocketio.engineio.packet.PayloadCodec.Payload;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all payloads of both protocols.
 */
@Tag("SEC-124")
class PayloadPropertyTests {

	@Property(seed = "4096")
	void protocol4GivesBackWhatItWrote(@ForAll("separable") List<EncodedMessage> messages) {
		assertGivenBack(new PayloadCodecV4(), messages);
	}

	@Property(seed = "4096")
	void protocol3GivesBackWhatItWrote(@ForAll("messages") List<EncodedMessage> messages, @ForAll boolean base64) {
		assertGivenBack(new PayloadCodecV3(base64), messages);
	}

	private static void assertGivenBack(PayloadCodec codec, List<EncodedMessage> messages) {
		Payload payload = codec.encode(messages);
		int bytes = messages.stream().mapToInt(EncodedMessage::bytes).sum();
		int packets = messages.stream().mapToInt(EncodedMessage::packets).sum();
		assertThat(payload.body().length).isLessThanOrEqualTo(16 * packets + bytes * 4 / 3);
		Packets decoded = new Packets(codec instanceof PayloadCodecV3);
		codec.decode(payload.body(), payload.binary(), packets, decoded);
		assertThat(decoded.malformed).isFalse();
		assertThat(decoded.units).isEqualTo(messages.stream().flatMap((message) -> units(message).stream()).toList());
		Packets refused = new Packets(codec instanceof PayloadCodecV3);
		if (packets > 1) {
			codec.decode(payload.body(), payload.binary(), packets - 1, refused);
			assertThat(refused.malformed).isTrue();
			assertThat(refused.units).hasSize(packets - 1);
		}
	}

	private static List<String> units(EncodedMessage message) {
		List<String> units = new ArrayList<>();
		if (message.hasText()) {
			units.add(new String(message.text(), StandardCharsets.UTF_8));
		}
		for (byte[] binary : message.binaries()) {
			units.add("binary " + HexFormat.of().formatHex(binary));
		}
		return units;
	}

	@Property(seed = "4096")
	void anyBodyOfProtocol4IsPacketsOrMalformed(@ForAll("bodies") byte[] body) {
		PayloadCodec codec = new PayloadCodecV4();
		Packets decoded = new Packets(false);
		codec.decode(body, false, 0, decoded);
		assertThat(decoded.bytes).isLessThanOrEqualTo(body.length);
		if (!decoded.malformed) {
			assertThat(codec.encode(decoded.messages).body()).isEqualTo(body);
		}
	}

	@Property(seed = "4096")
	void anyBodyOfProtocol3IsPacketsOrMalformed(@ForAll("bodies") byte[] body, @ForAll boolean binary) {
		PayloadCodec codec = new PayloadCodecV3(false);
		Packets decoded = new Packets(true);
		codec.decode(body, binary, 0, decoded);
		assertThat(decoded.bytes).isLessThanOrEqualTo(body.length);
		if (!decoded.messages.isEmpty()) {
			Payload payload = codec.encode(decoded.messages);
			Packets again = new Packets(true);
			codec.decode(payload.body(), payload.binary(), 0, again);
			assertThat(again.malformed).isFalse();
			assertThat(again.units).isEqualTo(decoded.units);
		}
	}

	@Provide
	Arbitrary<List<EncodedMessage>> messages() {
		return messages(Arbitraries.strings().ofMaxLength(40));
	}

	@Provide
	Arbitrary<List<EncodedMessage>> separable() {
		return messages(Arbitraries.strings().ofMaxLength(40).map((text) -> text.replace('\u001e', '-')));
	}

	private static Arbitrary<List<EncodedMessage>> messages(Arbitrary<String> texts) {
		Arbitrary<byte[]> packets = texts.map((text) -> ("4" + text).getBytes(StandardCharsets.UTF_8));
		Arbitrary<byte[]> binaries = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
		Arbitrary<EncodedMessage> message = Arbitraries.oneOf(packets.map(EncodedMessage::text),
				binaries.map(EncodedMessage::binary),
				Combinators.combine(packets, binaries.array(byte[][].class).ofMaxSize(3)).as(EncodedMessage::of));
		return message.list().ofMinSize(1).ofMaxSize(8);
	}

	@Provide
	Arbitrary<byte[]> bodies() {
		Arbitrary<Byte> any = Arbitraries.bytes();
		Arbitrary<Byte> likely = Arbitraries
			.of('0', '1', '2', '3', '4', '9', ':', 'b', '=', '\u001e', '\u0000', '\u0001', '\u0004', '\u00ff', '\u00c3',
					'\u00a9', '\u00f0', '\u009f', '\u0098', '\u0080')
			.map((character) -> (byte) character.charValue());
		return Arbitraries.oneOf(any, likely, likely).array(byte[].class).ofMaxSize(60);
	}

	/**
	 * Takes what is decoded.
	 */
	private static final class Packets implements PayloadCodec.Sink {

		private final boolean typed;

		private final List<EncodedMessage> messages = new ArrayList<>();

		private final List<String> units = new ArrayList<>();

		private boolean malformed;

		private int bytes;

		Packets(boolean typed) {
			this.typed = typed;
		}

		@Override
		public boolean text(byte[] data, int offset, int length) {
			assertThat(this.malformed).isFalse();
			assertThat(length).isPositive();
			byte[] packet = Arrays.copyOfRange(data, offset, offset + length);
			byte[] binary = base64(packet);
			this.messages.add(EncodedMessage.text(packet));
			this.units.add((binary != null) ? "binary " + HexFormat.of().formatHex(binary)
					: new String(packet, StandardCharsets.UTF_8));
			this.bytes += length;
			return true;
		}

		private byte @Nullable [] base64(byte[] packet) {
			int start = this.typed ? 2 : 1;
			return (packet[0] == 'b' && packet.length >= start)
					? LenientBase64.decode(packet, start, packet.length - start) : null;
		}

		@Override
		public boolean binary(byte[] data) {
			assertThat(this.malformed).isFalse();
			byte[] message = Arrays.copyOfRange(data, 1, data.length);
			this.messages.add(EncodedMessage.binary(message));
			this.units.add("binary " + HexFormat.of().formatHex(message));
			this.bytes += data.length;
			return true;
		}

		@Override
		public void malformed() {
			assertThat(this.malformed).isFalse();
			this.malformed = true;
		}

	}

}
