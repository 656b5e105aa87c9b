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

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Packets in the bytes of npm's {@code socket.io-msgpack-parser} 3.0.2.
 */
@Tag("SIO-122")
class MsgpackPacketDecoderTests {

	private static final MsgpackPacketParser PARSER = MsgpackPacketParser.create(Packets.MAPPER);

	/**
	 * A map of three with the type of an event and data.
	 */
	private static final String EVENT = "83a47479706502a464617461";

	private static final String MAIN = "a36e7370a12f";

	@Test
	void connect() {
		Packet packet = packet("84a47479706500a464617461d40000a76f7074696f6e7381a8636f6d7072657373c3a36e7370a12f");
		assertThat(packet.type()).isEqualTo(PacketType.CONNECT);
		assertThat(packet.nsp()).isEqualTo("/");
		assertThat(packet.arguments().size()).isZero();
		Packet auth = packet("84a47479706500a46461746181a5746f6b656ea178a76f7074696f6e7381a8636f6d7072657373c3"
				+ "a36e7370a62f61646d696e");
		assertThat(auth.nsp()).isEqualTo("/admin");
		assertThat(auth.arguments().toList()).containsExactly(Map.of("token", "x"));
	}

	@Test
	void disconnect() {
		assertThat(packet("82a47479706501a36e7370a12f").type()).isEqualTo(PacketType.DISCONNECT);
	}

	@Test
	void event() {
		Packet packet = packet("84a47479706502a46461746196a568656c6c6f01ffcb3ff8000000000000c3c0"
				+ "a76f7074696f6e7381a8636f6d7072657373c3a36e7370a12f");
		assertThat(packet.type()).isEqualTo(PacketType.EVENT);
		assertThat(packet.event()).isEqualTo("hello");
		assertThat(packet.numericName()).isFalse();
		assertThat(packet.id()).isEqualTo(-1);
		assertThat(packet.arguments().toList()).isEqualTo(Arrays.asList(1, -1, 1.5, true, null));
	}

	@Test
	void eventWithIdAndBinary() {
		Packet packet = packet("85a47479706502a46461746192a17881a16191c403010203"
				+ "a76f7074696f6e7381a8636f6d7072657373c3a2696407a36e7370a22f61");
		assertThat(packet.id()).isEqualTo(7);
		assertThat(packet.nsp()).isEqualTo("/a");
		assertThat(packet.arguments().get(0)).usingRecursiveComparison()
			.isEqualTo(Map.of("a", List.of(new byte[] { 1, 2, 3 })));
		assertThat(packet.arguments().get(0, Holder.class)).isEqualTo(new Holder(List.of(new byte[] { 1, 2, 3 })));
	}

	@Test
	void acknowledgementAndError() {
		Packet ack = packet("84a47479706503a46461746190a26964cd012ca36e7370a12f");
		assertThat(ack.type()).isEqualTo(PacketType.ACK);
		assertThat(ack.id()).isEqualTo(300);
		assertThat(ack.arguments().size()).isZero();
		Packet error = packet(
				"83a47479706504a46461746181a76d657373616765b1496e76616c6964206e616d657370616365a36e7370a22f78");
		assertThat(error.type()).isEqualTo(PacketType.CONNECT_ERROR);
		assertThat(error.arguments().get(0)).isEqualTo(Map.of("message", "Invalid namespace"));
	}

	@Test
	@Tag("SIO-61")
	void numericName() {
		Packet packet = packet("83a47479706502a4646174619105a36e7370a12f");
		assertThat(packet.event()).isEqualTo("5");
		assertThat(packet.numericName()).isTrue();
		assertThat(packet(EVENT + "91cb3ff8000000000000" + MAIN).event()).isEqualTo("1.5");
	}

	@Test
	void typedArraysAndDates() {
		assertThat(packet("83a47479706502a46461746192a178c70300010203a36e7370a12f").arguments().get(0))
			.isEqualTo(new byte[] { 1, 2, 3 });
		Arguments date = packet("83a47479706502a46461746192a178d7000000019b7ca98f2ea36e7370a12f").arguments();
		assertThat(date.get(0)).isEqualTo("2026-01-02T03:04:05.678Z");
		assertThat(date.get(0, Instant.class)).isEqualTo("2026-01-02T03:04:05.678Z");
	}

