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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Packets on their way out.
 */
class JsonPacketEncoderTests {

	private static final byte[] ONE = { 1 };

	private static final byte[] TWO = { 2, 2 };

	@Test
	@Tag("SIO-02")
	void partsStandInTheirOrder() {
		PacketEncoder encoder = Packets.ENCODER;
		assertThat(Packets.text(encoder.event("/", -1, "hello", new Object[] { 1 }, null)))
			.isEqualTo("42[\"hello\",1]");
		assertThat(Packets.text(encoder.event("/admin", 456, "hello", new Object[0], null)))
			.isEqualTo("42/admin,456[\"hello\"]");
		assertThat(Packets.text(encoder.event("/", 0, "x", new Object[] { ONE }, null)))
			.isEqualTo("451-0[\"x\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(Packets.text(encoder.event("/a", 12, "x", new Object[] { ONE, TWO }, null)))
			.isEqualTo("452-/a,12[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
		assertThat(Packets.text(encoder.event("/dvě", -1, "é", new Object[0], null))).isEqualTo("42/dvě,[\"é\"]");
	}

	@Test
	@Tag("SIO-92")
	void offsetCanBeAddedToAnEncodedEvent() {
		PacketEncoder encoder = Packets.ENCODER;
		for (Object[] args : List.of(new Object[0], new Object[] { "é]", 1 }, new Object[] { ONE, Map.of("a", TWO) })) {
			EncodedMessage event = encoder.event("/a", -1, "x", args, null).compress(false);
			EncodedMessage expected = encoder.event("/a", -1, "x", args, "Q7_-a.1");
			EncodedMessage actual = encoder.withOffset("/a", event, "Q7_-a.1");
			assertThat(actual).isNotNull();
			assertThat(Packets.text(actual)).isEqualTo(Packets.text(expected));
			assertThat(actual.binaries()).isDeepEqualTo(expected.binaries());
			assertThat(actual.isCompress()).isFalse();
		}
		EncodedMessage event = encoder.event("/", -1, "x", new Object[0], null);
		assertThat(encoder.withOffset("/", event, "\"")).isNull();
		assertThat(encoder.withOffset("/", event, "\\")).isNull();
		assertThat(encoder.withOffset("/", event, "é")).isNull();
	}

	@Test
	@Tag("SIO-50")
	void acknowledgements() {
		PacketEncoder encoder = Packets.ENCODER;
		assertThat(Packets.text(encoder.ack("/", 7, new Object[0]))).isEqualTo("437[]");
		assertThat(Packets.text(encoder.ack("/a", 0, new Object[] { "x", null }))).isEqualTo("43/a,0[\"x\",null]");
		EncodedMessage binary = encoder.ack("/", 7, new Object[] { ONE });
		assertThat(Packets.text(binary)).isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]");
		assertThat(binary.binaries()).isDeepEqualTo(new byte[][] { ONE });
	}

	@Test
	@Tag("SIO-03")
	@Tag("SIO-21")
	@Tag("SIO-24")
	@Tag("SIO-28")
	void connectAndDisconnect() {
		PacketEncoder encoder = Packets.ENCODER;
		assertThat(Packets.text(encoder.connect("/", Map.of("sid", "x")))).isEqualTo("40{\"sid\":\"x\"}");
		assertThat(Packets.text(encoder.connect("/admin", Map.of("sid", "x")))).isEqualTo("40/admin,{\"sid\":\"x\"}");
		assertThat(Packets.text(encoder.connect("/", null))).isEqualTo("40");
		assertThat(Packets.text(encoder.connect("/admin", null))).isEqualTo("40/admin,");
		assertThat(Packets.text(encoder.disconnect("/"))).isEqualTo("41");
		assertThat(Packets.text(encoder.disconnect("/admin"))).isEqualTo("41/admin,");
		assertThat(Packets.text(encoder.connectError("/admin", Map.of("message", "Invalid namespace"))))
			.isEqualTo("44/admin,{\"message\":\"Invalid namespace\"}");
		assertThat(Packets.text(encoder.connectError("/", "message"))).isEqualTo("44\"message\"");
	}

	@Test
	void binaryInPacketsWithoutAttachmentsIsBase64() {
		EncodedMessage message = Packets.ENCODER.connectError("/", Map.of("data", new byte[] { 1, 2, 3 }));
		assertThat(Packets.text(message)).isEqualTo("44{\"data\":\"AQID\"}");
		assertThat(message.binaries()).isEmpty();
	}

	@Test
	@Tag("SIO-61")
	void numericNamesStayNumbers() {
		assertThat(Packets.text(Packets.ENCODER.event("/", -1, 5, new Object[] { "num" }, null)))
			.isEqualTo("42[5,\"num\"]");
		assertThat(Packets.text(Packets.ENCODER.event("/", -1, 1.5, new Object[0], null))).isEqualTo("42[1.5]");
	}

	@Test
	@Tag("SIO-92")
	void offsetIsTheLastArgument() {
		PacketEncoder encoder = Packets.ENCODER;
		assertThat(Packets.text(encoder.event("/", -1, "foo", new Object[0], "Q7_ea8k")))
			.isEqualTo("42[\"foo\",\"Q7_ea8k\"]");
		EncodedMessage binary = encoder.event("/", -1, "foo", new Object[] { ONE }, "Q7_ea8k");
		assertThat(Packets.text(binary)).isEqualTo("451-[\"foo\",{\"_placeholder\":true,\"num\":0},\"Q7_ea8k\"]");
	}

	@Test
	@Tag("SIO-04")
	void binariesAreNumberedDepthFirst() {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("a", List.of(TWO, Map.of("b", new byte[] { 3 })));
		tree.put("c", new byte[] { 4 });
		EncodedMessage message = Packets.event(ONE, tree,
				new Holder(new byte[] { 5 }, ByteBuffer.wrap(new byte[] { 6 })));
		assertThat(Packets.json(message)).isEqualTo("{\"_placeholder\":true,\"num\":0},"
				+ "{\"a\":[{\"_placeholder\":true,\"num\":1},{\"b\":{\"_placeholder\":true,\"num\":2}}],"
				+ "\"c\":{\"_placeholder\":true,\"num\":3}},"
				+ "{\"bytes\":{\"_placeholder\":true,\"num\":4},\"buffer\":{\"_placeholder\":true,\"num\":5}}");
		assertThat(message.binaries()).isDeepEqualTo(new byte[][] { { 1 }, { 2, 2 }, { 3 }, { 4 }, { 5 }, { 6 } });
	}

	@Test
	@Tag("SIO-06")
	void buffersAreBinaryAndLeftAsTheyAre() {
		ByteBuffer heap = ByteBuffer.wrap(new byte[] { 0, 1, 2, 3 }, 1, 2);
		ByteBuffer direct = ByteBuffer.allocateDirect(3).put(new byte[] { 7, 8, 9 }).flip();
		DataBuffer data = DefaultDataBufferFactory.sharedInstance.wrap(new byte[] { 4, 5, 6 });
		data.readPosition(1);
		byte[][] expected = { { 1, 2 }, { 7, 8, 9 }, { 5, 6 } };
		assertThat(Packets.event(heap, direct.asReadOnlyBuffer(), data).binaries()).isDeepEqualTo(expected);
		assertThat(Packets.event(List.of(heap, direct.asReadOnlyBuffer(), data)).binaries()).isDeepEqualTo(expected);
		assertThat(heap.position()).isEqualTo(1);
		assertThat(direct.remaining()).isEqualTo(3);
		assertThat(data.readableByteCount()).isEqualTo(2);
	}

	@Test
	@Tag("SIO-06")
	void emptyBinariesAreAttachments() {
		EncodedMessage message = Packets.event(new byte[0], List.of(ByteBuffer.allocate(0)));
		assertThat(message.binaries()).isDeepEqualTo(new byte[][] { {}, {} });
	}

	@Test
	@Tag("SIO-06")
	void treesAndReplacedValuesAreSearchedForBinaries() {
		EncodedMessage message = Packets.event(new Replaced(Map.of("data", ONE)),
				Packets.MAPPER.valueToTree(Map.of("data", TWO)));
		assertThat(Packets.json(message))
			.isEqualTo("{\"data\":{\"_placeholder\":true,\"num\":0}},{\"data\":{\"_placeholder\":true,\"num\":1}}");
		assertThat(message.binaries()).isDeepEqualTo(new byte[][] { ONE, TWO });
	}

	@Test
	@Tag("SIO-06")
	void scalars() {
		assertThat(Packets.json(Packets.event("a", 1, Long.MAX_VALUE, true, false, null, 1.5, 1.0, -0.0)))
			.isEqualTo("\"a\",1,9223372036854775807,true,false,null,1.5,1,0");
		assertThat(Packets.json(Packets.event(1e21, 1.1f, (short) 3, (byte) 4, 'c', PacketType.EVENT)))
			.isEqualTo("1e+21,1.1,3,4,\"c\",\"EVENT\"");
		assertThat(Packets.json(Packets.event(new BigInteger("18446744073709551616"), new BigDecimal("0.10"),
				Instant.parse("2026-01-02T03:04:05Z"), UUID.fromString("00000000-0000-0001-0000-000000000002"))))
			.isEqualTo("18446744073709551616,0.10,\"2026-01-02T03:04:05Z\",\"00000000-0000-0001-0000-000000000002\"");
	}

	@Test
	@Tag("SIO-06")
	void notNumbersAreNull() {
		assertThat(Packets.json(Packets.event(Double.NaN, Double.POSITIVE_INFINITY, Float.NaN)))
			.isEqualTo("null,null,null");
		assertThat(Packets.json(Packets.event(List.of(Double.NaN, Float.NEGATIVE_INFINITY),
				new double[] { 1, Double.NaN, 2.5 }, Map.of("a", Double.NaN))))
			.isEqualTo("[null,null],[1,null,2.5],{\"a\":null}");
	}

	@Test
	void beansAreWrittenByTheMapper() {
		JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		PacketEncoder encoder = JsonPacketParser.create(mapper).encoder();
		assertThat(Packets
			.text(encoder.event("/", -1, "x", new Object[] { new Person("Ada", Map.of("n", 1), null) }, null)))
			.isEqualTo("42[\"x\",{\"name\":\"Ada\",\"map\":{\"n\":1},\"next\":null}]");
	}

	@Test
	void stringsAreEscapedAsInJavaScript() {
		String value = "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u00e9\u2028\u4e2d\ud83d\ude00";
		String json = "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u00e9\u2028\u4e2d\ud83d\ude00\"";
		assertThat(Packets.json(Packets.event(value))).isEqualTo(json);
		assertThat(Packets.json(Packets.event(List.of(value)))).isEqualTo("[" + json + "]");
		assertThat(Packets.json(Packets.event(Map.of(value, value)))).isEqualTo("{" + json + ":" + json + "}");
		String longer = value.repeat(20);
		String longerJson = json.substring(1, json.length() - 1).repeat(20);
		assertThat(Packets.json(Packets.event(longer))).isEqualTo("\"" + longerJson + "\"");
	}

	@Test
	@Tag("SEC-62")
	void loneSurrogatesAreEscaped() {
		for (int length : new int[] { 1, 2, 63, 64, 200 }) {
			String around = "?".repeat(length);
			String value = around + "\ud800" + around + "\udc00\ud83d\ude00" + around + "\ud83d";
			String json = "\"" + around + "\\ud800" + around + "\\udc00\ud83d\ude00" + around + "\\ud83d\"";
			assertThat(Packets.json(Packets.event(value))).isEqualTo(json);
			assertThat(Packets.json(Packets.event(List.of(value)))).isEqualTo("[" + json + "]");
		}
		assertThat(Packets.json(Packets.event(Map.of("\ud800", 1)))).isEqualTo("{\"\\ud800\":1}");
	}

	@Test
	void longStringsAreWrittenWhole() {
		for (String part : new String[] { "abcdefg", "é?\"", "中\n", "\ud83d\ude00" }) {
			String value = part.repeat(50_000);
			String json = Packets.json(Packets.event(value, List.of(value)));
			String escaped = part.replace("\"", "\\\"").replace("\n", "\\n").repeat(50_000);
			assertThat(json).isEqualTo("\"" + escaped + "\",[\"" + escaped + "\"]");
		}
	}

	@Test
	void argumentsStandForAllTheyHold() {
		Arguments text = Packets.arguments("1, {\"a\" : [2]} ,\"b\"");
		Arguments values = Packets.ENCODER.arguments("c", null, List.of(3));
		Arguments none = Packets.packet("2[\"x\"]").arguments();
		assertThat(Packets.json(Packets.event(none, "a", text, none, values, "z")))
			.isEqualTo("\"a\",1, {\"a\" : [2]} ,\"b\",\"c\",null,[3],\"z\"");
		assertThat(Packets.text(Packets.ENCODER.ack("/", 1, new Object[] { none, text })))
			.isEqualTo("431[1, {\"a\" : [2]} ,\"b\"]");
		assertThat(Packets.text(Packets.ENCODER.ack("/", 1, new Object[] { none }))).isEqualTo("431[]");
	}

	@Test
	@Tag("SIO-04")
	void attachmentsOfArgumentsAreNumberedAnew() {
		Arguments text = Packets.arguments(
				"[{\"_placeholder\":true,\"num\":1}],5,{\"num\":0,\"_placeholder\":true,\"x\":1}", TWO,
				new byte[] { 3 });
		EncodedMessage message = Packets.event(ONE, text, new byte[] { 4 });
		assertThat(Packets.json(message))
			.isEqualTo("{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}],5,"
					+ "{\"_placeholder\":true,\"num\":2},{\"_placeholder\":true,\"num\":3}");
		assertThat(message.binaries()).isDeepEqualTo(new byte[][] { { 1 }, { 3 }, { 2, 2 }, { 4 } });
		assertThat(Packets.text(message)).startsWith("454-");
	}

	@Test
	@Tag("SEC-66")
	void eachOccurrenceIsAnAttachmentOfItsOwn() {
		Arguments received = Packets.arguments("{\"_placeholder\":true,\"num\":0}", TWO);
		String expected = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}";
		for (EncodedMessage message : List.of(Packets.event(received, received), Packets.event(TWO, TWO))) {
			assertThat(Packets.json(message)).isEqualTo(expected);
			assertThat(message.binaries()).isDeepEqualTo(new byte[][] { TWO, TWO });
		}
	}

