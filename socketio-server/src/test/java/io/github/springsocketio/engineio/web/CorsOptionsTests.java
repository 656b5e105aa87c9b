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
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.engineio.web.CorsOptions.Builder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CorsOptions}.
 */
class CorsOptionsTests {

	@Test
	@Tag("CK-122")
	@Tag("OP-71")
	@Tag("OP-72")
	@Tag("OP-73")
	@Tag("OP-74")
	@Tag("OP-75")
	@Tag("OP-76")
	@Tag("OP-78")
	void defaultsAreThoseOfTheJavaScriptServer() {
		CorsOptions options = CorsOptions.builder().build();
		assertThat(options.allowedOrigins()).containsExactly("*");
		assertThat(options.allowedOriginPatterns()).isEmpty();
		assertThat(options.fixedOrigin()).isNull();
		assertThat(options.originResolver()).isNull();
		assertThat(options.allowedMethods()).containsExactly("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
		assertThat(options.allowedHeaders()).isNull();
		assertThat(options.exposedHeaders()).isEmpty();
		assertThat(options.allowCredentials()).isFalse();
		assertThat(options.maxAge()).isNull();
		assertThat(options.optionsSuccessStatus()).isEqualTo(204);
		assertThat(options.warnings()).isEmpty();
	}

	@Test
	@Tag("CK-122")
	void originsGivenInAnotherWayReplaceTheDefault() {
		assertThat(CorsOptions.builder().fixedOrigin("https://a.example").build().allowedOrigins()).isEmpty();
		assertThat(CorsOptions.builder().allowedOriginPatterns(List.of("*")).build().allowedOrigins()).isEmpty();
		assertThat(CorsOptions.builder().originResolver((origin, exchange) -> Mono.empty()).build().allowedOrigins())
			.isEmpty();
	}

	@Test
	@Tag("CK-124")
	void aTrailingSlashIsRemovedFromOrigins() {
		assertThat(CorsOptions.builder()
			.allowedOrigins(List.of("https://a.example/", "file://", "null"))
			.build()
			.allowedOrigins()).containsExactly("https://a.example", "file://", "null");
		assertThat(CorsOptions.builder().fixedOrigin("https://a.example/").build().fixedOrigin())
			.isEqualTo("https://a.example");
	}

	@Test
	@Tag("CK-130")
	@Tag("SEC-86")
	void anyOriginWithCredentialsIsRefused() {
		refused("allowedOrigins", (builder) -> builder.allowCredentials(true), "*");
		refused("allowedOrigins",
				(builder) -> builder.allowedOrigins(List.of("https://a.example", "*")).allowCredentials(true), "*");
	}

	@Test
	@Tag("CK-130")
	void credentialsForEveryOriginThatMatchesAPatternAreWarnedOf() {
		Builder builder = CorsOptions.builder().allowedOriginPatterns(List.of("*")).allowCredentials(true);
		assertThat(builder.build().warnings()).singleElement().asString().contains("'allowed-origin-patterns'");
		assertThat(builder.allowCredentials(false).build().warnings()).isEmpty();
		assertThat(
				builder.allowedOriginPatterns(List.of("https://*.a.example")).allowCredentials(true).build().warnings())
			.isEmpty();
	}

	@Test
	@Tag("CK-128")
	void asterisksThatBrowsersTakeLiterallyAreWarnedOf() {
		Builder builder = CorsOptions.builder()
			.allowedOrigins(List.of("https://a.example"))
			.allowedMethods(List.of("*"))
			.allowedHeaders(List.of("*"))
			.exposedHeaders(List.of("*"));
		assertThat(builder.build().warnings()).isEmpty();
		assertThat(builder.allowCredentials(true).build().warnings()).satisfiesExactly(
				(warning) -> assertThat(warning).contains("'allowed-methods'"),
				(warning) -> assertThat(warning).contains("'allowed-headers'"),
				(warning) -> assertThat(warning).contains("'exposed-headers'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "https://a.example, https://b.example", "https://a .example",
			"https://a.example\r\nX: y", "https://é.example", "https://a.example\u0000" })
	@Tag("SEC-87")
	void originsThatNoBrowserSendsAreRefused(String origin) {
		refused("allowedOrigins", (builder) -> builder.allowedOrigins(List.of(origin)), origin);
		refused("fixedOrigin", (builder) -> builder.fixedOrigin(origin), origin);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "https://* .example", "https://é.example", "https://\\E(", "https://*\n" })
	@Tag("SEC-87")
	void patternsThatNoOriginMatchesAreRefused(String pattern) {
		refused("allowedOriginPatterns", (builder) -> builder.allowedOriginPatterns(List.of(pattern)), pattern);
	}

	@Test
	@Tag("CK-123")
	void fixedOriginExcludesTheOtherWays() {
		refused("fixedOrigin", (builder) -> builder.fixedOrigin("*"), "*");
		refused("fixedOrigin",
				(builder) -> builder.fixedOrigin("https://a.example").allowedOrigins(List.of("https://b.example")),
				"https://a.example");
		refused("fixedOrigin",
				(builder) -> builder.fixedOrigin("https://a.example").allowedOriginPatterns(List.of("*")),
				"https://a.example");
	}

	@Test
	@Tag("CK-126")
	void originResolverExcludesTheOtherWays() {
		List<UnaryOperator<Builder>> others = List.of((builder) -> builder.fixedOrigin("https://a.example"),
				(builder) -> builder.allowedOrigins(List.of("*")),
				(builder) -> builder.allowedOriginPatterns(List.of("*")));
		others.forEach((other) -> refused("originResolver",
				(builder) -> other.apply(builder.originResolver((origin, exchange) -> Mono.just(true))), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "X A", "X,A", "X:A", "X\r\nA", "é" })
	@Tag("CK-128")
	void methodsAndHeadersMustBeTokens(String name) {
		refused("allowedMethods", (builder) -> builder.allowedMethods(List.of(name)), name);
		refused("allowedHeaders", (builder) -> builder.allowedHeaders(List.of(name)), name);
		refused("exposedHeaders", (builder) -> builder.exposedHeaders(List.of(name)), name);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 101, 199, 300, 404 })
	@Tag("CK-128")
	@Tag("OP-78")
	void preflightStatusMustTellSuccess(int status) {
		refused("optionsSuccessStatus", (builder) -> builder.optionsSuccessStatus(status), String.valueOf(status));
	}

	@Test
	void optionsKeepTheirValuesWhenTheGivenListsChange() {
		List<String> list = Arrays.asList("https://a.example");
		CorsOptions options = CorsOptions.builder().allowedOrigins(list).maxAge(Duration.ofSeconds(1)).build();
		list.set(0, "https://b.example");
		assertThat(options.allowedOrigins()).containsExactly("https://a.example");
	}

	private static void refused(String option, UnaryOperator<Builder> change, String value) {
		Builder builder = change.apply(CorsOptions.builder());
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(builder::build)
			.withMessageContaining("'" + option + "' must")
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo(option))
			.satisfies((ex) -> assertThat(ex.value()).isEqualTo(value));
	}

}