	@Test
	void undefinedIsNullInArraysAndAbsentInObjects() {
		Arguments arguments = packet("83a47479706502a46461746193a178d4000081a161d40000a36e7370a12f").arguments();
		assertThat(arguments.toList()).isEqualTo(Arrays.asList(null, Map.of()));
	}

	@Test
	void numbers() {
		Arguments arguments = packet("83a47479706502a464617461dc0017a16e007fcc80ccffcd0100cdffffce00010000ceffffffff"
				+ "cf0000000100000000cf001fffffffffffffe0d0dfd080d1ff7fd18000d2ffff7fffd280000000d3ffffffff7fffffff"
				+ "d3ffe0000000000001cb7ff8000000000000cb7ff000000000000000a36e7370a12f")
			.arguments();
		assertThat(arguments.toList()).isEqualTo(List.of(0, 127, 128, 255, 256, 65535, 65536, 4294967295L, 4294967296L,
				9007199254740991L, -32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649L, -9007199254740991L,
				Double.NaN, Double.POSITIVE_INFINITY, 0));
	}

	@ParameterizedTest
	@CsvSource({ "cfffffffffffffffff, 18446744073709551615", "d38000000000000000, -9223372036854775808",
			"ca3fc00000, 1.5", "c0, null", "c2, false", "cb3ff0000000000000, 1.0", "a3e282ac, €", "d903e282ac, €",
			"da0003e282ac, €", "db00000003e282ac, €", "dc000101, [1]", "dd0000000101, [1]", "de0001a16101, {a=1}",
			"df00000001a16101, {a=1}", "8101a162, {1=b}", "d7000000000000000000, 1970-01-01T00:00:00.000Z",
			"d7007fffffffffffffff, +292278994-08-17T07:12:55.807Z", "d6ff00000001, 1970-01-01T00:00:01Z",
			"d7ff0000000400000001, 1970-01-01T00:00:01.000000001Z",
			"c70cff00000001ffffffffffffffff, 1969-12-31T23:59:59.000000001Z" })
	void everyForm(String hex, String value) {
		Arguments arguments = packet(EVENT + "92a178" + hex + MAIN).arguments();
		assertThat(String.valueOf(arguments.get(0))).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "c403010203", "c50003010203", "c600000003010203", "c8000300010203", "c90000000300010203" })
	void everyFormOfBinary(String hex) {
		assertThat(packet(EVENT + "92a178" + hex + MAIN).arguments().get(0)).isEqualTo(new byte[] { 1, 2, 3 });
	}

	@Test
	void otherExtensionsAreTypeAndBytes() {
		assertThat(packet(EVENT + "92a178d5050908" + MAIN).arguments().get(0)).usingRecursiveComparison()
			.isEqualTo(List.of(5, new byte[] { 9, 8 }));
	}

	@Test
	void argumentsAreConverted() {
		Arguments arguments = packet(EVENT + "93a17881a16101" + "a3616263" + MAIN).arguments();
		assertThat(arguments.get(0, Single.class)).isEqualTo(new Single(1));
		assertThat((Object) arguments.get(0, Map.class)).isEqualTo(Map.of("a", 1));
		assertThat(arguments.get(1, String.class)).isEqualTo("abc");
		assertThatExceptionOfType(ArgumentConversionException.class).isThrownBy(() -> arguments.get(1, Single.class))
			.withMessage("Argument 1 does not have the expected type");
	}

	@Test
	void callsDoNotShareCollections() {
		Arguments arguments = packet(EVENT + "92a17881a16101" + MAIN).arguments();
		arguments.get(0, Map.class).clear();
		((Map<?, ?>) arguments.get(0)).clear();
		assertThat(arguments.get(0)).isEqualTo(Map.of("a", 1));
	}

	@ParameterizedTest
	@Tag("SIO-16")
	@CsvSource({ "82a47479706505a36e7370a12f, invalid packet type", "82a474797065ffa36e7370a12f, invalid packet type",
			"82a474797065a131a36e7370a12f, invalid packet type", "81a36e7370a12f, invalid packet type",
			"81a47479706501, invalid namespace", "82a47479706501a36e737001, invalid namespace",
			"83a47479706503a46461746190a36e7370a12f00, invalid payload", "c0, invalid payload", "90, invalid payload",
			"a178, invalid payload", "'', invalid payload" })
	void malformedPackets(String hex, String reason) {
		assertThat(decode(hex)).isEqualTo(new Decoded.Malformed(reason));
	}

	@ParameterizedTest
	@Tag("SIO-12")
	@Tag("SEC-45")
	@ValueSource(strings = { "00a464617461c0", "00a46461746190", "00a464617461a178", "01a464617461c0", "01a46461746180",
			"02a464617461c0", "02a46461746180", "02a464617461d40000", "03a46461746180", "04a464617461c0",
			"04a46461746190", "02a46461746190", "02a46461746191c0", "02a4646174619190", "02a46461746191c3",
			"02a46461746191c40101" })
	void payloadFitsType(String typeAndData) {
		assertThat(decode("83a474797065" + typeAndData + MAIN)).isEqualTo(new Decoded.Malformed("invalid payload"));
	}

	@Test
	@Tag("SIO-14")
	@Tag("SEC-44")
	void reservedNamesAreRefused() {
		assertThat(decode(EVENT + "91a7636f6e6e656374" + MAIN)).isEqualTo(new Decoded.Malformed("invalid payload"));
		assertThat(packet(EVENT + "91a56572726f72" + MAIN).event()).isEqualTo("error");
	}

	@ParameterizedTest
	@Tag("SIO-10")
	@Tag("SEC-46")
	@ValueSource(
			strings = { "ff", "c0", "a131", "cb3ff8000000000000", "cf0020000000000000", "cfffffffffffffffff", "90" })
	void idIsSafeInteger(String id) {
		assertThat(decode("84a47479706503a46461746190a26964" + id + MAIN))
			.isEqualTo(new Decoded.Malformed("invalid ack id"));
	}

	@Test
	void largestId() {
		assertThat(packet("84a47479706503a46461746190a26964cf001fffffffffffff" + MAIN).id()).isEqualTo((1L << 53) - 1);
	}

	@Test
	@Tag("SEC-51")
	void namespaceIsOfBoundedLength() {
		String nsp = "61".repeat(257);
		assertThat(decode("82a47479706501a36e7370da0101" + nsp))
			.isEqualTo(new Decoded.Malformed("invalid namespace", ParserLimit.MAX_NAMESPACE_LENGTH));
		assertThat(packet("82a47479706501a36e7370da0100" + nsp.substring(2)).nsp()).hasSize(256);
	}

	@ParameterizedTest
	@Tag("SEC-63")
	@ValueSource(strings = { "ddffffffff", "dfffffffff", "dcffff", "deffff", "dbffffffff", "c6ffffffff", "c9ffffffff00",
			"9f", "8f", "bf", "c4", "c5ff", "ca3fc000", "cb00", "cc", "cd00", "d3ffffffffffff", "d4", "d400", "d8ff",
			"c700", "c1", "c70dff00000000000000000000000000", "d7ffffffffffffffffff", "819001", "81c001", "81a161" })
	void whatIsNotThereIsNotAllocated(String hex) {
		assertThat(decode(EVENT + "92a178" + hex)).isInstanceOf(Decoded.Malformed.class);
	}

	@Test
	@Tag("SEC-54")
	void nestingIsLimited() {
		String deepest = "91".repeat(498) + "90";
		assertThat(packet(EVENT + "92a178" + deepest + MAIN).arguments().size()).isEqualTo(1);
		assertThat(decode(EVENT + "92a17891" + deepest + MAIN))
			.isEqualTo(new Decoded.Malformed("invalid payload", ParserLimit.MAX_DEPTH));
		assertThat(decode(EVENT + "92a178" + "91".repeat(400_000) + "90" + MAIN)).isInstanceOf(Decoded.Malformed.class);
		assertThat(decode(EVENT + "92a178" + "81a161".repeat(100_000) + "90" + MAIN))
			.isInstanceOf(Decoded.Malformed.class);
	}

	@Test
	@Tag("SEC-55")
	void sizesAreLimited() {
		ParserOptions options = ParserOptions.builder().maxStringLength(4).maxNameLength(4).maxMessageBytes(40).build();
		PacketDecoder decoder = MsgpackPacketParser.create(Packets.MAPPER, options).newDecoder();
		assertThat(decode(decoder, EVENT + "92a178a461626364" + MAIN)).isInstanceOf(Packet.class);
		assertThat(decode(decoder, EVENT + "92a178a56162636465" + MAIN))
			.isEqualTo(new Decoded.Malformed("invalid payload", ParserLimit.MAX_STRING_LENGTH));
		assertThat(decode(decoder, EVENT + "92a17881a46162636401" + MAIN)).isInstanceOf(Packet.class);
		assertThat(decode(decoder, EVENT + "92a17881a5616263646501" + MAIN))
			.isEqualTo(new Decoded.Malformed("invalid payload", ParserLimit.MAX_STRING_LENGTH));
		assertThat(decode(decoder, EVENT + "92a17881cd303901" + MAIN))
			.isEqualTo(new Decoded.Malformed("invalid payload", ParserLimit.MAX_NAME_LENGTH));
		assertThat(decode(decoder, EVENT + "92a178c414" + "00".repeat(20) + MAIN))
			.isEqualTo(new Decoded.Malformed("message too large", ParserLimit.MAX_MESSAGE_BYTES));
	}

	@Test
	@Tag("SEC-52")
	void textIsRefused() {
		assertThat(PARSER.newDecoder().text(new byte[] { '2' }, 0, 1)).isInstanceOf(Decoded.Malformed.class);
	}

	@Test
	void hugeIntegersAreKept() {
		assertThat(packet(EVENT + "92a178cfffffffffffffffff" + MAIN).arguments().get(0))
			.isEqualTo(new BigInteger("18446744073709551615"));
	}

	@Test
	void randomBytesAreNeverAnError() {
		Random random = new Random(42);
		byte[] valid = HexFormat.of()
			.parseHex("85a47479706502a46461746193a17881a16191c403010203d7000000019b7ca98f2e"
					+ "a76f7074696f6e7381a8636f6d7072657373c3a2696407a36e7370a22f61");
		int packets = 0;
		for (int i = 0; i < 100_000; i++) {
			byte[] data = Arrays.copyOf(valid, (random.nextInt(10) == 0) ? random.nextInt(valid.length) : valid.length);
			for (int change = random.nextInt(4); change > 0 && data.length > 0; change--) {
				data[random.nextInt(data.length)] = (byte) random.nextInt(256);
			}
			Decoded decoded = PARSER.newDecoder().binary(data);
			packets += (decoded instanceof Packet) ? 1 : 0;
			if (decoded instanceof Packet packet) {
				assertThat(packet.arguments().toList()).hasSize(packet.arguments().size());
			}
		}
		assertThat(packets).isBetween(10_000, 90_000);
	}

	private static Packet packet(String hex) {
		Decoded decoded = decode(hex);
		assertThat(decoded).isInstanceOf(Packet.class);
		return (Packet) decoded;
	}

	private static Decoded decode(String hex) {
		return decode(PARSER.newDecoder(), hex);
	}

	private static Decoded decode(PacketDecoder decoder, String hex) {
		Decoded decoded = decoder.binary(HexFormat.of().parseHex(hex));
		assertThat(decoder.isIncomplete()).isFalse();
		return decoded;
	}

	record Single(int a) {

	}

	record Holder(List<byte[]> a) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Holder holder && Arrays.deepEquals(this.a.toArray(), holder.a.toArray());
		}

		@Override
		public int hashCode() {
			return Arrays.deepHashCode(this.a.toArray());
		}

	}

}
