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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Packets in the bytes of npm's {@code socket.io-msgpack-parser} 3.0.2.
 */
@Tag("SIO-122")
class MsgpackPacketEncoderTests {

	private static final MsgpackPacketParser PARSER = MsgpackPacketParser.create(Packets.MAPPER);

	private static final PacketEncoder ENCODER = PARSER.encoder();

	@Test
	void packets() {
		assertThat(hex(ENCODER.connect("/", Map.of("sid", "abc"))))
			.isEqualTo("83a47479706500a46461746181a3736964a3616263a36e7370a12f");
		assertThat(hex(ENCODER.connect("/", null))).isEqualTo("82a47479706500a36e7370a12f");
		assertThat(hex(ENCODER.disconnect("/"))).isEqualTo("82a47479706501a36e7370a12f");
		assertThat(hex(ENCODER.connectError("/x", Map.of("message", "Invalid namespace"))))
			.isEqualTo("83a47479706504a46461746181a76d657373616765b1496e76616c6964206e616d657370616365a36e7370a22f78");
		assertThat(hex(ENCODER.ack("/", 300, new Object[0])))
			.isEqualTo("84a47479706503a46461746190a26964cd012ca36e7370a12f");
		assertThat(
				hex(ENCODER.event("/a", 7, "x", new Object[] { Map.of("a", List.of(new byte[] { 1, 2, 3 })) }, null)))
			.isEqualTo("84a47479706502a46461746192a17881a16191c403010203a2696407a36e7370a22f61");
		assertThat(hex(ENCODER.event("/", -1, 5, new Object[0], null)))
			.isEqualTo("83a47479706502a4646174619105a36e7370a12f");
	}

	@Test
	void messageIsOneBinaryPacket() {
		EncodedMessage message = ENCODER.event("/", -1, "x", new Object[] { new byte[0] }, null);
		assertThat(message.hasText()).isFalse();
		assertThat(message.packets()).isEqualTo(1);
	}

	@Test
	void numbers() {
		@Nullable Object[] args = { 0, 127, 128, 255, 256, 65535, 65536, 4294967295L, 4294967296L, 9007199254740991L, -32, -33,
				-128, -129, -32768, -32769, -2147483648, -2147483649L, -9007199254740991L, Double.NaN,
				Double.POSITIVE_INFINITY, -0.0 };
		assertThat(hex(ENCODER.event("/", -1, "n", args, null)))
			.isEqualTo("83a47479706502a464617461dc0017a16e007fcc80ccff"
					+ "cd0100cdffffce00010000ceffffffffcf0000000100000000cf001fffffffffffffe0d0dfd080d1ff7fd18000d2ffff7fff"
					+ "d280000000d3ffffffff7fffffffd3ffe0000000000001cb7ff8000000000000cb7ff000000000000000a36e7370a12f");
	}

