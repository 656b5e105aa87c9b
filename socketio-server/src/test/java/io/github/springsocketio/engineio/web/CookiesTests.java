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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link Cookies}. The expected results are those of the npm package
 * {@code cookie} 0.7.2.
 */
@Tag("CK-38")
class CookiesTests {

	@Test
	void pairsAreSplitAtSemicolonsAndTrimmed() {
		assertThat(Cookies.parse("a=1; b=2;c=3;\t d \t=\t 4 \t;")).containsExactly(entry("a", "1"), entry("b", "2"),
				entry("c", "3"), entry("d", "4"));
	}

	@Test
	void nameEndsAtTheFirstEqualsSign() {
		assertThat(Cookies.parse("j=a=b; k==")).containsExactly(entry("j", "a=b"), entry("k", "="));
	}

	@Test
	void pairsWithoutEqualsSignAreSkipped() {
		assertThat(Cookies.parse("a; b=1; ; c ;;d=2; e")).containsExactly(entry("b", "1"), entry("d", "2"));
	}

	@Test
	void firstOccurrenceOfANameWins() {
		assertThat(Cookies.parse("io=new; io=old; io")).containsExactly(entry("io", "new"));
		assertThat(Cookies.parse("a=; a=1")).containsExactly(entry("a", ""));
		assertThat(value("a=; a=1", "a")).isEmpty();
	}

