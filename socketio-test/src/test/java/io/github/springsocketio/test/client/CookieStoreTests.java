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

package io.github.springsocketio.test.client;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of RFC 6265 and of browsers.
 */
class CookieStoreTests {

	private static final URI CHAT = URI.create("https://chat.example.com/app/socket.io/?EIO=4");

	private final TestClock clock = new TestClock();

	private final CookieStore store = CookieStore.create(this.clock);

	@Test
	void shouldSendBackWhatAResponseSets() {
		set(CHAT, "a=1", "b=2; Path=/");
		assertThat(this.store.header(CHAT)).isEqualTo("a=1; b=2");
	}

	@Test
	void shouldReplaceACookieOfTheSameNameDomainAndPath() {
		set(CHAT, "a=1; Path=/", "b=2; Path=/", "a=3; Path=/");
		assertThat(this.store.header(CHAT)).isEqualTo("a=3; b=2");
		set(CHAT, "a=4; Path=/; Domain=example.com");
		assertThat(this.store.header(CHAT)).isEqualTo("a=3; b=2; a=4");
	}

	@ParameterizedTest
	@CsvSource({ "https://chat.example.com/, true", "https://CHAT.example.com/, true",
			"https://sub.chat.example.com/, false", "https://example.com/, false", "https://other.com/, false" })
	void shouldKeepACookieWithoutDomainForItsHost(String uri, boolean sent) {
		set(CHAT, "a=1; Path=/");
		assertSent(uri, sent);
	}

	@ParameterizedTest
	@CsvSource({ "https://chat.example.com/, true", "https://example.com/, true", "https://a.b.example.com/, true",
			"https://badexample.com/, false", "https://com/, false" })
	void shouldSendACookieWithDomainToHostsBelowIt(String uri, boolean sent) {
		set(CHAT, "a=1; Path=/; Domain=.Example.com");
		assertSent(uri, sent);
	}

	@ParameterizedTest
	@ValueSource(strings = { "other.com", "sub.chat.example.com", "com", "ample.com" })
	void shouldRefuseTheDomainOfOthers(String domain) {
		set(CHAT, "a=1; Domain=" + domain);
		assertThat(this.store.cookies()).isEmpty();
	}

	@Test
	void shouldTreatTheDomainOfAnAddressAsItsHost() {
		set(URI.create("http://127.0.0.1:8080/"), "a=1; Domain=127.0.0.1", "b=2; Domain=0.0.1");
		set(URI.create("http://localhost:8080/"), "c=3; Domain=localhost");
		assertThat(this.store.cookies()).extracting(Cookie::name).containsExactly("a", "c");
		assertThat(this.store.cookies()).allMatch(Cookie::hostOnly);
	}

	@Test
	void shouldShareCookiesBetweenPorts() {
		set(URI.create("http://localhost:8080/"), "a=1");
		assertSent("http://localhost:9090/", true);
	}

	@ParameterizedTest
	@CsvSource({ "/app, true", "/app/, true", "/app/x, true", "/application, false", "/ap, false", "/, false",
			"/App, false" })
	void shouldSendACookieToItsPathAndBelow(String path, boolean sent) {
		set(CHAT, "a=1; Path=/app");
		assertSent("https://chat.example.com" + path, sent);
	}

	@ParameterizedTest
	@CsvSource({ "/app/socket.io/, /app/socket.io", "/app/socket.io, /app", "/app, /", "'', /" })
	void shouldTakeTheDirectoryOfTheRequestForAMissingPath(String requested, String path) {
		set(URI.create("https://chat.example.com" + requested), "a=1", "b=2; Path=relative", "c=3; Path=");
		assertThat(this.store.cookies()).hasSize(3).extracting(Cookie::path).containsOnly(path);
	}

	@Test
	void shouldSendLongerPathsFirst() {
		set(CHAT, "a=1; Path=/", "b=2; Path=/app", "c=3; Path=/app/socket.io", "d=4; Path=/");
		assertThat(this.store.header(CHAT)).isEqualTo("c=3; b=2; a=1; d=4");
	}

	@Test
	void shouldSendSecureCookiesWithTlsOnly() {
		set(CHAT, "a=1; Path=/; Secure");
		assertSent("https://chat.example.com/", true);
		assertSent("wss://chat.example.com/", true);
		assertSent("http://chat.example.com/", false);
	}

	@Test
	void shouldRefuseSecureCookiesWithoutTls() {
		set(URI.create("http://chat.example.com/"), "a=1; Secure");
		assertThat(this.store.cookies()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8080/", "http://127.0.0.1/", "http://[::1]/", "http://app.localhost/" })
	void shouldTrustTheLocalMachineAsBrowsersDo(String uri) {
		set(URI.create(uri), "a=1; Secure");
		assertSent(uri, true);
	}

	@Test
	void shouldNotReplaceSecureCookiesWithoutTls() {
		set(CHAT, "a=1; Path=/; Secure");
		set(URI.create("http://chat.example.com/"), "a=2; Path=/");
		assertThat(this.store.header(CHAT)).isEqualTo("a=1");
	}

	@Test
	void shouldForgetCookiesAfterMaxAge() {
		set(CHAT, "a=1; Max-Age=60; Expires=Wed, 01 Jan 2020 00:00:00 GMT");
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(this.store.get("a")).isNotNull();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.store.get("a")).isNull();
		assertThat(this.store.header(CHAT)).isNull();
	}

	@Test
	void shouldForgetCookiesAfterExpires() {
		set(CHAT, "a=1; Expires=Fri, 01 Jan 2027 00:00:10 GMT", "b=2; Expires=never");
		this.clock.advance(Duration.ofSeconds(9));
		assertThat(this.store.header(CHAT)).isEqualTo("a=1; b=2");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.store.header(CHAT)).isEqualTo("b=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT" })
	void shouldRemoveACookieThatIsSetAgainAsExpired(String attribute) {
		set(CHAT, "a=1; Path=/", "a=; Path=/; " + attribute);
		assertThat(this.store.cookies()).isEmpty();
	}

