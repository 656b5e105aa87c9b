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

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What payload each type of packet may have.
 */
class JsonPacketPayloadTests {

	@ParameterizedTest
	@Tag("SIO-12")
	@Tag("SIO-16")
	@Tag("SEC-43")
	@ValueSource(strings = { "2[{\"toString\":\"x\"}]", "2[null]", "2[[]]", "2[true]", "2[false,1]", "2[]", "2{}",
			"2\"\"", "2", "2null", "25", "2[\"x\"", "2[\"x\",]", "2x", "2true" })
	void eventIsArrayWithStringOrNumberFirst(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("invalid payload");
	}

	@Test
	@Tag("SEC-43")
	void placeholderIsNoName() {
		assertThat(Packets.reason("51-[{\"_placeholder\":true,\"num\":0}]")).isEqualTo("invalid payload");
	}

	@ParameterizedTest
	@Tag("SIO-14")
	@Tag("SEC-44")
	@ValueSource(strings = { "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
			"con\\u006eect" })
	void reservedNamesAreRefused(String name) {
		assertThat(Packets.reason("2[\"" + name + "\"]")).isEqualTo("invalid payload");
		assertThat(Packets.reason("51-[\"" + name + "\"]")).isEqualTo("invalid payload");
	}

	@ParameterizedTest
	@Tag("SIO-14")
	@Tag("SEC-44")
	@ValueSource(strings = { "error", "connection", "message", "", "Connect", "event with blanks", "événement",
			"connect_timeout", "__proto__" })
	void otherNamesAreAllowed(String name) {
		Packet packet = Packets.packet("2[\"" + name + "\",1]");
		assertThat(packet.event()).isEqualTo(name);
		assertThat(packet.numericName()).isFalse();
	}

	@Test
	void nameIsUnescaped() {
		assertThat(Packets.packet("2[\"a\\n\\u00e9\\\"\"]").event()).isEqualTo("a\né\"");
	}

	@Test
	void namesThatShareTheirPlaceInTheCacheAreToldApart() {
		for (int i = 0; i < 2_000; i++) {
			assertThat(Packets.packet("2[\"e" + i + "\"]").event()).isEqualTo("e" + i);
			assertThat(Packets.packet("2[\"e0\"]").event()).isEqualTo("e0");
		}
	}

	@Test
	void nameIsOfBoundedLength() {
		String longest = "e".repeat(1_000);
		assertThat(Packets.packet("2[\"" + longest + "\"]").event()).isEqualTo(longest);
		assertThat(Packets.reason("2[\"" + longest + "e\"]")).isEqualTo("invalid payload");
	}

	@ParameterizedTest
	@Tag("SIO-12")
	@Tag("SIO-61")
	@CsvSource({ "5, 5", "-1, -1", "0, 0", "-0, 0", "1.50, 1.5", "1e3, 1000", "1e21, 1e+21",
			"12345678901234567890, 12345678901234567000", "123456789012345, 123456789012345" })
	void numericNameIsShownAsInJavaScript(String number, String name) {
		Packet packet = Packets.packet("2[" + number + ",\"num\"]");
		assertThat(packet.event()).isEqualTo(name);
		assertThat(packet.numericName()).isTrue();
		assertThat(packet.arguments().toList()).containsExactly("num");
	}

	@ParameterizedTest
	@Tag("SIO-12")
	@Tag("SIO-23")
	@Tag("SEC-45")
	@ValueSource(strings = { "0[]", "0\"x\"", "01[]", "0null", "0true", "0{", "0{}x", "0/a,[]", "0/a,1\"x\"" })
	void connectTakesObjectOrNothing(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("invalid payload");
	}

	@ParameterizedTest
	@Tag("SIO-12")
	@ValueSource(strings = { "01", "0/a,1", "01{}", "11", "1/a,1" })
	void idOfConnectAndDisconnectHasNoMeaning(String packet) {
		assertThat(Packets.packet(packet).type())
			.isEqualTo(packet.startsWith("0") ? PacketType.CONNECT : PacketType.DISCONNECT);
	}

