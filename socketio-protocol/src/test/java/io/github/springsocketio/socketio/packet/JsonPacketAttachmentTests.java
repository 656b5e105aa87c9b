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

import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How binary messages complete a packet.
 */
class JsonPacketAttachmentTests {

	private static final byte[] ONE = { 1 };

	private static final byte[] TWO = { 2, 2 };

	@Test
	@Tag("SIO-04")
	void packetWaitsForAllAttachments() {
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		assertThat(decoder.isIncomplete()).isFalse();
		assertThat(Packets.decode(decoder,
				"52-/a,[\"x\",{\"_placeholder\":true,\"num\":1}," + "{\"k\":[{\"_placeholder\":true,\"num\":0}]}]"))
			.isSameAs(Decoded.Incomplete.INSTANCE);
		assertThat(decoder.isIncomplete()).isTrue();
		assertThat(decoder.binary(ONE)).isSameAs(Decoded.Incomplete.INSTANCE);
		Packet packet = (Packet) decoder.binary(TWO);
		assertThat(decoder.isIncomplete()).isFalse();
		assertThat(packet.arguments().get(0)).isSameAs(TWO);
		assertThat(packet.arguments().get(1)).isEqualTo(Map.of("k", List.of(ONE)));
	}

	@Test
	@Tag("SEC-49")
	void namespaceOfIncompletePacketIsKnown() {
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		assertThat(decoder.pendingNamespace()).isNull();
		Packets.decode(decoder, "51-/nope,[\"x\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(decoder.pendingNamespace()).isEqualTo("/nope");
		decoder.binary(ONE);
		assertThat(decoder.pendingNamespace()).isNull();
	}

	@Test
	@Tag("SIO-16")
	@Tag("SEC-52")
	void textIsNotExpectedBeforeAllAttachmentsCame() {
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		Packets.decode(decoder, "51-[\"a\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(Packets.decode(decoder, "2[\"b\"]"))
			.isEqualTo(new Decoded.Malformed("got plaintext data when reconstructing a packet"));
		assertThat(decoder.isIncomplete()).isFalse();
		assertThat(decoder.binary(ONE)).isInstanceOf(Decoded.Malformed.class);
	}

	@Test
	@Tag("SIO-16")
	@Tag("SEC-53")
	void binaryIsNotExpectedWithoutAnnouncement() {
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		Decoded unexpected = new Decoded.Malformed("got binary data when not reconstructing a packet");
		assertThat(decoder.binary(ONE)).isEqualTo(unexpected);
		Packets.decode(decoder, "2[\"x\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(decoder.binary(ONE)).isEqualTo(unexpected);
		Packets.decode(decoder, "51-[\"x\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(decoder.binary(ONE)).isInstanceOf(Packet.class);
		assertThat(decoder.binary(ONE)).isEqualTo(unexpected);
	}

	@Test
	@Tag("SEC-64")
	void packetThatAnnouncesNoAttachmentsLeavesNoState() {
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		assertThat(Packets.decode(decoder, "50-[\"x\"]")).isEqualTo(new Decoded.Malformed("Illegal attachments"));
		assertThat(decoder.isIncomplete()).isFalse();
		assertThat(decoder.binary(ONE)).isInstanceOf(Decoded.Malformed.class);
		assertThat(Packets.decode(decoder, "2[\"y\"]")).isInstanceOf(Packet.class);
	}

	@Test
	void resetForgetsTheIncompletePacket() {
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		Packets.decode(decoder, "51-[\"x\",{\"_placeholder\":true,\"num\":0}]");
		decoder.reset();
		assertThat(decoder.isIncomplete()).isFalse();
		assertThat(Packets.decode(decoder, "2[\"y\"]")).isInstanceOf(Packet.class);
	}

	@Test
	@Tag("SEC-65")
	void attachmentsCountTowardsTheSizeOfThePacket() {
		ParserOptions options = ParserOptions.builder().maxMessageBytes(80).build();
		PacketDecoder decoder = JsonPacketParser.create(Packets.MAPPER, options).newDecoder();
		String text = "52-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
		int rest = 80 - text.length();
		assertThat(Packets.decode(decoder, text, new byte[4])).isSameAs(Decoded.Incomplete.INSTANCE);
		assertThat(decoder.binary(new byte[rest - 4])).isInstanceOf(Packet.class);
		assertThat(Packets.decode(decoder, text, new byte[4])).isSameAs(Decoded.Incomplete.INSTANCE);
		assertThat(decoder.binary(new byte[rest - 3]))
			.isEqualTo(new Decoded.Malformed("message too large", ParserLimit.MAX_MESSAGE_BYTES));
		assertThat(decoder.isIncomplete()).isFalse();
	}

	@Test
	@Tag("SIO-06")
	void attachmentMayBeEmpty() {
		Arguments arguments = Packets.arguments("{\"_placeholder\":true,\"num\":0}", new byte[0]);
		assertThat(arguments.get(0)).isEqualTo(new byte[0]);
	}

	@ParameterizedTest
	@Tag("SIO-07")
	@Tag("SEC-66")
	@ValueSource(strings = { "\"num\":-1", "\"num\":1", "\"num\":0.5", "\"num\":\"0\"", "\"num\":\"splice\"",
			"\"num\":null", "\"x\":0", "\"num\":2147483648", "\"num\":4294967296", "\"num\":1e0", "\"num\":[0]",
			"\"num\":{}", "\"num\":true", "\"num\":0,\"num\":9" })
	void placeholderMustNameAnAttachment(String num) {
		String illegal = "illegal attachments";
		assertThat(Packets.reason("51-[\"x\",{\"_placeholder\":true," + num + "}]")).isEqualTo(illegal);
		assertThat(Packets.reason("51-[\"x\",[{\"a\":{" + num + ",\"_placeholder\":true}}]]")).isEqualTo(illegal);
		assertThat(Packets.reason("61-1[{\"_placeholder\" : true , " + num + "}]")).isEqualTo(illegal);
	}

	@ParameterizedTest
	@Tag("SIO-07")
	@Tag("SEC-66")
	@ValueSource(strings = { "\"true\"", "1", "false", "null", "{}", "[true]", "{\"_placeholder\":1}",
			"true,\"_placeholder\":false" })
	void onlyTrueMarksPlaceholder(String mark) {
		Arguments arguments = Packets
			.arguments("{\"_placeholder\":" + mark + ",\"num\":5},{\"_placeholder\":true,\"num\":0}", ONE);
		assertThat(arguments.get(0)).asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
			.containsEntry("num", 5);
	}

	@ParameterizedTest
	@Tag("SIO-07")
	@Tag("SEC-66")
	@ValueSource(strings = { "{\"num\":0,\"_placeholder\":true}", "{ \"_placeholder\" : true ,\n\"num\" : 0\t}",
			"{\"_placeholder\":true,\"num\":0,\"extra\":[{\"a\":1}]}",
			"{\"_placeholder\":true,\"num\":0,\"extra\":{\"_placeholder\":true,\"num\":9}}",
			"{\"\\u005fplaceholder\":true,\"n\\u0075m\":0}", "{\"_placeholder\":false,\"_placeholder\":true,\"num\":0}",
			"{\"num\":7,\"_placeholder\":true,\"num\":0}" })
	void placeholderIsRecognizedInAnyForm(String placeholder) {
		assertThat(Packets.arguments(placeholder, ONE).get(0)).isSameAs(ONE);
		assertThat(Packets.arguments("[1," + placeholder + "]", ONE).get(0))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactly(1, ONE);
	}

	@Test
	@Tag("SIO-07")
	@Tag("SEC-66")
	void attachmentMustBeNamedExactlyOnce() {
		String zero = "{\"_placeholder\":true,\"num\":0}";
		for (String packet : List.of("51-[\"x\"]", "51-[\"x\"," + zero + "," + zero + "]",
				"52-[\"x\"," + zero + ",[" + zero + "]]", "52-[\"x\"," + zero + "]", "61-1[]", "61-1",
				"61-1[" + zero + "," + zero + "]")) {
			assertThat(Packets.reason(packet)).as(packet).isEqualTo("illegal attachments");
		}
	}

	@Test
	@Tag("SEC-66")
	void placeholderMayBeNestedDeep() {
		String json = "[".repeat(60) + "{\"_placeholder\":true,\"num\":0}" + "]".repeat(60);
		Object value = Packets.arguments(json, ONE).get(0);
		for (int i = 0; i < 60; i++) {
			assertThat(value).isInstanceOf(List.class);
			value = ((List<?>) value).get(0);
		}
		assertThat(value).isSameAs(ONE);
	}

	@Test
	@Tag("SIO-07")
	@Tag("SEC-67")
	void placeholderIsOrdinaryDataInTextPackets() {
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		Packets.decode(decoder, "51-[\"x\",{\"_placeholder\":true,\"num\":0}]", ONE);
		Packet packet = (Packet) Packets.decode(decoder, "2[\"x\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(packet.arguments().get(0)).isEqualTo(Map.of("_placeholder", true, "num", 0));
		Packet negative = (Packet) Packets.decode(decoder, "31[{\"_placeholder\":true,\"num\":-1}]");
		assertThat(negative.arguments().get(0)).isEqualTo(Map.of("_placeholder", true, "num", -1));
	}

}