	@Test
	void shouldIgnoreMaxAgeThatIsNoNumber() {
		set(CHAT, "a=1; Max-Age=1.5", "b=2; Max-Age=99999999999999999999");
		this.clock.advance(Duration.ofDays(365));
		assertThat(this.store.header(CHAT)).isEqualTo("a=1; b=2");
	}

	@ParameterizedTest
	@CsvSource({ "SameSite=Strict, Strict, false", "SameSite=lax, Lax, false", "'', Lax, false",
			"SameSite=nonsense, Lax, false", "SameSite=None; Secure, None, true" })
	void shouldSendToAnotherSiteOnlyWithSameSiteNone(String attributes, String sameSite, boolean sent) {
		set(CHAT, "a=1; Path=/; " + attributes);
		assertThat(this.store.cookies()).singleElement().extracting(Cookie::sameSite).isEqualTo(sameSite);
		assertThat(this.store.header(CHAT, false)).isEqualTo("a=1");
		assertThat(this.store.header(CHAT, true)).isEqualTo(sent ? "a=1" : null);
	}

	@Test
	void shouldRefuseSameSiteNoneWithoutSecure() {
		set(CHAT, "a=1; SameSite=None");
		assertThat(this.store.cookies()).isEmpty();
	}

	@Test
	void shouldStoreFromAnotherSiteOnlyWithSameSiteNone() {
		this.store.store(CHAT, List.of("a=1", "b=2; SameSite=Strict", "c=3; SameSite=None; Secure"), true);
		assertThat(this.store.cookies()).extracting(Cookie::name).containsExactly("c");
	}

	@ParameterizedTest
	@CsvSource({ "https://app.example.com, true", "https://example.com, true", "http://app.example.com, false",
			"https://example.org, false", "https://badexample.com, false", "null, false" })
	void shouldCompareSitesBySchemeAndDomain(String origin, boolean sameSite) {
		assertThat(Sites.isSameSite(origin, CHAT)).isEqualTo(sameSite);
	}

	@Test
	void shouldCheckThePrefixesOfNames() {
		set(CHAT, "__Secure-a=1", "__Secure-b=2; Secure", "__Host-c=3; Secure; Path=/", "__Host-d=4; Secure",
				"__Host-e=5; Secure; Path=/; Domain=example.com", "__Host-f=6; Path=/");
		assertThat(this.store.cookies()).extracting(Cookie::name).containsExactly("__Secure-b", "__Host-c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "novalue", "=value", "  =value", "; Path=/", "a=1\u0007" })
	void shouldIgnoreWhatIsNoCookie(String header) {
		set(CHAT, header);
		assertThat(this.store.cookies()).isEmpty();
	}

	@Test
	void shouldTrimNamesAndValuesAndKeepQuotes() {
		set(CHAT, "  a =  \"x y\"  ; HTTPONLY ; path = / ");
		assertThat(this.store.cookies()).singleElement().satisfies((cookie) -> {
			assertThat(cookie.name()).isEqualTo("a");
			assertThat(cookie.value()).isEqualTo("\"x y\"");
			assertThat(cookie.httpOnly()).isTrue();
			assertThat(cookie.path()).isEqualTo("/");
		});
	}

	@Test
	void shouldIgnoreCookiesThatAreTooLong() {
		set(CHAT, "a=" + "x".repeat(4096), "b=" + "x".repeat(4095));
		assertThat(this.store.cookies()).extracting(Cookie::name).containsExactly("b");
	}

	@Test
	void shouldKeepTheLatest180CookiesOfADomain() {
		IntStream.range(0, 200).forEach((i) -> set(CHAT, "c" + i + "=x"));
		assertThat(this.store.cookies()).hasSize(180).first().extracting(Cookie::name).isEqualTo("c20");
	}

	@Test
	void shouldRemoveByName() {
		this.store.set(CHAT, "a", "1");
		this.store.set(CHAT, "b", "2");
		this.store.remove("a");
		assertThat(this.store.header(CHAT)).isEqualTo("b=2");
		this.store.clear();
		assertThat(this.store.header(CHAT)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "'Sun, 06 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sunday, 06-Nov-94 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sun Nov  6 08:49:37 1994', 1994-11-06T08:49:37Z", "'06 Nov 05 8:9:7', 2005-11-06T08:09:07Z",
			"'08:49:37 6 november 2037 UTC', 2037-11-06T08:49:37Z" })
	void shouldReadDatesInAnyForm(String text, Instant expected) {
		assertThat(CookieDate.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "tomorrow", "06 Nov 1994", "06 Nov 1600 08:49:37", "31 Feb 2020 08:49:37",
			"06 Nov 1994 24:00:00", "06 Xyz 1994 08:49:37" })
	void shouldIgnoreWhatIsNoDate(String text) {
		assertThat(CookieDate.parse(text)).isNull();
	}

	private void set(URI uri, String... headers) {
		this.store.store(uri, List.of(headers));
	}

	private void assertSent(String uri, boolean sent) {
		assertThat(this.store.header(URI.create(uri)) != null).isEqualTo(sent);
	}

	/**
	 * A clock that a test advances.
	 */
	private static final class TestClock extends Clock {

		private Instant now = Instant.parse("2027-01-01T00:00:00Z");

		void advance(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
