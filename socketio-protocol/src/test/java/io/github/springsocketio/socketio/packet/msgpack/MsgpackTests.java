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

package io.github.springsocketio.socketio.packet.msgpack;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.packet.msgpack.MsgpackReader.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The reader and the writer as other modules use them.
 */
class MsgpackTests {

	@Test
	void plainValuesAreReadAsTheyWereWritten() {
		Map<String, @Nullable Object> value = new LinkedHashMap<>();
		value.put("null", null);
		value.put("flags", List.of(true, false));
		value.put("numbers", List.of(0, -1, 127, -32, 128, -33, 255, 256, 65535, 65536, Integer.MIN_VALUE,
				Integer.MAX_VALUE, 1L << 31, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE, 1.5, -0.25, Double.NaN));
		value.put("large", List.of(new BigInteger("18446744073709551615")));
		value.put("strings", List.of("", "a", "é€\ud83d\ude00", "b".repeat(31), "c".repeat(32), "d".repeat(70_000)));
		value.put("lists", List.of(List.of(), new ArrayList<>(Collections.nCopies(15, "x")),
				new ArrayList<>(Collections.nCopies(16, "x")), new ArrayList<>(Collections.nCopies(70_000, 1))));
		Map<String, Integer> map = new LinkedHashMap<>();
		for (int i = 0; i < 70_000; i++) {
			map.put("k" + i, i);
		}
		value.put("maps", List.of(Map.of(), Map.of("a", Map.of("b", List.of())), map));
		assertThat(read(MsgpackWriter.toBytes(value))).isEqualTo(value);
	}

	@Test
	@Tag("CL-60")
	void otherTypesBecomePlainValues() {
		byte[] binary = { 1, 2, 3 };
		ByteBuffer part = ByteBuffer.wrap(binary, 1, 2);
		Object[] values = { (byte) 1, (short) 2, 0.1f, 3.0, 1e15, 1e16, 4f, new BigDecimal("1.25"), BigInteger.TEN,
				binary, part, new StringBuilder("text"), new Object[] { null }, Map.of(5, "five"),
				BigInteger.ONE.shiftLeft(70) };
		List<?> read = (List<?>) read(MsgpackWriter.toBytes(values));
		assertThat(read).usingRecursiveComparison()
			.isEqualTo(
					Arrays.asList(1, 2, 0.1, 3, 1_000_000_000_000_000L, 1e16, 4, 1.25, 10, binary, new byte[] { 2, 3 },
							"text", Collections.singletonList(null), Map.of("5", "five"), 1.1805916207174113E21));
		assertThat(part.remaining()).isEqualTo(2);
	}

	@Test
	void binaryOfAnyLength() {
		for (int length : new int[] { 0, 1, 255, 256, 65_535, 65_536 }) {
			byte[] binary = new byte[length];
			Arrays.fill(binary, (byte) 7);
			assertThat(read(MsgpackWriter.toBytes(binary))).isEqualTo(binary);
		}
	}

	@Test
	void tokensAreWrittenWithSizesKnownBeforeOrAfter() {
		MsgpackWriter writer = new MsgpackWriter();
		writer.writeMapHeader(2);
		writer.writeString("known");
		writer.writeArrayHeader(1);
		writer.writeNull();
		writer.writeString("unknown");
		writer.beginArray();
		int size = 0;
		for (; size < 20; size++) {
			writer.beginMap();
			writer.writeString("n");
			writer.writeDouble(0.5);
			writer.endMap(1);
		}
		writer.endArray(size);
		assertThat(read(writer.toByteArray())).isEqualTo(
				Map.of("known", Collections.singletonList(null), "unknown", Collections.nCopies(20, Map.of("n", 0.5))));
	}

	@Test
	void anOpenArrayIsNoValue() {
		MsgpackWriter writer = new MsgpackWriter();
		writer.beginArray();
		assertThatIllegalStateException().isThrownBy(writer::toByteArray);
	}

	@Test
	void otherObjectsCannotBeWritten() {
		for (Object value : new Object[] { new Object(), 'c', List.of(new Thread()), Map.of(true, 1),
				new int[] { 1 } }) {
			assertThatIllegalArgumentException().isThrownBy(() -> MsgpackWriter.toBytes(value));
		}
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		assertThatIllegalArgumentException().isThrownBy(() -> MsgpackWriter.toBytes(cycle))
			.withMessage("A value is nested more than 500 levels deep");
	}

	@ParameterizedTest
	@CsvSource({ "d40000, ''", "92d4000001, '[null, 1]'", "81a161d40000, {}",
			"d7000000000000000000, 1970-01-01T00:00:00.000Z", "d6ff00000001, 1970-01-01T00:00:01Z", "8101a161, {1=a}",
			"ca3fc00000, 1.5", "cf0020000000000000, 9007199254740992", "cb4340000000000000, 9.007199254740992E15" })
	@Tag("CL-61")
	@Tag("CL-62")
	void formsOfOtherWriters(String hex, String expected) {
		Object value = read(HexFormat.of().parseHex(hex));
		assertThat((value != null) ? value.toString() : "").isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "c1", "91", "a1", "81a161", "c0c0", "c401", "dd00000002c0", "8190c0", "81c0c0" })
	@Tag("SEC-63")
	void anythingElseIsMalformed(String hex) {
		assertThat(read(HexFormat.of().parseHex(hex))).isEqualTo(Failure.MALFORMED);
	}

	@Test
	void limitsAreToldFromMalformedInput() {
		byte[] value = MsgpackWriter.toBytes(List.of(Map.of("abc", "abcd")));
		assertThat(new MsgpackReader(value, 2, 4, 3).read()).isEqualTo(List.of(Map.of("abc", "abcd")));
		assertThat(new MsgpackReader(value, 1, 4, 3).read()).isEqualTo(Failure.TOO_DEEP);
		assertThat(new MsgpackReader(value, 2, 3, 3).read()).isEqualTo(Failure.STRING_TOO_LONG);
		assertThat(new MsgpackReader(value, 2, 4, 2).read()).isEqualTo(Failure.NAME_TOO_LONG);
		assertThat(new MsgpackReader(value, 2, 4, 3, 4).read()).isEqualTo(List.of(Map.of("abc", "abcd")));
		assertThat(new MsgpackReader(value, 2, 4, 3, 3).read()).isEqualTo(Failure.TOO_MANY_VALUES);
		assertThat(new MsgpackReader(value, 2, 4, 3, 2).read()).isEqualTo(Failure.TOO_MANY_VALUES);
		byte[] deep = HexFormat.of().parseHex("91".repeat(100_000) + "c0");
		assertThat(read(deep)).isEqualTo(Failure.TOO_DEEP);
	}

	private static @Nullable Object read(byte[] data) {
		return new MsgpackReader(data).read();
	}

}
