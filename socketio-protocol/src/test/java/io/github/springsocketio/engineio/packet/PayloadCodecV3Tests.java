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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PayloadCodecV3}. Bytes that are expected were printed by the parser of
 * protocol 3 in the npm package engine.io.
 */
class PayloadCodecV3Tests {

	private final PayloadCodec codec = new PayloadCodecV3(false);

	private final PayloadCodec base64 = new PayloadCodecV3(true);

	@Test
	@Tag("EIO-110")
	void textIsWrittenBehindItsLengthInUtf16Units() {
		assertThat(text(this.codec.encode(List.of(message("40"), message("42[\"x\",\"é\"]")))))
			.isEqualTo("2:4011:42[\"x\",\"é\"]");
		assertThat(text(this.codec.encode(List.of(message("4a😀b€"))))).isEqualTo("6:4a😀b€");
	}

	@Test
	@Tag("EIO-111")
	void payloadWithBinaryIsWrittenInTheBinaryForm() {
		EncodedMessage event = EncodedMessage.of(bytes("4é€"), new byte[] { 1, 2 });
		PayloadCodec.Payload payload = this.codec.encode(List.of(event, message("3")));
		assertThat(payload.binary()).isTrue();
		assertThat(HexFormat.of().formatHex(payload.body()))
			.isEqualTo("0006ff34c3a9e282ac" + "0103ff040102" + "0001ff33");
	}

	@Test
	@Tag("EIO-111")
	void lengthOfTheBinaryFormIsOneByteForEachDigit() {
		byte[] body = this.codec.encode(List.of(EncodedMessage.binary(new byte[1233]))).body();
		assertThat(body).startsWith(1, 1, 2, 3, 4, 0xff, 4).hasSize(6 + 1234);
	}

	@Test
	@Tag("EIO-112")
	void binaryIsWrittenAsBase64WhereItIsAskedFor() {
		EncodedMessage event = EncodedMessage.of(bytes("4a"), new byte[] { 0, 2 }, new byte[0]);
		PayloadCodec.Payload payload = this.base64.encode(List.of(event));
		assertThat(payload.binary()).isFalse();
		assertThat(text(payload)).isEqualTo("2:4a6:b4AAI=2:b4");
	}

	@Test
	@Tag("EIO-110")
	void textIsReadByItsLengthInUtf16Units() {
		assertThat(decode("2:4a6:4a😀b€1:28:b4AQIDBA")).containsExactly("4a", "4a😀b€", "2", "b4AQIDBA");
	}

	@Test
	@Tag("EIO-113")
	void binaryFormIsReadByItsLengthInBytes() {
		assertThat(decode(HexFormat.of().parseHex("0006ff34c3a9e282ac" + "0103ff040102" + "0001ff33"), 0))
			.containsExactly("4é€", "[040102]", "3");
	}

	@ParameterizedTest
	@Tag("SEC-108")
	@ValueSource(strings = { "99999999999:4x", "9999999999:4x", "4294967298:4x", "-1:4", "+1:4", "5:4", "0:", "1:",
			":4", "1", "", "abc", "1 :4", "1e0:4", "0x1:4", "00000000001:4", "2:4😀", "3:4é😀" })
	void malformedTextIsNoPacket(String payload) {
		assertThat(decode(payload)).containsExactly("malformed");
		assertThat(decode("2:4a" + payload)).isEqualTo(payload.isEmpty() ? List.of("4a") : List.of("4a", "malformed"));
	}

	@Test
	@Tag("SEC-108")
	void packetMayEndInsideOfTheBytesThatItsLengthSeemsToCount() {
		assertThat(decode("2:4é")).containsExactly("4é");
		assertThat(decode("0002:4é")).containsExactly("4é");
	}

	@ParameterizedTest
	@Tag("SEC-108")
	@ValueSource(strings = { "", "00", "00ff", "0000ff", "0109ff0401", "000aff34343434343434343434", "0001ff", "02ff34",
			"0201ff34", "ff01ff34", "000101", "0001010101010101010101", "00010101010101010101010134",
			"000000000000000000000001ff34", "0009090909090909090909ff34", "0003ff34c328", "0004ff34eda080" })
	void malformedBinaryFormIsNoPacket(String hex) {
		byte[] payload = HexFormat.of().parseHex(hex);
		assertThat(decode(payload, 0)).containsExactly("malformed");
	}

	@Test
	@Tag("EIO-113")
	void packetsBeforeAMalformedOneAreDelivered() {
		assertThat(decode(HexFormat.of().parseHex("0002ff3461" + "0005ff34"), 0)).containsExactly("4a", "malformed");
	}

	@ParameterizedTest
	@Tag("SEC-108")
	@CsvSource({ "3, '4a 4b 4c'", "2, '4a 4b malformed'", "0, '4a 4b 4c'" })
	void moreThanTheAllowedPacketsAreMalformed(int limit, String expected) {
		assertThat(decode(bytes("2:4a2:4b2:4c"), false, limit, Integer.MAX_VALUE)).containsExactly(expected.split(" "));
		assertThat(decode(HexFormat.of().parseHex("0002ff34610002ff34620002ff3463"), limit))
			.containsExactly(expected.split(" "));
	}

