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
import java.util.function.UnaryOperator;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.engineio.web.SessionCookieOptions.Builder;
import io.github.springsocketio.engineio.web.SessionCookieOptions.SameSite;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SessionCookieOptions}. What is valid and what is not was compared with
 * the npm package {@code cookie} 0.7.2.
 */
class SessionCookieOptionsTests {

	@Test
	@Tag("CK-02")
	@Tag("OP-51")
	@Tag("OP-52")
	@Tag("OP-53")
	@Tag("OP-54")
	@Tag("OP-62")
	void defaultsAreThoseOfTheJavaScriptServer() {
		SessionCookieOptions options = SessionCookieOptions.builder().build();
		assertThat(options.name()).isEqualTo("io");
		assertThat(options.path()).isEqualTo("/");
		assertThat(options.httpOnly()).isTrue();
		assertThat(options.sameSite()).isEqualTo(SameSite.LAX);
		assertThat(options.secure()).isFalse();
		assertThat(options.partitioned()).isFalse();
		assertThat(options.domain()).isNull();
		assertThat(options.maxAge()).isNull();
		assertThat(options.expires()).isNull();
		assertThat(options.priority()).isNull();
		assertThat(options.sendOnWebSocket()).isFalse();
		assertThat(options.warnings()).isEmpty();
	}

	@ParameterizedTest
	@NullAndEmptySource
	@Tag("CK-03")
	@Tag("CK-18")
	void emptyPathAndDomainAreLeftOut(String none) {
		SessionCookieOptions options = SessionCookieOptions.builder().path(none).domain(none).build();
		assertThat(options.path()).isNull();
		assertThat(options.domain()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "io", "a", "!#$%&'*+-.^_`|~09AZaz", "$Version" })
	@Tag("CK-15")
	@Tag("CK-30")
	void tokensAreNames(String name) {
		assertThat(SessionCookieOptions.builder().name(name).build().name()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a=b", "a;", "a,b", "a\"", "a\\", "a\r\nb", "a\u0000", "a\u007f", "é",
			"a(b)", "a/b", "a:b", "a@b", "[a]", "{a}", "a?", "<a>" })
	@Tag("CK-30")
	@Tag("SEC-92")
	void otherNamesAreRefused(String name) {
		refused("name", (builder) -> builder.name(name)).satisfies((ex) -> assertThat(ex.value()).isEqualTo(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "example.com", "Example.COM", ".example.com", "a-b.c", "1.2",
			"xn--bcher-kva.example", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com" })
	@Tag("CK-34")
	void hostNamesAreDomains(String domain) {
		assertThat(SessionCookieOptions.builder().domain(domain).build().domain()).isEqualTo(domain);
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..a", "a.", "a..b", "-a", "a-", "a-.b", "a_b", "a:80", "a b", "a;b", "a/b", "é.com",
			"\u212a.com", "[::1]", "a\r\nb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com" })
	@Tag("CK-34")
	@Tag("SEC-92")
	void otherDomainsAreRefused(String domain) {
		refused("domain", (builder) -> builder.domain(domain));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "a", "/a b", "/:=>~", "/\"\\,%" })
	@Tag("CK-19")
	@Tag("CK-35")
	void printableCharactersArePaths(String path) {
		assertThat(SessionCookieOptions.builder().path(path).build().path()).isEqualTo(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/;", "/; Domain=evil.example", "/<", "/\t", "/\r\n", "/\u0000", "/\u007f", "/é", "/€" })
	@Tag("CK-35")
	@Tag("SEC-92")
	void otherPathsAreRefused(String path) {
		refused("path", (builder) -> builder.path(path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1600-12-31T23:59:59.999Z", "-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z" })
	@Tag("CK-36")
	void datesThatNoCookieCanCarryAreRefused(String expires) {
		refused("expires", (builder) -> builder.expires(Instant.parse(expires)));
		refused("expires", (builder) -> builder.expires(Instant.MAX));
		refused("expires", (builder) -> builder.expires(Instant.MIN));
	}

	@Test
	@Tag("CK-32")
	@Tag("CK-37")
	void missingNameEncoderAndSameSiteAreRefused() {
		Builder builder = SessionCookieOptions.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.name(null));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.encoder(null));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.sameSite(null));
	}

	@Test
	@Tag("CK-26")
	void sameSiteNoneWithoutSecureIsWarnedOf() {
		Builder builder = SessionCookieOptions.builder().sameSite(SameSite.NONE);
		assertThat(builder.build().warnings()).singleElement().asString().contains("'same-site'", "'secure'");
		assertThat(builder.secure(true).build().warnings()).isEmpty();
	}

	@Test
	@Tag("CK-23")
	void partitionedWithoutSecureIsWarnedOf() {
		Builder builder = SessionCookieOptions.builder().partitioned(true);
		assertThat(builder.build().warnings()).singleElement().asString().contains("'partitioned'", "'secure'");
		assertThat(builder.secure(true).build().warnings()).isEmpty();
	}

	@Test
	@Tag("CK-17")
	@Tag("CK-19")
	void attributesThatBrowsersDoNotFollowAreWarnedOf() {
		Builder builder = SessionCookieOptions.builder().path("a");
		assertThat(builder.build().warnings()).singleElement().asString().contains("'path'");
		builder.path("/").maxAge(Duration.ofMillis(999));
		assertThat(builder.build().warnings()).singleElement().asString().contains("'max-age'");
		assertThat(builder.maxAge(Duration.ofSeconds(1)).build().warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-io", "__host-io", "__Secure-io", "__SECURE-io", "__Http-io", "__Host-Http-io" })
	@Tag("SEC-93")
	void prefixedNamesNeedSecure(String name) {
		refused("secure", (builder) -> builder.name(name));
		assertThat(SessionCookieOptions.builder().name(name).secure(true).build().name()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-io", "__hOST-io", "__Host-Http-io" })
	@Tag("SEC-93")
	void hostPrefixNeedsTheRootPathAndNoDomain(String name) {
		refused("domain", (builder) -> builder.name(name).secure(true).domain("example.com"));
		refused("path", (builder) -> builder.name(name).secure(true).path("/a"));
		refused("path", (builder) -> builder.name(name).secure(true).path(null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Http-io", "__Host-Http-io" })
	@Tag("SEC-93")
	void httpPrefixNeedsHttpOnly(String name) {
		refused("httpOnly", (builder) -> builder.name(name).secure(true).httpOnly(false));
	}

	@Test
	@Tag("SEC-93")
	void securePrefixLeavesTheOtherAttributesAlone() {
		SessionCookieOptions options = SessionCookieOptions.builder()
			.name("__Secure-io")
			.secure(true)
			.path("/a")
			.domain("example.com")
			.httpOnly(false)
			.build();
		assertThat(options.warnings()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(SameSite.class)
	@Tag("CK-25")
	void everySameSiteIsBuilt(SameSite sameSite) {
		assertThat(SessionCookieOptions.builder().sameSite(sameSite).build().sameSite()).isEqualTo(sameSite);
	}

	private static ThrowableAssertAlternative<InvalidOptionException> refused(String attribute,
			UnaryOperator<Builder> change) {
		Builder builder = change.apply(SessionCookieOptions.builder());
		return assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(builder::build)
			.withMessageContaining("'" + attribute + "' must")
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo(attribute));
	}

}
