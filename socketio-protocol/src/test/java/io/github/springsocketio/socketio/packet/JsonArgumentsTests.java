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

import java.io.Serializable;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Arguments in the types that handlers ask for.
 */
class JsonArgumentsTests {

	private static final byte[] BYTES = { 1, 2, 3 };

	private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

	@Test
	void plainValues() {
		Arguments arguments = Packets
			.arguments("\"a\\n\",1,2147483648,18446744073709551616,-7,1.5,1e3,true,false,null,[1,\"b\"],{\"c\":{}}");
		assertThat(arguments.size()).isEqualTo(12);
		assertThat(arguments.toList())
			.isEqualTo(Arrays.asList("a\n", 1, 2147483648L, new BigInteger("18446744073709551616"), -7, 1.5, 1000.0,
					true, false, null, List.of(1, "b"), Map.of("c", Map.of())));
		assertThat(arguments.toArray()).containsExactlyElementsOf(arguments.toList());
	}

	@Test
	void genericTypesAreReadFromTypeReferences() {
		for (Arguments arguments : List.of(Packets.arguments("[\"1\",2],{\"a\":[true]}"),
				Packets.ENCODER.arguments(List.of("1", 2), Map.of("a", List.of(true))))) {
			List<Long> numbers = arguments.get(0, new ParameterizedTypeReference<List<Long>>() {
			});
			assertThat(numbers).containsExactly(1L, 2L);
			Map<String, List<Boolean>> map = arguments.require(1,
					new ParameterizedTypeReference<Map<String, List<Boolean>>>() {
					});
			assertThat(map).isEqualTo(Map.of("a", List.of(true)));
			assertThat(arguments.get(2, new ParameterizedTypeReference<List<Long>>() {
			})).isNull();
		}
	}

	@Test
	void requiredArgumentsAreThere() {
		Arguments arguments = Packets.arguments("5,null,\"a\"");
		assertThat(arguments.require(0, int.class)).isEqualTo(5);
		assertThat(arguments.require(2, String.class)).isEqualTo("a");
		for (int index : new int[] { 1, 3, -1 }) {
			assertThatExceptionOfType(MissingArgumentException.class)
				.isThrownBy(() -> arguments.require(index, String.class))
				.isInstanceOf(IllegalArgumentException.class)
				.withMessage("Argument " + index + " is missing")
				.satisfies((ex) -> assertThat(ex.index()).isEqualTo(index))
				.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
			assertThatExceptionOfType(MissingArgumentException.class)
				.isThrownBy(() -> arguments.require(index, new ParameterizedTypeReference<List<String>>() {
				}));
		}
		assertThatExceptionOfType(ArgumentConversionException.class)
			.isThrownBy(() -> arguments.require(2, Integer.class));
		assertThatExceptionOfType(ArgumentConversionException.class)
			.isThrownBy(() -> arguments.require(2, new ParameterizedTypeReference<List<String>>() {
			}));
	}

	@Test
	void whatIsNotThereIsNull() {
		Arguments arguments = Packets.arguments("null");
		assertThat(arguments.get(0)).isNull();
		assertThat(arguments.get(0, String.class)).isNull();
		assertThat(arguments.get(0, int.class)).isNull();
		assertThat(arguments.get(0, JsonNode.class)).isNull();
		for (int index : new int[] { -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE }) {
			assertThat(arguments.get(index)).isNull();
			assertThat(arguments.get(index, Message.class)).isNull();
			assertThat(arguments.get(index, (Type) String.class)).isNull();
		}
	}

	@Test
	void scalarsInTheirTypes() {
		Arguments arguments = Packets.arguments("\"7\",7,true,1.5,-9223372036854775808");
		assertThat(arguments.get(0, String.class)).isEqualTo("7");
		assertThat(arguments.get(1, Integer.class)).isEqualTo(7);
		assertThat(arguments.get(1, int.class)).isEqualTo(7);
		assertThat(arguments.get(1, Long.class)).isEqualTo(7L);
		assertThat(arguments.get(1, long.class)).isEqualTo(7L);
		assertThat(arguments.get(1, Double.class)).isEqualTo(7.0);
		assertThat(arguments.get(1, short.class)).isEqualTo((short) 7);
		assertThat(arguments.get(1, BigDecimal.class)).isEqualTo("7");
		assertThat(arguments.get(2, Boolean.class)).isTrue();
		assertThat(arguments.get(2, boolean.class)).isTrue();
		assertThat(arguments.get(3, double.class)).isEqualTo(1.5);
		assertThat(arguments.get(3, Float.class)).isEqualTo(1.5f);
		assertThat(arguments.get(4, Long.class)).isEqualTo(Long.MIN_VALUE);
		assertThat(arguments.get(4, Object.class)).isEqualTo(Long.MIN_VALUE);
	}

