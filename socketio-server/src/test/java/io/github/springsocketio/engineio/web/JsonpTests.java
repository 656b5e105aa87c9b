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

package io.github.springsocketio.engineio.web;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Jsonp}.
 */
class JsonpTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "12, 12", "'', ''", "abc, ''", "0;x7, 07", "alert(1), 1", "'](alert(1));//', 1", "٣, ''" })
	@Tag("EIO-117")
	@Tag("SEC-110")
	void onlyDigitsOfTheIndexGetIntoTheScript(String index, String digits) {
		assertThat(script(index, "2")).isEqualTo("___eio[" + digits + "](\"2\");");
	}

	@Test
	@Tag("EIO-117")
	void payloadIsAStringOfJson() {
		assertThat(script("0", "4\"\\/\b\f\n\r\t\u0000\u001e\u001fé€😀</script>"))
			.isEqualTo("___eio[0](\"4\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001e\\u001fé€😀</script>\");");
	}

	@Test
	@Tag("EIO-117")
	void lineSeparatorsAreEscaped() {
		assertThat(script("0", "\u2027\u2028\u2029\u202a")).isEqualTo("___eio[0](\"\u2027\\u2028\\u2029\u202a\");");
	}

	@ParameterizedTest
	@CsvSource({ "d=4a, 4a", "a=b&d=4a&c, 4a", "&&d=4a&, 4a", "%64=4a, 4a", "d=4%C3%A9, 4é", "d=4a+b%2Bc, 4a b+c",
			"d=4a=b, 4a=b", "d=4a%26d=b, 4a&d=b", "d=4a#b, 4a#b", "d=4%zz%, 4%zz%", "d=, ''", "d, ''" })
	@Tag("EIO-118")
	void payloadIsAFieldOfTheForm(String form, String payload) {
		assertThat(payload(form)).isEqualTo(payload);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&", "x=1", "D=4a", "dd=4a", "d=4a&d=4b", "d&d" })
	@Tag("EIO-118")
	void formWithoutExactlyOnePayloadHasNone(String form) {
		assertThat(Jsonp.payload(form.getBytes(StandardCharsets.UTF_8))).isNull();
	}

	@Test
	@Tag("EIO-118")
	@Tag("SEC-110")
	void escapedLineBreaksAreUnescaped() {
		assertThat(payload("d=4a%5Cnb")).isEqualTo("4a\nb");
		assertThat(payload("d=4a%5C%5Cnb")).isEqualTo("4a\\nb");
		assertThat(payload("d=4a%5C%5C%5Cnb")).isEqualTo("4a\\\\nb");
		assertThat(payload("d=%5Cn%5Cn%5C%5Cn%5Cr")).isEqualTo("\n\n\\n\\r");
	}

	private static String script(String index, String payload) {
		byte[] script = new Jsonp(index).script(payload.getBytes(StandardCharsets.UTF_8));
		return new String(script, StandardCharsets.UTF_8);
	}

	private static String payload(String form) {
		byte[] payload = Jsonp.payload(form.getBytes(StandardCharsets.UTF_8));
		assertThat(payload).isNotNull();
		return new String(payload, StandardCharsets.UTF_8);
	}

}
