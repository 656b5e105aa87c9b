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

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands before the payload of a text packet.
 */
class JsonPacketHeaderTests {

	@ParameterizedTest
	@Tag("SIO-01")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			0                              | CONNECT
			1                              | DISCONNECT
			2["x"]                         | EVENT
			31[]                           | ACK
			4{}                            | CONNECT_ERROR
			""")
	void digitsAreTypes(String packet, PacketType type) {
		assertThat(Packets.packet(packet).type()).isEqualTo(type);
	}

	@Test
	@Tag("SIO-01")
	@Tag("SIO-04")
	void binaryTypesAreToldAsEventAndAck() {
		assertThat(Packets.packet("51-[\"x\",{\"_placeholder\":true,\"num\":0}]", new byte[1]).type())
			.isEqualTo(PacketType.EVENT);
		assertThat(Packets.packet("61-7[{\"_placeholder\":true,\"num\":0}]", new byte[1]).type())
			.isEqualTo(PacketType.ACK);
	}

	@ParameterizedTest
	@Tag("SIO-16")
	@Tag("SEC-42")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			7[]      | unknown packet type 7
			8        | unknown packet type 8
			9        | unknown packet type 9
			-        | unknown packet type NaN
			A        | unknown packet type NaN
			/["x"]   | unknown packet type NaN
			:["x"]   | unknown packet type NaN
			` `      | unknown packet type NaN
			``       | unknown packet type NaN
			é        | unknown packet type NaN
			""")
	void otherTypesAreUnknown(String packet, String reason) {
		assertThat(Packets.reason(packet)).isEqualTo(reason);
	}

	@Test
	@Tag("SIO-02")
	void partsAreFoundInTheirOrder() {
		Packet packet = Packets.packet("51-/admin,456[\"hello\",{\"_placeholder\":true,\"num\":0}]", new byte[] { 7 });
		assertThat(packet.nsp()).isEqualTo("/admin");
		assertThat(packet.id()).isEqualTo(456);
		assertThat(packet.event()).isEqualTo("hello");
		assertThat(packet.arguments().toList()).containsExactly(new byte[] { 7 });
	}

	@ParameterizedTest
	@Tag("SIO-02")
	@Tag("SIO-03")
	@Tag("SIO-25")
	@Tag("SEC-51")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			0                  | /
			0{"a":1}           | /
			0/admin            | /admin
			0/admin,           | /admin
			0/admin,{"a":1}    | /admin
			0/,                | /
			0//admin,          | //admin
			0/a/../b,          | /a/../b
			0/%2e%2e           | /%2e%2e
			0/adm?tok=1        | /adm?tok=1
			0/adm?tok=1,{}     | /adm?tok=1
			0/dvě,             | /dvě
			0/a{b              | /a{b
			""")
	void namespaceEndsWithCommaOrPacket(String packet, String nsp) {
		assertThat(Packets.packet(packet).nsp()).isEqualTo(nsp);
	}

	@Test
	@Tag("SEC-51")
	void namespaceIsTakenAsItIsEvenWithControlCharacters() {
		assertThat(Packets.packet("0/a\r\n\0b,").nsp()).isEqualTo("/a\r\n\0b");
	}

	@Test
	@Tag("SEC-51")
	void namespaceIsOfBoundedLength() {
		String longest = "/" + "a".repeat(255);
		assertThat(Packets.packet("0" + longest).nsp()).isEqualTo(longest);
		assertThat(Packets.packet("0" + longest + ",").nsp()).isEqualTo(longest);
		assertThat(Packets.reason("0" + longest + "a,")).isEqualTo("invalid namespace");
		assertThat(Packets.reason("0" + longest + "a")).isEqualTo("invalid namespace");
		assertThat(Packets.reason("2/" + "a".repeat(1_000_000))).isEqualTo("invalid namespace");
	}

	@ParameterizedTest
	@Tag("SEC-51")
	@ValueSource(strings = { "2/", "2/a", "2/a,", "2/a[\"x\"]" })
	void eventNeedsPayloadAfterNamespace(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("invalid payload");
	}

	@ParameterizedTest
	@Tag("SIO-10")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			2["x"]                   | -1
			20["x"]                  | 0
			2007["x"]                | 7
			2/a,12["x"]              | 12
			29007199254740991["x"]   | 9007199254740991
			3999[1]                  | 999
			3[1]                     | -1
			""")
	void idIsNumber(String packet, long id) {
		assertThat(Packets.packet(packet).id()).isEqualTo(id);
	}

	@ParameterizedTest
	@Tag("SIO-10")
	@Tag("SEC-46")
	@ValueSource(
			strings = { "29007199254740992[\"x\"]", "29223372036854775808[\"x\"]", "218446744073709551616[\"x\"]" })
	void idBeyondSafeIntegersIsRefused(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("invalid ack id");
	}

	@Test
	@Tag("SEC-46")
	void idOfManyDigitsIsRefused() {
		assertThat(Packets.reason("2" + "9".repeat(400) + "[\"x\"]")).isEqualTo("invalid ack id");
		assertThat(Packets.reason("2" + "0".repeat(400) + "[\"x\"]")).isEqualTo("invalid ack id");
		assertThat(Packets.reason("2" + "0".repeat(1_000_000))).isEqualTo("invalid ack id");
	}

	@ParameterizedTest
	@Tag("SIO-10")
	@Tag("SEC-46")
	@ValueSource(strings = { "2-1[\"x\"]", "20x[\"x\"]", "2 1[\"x\"]", "2\uff11[\"x\"]", "21.5[\"x\"]", "2+1[\"x\"]",
			"2 [\"x\"]", "2\t[\"x\"]", "21 [\"x\"]" })
	void idIsOfDigitsOnly(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("invalid payload");
	}

	@ParameterizedTest
	@Tag("SIO-08")
	@Tag("SEC-63")
	@Tag("SEC-64")
	@ValueSource(strings = { "5-1-[\"x\"]", "5-[\"x\"]", "51.0-[\"x\"]", "51e1-[\"x\"]", "501-[\"x\"]", "50-[\"x\"]",
			"5 1-[\"x\"]", "51[\"x\"]", "5[\"x\"]", "5", "51", "5/a,[\"x\"]", "60-1[]", "6[]", "5\uff11-[\"x\"]" })
	void countOfAttachmentsIsPositiveInteger(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("Illegal attachments");
	}

	@ParameterizedTest
	@Tag("SIO-08")
	@Tag("SEC-63")
	@ValueSource(strings = { "511-[\"x\"]", "5100-[\"x\"]", "599999999-[\"x\",{\"_placeholder\":true,\"num\":0}]",
			"54294967297-[\"x\"]", "611-1[]" })
	void attachmentsAreLimited(String packet) {
		assertThat(Packets.reason(packet)).isEqualTo("too many attachments");
	}

	@Test
	@Tag("SEC-63")
	void countOfManyDigitsIsRefused() {
		assertThat(Packets.reason("5" + "9".repeat(1_000_000) + "-[\"x\"]")).isEqualTo("too many attachments");
		assertThat(Packets.reason("5" + "9".repeat(1_000_000))).isEqualTo("Illegal attachments");
	}

	@Test
	@Tag("SIO-08")
	void tenAttachmentsAreAllowed() {
		String places = IntStream.range(0, 10)
			.mapToObj((num) -> ",{\"_placeholder\":true,\"num\":" + num + "}")
			.collect(Collectors.joining());
		assertThat(Packets.decode("510-[\"x\"" + places + "]")).isSameAs(Decoded.Incomplete.INSTANCE);
	}

	@Test
	@Tag("SIO-08")
	void limitOfAttachmentsIsAnOption() {
		ParserOptions options = ParserOptions.builder().maxAttachments(0).build();
		PacketDecoder decoder = JsonPacketParser.create(Packets.MAPPER, options).newDecoder();
		assertThat(Packets.decode(decoder, "51-[\"x\"]"))
			.isEqualTo(new Decoded.Malformed("too many attachments", ParserLimit.MAX_ATTACHMENTS));
	}

}