	@Test
	void namesAreCaseSensitive() {
		assertThat(Cookies.parse("a=1; A=2")).containsExactly(entry("a", "1"), entry("A", "2"));
		assertThat(value("a=1; A=2", "A")).isEqualTo("2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"1"     | 1
			""      | ``
			"       | ``
			"1      | "1
			1"      | 1"
			""1""   | "1"
			" 1 "   | ` 1 `
			"a%20b" | `a b`
			a"b"c   | a"b"c
			""")
	void onePairOfSurroundingQuotesIsRemoved(String raw, String value) {
		assertThat(Cookies.parse("a=" + raw)).containsExactly(entry("a", value));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			a%20b%3Bc     | a b;c
			%C3%A9        | é
			%e2%82%ac     | €
			%F0%9F%98%80x | 😀x
			a+b           | a+b
			é%20          | `é `
			%25%32%30     | %20
			""")
	void valuesArePercentDecoded(String raw, String value) {
		assertThat(Cookies.parse("a=" + raw)).containsExactly(entry("a", value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "%", "%2", "a%zzb", "%4g", "%20%", "%C3", "%C3x", "%C3é", "%A9", "%C0%80", "%ED%A0%80",
			"%F4%90%80%80", "%F8%88%80%80%80", "%E2%82", "%20%FF", "100%", "%+1" })
	void undecodableValuesAreKept(String raw) {
		assertThat(Cookies.parse("a=" + raw)).containsExactly(entry("a", raw));
	}

	@Test
	void oddNamesAreNames() {
		assertThat(Cookies.parse("=x; $Version=1; a b=2; %61=3; __proto__=4")).containsExactly(entry("", "x"),
				entry("$Version", "1"), entry("a b", "2"), entry("%61", "3"), entry("__proto__", "4"));
		assertThat(value("=x", "")).isEqualTo("x");
	}

	@Test
	void commasDoNotSeparate() {
		assertThat(Cookies.parse("a=b,c=d")).containsExactly(entry("a", "b,c=d"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "=", "a", ";", ";;;", "a;b", "   " })
	void headersWithoutCookiesGiveNone(String header) {
		assertThat(Cookies.parse(header)).isEmpty();
	}

	@Test
	void severalHeaderLinesAreOneList() {
		HttpHeaders headers = new HttpHeaders();
		headers.add(HttpHeaders.COOKIE, "a=1; b=2");
		headers.add(HttpHeaders.COOKIE, "c=3; a=4");
		assertThat(Cookies.parse(headers)).containsExactly(entry("a", "1"), entry("b", "2"), entry("c", "3"));
		assertThat(Cookies.value(headers, "c")).isEqualTo("3");
		assertThat(Cookies.value(headers, "a")).isEqualTo("1");
	}

	@Test
	void oneCookieOfAnExchangeCanBeAskedFor() {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.get("/").header(HttpHeaders.COOKIE, "a=1; randomId=%22x"));
		assertThat(Cookies.value(exchange, "randomId")).isEqualTo("\"x");
		assertThat(Cookies.value(exchange, "missing")).isNull();
		assertThat(Cookies.value(MockServerWebExchange.from(MockServerHttpRequest.get("/")), "a")).isNull();
	}

	@Test
	void resultCannotBeChanged() {
		Map<String, String> cookies = Cookies.parse("a=1");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> cookies.put("b", "2"));
	}

	@Test
	@Tag("SEC-98")
	void manyAndLargeCookiesAreRead() {
		String many = IntStream.range(0, 500).mapToObj((i) -> "c" + i + "=" + i).collect(Collectors.joining("; "));
		assertThat(Cookies.parse(many)).hasSize(500).containsEntry("c499", "499");
		String large = "x".repeat(8192);
		assertThat(Cookies.parse("a=" + large + "; b=1")).containsExactly(entry("a", large), entry("b", "1"));
		assertThat(Cookies.parse("a=\"" + large + "\"; a=2")).containsExactly(entry("a", large));
	}

	@ParameterizedTest
	@ValueSource(strings = { ";", "=", "a", " ", "a=;", "=;", " ;", "a;", "%", "%20", "\"", "=\"", "%2", "a=%zz;" })
	@Tag("SEC-98")
	void longRepetitionsNeverTakeMoreThanLinearTime(String part) {
		String header = part.repeat(2_000_000 / part.length());
		assertThat(Cookies.parse(header).size()).isLessThanOrEqualTo(1);
		assertThat(Cookies.parse(header + ";z=1")).containsEntry("z", "1");
		assertThat(value(header + ";z=1", "z")).isEqualTo("1");
	}

	@Test
	@Tag("SEC-98")
	void nothingThatAClientSendsMakesItFail() {
		List<String> parts = List.of("a", "b", "=", ";", " ", "\t", "\"", "%", "%41", "%C3%A9", "%c3", "%ED%A0%80", "+",
				",", "\u00e9", "\u00ff", "\u0000", "\r\n", "\\", "\ud83d", "\ude00");
		Random random = new Random(98);
		for (int i = 0; i < 20_000; i++) {
			String header = IntStream.range(0, random.nextInt(16))
				.mapToObj((part) -> parts.get(random.nextInt(parts.size())))
				.collect(Collectors.joining());
			Cookies.parse(header).forEach((name, value) -> assertThat(value(header, name)).as(header).isEqualTo(value));
		}
	}

	private static String value(String header, String name) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.COOKIE, header);
		return Cookies.value(headers, name);
	}

	@Test
	@Tag("CK-17")
	void serializedCookiesHaveAllAttributes() {
		SessionCookieOptions.Builder builder = SessionCookieOptions.builder()
			.name("theme")
			.maxAge(Duration.ofHours(1))
			.domain("ex.com")
			.path("/a")
			.expires(Instant.EPOCH)
			.secure(true)
			.partitioned(true)
			.priority(SessionCookieOptions.Priority.HIGH)
			.sameSite(SessionCookieOptions.SameSite.NONE);
		assertThat(Cookies.serialize(builder.build(), "dark; blue"))
			.isEqualTo("theme=dark%3B%20blue; Max-Age=3600; Domain=ex.com; Path=/a; "
					+ "Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; Partitioned; Priority=High; SameSite=None");
		assertThat(Cookies.serialize(builder.encoder((value) -> "\"" + value.length() + "\"").build(), "abc"))
			.startsWith("theme=\"3\"; ");
	}

	@Test
	@Tag("CK-17")
	void serializedCookiesAreParsedAgain() {
		String value = "a=b; c\r\n\"\u00e9\\,\ud83e\udd8a";
		String line = Cookies.serialize("x", value);
		assertThat(line).isEqualTo("x=a%3Db%3B%20c%0D%0A%22%C3%A9%5C%2C%F0%9F%A6%8A");
		assertThat(Cookies.parse(line)).containsExactly(Map.entry("x", value));
		assertThatIllegalArgumentException().isThrownBy(() -> Cookies.serialize("a b", value));
		assertThatIllegalStateException()
			.isThrownBy(() -> Cookies.serialize(SessionCookieOptions.builder().encoder((text) -> text).build(), value))
			.withMessageNotContaining(value);
	}

}