	@Test
	@Tag("SEC-66")
	@Tag("SEC-67")
	void dataThatLooksLikePlaceholderIsNotMixedWithAttachments() {
		Map<String, Object> data = Map.of("_placeholder", true, "num", 7);
		Arguments peer = Packets.arguments("{\"\\u005fplaceholder\":true,\"num\":0}");
		assertThat(Packets.text(Packets.event(data))).startsWith("42[");
		assertThat(Packets.text(Packets.event(peer))).startsWith("42[");
		for (Object argument : new Object[] { data, peer, List.of(data), peer.toList() }) {
			assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> Packets.event(argument, ONE))
				.withMessageContaining("placeholder");
		}
	}

	@Test
	@Tag("SEC-61")
	void prototypeIsRelayedAsData() {
		Arguments arguments = Packets.arguments("{\"__proto__\":{\"admin\":true}}");
		assertThat(Packets.json(Packets.event(arguments))).isEqualTo("{\"__proto__\":{\"admin\":true}}");
		assertThat(Packets.json(Packets.event(arguments.toArray()))).isEqualTo("{\"__proto__\":{\"admin\":true}}");
	}

	@Test
	@Tag("SIO-09")
	@Tag("SEC-66")
	void moreAttachmentsThanAllowedAreRefused() {
		@Nullable Object[] args = new @Nullable Object[10];
		Arrays.fill(args, ONE);
		assertThat(Packets.event(args).binaries()).hasNumberOfRows(10);
		@Nullable Object[] more = Arrays.copyOf(args, 11);
		more[10] = Packets.arguments("{\"_placeholder\":true,\"num\":0}", TWO);
		assertThatIllegalArgumentException().isThrownBy(() -> Packets.event(more))
			.withMessageStartingWith("A packet with 11 attachments exceeds the limit of 10");
		assertThatIllegalArgumentException().isThrownBy(() -> Packets.ENCODER.ack("/", 1, more));
		PacketEncoder encoder = JsonPacketParser
			.create(Packets.MAPPER, ParserOptions.builder().maxAttachments(11).build())
			.encoder();
		assertThat(encoder.event("/", -1, "x", more, null).binaries()).hasNumberOfRows(11);
	}

	@Test
	@Tag("SIO-06")
	void whatCannotBeWrittenThrowsAtTheCaller() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> Packets.event("a", cycle));
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> Packets.event(new Failing()));
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> Packets.ENCODER.connectError("/", new Failing()));
		assertThat(Packets.json(Packets.event("b"))).isEqualTo("\"b\"");
	}

	@ParameterizedTest
	@MethodSource("valuesYetToCome")
	void whatHasNoValueYetIsRefusedWhereverItStands(Object value) {
		for (Object argument : new Object[] { value, List.of(value), Map.of("a", value), new Box(value) }) {
			assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> Packets.event(argument))
				.withMessageContaining("(" + value.getClass().getName() + ") cannot be an argument");
		}
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> Packets.event(Map.of("key", value)))
			.withMessageStartingWith("An argument cannot be written as JSON, at ")
			.withMessageContaining("[\"key\"]: A ")
			.withMessageEndingWith("for each value of a Flux use emitAll");
		assertThat(Packets.json(Packets.event("b"))).isEqualTo("\"b\"");
	}

	static List<Object> valuesYetToCome() {
		return List.of(Mono.just("value"), Flux.just("value", "value"), new CompletableFuture<>(),
				CompletableFuture.completedStage("value"), new SubmissionPublisher<>());
	}

	@Test
	void throwablesAreRefusedWhereverTheyStand() {
		Throwable value = new IllegalStateException("secret");
		for (Object argument : new Object[] { value, List.of(value), Map.of("a", value), new Box(value),
				new Throwable[] { value } }) {
			assertThatIllegalArgumentException().isThrownBy(() -> Packets.event(argument))
				.isInstanceOf(PacketEncodingException.class)
				.withMessageContaining("A Throwable (java.lang.IllegalStateException) cannot be an argument")
				.withMessageEndingWith("send its message or an object of your own");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Packets.ENCODER.connectError("/", Map.of("message", "m", "data", value)))
			.withMessageStartingWith("An argument cannot be written as JSON, at ")
			.withMessageContaining("[\"data\"]: A Throwable");
		assertThat(Packets.json(Packets.event("b"))).isEqualTo("\"b\"");
	}

	@Test
	void failureLeavesNoAttachmentBehind() {
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> Packets.event(ONE, new Failing()));
		assertThat(Packets.text(Packets.event("b"))).isEqualTo("42[\"x\",\"b\"]");
	}

	@Test
	void valuesMayEncodeOthersWhileTheyAreWritten() {
		Emitting emitting = new Emitting();
		EncodedMessage message = Packets.event(ONE, emitting, TWO);
		assertThat(Packets.json(message))
			.isEqualTo("{\"_placeholder\":true,\"num\":0},{\"value\":\"outer\"},{\"_placeholder\":true,\"num\":1}");
		assertThat(Packets.json(emitting.inner)).isEqualTo("{\"_placeholder\":true,\"num\":0},\"inner\"");
	}

	@Test
	void rawValuesArePassedOn() {
		assertThat(Packets.json(Packets.event(new Raw("[1,{\"a\":2}]")))).isEqualTo("{\"json\":[1,{\"a\":2}]}");
	}

	@Test
	void messagesAreOfTheirOwn() {
		EncodedMessage first = Packets.event("first");
		EncodedMessage second = Packets.event("second");
		assertThat(Packets.json(first)).isEqualTo("\"first\"");
		assertThat(Packets.json(second)).isEqualTo("\"second\"");
		assertThat(new String(first.text(), StandardCharsets.UTF_8)).hasSize(first.bytes());
	}

	record Holder(byte[] bytes, ByteBuffer buffer) {

	}

	record Replaced(@JsonValue Map<String, byte[]> value) {

	}

	record Person(String name, Map<String, Integer> map, @Nullable Person next) {

	}

	record Raw(@JsonRawValue String json) {

	}

	static final class Failing {

		@JsonProperty
		String value() {
			throw new IllegalStateException("no");
		}

	}

	static final class Emitting {

		private EncodedMessage inner = EncodedMessage.text("");

		@JsonProperty
		String value() {
			this.inner = Packets.event(TWO, "inner");
			return "outer";
		}

	}

	private record Box(Object value) {

	}

}