	@Test
	void scalarsAreCoercedAsTheMapperDoes() {
		Arguments arguments = Packets.arguments("\"7\",7,\"true\"");
		assertThat(arguments.get(0, Integer.class)).isEqualTo(7);
		assertThat(arguments.get(1, String.class)).isEqualTo("7");
		assertThat(arguments.get(2, boolean.class)).isTrue();
	}

	@Test
	void beansRecordsAndTrees() {
		Arguments arguments = Packets
			.arguments("{\"text\":\"hi\",\"at\":\"2026-01-02T03:04:05Z\",\"tags\":[\"a\"]}, [[1],[2,3]] ");
		assertThat(arguments.get(0, Message.class))
			.isEqualTo(new Message("hi", Instant.parse("2026-01-02T03:04:05Z"), List.of("a")));
		assertThat(arguments.get(0, JsonNode.class).at("/tags/0").asString()).isEqualTo("a");
		assertThat(arguments.get(1, new TypeReference<List<List<Long>>>() {
		}.getType())).isEqualTo(List.of(List.of(1L), List.of(2L, 3L)));
		assertThat(arguments.get(1, int[][].class)).isDeepEqualTo(new int[][] { { 1 }, { 2, 3 } });
	}

	@Test
	void numbersAreReadAsTheMapperIsSetUp() {
		JsonMapper mapper = JsonMapper.builder()
			.enable(DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.build();
		PacketDecoder decoder = JsonPacketParser.create(mapper).newDecoder();
		Packet packet = (Packet) Packets.decode(decoder, "2[\"x\",1,1.50]");
		assertThat(packet.arguments().toList()).containsExactly(1L, new BigDecimal("1.50"));
	}

	@Test
	@Tag("SIO-06")
	void binaryThatIsAnArgument() {
		Arguments arguments = Packets.arguments(PLACEHOLDER, BYTES);
		assertThat(arguments.get(0)).isSameAs(BYTES);
		assertThat(arguments.get(0, byte[].class)).isSameAs(BYTES);
		assertThat(arguments.get(0, Object.class)).isSameAs(BYTES);
		assertThat(arguments.get(0, ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(BYTES));
		assertThat(arguments.get(0, DataBuffer.class).toString(StandardCharsets.ISO_8859_1)).isEqualTo("\1\2\3");
		assertThat(arguments.get(0, JsonNode.class).binaryValue()).isEqualTo(BYTES);
	}

	@Test
	@Tag("SIO-06")
	void binaryAnywhereInTheTree() {
		Arguments arguments = Packets.arguments(
				"1,{\"name\":\"n\",\"data\":" + PLACEHOLDER
						+ ",\"more\":[{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":2}]},2",
				BYTES, new byte[] { 9 }, new byte[] { 8 });
		Upload upload = arguments.get(1, Upload.class);
		assertThat(upload.name()).isEqualTo("n");
		assertThat(upload.data()).isSameAs(BYTES);
		assertThat(upload.more()).containsExactly(ByteBuffer.wrap(new byte[] { 9 }), ByteBuffer.wrap(new byte[] { 8 }));
		assertThat(arguments.get(1, JsonNode.class).at("/more/0").binaryValue()).isEqualTo(new byte[] { 9 });
		assertThat(arguments.get(1)).asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
			.containsEntry("data", BYTES);
		assertThat(arguments.get(0)).isEqualTo(1);
		assertThat(arguments.get(2, String.class)).isEqualTo("2");
	}

	@Test
	@Tag("SIO-06")
	void binaryAsBase64IsAStringThatFitsBytes() {
		assertThat(Packets.arguments("\"AQID\"").get(0, byte[].class)).isEqualTo(BYTES);
	}

	@ParameterizedTest
	@Tag("SEC-59")
	@ValueSource(strings = { "\"x\"", "{}", "[1]", "2147483648", "1e999999999", "true" })
	void whatDoesNotFitIsRefusedWithoutTellingWhy(String json) {
		assertThatExceptionOfType(ArgumentConversionException.class)
			.isThrownBy(() -> Packets.arguments("0," + json).get(1, Integer.class))
			.withMessage("Argument 1 does not have the expected type")
			.satisfies((ex) -> assertThat(ex.index()).isEqualTo(1));
	}

	@Test
	@Tag("SEC-59")
	void unknownConstantsAndTypesAreRefused() {
		assertThatExceptionOfType(ArgumentConversionException.class)
			.isThrownBy(() -> Packets.arguments("\"x\"").get(0, PacketType.class));
		assertThatExceptionOfType(ArgumentConversionException.class)
			.isThrownBy(() -> Packets.arguments("{\"text\":[]}").get(0, Message.class));
		assertThatExceptionOfType(ArgumentConversionException.class)
			.isThrownBy(() -> Packets.arguments("[{\"at\":" + PLACEHOLDER + "}]", BYTES).get(0, Message[].class))
			.withMessageNotContaining("Message");
	}

	@Test
	@Tag("SEC-56")
	void hugeNumbersAreNotExpanded() {
		Arguments arguments = Packets.arguments("1e999999999,-0,18446744073709551616,-1e999999999");
		assertThat(arguments.get(0)).isEqualTo(Double.POSITIVE_INFINITY);
		assertThat(arguments.get(0, double.class)).isEqualTo(Double.POSITIVE_INFINITY);
		assertThat(arguments.get(3, Double.class)).isEqualTo(Double.NEGATIVE_INFINITY);
		assertThat(arguments.get(1)).isEqualTo(0);
		assertThat(arguments.get(2)).isEqualTo(new BigInteger("18446744073709551616"));
		for (Class<?> type : new Class<?>[] { int.class, long.class, Long.class, BigInteger.class }) {
			assertThatExceptionOfType(ArgumentConversionException.class).isThrownBy(() -> arguments.get(0, type));
		}
		assertThatExceptionOfType(ArgumentConversionException.class).isThrownBy(() -> arguments.get(2, long.class));
	}

	@Test
	@Tag("SEC-54")
	void deepestNestingCanBeReadAndWalked() {
		String json = "[".repeat(499) + "]".repeat(499);
		Arguments arguments = Packets.arguments(json);
		assertThat(arguments.get(0)).hasToString(json);
		assertThat(arguments.get(0, JsonNode.class)).hasToString(json);
		assertThat(Packets.reason("2[\"x\",[" + json + "]]")).isEqualTo("invalid payload");
	}

	@Test
	@Tag("SEC-54")
	void depthIsThatOfTheMapperUnlessItIsSet() {
		JsonFactory factory = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
			.build();
		JsonMapper mapper = JsonMapper.builder(factory).build();
		assertThat(deepest(JsonPacketParser.create(mapper))).isEqualTo(100);
		assertThat(deepest(JsonPacketParser.create(mapper, ParserOptions.builder().maxDepth(7).build()))).isEqualTo(7);
		assertThat(deepest(JsonPacketParser.create(Packets.MAPPER))).isEqualTo(500);
	}

	private static int deepest(PacketParser parser) {
		int depth = 1;
		while (Packets.decode(parser.newDecoder(),
				"2[\"x\"," + "[".repeat(depth) + "]".repeat(depth) + "]") instanceof Packet) {
			depth++;
		}
		return depth;
	}

	@Test
	@Tag("SEC-59")
	void misfitsHaveNoStackTrace() {
		Arguments arguments = Packets.arguments("{},\"x\",[],7,{\"name\":[]},[{}]");
		Type[] types = { String.class, Integer.class, Map.class, Upload.class, Upload.class, int[].class };
		for (int i = 0; i < types.length; i++) {
			int index = i;
			assertThatExceptionOfType(ArgumentConversionException.class)
				.isThrownBy(() -> arguments.get(index, types[index]))
				.satisfies((ex) -> {
					assertThat(ex.getStackTrace()).isEmpty();
					assertThat(ex.getCause()).isInstanceOf(JacksonException.class);
					assertThat(ex.getCause().getStackTrace()).isEmpty();
				});
		}
		assertThat(ValueArguments.of(new ArgumentMapper(Packets.MAPPER), new Object[] { Map.of() }))
			.satisfies((values) -> assertThatExceptionOfType(ArgumentConversionException.class)
				.isThrownBy(() -> values.get(0, String.class))
				.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty()));
	}

	@Test
	@Tag("SEC-59")
	void problemHandlersOfTheApplicationComeFirst() {
		JsonMapper mapper = JsonMapper.builder().addHandler(new DeserializationProblemHandler() {

			@Override
			public Object handleWeirdStringValue(DeserializationContext context, Class<?> type, String value,
					String message) {
				return 42;
			}

		}).build();
		Packet packet = (Packet) Packets.decode(JsonPacketParser.create(mapper).newDecoder(), "2[\"x\",\"y\"]");
		assertThat(packet.arguments().get(0, Integer.class)).isEqualTo(42);
	}

	@Test
	void argumentsAreLimited() {
		String json = "1,".repeat(1_000);
		assertThat(Packets.packet("2[\"x\"," + json.substring(0, 1_999) + "]").arguments().size()).isEqualTo(1_000);
		assertThat(Packets.packet("31[" + json.substring(0, 1_999) + "]").arguments().size()).isEqualTo(1_000);
		assertThat(Packets.decode("2[\"x\"," + json + "1]"))
			.isEqualTo(new Decoded.Malformed("invalid payload", ParserLimit.MAX_ARGUMENTS));
		assertThat(Packets.decode("31[" + json + "1]"))
			.isEqualTo(new Decoded.Malformed("invalid payload", ParserLimit.MAX_ARGUMENTS));
	}

	@Test
	@Tag("SEC-57")
	void collidingKeysAreRead() {
		StringBuilder json = new StringBuilder("{");
		for (int i = 0; i < 40_000; i++) {
			json.append((i > 0) ? ",\"" : "\"");
			for (int bit = 0; bit < 16; bit++) {
				// equal hash codes
				json.append(((i >> bit & 1) != 0) ? "Aa" : "BB");
			}
			json.append("\":").append(i % 10);
		}
		assertThat((Map<?, ?>) Packets.arguments(json + "}").get(0)).hasSize(40_000);
	}

	@Test
	@Tag("SEC-57")
	void manyKeysAreRead() {
		StringBuilder json = new StringBuilder("{\"0\":0");
		for (int i = 1; i < 100_000; i++) {
			json.append(",\"").append(i).append("\":").append(i % 10);
		}
		assertThat((Map<?, ?>) Packets.arguments(json + "}").get(0)).hasSize(100_000);
	}

	@Test
	@Tag("SEC-58")
	void typesNamedByThePeerAreData() {
		String json = "{\"@class\":\"javax.swing.JEditorPane\",\"@type\":\"x\"},[\"java.util.ArrayList\",[]]";
		Arguments arguments = Packets.arguments(json);
		assertThat(arguments.get(0)).isEqualTo(Map.of("@class", "javax.swing.JEditorPane", "@type", "x"));
		assertThat(arguments.get(1)).isEqualTo(List.of("java.util.ArrayList", List.of()));
		assertThat(arguments.get(0, Serializable.class)).isEqualTo(arguments.get(0));
		assertThatExceptionOfType(ArgumentConversionException.class).isThrownBy(() -> arguments.get(0, Shape.class));
	}

	@Test
	@Tag("SEC-58")
	void mapperWithDefaultTypingIsRefused() {
		JsonMapper mapper = JsonMapper.builder()
			.activateDefaultTyping(BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build())
			.build();
		assertThatIllegalArgumentException().isThrownBy(() -> JsonPacketParser.create(mapper))
			.withMessageContaining("default typing");
	}

	@Test
	@Tag("SEC-62")
	void loneSurrogatesAreKept() {
		Arguments arguments = Packets.arguments("\"\\ud800\",\"a\\udc00b\",[\"\\ud800\"]");
		assertThat(arguments.get(0)).isEqualTo("\ud800");
		assertThat(arguments.get(1, String.class)).isEqualTo("a\udc00b");
		assertThat(arguments.get(2)).isEqualTo(List.of("\ud800"));
	}

	@Test
	@Tag("SEC-60")
	void trailingTokensOfTheArrayDoNotMatter() {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
		PacketDecoder decoder = JsonPacketParser.create(mapper).newDecoder();
		Packet packet = (Packet) Packets.decode(decoder, "2[\"x\",{\"text\":\"a\"},[1]]");
		assertThat(packet.arguments().get(0, Message.class)).isEqualTo(new Message("a", null, null));
	}

	@Test
	@Tag("SEC-61")
	void prototypeIsAKeyLikeOthers() {
		assertThat(Packets.arguments("{\"__proto__\":{\"admin\":true}}").get(0))
			.isEqualTo(Map.of("__proto__", Map.of("admin", true)));
	}

	@Test
	void textTellsNothingOfThePeer() {
		assertThat(Packets.arguments("\"secret\"")).hasToString("Arguments[size=1]");
		assertThat(Packets.ENCODER.arguments("secret")).hasToString("Arguments[size=1]");
	}

	@Test
	void argumentsOfValues() {
		Message message = new Message("hi", Instant.EPOCH, List.of());
		Arguments arguments = Packets.ENCODER.arguments("a", 1, null, BYTES, message, Map.of("data", BYTES),
				ByteBuffer.wrap(BYTES));
		assertThat(arguments.size()).isEqualTo(7);
		assertThat(arguments.get(0)).isEqualTo("a");
		assertThat(arguments.get(1, Long.class)).isEqualTo(1L);
		assertThat(arguments.get(1, int.class)).isEqualTo(1);
		assertThat(arguments.get(2)).isNull();
		assertThat(arguments.get(3)).isSameAs(BYTES);
		assertThat(arguments.get(3, ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(BYTES));
		assertThat(arguments.get(4)).isEqualTo(Map.of("text", "hi", "at", "1970-01-01T00:00:00Z", "tags", List.of()));
		assertThat(arguments.get(4, Message.class)).isSameAs(message);
		assertThat(arguments.get(5, Upload.class).data()).isEqualTo(BYTES);
		assertThat(arguments.get(6)).isEqualTo(BYTES);
		assertThat(arguments.get(9)).isNull();
		assertThat(arguments.toList()).hasSize(7);
		assertThatExceptionOfType(ArgumentConversionException.class).isThrownBy(() -> arguments.get(0, Message.class))
			.withMessage("Argument 0 does not have the expected type");
	}

	@Test
	void argumentsOfArguments() {
		for (PacketEncoder encoder : List.of(Packets.ENCODER, MsgpackPacketParser.create(Packets.MAPPER).encoder())) {
			Arguments peer = Packets.arguments("1,\"a\"");
			assertThat(encoder.arguments(peer)).isSameAs(peer);
			assertThat(encoder.arguments(0, peer, encoder.arguments(), null).toList())
				.isEqualTo(Arrays.asList(0, 1, "a", null));
		}
	}

	@Test
	void everyNumberIsReadAsJacksonDoes() {
		for (String number : new String[] { "0", "-1", "999999999999999999", "1000000000000000000", "2147483647",
				"-2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "0.1", "1E400" }) {
			Arguments arguments = Packets.arguments(number);
			assertThat(arguments.get(0)).isEqualTo(Packets.MAPPER.readValue(number, Object.class));
		}
	}

	@Test
	void bytesBeyondTheMessageAreNotRead() {
		byte[] data = HexFormat.of().parseHex("32" + "5b2278222c31325d" + "3334");
		Packet packet = (Packet) Packets.PARSER.newDecoder().text(data, 0, data.length - 2);
		assertThat(packet.arguments().get(0, Integer.class)).isEqualTo(12);
	}

	record Message(String text, @Nullable Instant at, @Nullable List<String> tags) {

	}

	record Upload(String name, byte[] data, List<ByteBuffer> more) {

	}

	sealed interface Shape permits Square {

	}

	record Square(int side) implements Shape {

	}

}