	@Test
	void nothingIsReadBehindAPacketThatEndsTheReading() {
		assertThat(decode(bytes("2:4a1:1rubbish"), false, 0, 2)).containsExactly("4a", "1");
	}

	@ParameterizedTest
	@MethodSource("seeds")
	@Tag("EIO-110")
	@Tag("EIO-111")
	@Tag("EIO-112")
	void whatIsWrittenIsReadAgain(long seed) {
		Random random = new Random(seed);
		List<EncodedMessage> messages = IntStream.rangeClosed(0, random.nextInt(5))
			.mapToObj((index) -> message(random))
			.toList();
		PayloadCodec.Payload payload = this.codec.encode(messages);
		assertThat(decode(payload.body(), payload.binary(), 0, Integer.MAX_VALUE)).isEqualTo(packets(messages, false));
		PayloadCodec.Payload text = this.base64.encode(messages);
		assertThat(text.binary()).isFalse();
		assertThat(decode(text.body(), false, 0, Integer.MAX_VALUE)).isEqualTo(packets(messages, true));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	@Tag("SEC-108")
	void changedPayloadIsReadOrMalformedButNothingElse(long seed) {
		Random random = new Random(seed);
		PayloadCodec.Payload payload = this.codec.encode(List.of(message(random), message(random)));
		byte[] body = payload.body().clone();
		for (int i = 0; i <= random.nextInt(4); i++) {
			body[random.nextInt(body.length)] = (byte) random.nextInt(256);
		}
		byte[] changed = payload.binary() ? body : Utf8.repair(body);
		List<String> packets = decode(changed, payload.binary(), 0, Integer.MAX_VALUE);
		assertThat(packets).isNotEmpty();
		assertThat(packets.subList(0, packets.size() - 1)).doesNotContain("malformed");
	}

	static Stream<Long> seeds() {
		return Stream.iterate(1L, (seed) -> seed + 1).limit(200);
	}

	private static EncodedMessage message(Random random) {
		byte[][] attachments = new byte[random.nextInt(3)][];
		for (int i = 0; i < attachments.length; i++) {
			attachments[i] = new byte[random.nextInt(300)];
			random.nextBytes(attachments[i]);
		}
		return EncodedMessage.of(bytes("4" + string(random)), attachments);
	}

	private static String string(Random random) {
		StringBuilder text = new StringBuilder();
		int[] limits = { 0x7f, 0x7ff, 0xd7ff, Character.MAX_CODE_POINT };
		for (int i = random.nextInt(40); i > 0; i--) {
			int point = random.nextInt(limits[random.nextInt(limits.length)]);
			text.appendCodePoint((point < 0xd800 || point > 0xdfff) ? point : ':');
		}
		return text.toString();
	}

	private static List<String> packets(List<EncodedMessage> messages, boolean base64) {
		List<String> packets = new ArrayList<>();
		for (EncodedMessage message : messages) {
			packets.add(new String(message.text(), StandardCharsets.UTF_8));
			for (byte[] binary : message.binaries()) {
				packets.add(base64 ? "b4" + Base64.getEncoder().encodeToString(binary)
						: "[04" + HexFormat.of().formatHex(binary) + "]");
			}
		}
		return packets;
	}

	private static EncodedMessage message(String packet) {
		return EncodedMessage.text(packet);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(PayloadCodec.Payload payload) {
		assertThat(payload.binary()).isFalse();
		return new String(payload.body(), StandardCharsets.UTF_8);
	}

	private List<String> decode(String payload) {
		return decode(bytes(payload), false, 0, Integer.MAX_VALUE);
	}

	private List<String> decode(byte[] payload, int maxPackets) {
		return decode(payload, true, maxPackets, Integer.MAX_VALUE);
	}

	private List<String> decode(byte[] payload, boolean binary, int maxPackets, int stopAfter) {
		Packets packets = new Packets(stopAfter);
		this.codec.decode(payload, binary, maxPackets, packets);
		return packets.all;
	}

	/**
	 * Keeps packets as text, binary ones as hex in brackets.
	 */
	private static final class Packets implements PayloadCodec.Sink {

		private final List<String> all = new ArrayList<>();

		private final int stopAfter;

		Packets(int stopAfter) {
			this.stopAfter = stopAfter;
		}

		@Override
		public boolean text(byte[] data, int offset, int length) {
			ByteArrayOutputStream packet = new ByteArrayOutputStream();
			packet.write(data, offset, length);
			return add(packet.toString(StandardCharsets.UTF_8));
		}

		@Override
		public boolean binary(byte[] data) {
			return add("[" + HexFormat.of().formatHex(data) + "]");
		}

		@Override
		public void malformed() {
			add("malformed");
		}

		private boolean add(String packet) {
			this.all.add(packet);
			return this.all.size() < this.stopAfter;
		}

	}

}
