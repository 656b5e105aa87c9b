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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What counts as JSON.
 */
class JsonScannerTests {

	private final JsonScanner scanner = new JsonScanner(ParserOptions.defaults(), 64);

	@ParameterizedTest
	@ValueSource(strings = { "[]", "{}", "\"\"", "0", "-0", "1.5", "1e5", "1E-5", "1.5e+5", "true", "false", "null",
			"[[[]]]", "{\"a\":{\"b\":[]}}", "[1,2]", "[ 1 , 2 ]", "{ \"a\" : 1 , \"b\" : 2 }", "\"\\u0000\"",
			"\"\\ud800\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\u007f\"", "\"\u2028\"", "\"\ud83d\ude00\"",
			"[] \t\r\n", "\"01234567\"", "\"0123456\"", "\"012345678\"" })
	void validJsonIsAccepted(String json) {
		assertThat(scan(json)).isTrue();
	}

	@ParameterizedTest
	@Tag("SEC-60")
	@ValueSource(strings = { "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]", "[}", "{]",
			"{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "\"", "\"a",
			"\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u\uff11234\"", "\"a\nb\"", "\"\t\"", "\"\0\"",
			"\"0123456\n\"", "01", "-", "-a", "+1", ".5", "1.", "1.e5", "1e", "1e+", "0x1", "1a", "00", "-01", "tru",
			"truE", "True", "nul", "falsy", "nan", "NaN", "1 2", "[] x", "\"a\"\"b\"", "'a'", "[1]\f", "\ufeff[]", "//",
			"[1,/**/2]" })
	void otherTextIsRefused(String json) {
		assertThat(scan(json)).isFalse();
	}

	@Test
	void textEndsWhereItIsSaidToEnd() {
		byte[] data = "xx[1,true,\"abcdefgh\"]yy".getBytes(StandardCharsets.UTF_8);
		for (int end = 3; end < data.length; end++) {
			assertThat(this.scanner.scan(data, 2, end, 0)).isEqualTo(end == data.length - 2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "bf", "c2", "c080", "c1bf", "e0a0", "e09fbf", "eda080", "edbfbf", "f08fbfbf",
			"f4908080", "f5808080", "ff", "c220", "e28220", "f09f9820", "f09f98" })
	void malformedUtf8IsRefused(String hex) {
		byte[] sequence = HexFormat.of().parseHex(hex);
		for (int before = 0; before < 9; before++) {
			byte[] data = ByteBuffer.allocate(2 + before + sequence.length)
				.put((byte) '"')
				.put("a".repeat(before).getBytes(StandardCharsets.UTF_8))
				.put(sequence)
				.put((byte) '"')
				.array();
			assertThat(this.scanner.scan(data, 0, data.length, 0)).isFalse();
		}
	}

	@Test
	void elementsOfAnArrayAreFound() {
		String json = "[ \"a\" ,{\"b\":[1,2]}, 3.5,[\"]\"] ]";
		assertThat(scan(json)).isTrue();
		assertThat(this.scanner.elementCount()).isEqualTo(4);
		assertThat(element(json, 0)).isEqualTo("\"a\"");
		assertThat(element(json, 1)).isEqualTo("{\"b\":[1,2]}");
		assertThat(element(json, 2)).isEqualTo("3.5");
		assertThat(element(json, 3)).isEqualTo("[\"]\"]");
		assertThat(scan("{\"a\":[1]}")).isTrue();
		assertThat(this.scanner.elementCount()).isZero();
	}

	@Test
	@Tag("SEC-54")
	void nestingIsLimited() {
		assertThat(scan("[".repeat(64) + "]".repeat(64))).isTrue();
		assertThat(scan("[".repeat(65) + "]".repeat(65))).isFalse();
		assertThat(scan("{\"a\":".repeat(64) + "1" + "}".repeat(64))).isTrue();
		assertThat(scan("{\"a\":".repeat(65) + "1" + "}".repeat(65))).isFalse();
		assertThat(scan("[\"x\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]")).isFalse();
		assertThat(scan("[\"x\"," + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "]")).isFalse();
	}

	@Test
	void stringsAreLimitedInUnitsNotBytes() {
		JsonScanner small = new JsonScanner(64, 8, 100, 4, 1_000);
		for (String fits : new String[] { "12345678", "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9",
				"\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00", "\\u0041\\u0041\\u0041\\u0041\\n\\n\\n\\n" }) {
			assertThat(scan(small, "\"" + fits + "\"")).isTrue();
			assertThat(scan(small, "\"" + fits + "1\"")).isFalse();
		}
		assertThat(scan(small, "{\"1234\":\"12345678\"}")).isTrue();
		assertThat(scan(small, "{\"12345\":1}")).isFalse();
		assertThat(scan("\"" + "a".repeat(1_000_000) + "\"")).isTrue();
		assertThat(scan("\"" + "a".repeat(1_000_001) + "\"")).isFalse();
	}

	@Test
	@Tag("SEC-56")
	void numbersAreLimited() {
		assertThat(scan("9".repeat(100))).isTrue();
		assertThat(scan("9".repeat(101))).isFalse();
		assertThat(scan("0." + "9".repeat(98))).isTrue();
		assertThat(scan("0." + "9".repeat(99))).isFalse();
		assertThat(scan("[1e" + "9".repeat(1_000_000) + "]")).isFalse();
	}

	@Test
	@Tag("SEC-54")
	@Tag("SEC-60")
	void acceptsWhatJacksonAccepts() {
		RandomJson random = new RandomJson(20261121);
		int valid = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] json = random.value(4).getBytes(StandardCharsets.UTF_8);
			assertThat(this.scanner.scan(json, 0, json.length, 0)).isTrue();
			byte[] mutant = random.mutate(json);
			boolean expected = isAcceptedByJackson(mutant);
			assertThat(this.scanner.scan(mutant, firstOf(mutant), mutant.length, 0))
				.as(() -> HexFormat.of().formatHex(mutant))
				.isEqualTo(expected);
			valid += expected ? 1 : 0;
		}
		assertThat(valid).isBetween(1_000, 19_000);
	}

	/**
	 * Jackson takes a byte order mark, other encodings than UTF-8 and some malformed
	 * UTF-8; none of these is JSON in UTF-8.
	 */
	private static boolean isAcceptedByJackson(byte[] json) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
			int values = 0;
			try (JsonParser parser = Packets.MAPPER.createParser(text)) {
				while (parser.nextToken() != null) {
					parser.getString();
					values += parser.streamReadContext().inRoot() ? 1 : 0;
				}
			}
			return values == 1;
		}
		catch (CharacterCodingException | JacksonException ex) {
			return false;
		}
	}

	private static int firstOf(byte[] json) {
		int start = 0;
		while (start < json.length && " \t\r\n".indexOf(json[start]) >= 0) {
			start++;
		}
		return start;
	}

	private String element(String json, int index) {
		return json.substring(this.scanner.elementStart(index), this.scanner.elementEnd(index));
	}

	private boolean scan(String json) {
		return scan(this.scanner, json);
	}

	private static boolean scan(JsonScanner scanner, String json) {
		byte[] data = json.getBytes(StandardCharsets.UTF_8);
		return scanner.scan(data, 0, data.length, 0);
	}

}