	@Test
	void numbersOfOtherTypes() {
		assertThat(argument(1.0)).isEqualTo("01");
		assertThat(argument(List.of(2.0, 1.5))).isEqualTo("9202cb3ff8000000000000");
		assertThat(argument(1.5f)).isEqualTo("cb3ff8000000000000");
		assertThat(argument(1.1f)).isEqualTo(argument(1.1));
		assertThat(argument((short) 5)).isEqualTo("05");
		assertThat(argument(new BigInteger("18446744073709551615"))).isEqualTo("cfffffffffffffffff");
		assertThat(argument(new BigInteger("18446744073709551616"))).isEqualTo(argument(18446744073709551616.0));
		assertThat(argument(BigInteger.TEN.negate())).isEqualTo("f6");
		assertThat(argument(new BigDecimal("1.50"))).isEqualTo(argument(1.5));
		assertThat(argument(new BigDecimal("2.00"))).isEqualTo("02");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 16, 31, 32, 255, 256, 65535, 65536, 100_000 })
	void headersHaveTheSmallestForm(int size) {
		String string = header(size, 0xa0, 31, "d9", "da", "db") + "61".repeat(size);
		assertThat(argument("a".repeat(size))).isEqualTo(string);
		String binary = header(size, 0, -1, "c4", "c5", "c6") + "00".repeat(size);
		assertThat(argument(new byte[size])).isEqualTo(binary);
		assertThat(argument(List.of(new byte[size]))).isEqualTo("91" + binary);
		String array = header(size, 0x90, 15, null, "dc", "dd") + "01".repeat(size);
		assertThat(argument(Collections.nCopies(size, 1))).isEqualTo(array);
		assertThat(argument(List.of(Collections.nCopies(size, 1), 2))).isEqualTo("92" + array + "02");
	}

	@Test
	void objectsOfManyFields() {
		Map<String, Object> map = new LinkedHashMap<>();
		StringBuilder expected = new StringBuilder("de0014");
		for (int i = 0; i < 20; i++) {
			map.put(String.valueOf((char) ('a' + i)), Map.of("x", i));
			expected.append(String.format("a1%02x81a178%02x", 'a' + i, i));
		}
		assertThat(argument(map)).isEqualTo(expected.toString());
	}

	@Test
	void decoderReadsWhatEncoderWrites() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("text", "é€\ud83d\ude00");
		map.put("list", Arrays.asList(1, null, 2.5, true, List.of(), Map.of()));
		map.put("data", new byte[] { 1, 2 });
		Decoded decoded = PARSER.newDecoder()
			.binary(ENCODER.event("/nsp", 12, "hello", new Object[] { map, Instant.EPOCH }, "offset").binaries()[0]);
		assertThat(decoded).isInstanceOfSatisfying(Packet.class, (packet) -> {
			assertThat(packet.nsp()).isEqualTo("/nsp");
			assertThat(packet.id()).isEqualTo(12);
			assertThat(packet.event()).isEqualTo("hello");
			assertThat(packet.arguments().get(0)).usingRecursiveComparison().isEqualTo(map);
			assertThat(packet.arguments().get(1)).isEqualTo("1970-01-01T00:00:00Z");
			assertThat(packet.arguments().get(2)).isEqualTo("offset");
		});
	}

	@Test
	void argumentsStandForAllTheyHold() {
		Arguments values = ENCODER.arguments(1, new byte[] { 2 });
		Arguments text = Packets.arguments("3,{\"a\":{\"_placeholder\":true,\"num\":0}}", new byte[] { 4 });
		assertThat(hex(ENCODER.ack("/", 0, new Object[] { values, ENCODER.arguments(), text, null })))
			.isEqualTo("84a47479706503a4646174619501c401020381a161c40104c0a2696400a36e7370a12f");
	}

	@Test
	void buffersAreBinary() {
		assertThat(argument(ByteBuffer.wrap(new byte[] { 0, 1, 2, 3 }, 1, 2))).isEqualTo("c4020102");
	}

	@Test
	void beansAreWrittenByTheMapper() {
		assertThat(argument(new Person("Ada", null))).isEqualTo("82a46e616d65a3416461a46e657874c0");
	}

	@Test
	@Tag("SEC-62")
	void loneSurrogatesAreReplaced() {
		assertThat(argument("a\ud800b")).isEqualTo("a3613f62");
	}

	@Test
	void whatCannotBeWrittenThrowsAtTheCaller() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> argument(cycle));
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> argument(new Raw("[]")));
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> argument(List.of(Mono.just(1))))
			.withMessageContaining("MonoJust");
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> argument(List.of(new IllegalStateException("secret"))))
			.withMessageContaining("A Throwable (java.lang.IllegalStateException) cannot be an argument");
		assertThat(argument("b")).isEqualTo("a162");
	}

	@Test
	void valuesMayEncodeOthersWhileTheyAreWritten() {
		assertThat(argument(List.of(1, new Emitting()))).isEqualTo("920181a576616c756502");
	}

	private static String header(int size, int fixed, int maxFixed, @Nullable String one, String two, String four) {
		if (size <= maxFixed) {
			return String.format("%02x", fixed | size);
		}
		if (one != null && size < 256) {
			return one + String.format("%02x", size);
		}
		return (size < 65536) ? two + String.format("%04x", size) : four + String.format("%08x", size);
	}

	/**
	 * Return how an argument is written.
	 */
	private static String argument(Object argument) {
		String hex = hex(ENCODER.ack("/", 0, new Object[] { argument }));
		return hex.substring("84a47479706503a46461746191".length(), hex.length() - "a2696400a36e7370a12f".length());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 13, 14, 15, 300, 65_534, 65_535, 65_600 })
	@Tag("SIO-92")
	void offsetCanBeAddedToAnEncodedEvent(int size) {
		Object[] args = new Object[size];
		Arrays.fill(args, "nsp");
		String nsp = "/" + "n".repeat(size % 40);
		EncodedMessage event = ENCODER.event(nsp, -1, "x", args, null).compress(false);
		EncodedMessage actual = ENCODER.withOffset(nsp, event, "Q7_-a.1");
		assertThat(actual).isNotNull();
		assertThat(actual.isCompress()).isFalse();
		assertThat(hex(actual)).isEqualTo(hex(ENCODER.event(nsp, -1, "x", args, "Q7_-a.1")));
	}

	private static String hex(EncodedMessage message) {
		assertThat(message.binaries()).hasDimensions(1, message.binaries()[0].length);
		return HexFormat.of().formatHex(message.binaries()[0]);
	}

	record Person(String name, @Nullable Person next) {

	}

	record Raw(@JsonRawValue String json) {

	}

	static final class Emitting {

		@JsonProperty
		int value() {
			return argument("x").length() / 2;
		}

	}

}
