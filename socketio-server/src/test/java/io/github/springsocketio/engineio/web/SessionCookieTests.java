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

import io.github.springsocketio.engineio.web.SessionCookieOptions.Builder;
import io.github.springsocketio.engineio.web.SessionCookieOptions.Priority;
import io.github.springsocketio.engineio.web.SessionCookieOptions.SameSite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SessionCookie}. The expected lines were printed by the npm package
 * {@code cookie} 0.7.2.
 */
class SessionCookieTests {

	private static final String SID = "lv_VI97HAXpY6yYWAAAC";

	@Test
	@Tag("CK-05")
	@Tag("CK-06")
	@Tag("SEC-93")
	void defaultLineIsExactlyThatOfTheDocumentation() {
		assertThat(line(SessionCookieOptions.builder())).isEqualTo("io=" + SID + "; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	@Tag("CK-22")
	@Tag("CK-23")
	@Tag("CK-24")
	void attributesHaveTheOrderOfTheJavaScriptServer() {
		Builder builder = SessionCookieOptions.builder()
			.name("srv")
			.sameSite(SameSite.NONE)
			.priority(Priority.HIGH)
			.partitioned(true)
			.secure(true)
			.httpOnly(true)
			.expires(Instant.EPOCH)
			.path("/a")
			.domain("ex.com")
			.maxAge(Duration.ofHours(1));
		assertThat(line(builder)).isEqualTo("srv=" + SID + "; Max-Age=3600; Domain=ex.com; Path=/a; "
				+ "Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; Partitioned; Priority=High; SameSite=None");
	}

	@Test
	@Tag("CK-03")
	@Tag("CK-21")
	void everyAttributeCanBeLeftOut() {
		assertThat(line(bare())).isEqualTo("io=" + SID);
	}

	@ParameterizedTest
	@CsvSource({ "3600000, 3600", "3990, 3", "999, 0", "0, 0", "-1000, -1", "-1500, -2", "-1, -1",
			"34560000000, 34560000" })
	@Tag("CK-17")
	@Tag("OP-57")
	void maxAgeIsPrintedInWholeSecondsRoundedDown(long millis, String seconds) {
		assertThat(line(bare().maxAge(Duration.ofMillis(millis)))).isEqualTo("io=" + SID + "; Max-Age=" + seconds);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			2000-12-24T10:30:59.900Z | Sun, 24 Dec 2000 10:30:59 GMT
			1970-01-01T00:00:00Z     | Thu, 01 Jan 1970 00:00:00 GMT
			1969-12-31T23:59:59.999Z | Wed, 31 Dec 1969 23:59:59 GMT
			2026-02-03T04:05:06Z     | Tue, 03 Feb 2026 04:05:06 GMT
			1601-01-01T00:00:00Z     | Mon, 01 Jan 1601 00:00:00 GMT
			9999-12-31T23:59:59.999Z | Fri, 31 Dec 9999 23:59:59 GMT
			""")
	@Tag("CK-20")
	@Tag("CK-36")
	@Tag("OP-58")
	void expiresIsAnHttpDate(Instant expires, String date) {
		assertThat(line(bare().expires(expires))).isEqualTo("io=" + SID + "; Expires=" + date);
	}

	@ParameterizedTest
	@CsvSource({ "Ex.Com", ".ex.com" })
	@Tag("CK-18")
	@Tag("OP-56")
	void domainIsPrintedAsItIs(String domain) {
		assertThat(line(bare().domain(domain))).isEqualTo("io=" + SID + "; Domain=" + domain);
	}

	@ParameterizedTest
	@CsvSource({ "OMITTED, ''", "NONE, ; SameSite=None", "LAX, ; SameSite=Lax", "STRICT, ; SameSite=Strict" })
	@Tag("CK-25")
	@Tag("CK-26")
	@Tag("CK-37")
	@Tag("OP-54")
	void sameSiteIsPrinted(SameSite sameSite, String printed) {
		assertThat(line(bare().sameSite(sameSite))).isEqualTo("io=" + SID + printed);
	}

	@ParameterizedTest
	@CsvSource({ "LOW, Low", "MEDIUM, Medium", "HIGH, High" })
	@Tag("CK-24")
	@Tag("CK-37")
	@Tag("OP-60")
	void priorityIsPrinted(Priority priority, String printed) {
		assertThat(line(bare().priority(priority))).isEqualTo("io=" + SID + "; Priority=" + printed);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			a b;c=é/+==   | a%20b%3Bc%3D%C3%A9%2F%2B%3D%3D
			Az09-_.!~*'() | Az09-_.!~*'()
			`"@,\\%`      | %22%40%2C%5C%25
			€             | %E2%82%AC
			😀            | %F0%9F%98%80
			``            | ``
			""")
	@Tag("CK-16")
	@Tag("OP-61")
	void valueIsEncodedLikeAnEcmaScriptUriComponent(String sid, String value) {
		assertThat(new SessionCookie(bare().build()).line(sid)).isEqualTo("io=" + value);
	}

	@Test
	@Tag("CK-16")
	@Tag("SEC-92")
	void controlCharactersAreEncoded() {
		assertThat(new SessionCookie(bare().build()).line("a\r\n\u0000\u007f")).isEqualTo("io=a%0D%0A%00%7F");
	}

	@Test
	@Tag("CK-16")
	@Tag("OP-61")
	void anEncoderOfTheUserIsUsed() {
		assertThat(line(bare().encoder((sid) -> "node1~" + sid))).isEqualTo("io=node1~" + SID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "!#$%&'()*+-./:<=>?@[]^_`{|}~", "\"\"", "\"a\"" })
	@Tag("CK-31")
	void encodersMayReturnWhatACookieCanCarry(String value) {
		assertThat(line(bare().encoder((sid) -> value))).isEqualTo("io=" + value);
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "a b", "\"", "a\"b", "\"a", "a\"", "\"\"\"", "a,b", "a;b", "a; Path=/", "a\\b",
			"a\r\nSet-Cookie: b=c", "\u0000", "\u007f", "é", "€" })
	@Tag("CK-31")
	@Tag("SEC-92")
	void otherResultsOfAnEncoderAreRefused(String value) {
		SessionCookie cookie = new SessionCookie(bare().encoder((sid) -> value).build());
		assertThatIllegalStateException().isThrownBy(() -> cookie.line(SID)).withMessageNotContaining(SID);
	}

	@Test
	@Tag("CK-31")
	@Tag("CK-32")
	void failingEncodersAreRefusedWithoutTellingTheSessionId() {
		SessionCookie missing = new SessionCookie(bare().encoder((sid) -> null).build());
		assertThatIllegalStateException().isThrownBy(() -> missing.line(SID)).withMessageNotContaining(SID);
		IllegalArgumentException cause = new IllegalArgumentException();
		SessionCookie failing = new SessionCookie(bare().encoder((sid) -> {
			throw cause;
		}).build());
		assertThatIllegalStateException().isThrownBy(() -> failing.line(SID))
			.withMessageNotContaining(SID)
			.withCause(cause);
	}

	@Test
	@Tag("CK-16")
	void unpairedSurrogatesCannotBeEncoded() {
		SessionCookie cookie = new SessionCookie(bare().build());
		assertThatIllegalStateException().isThrownBy(() -> cookie.line("a\ud83d"));
	}

	private static Builder bare() {
		return SessionCookieOptions.builder().path(null).httpOnly(false).sameSite(SameSite.OMITTED);
	}

	private static String line(Builder builder) {
		return new SessionCookie(builder.build()).line(SID);
	}

}