	@Test
	void blanksAfterASinglePayloadAreNoPartOfIt() {
		assertThat(Packets.packet("4\"x\" \t\r\n").arguments().get(0)).isEqualTo("x");
		assertThat(Packets.packet("0{\"a\":1} ").arguments().get(0)).isEqualTo(Map.of("a", 1));
	}

	@Test
	@Tag("SIO-12")
	@Tag("SIO-21")
	void payloadOfConnectIsItsArgument() {
		assertThat(Packets.packet("0").arguments().size()).isZero();
		assertThat(Packets.packet("0{\"token\":\"x\"}").arguments().get(0)).isEqualTo(Map.of("token", "x"));
	}

	@ParameterizedTest
	@Tag("SIO-12")
	@Tag("SEC-45")
	@ValueSource(strings = { "1{}", "1[]", "1\"x\"", "11{}", "1 ", "1/a,{}" })
	void disconnectTakesNothing(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("invalid payload");
	}

	@ParameterizedTest
	@Tag("SIO-12")
	@Tag("SEC-45")
	@ValueSource(strings = { "31{}", "31\"x\"", "31null", "31 ", "31x", "31[1", "32true" })
	void ackTakesArray(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("invalid payload");
	}

	@Test
	@Tag("SIO-13")
	@Tag("SEC-45")
	void ackWithoutPayloadHasNoArguments() {
		assertThat(Packets.packet("31").arguments().toList()).isEmpty();
		assertThat(Packets.packet("3").id()).isEqualTo(-1);
		assertThat(Packets.packet("31[]").arguments().toList()).isEmpty();
	}

	@Test
	@Tag("SIO-13")
	void eventWithoutPayloadIsRefused() {
		assertThat(Packets.reason("2")).isEqualTo("invalid payload");
		assertThat(Packets.reason("21")).isEqualTo("invalid payload");
	}

	@Test
	@Tag("SIO-12")
	@Tag("SEC-45")
	void connectErrorTakesStringOrObject() {
		assertThat(Packets.packet("4\"x\"").type()).isEqualTo(PacketType.CONNECT_ERROR);
		assertThat(Packets.packet("4{}").type()).isEqualTo(PacketType.CONNECT_ERROR);
		assertThat(Packets.reason("4")).isEqualTo("invalid payload");
		assertThat(Packets.reason("4[]")).isEqualTo("invalid payload");
		assertThat(Packets.reason("41")).isEqualTo("invalid payload");
	}

	@ParameterizedTest
	@Tag("SIO-11")
	@ValueSource(strings = { "2[\"x\"] ", "2[\"x\"]\t\r\n ", "0{} ", "31[] ", "2[ \"x\" , 1 ]" })
	void blanksAfterPayloadAreTolerated(String packet) {
		assertThat(Packets.decode(packet)).isInstanceOf(Packet.class);
	}

	@ParameterizedTest
	@Tag("SIO-11")
	@Tag("SEC-60")
	@ValueSource(strings = { "2[\"x\"] garbage", "2[\"x\"][]", "2[\"x\"],", "2[\"x\"]\u00a0", "2[\"x\"]\f", "2['x']",
			"2[\"x\",/* */1]", "2[\"x\"]//", "2[x]", "2\ufeff[\"x\"]", "2[\"x\",{a:1}]", "2[\"x\",NaN]",
			"2[\"x\",Infinity]", "2[\"x\",undefined]" })
	void jsonIsStrict(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("invalid payload");
	}

	@Test
	@Tag("SEC-60")
	void lastOfEqualKeysWins() {
		assertThat(Packets.arguments("{\"a\":1,\"a\":2}").get(0)).isEqualTo(Map.of("a", 2));
	}

	@Test
	@Tag("SEC-55")
	void packetIsOfBoundedSize() {
		ParserOptions options = ParserOptions.builder().maxMessageBytes(10).build();
		PacketDecoder decoder = JsonPacketParser.create(Packets.MAPPER, options).newDecoder();
		assertThat(Packets.decode(decoder, "2[\"x\",123]")).isInstanceOf(Packet.class);
		assertThat(Packets.decode(decoder, "2[\"x\",1234]"))
			.isEqualTo(new Decoded.Malformed("message too large", ParserLimit.MAX_MESSAGE_BYTES));
	}

}
