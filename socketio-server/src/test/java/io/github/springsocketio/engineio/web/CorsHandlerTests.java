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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.web.CorsOptions.Builder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CorsHandler}. The expected headers and their order are those of the
 * npm package {@code cors} 2.8.6.
 */
class CorsHandlerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final String ORIGIN = "https://a.example";

	@Test
	@Tag("CK-122")
	void anyOriginIsNamedWithoutVary() {
		assertThat(get(CorsOptions.builder(), ORIGIN)).containsExactly("Access-Control-Allow-Origin: *");
		assertThat(get(CorsOptions.builder(), null)).containsExactly("Access-Control-Allow-Origin: *");
		assertThat(get(origins("https://b.example", "*"), ORIGIN)).containsExactly("Access-Control-Allow-Origin: *");
	}

	@Test
	@Tag("CK-123")
	void fixedOriginIsNamedWhateverTheRequestSays() {
		Builder builder = CorsOptions.builder().fixedOrigin(ORIGIN);
		String[] expected = { "Access-Control-Allow-Origin: " + ORIGIN, "Vary: Origin" };
		assertThat(get(builder, ORIGIN)).containsExactly(expected);
		assertThat(get(builder, "https://b.example")).containsExactly(expected);
		assertThat(get(builder, null)).containsExactly(expected);
	}

	@Test
	@Tag("CK-121")
	@Tag("CK-124")
	@Tag("CK-127")
	void headersHaveTheOrderOfTheJavaScriptServer() {
		Builder builder = origins(ORIGIN).allowCredentials(true).exposedHeaders(List.of("X-A", "X-B"));
		assertThat(get(builder, ORIGIN)).containsExactly("Access-Control-Allow-Origin: " + ORIGIN, "Vary: Origin",
				"Access-Control-Allow-Credentials: true", "Access-Control-Expose-Headers: X-A,X-B");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://a.example.evil", "https://A.example", "null", "https://a.example:8443",
			"http://a.example", "https://a.example/", "https://a.example ", "https://xa.example", "*" })
	@Tag("CK-124")
	@Tag("SEC-87")
	void originsAreComparedCharacterByCharacter(String origin) {
		assertThat(get(origins(ORIGIN), origin)).containsExactly("Vary: Origin");
	}

	@Test
	@Tag("CK-124")
	@Tag("CK-127")
	void requestsOfOtherOriginsAreServedWithoutNamingTheOrigin() {
		Builder builder = origins(ORIGIN).allowCredentials(true).exposedHeaders(List.of("X-A"));
		String[] expected = { "Vary: Origin", "Access-Control-Allow-Credentials: true",
				"Access-Control-Expose-Headers: X-A" };
		assertThat(get(builder, "https://b.example")).containsExactly(expected);
		assertThat(get(builder, null)).containsExactly(expected);
		assertThat(get(builder, "")).containsExactly(expected);
	}

	@ParameterizedTest
	@CsvSource({ "https://*.a.example, https://x.a.example, true", "https://*.a.example, https://x.y.a.example, true",
			"https://*.a.example, https://a.example, false", "https://*.a.example, https://x.a.example.evil, false",
			"https://*.a.example, https://xaaexample, false", "https://*.a.example, http://x.a.example, false",
			"'https://a.example:[80,81]', https://a.example:81, true",
			"'https://a.example:[80,81]', https://a.example, false", "https://a.example:[*], https://a.example, true",
			"https://a.example:[*], https://a.example:9, true", "*, null, true", "*, https://evil.example, true",
			"capacitor://*, capacitor://localhost, true" })
	@Tag("CK-124")
	@Tag("OP-71")
	void patternsMatchAsInSpring(String pattern, String origin, boolean allowed) {
		Builder builder = CorsOptions.builder().allowedOriginPatterns(List.of(pattern));
		assertThat(get(builder, origin).contains("Access-Control-Allow-Origin: " + origin)).isEqualTo(allowed);
		assertThat(get(builder, origin)).contains("Vary: Origin");
		assertThat(isAllowed(builder, origin)).isEqualTo(allowed);
	}

	@Test
	@Tag("CK-124")
	void originsAndPatternsAddUp() {
		Builder builder = origins(ORIGIN).allowedOriginPatterns(List.of("https://*.b.example"));
		assertThat(get(builder, ORIGIN)).contains("Access-Control-Allow-Origin: " + ORIGIN);
		assertThat(get(builder, "https://x.b.example")).contains("Access-Control-Allow-Origin: https://x.b.example");
	}

	@Test
	@Tag("SEC-87")
	void originsOfAbsurdLengthMatchNoPattern() {
		Builder builder = CorsOptions.builder().allowedOriginPatterns(List.of("https://*.*.*.*.example"));
		assertThat(isAllowed(builder, "https://" + "a.".repeat(4) + "example")).isTrue();
		assertThat(isAllowed(builder, "https://" + "a.".repeat(4000) + "example")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://a.example\u0000", "https://a.example\u001f", "https://é.example", "\u007f", "\n" })
	@Tag("EIO-26")
	@Tag("SEC-87")
	void malformedOriginsAreInvalidAndNotReflected(String origin) {
		assertThat(CorsOrigins.isValid(request(HttpMethod.GET, origin).build().getHeaders())).isFalse();
		assertThat(get(CorsOptions.builder().allowedOriginPatterns(List.of("*")), origin))
			.containsExactly("Vary: Origin");
	}

	@Test
	@Tag("EIO-26")
	@Tag("SEC-87")
	void twoOriginHeadersAreInvalidAndNotReflected() {
		MockServerHttpRequest request = MockServerHttpRequest.get("/")
			.header(HttpHeaders.ORIGIN, ORIGIN, ORIGIN)
			.build();
		assertThat(CorsOrigins.isValid(request.getHeaders())).isFalse();
		MockServerWebExchange exchange = MockServerWebExchange.from(request);
		assertThat(handle(origins(ORIGIN), exchange)).isEqualTo(CorsResult.ORIGIN_NOT_ALLOWED);
		assertThat(headers(exchange)).containsExactly("Vary: Origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { ORIGIN, "null", "", "any text\t~" })
	@Tag("EIO-26")
	void otherOriginsAreValid(String origin) {
		assertThat(CorsOrigins.isValid(request(HttpMethod.GET, origin).build().getHeaders())).isTrue();
		assertThat(CorsOrigins.isValid(new HttpHeaders())).isTrue();
	}

	@Test
	@Tag("CK-128")
	@Tag("SEC-90")
	void preflightIsAnswered() {
		MockServerWebExchange exchange = handled(true, CorsOptions.builder(), request(HttpMethod.OPTIONS, ORIGIN)
			.header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "x-custom,content-type"));
		assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
		assertThat(exchange.getResponse().isCommitted()).isTrue();
		assertThat(headers(exchange)).containsExactly("Access-Control-Allow-Origin: *",
				"Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE", "Vary: Access-Control-Request-Headers",
				"Access-Control-Allow-Headers: x-custom,content-type", "Content-Length: 0");
	}

	@Test
	@Tag("CK-128")
	@Tag("OP-72")
	@Tag("OP-73")
	@Tag("OP-76")
	@Tag("OP-78")
	void preflightAnswerFollowsTheOptions() {
		Builder builder = origins(ORIGIN).allowCredentials(true)
			.allowedMethods(List.of("GET", "POST"))
			.allowedHeaders(List.of("X-A", "x-b"))
			.exposedHeaders(List.of("X-C"))
			.maxAge(Duration.ofMillis(600_999))
			.optionsSuccessStatus(200);
		MockServerWebExchange exchange = handled(true, builder, request(HttpMethod.OPTIONS, ORIGIN));
		assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(headers(exchange)).containsExactly("Access-Control-Allow-Origin: " + ORIGIN, "Vary: Origin",
				"Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: GET,POST",
				"Access-Control-Allow-Headers: X-A,x-b", "Access-Control-Max-Age: 600",
				"Access-Control-Expose-Headers: X-C", "Content-Length: 0");
	}

	@Test
	@Tag("CK-128")
	void preflightOfAnotherOriginIsAnsweredToo() {
		MockServerWebExchange exchange = handled(true, origins(ORIGIN),
				request(HttpMethod.OPTIONS, "https://b.example"));
		assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
		assertThat(headers(exchange)).containsExactly("Vary: Origin, Access-Control-Request-Headers",
				"Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE", "Content-Length: 0");
	}

	@Test
	@Tag("CK-128")
	void anEmptyListOfHeadersAllowsNoneAndDoesNotVary() {
		MockServerWebExchange exchange = handled(true, CorsOptions.builder().allowedHeaders(List.of()),
				request(HttpMethod.OPTIONS, ORIGIN).header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "x-a"));
		assertThat(headers(exchange)).containsExactly("Access-Control-Allow-Origin: *",
				"Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE", "Content-Length: 0");
	}

	@Test
	@Tag("CK-128")
	void malformedRequestedHeadersAreNotReflected() {
		MockServerWebExchange exchange = handled(true, CorsOptions.builder(), request(HttpMethod.OPTIONS, ORIGIN)
			.header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "x-a\r\nX-Injected: 1"));
		assertThat(headers(exchange)).noneMatch((header) -> header.startsWith("Access-Control-Allow-Headers"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			Cookie          | Cookie, Origin
			Cookie, Accept  | Cookie, Accept, Origin
			origin          | origin
			*               | *
			""")
	@Tag("SEC-88")
	void varyIsAppended(String before, String after) {
		MockServerWebExchange exchange = MockServerWebExchange.from(request(HttpMethod.GET, ORIGIN));
		exchange.getResponse().getHeaders().set(HttpHeaders.VARY, before);
		handle(origins(ORIGIN), exchange);
		assertThat(exchange.getResponse().getHeaders().get(HttpHeaders.VARY)).containsExactly(after);
	}

	@Test
	@Tag("SEC-88")
	void varyOfSeveralLinesIsAppended() {
		MockServerWebExchange exchange = MockServerWebExchange.from(request(HttpMethod.OPTIONS, ORIGIN));
		exchange.getResponse().getHeaders().add(HttpHeaders.VARY, "Cookie");
		exchange.getResponse().getHeaders().add(HttpHeaders.VARY, "Accept");
		handle(origins(ORIGIN), exchange);
		assertThat(exchange.getResponse().getHeaders().get(HttpHeaders.VARY))
			.containsExactly("Cookie, Accept, Origin, Access-Control-Request-Headers");
	}

	@Test
	@Tag("CK-121")
	void headersOfAnEarlierFilterAreNotDoubled() {
		MockServerWebExchange exchange = MockServerWebExchange.from(request(HttpMethod.GET, ORIGIN));
		exchange.getResponse().getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN);
		handle(origins(ORIGIN), exchange);
		assertThat(exchange.getResponse().getHeaders().get(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
			.containsExactly(ORIGIN);
	}

	@Test
	@Tag("CK-126")
	void originAllowedByTheResolverIsReflected() {
		Builder builder = CorsOptions.builder()
			.originResolver((origin, exchange) -> Mono.just(origin.equals(ORIGIN)))
			.allowCredentials(true);
		assertThat(get(builder, ORIGIN)).containsExactly("Access-Control-Allow-Origin: " + ORIGIN, "Vary: Origin",
				"Access-Control-Allow-Credentials: true");
		assertThat(headers(handled(true, builder, request(HttpMethod.OPTIONS, ORIGIN))))
			.startsWith("Access-Control-Allow-Origin: " + ORIGIN, "Vary: Origin, Access-Control-Request-Headers");
	}

	@Test
	@Tag("CK-126")
	void withoutTheResolversConsentTheRequestContinuesWithoutHeaders() {
		for (Mono<Boolean> answer : List.of(Mono.just(false), Mono.<Boolean>empty())) {
			Builder builder = CorsOptions.builder().originResolver((origin, exchange) -> answer).allowCredentials(true);
			assertThat(get(builder, ORIGIN)).isEmpty();
			assertThat(headers(handled(false, builder, request(HttpMethod.OPTIONS, ORIGIN)))).isEmpty();
		}
	}

	@Test
	@Tag("CK-126")
	void aFailedResolverIsAResult() {
		RuntimeException error = new IllegalStateException("no database");
		List<CorsOriginResolver> resolvers = List.of((origin, exchange) -> Mono.error(error), (origin, exchange) -> {
			throw error;
		}, (origin, exchange) -> {
			throw new NoClassDefFoundError("secret");
		});
		for (CorsOriginResolver resolver : resolvers) {
			MockServerWebExchange exchange = MockServerWebExchange.from(request(HttpMethod.GET, ORIGIN));
			Builder builder = CorsOptions.builder().originResolver(resolver);
			assertThat(handle(builder, exchange)).isEqualTo(CorsResult.FAILED);
			assertThat(CorsHandler.isOriginAllowed(exchange)).isFalse();
			assertThat(headers(exchange)).isEmpty();
		}
	}

	@Test
	@Tag("CK-126")
	void resolverIsNotAskedWithoutAWellFormedOrigin() {
		AtomicInteger calls = new AtomicInteger();
		Builder builder = CorsOptions.builder().originResolver((origin, exchange) -> {
			calls.incrementAndGet();
			return Mono.just(true);
		});
		assertThat(get(builder, null)).containsExactly("Vary: Origin");
		assertThat(get(builder, "")).containsExactly("Vary: Origin");
		assertThat(get(builder, "https://a.example\u0000")).containsExactly("Vary: Origin");
		assertThat(calls).hasValue(0);
	}

	@Test
	@Tag("CK-126")
	void resolverRunsOnlyWhenSubscribedTo() {
		AtomicInteger calls = new AtomicInteger();
		CorsHandler handler = handler(CorsOptions.builder().originResolver((origin, exchange) -> {
			calls.incrementAndGet();
			return Mono.just(true);
		}));
		Mono<CorsResult> result = handler.handle(MockServerWebExchange.from(request(HttpMethod.GET, ORIGIN)));
		assertThat(calls).hasValue(0);
		StepVerifier.create(result).expectNext(CorsResult.ORIGIN_ALLOWED).expectComplete().verify(TIMEOUT);
		assertThat(calls).hasValue(1);
	}

	@Test
	@Tag("CK-126")
	void optionsAreResolvedForEachRequest() {
		CorsOptions members = origins(ORIGIN).allowCredentials(true).build();
		CorsOptions anyone = CorsOptions.builder().build();
		CorsHandler handler = handler((exchange) -> switch (exchange.getRequest().getPath().value()) {
			case "/members" -> Mono.just(members);
			case "/anyone" -> Mono.just(anyone);
			default -> Mono.empty();
		});
		assertThat(get(handler, "/members", CorsResult.ORIGIN_ALLOWED)).containsExactly(
				"Access-Control-Allow-Origin: " + ORIGIN, "Vary: Origin", "Access-Control-Allow-Credentials: true");
		assertThat(get(handler, "/anyone", CorsResult.ORIGIN_ALLOWED))
			.containsExactly("Access-Control-Allow-Origin: *");
		assertThat(get(handler, "/nobody", CorsResult.ORIGIN_NOT_ALLOWED)).isEmpty();
	}

	@Test
	@Tag("CK-126")
	void resolvedOptionsMayHaveAnOriginResolver() {
		CorsOptions options = CorsOptions.builder().originResolver((origin, exchange) -> Mono.just(false)).build();
		assertThat(get(handler((exchange) -> Mono.just(options)), "/", CorsResult.ORIGIN_NOT_ALLOWED)).isEmpty();
	}

	@Test
	@Tag("CK-126")
	void aFailedOptionsResolverIsAResult() {
		assertThat(get(handler((exchange) -> Mono.error(new IllegalStateException("no database"))), "/",
				CorsResult.FAILED))
			.isEmpty();
		assertThat(get(handler((exchange) -> {
			throw new IllegalStateException("no database");
		}), "/", CorsResult.FAILED)).isEmpty();
		assertThat(get(handler((exchange) -> {
			throw new NoClassDefFoundError("secret");
		}), "/", CorsResult.FAILED)).isEmpty();
	}

	@Test
	@Tag("CK-126")
	void anExchangeIsHandledOnce() {
		for (Mono<Boolean> answer : List.of(Mono.just(true), Mono.just(false),
				Mono.<Boolean>error(new IllegalStateException("no database")))) {
			AtomicInteger calls = new AtomicInteger();
			CorsHandler handler = handler(CorsOptions.builder().originResolver((origin, exchange) -> {
				calls.incrementAndGet();
				return answer;
			}));
			MockServerWebExchange exchange = MockServerWebExchange.from(request(HttpMethod.GET, ORIGIN));
			CorsResult result = handler.handle(exchange).block(TIMEOUT);
			assertThat(handler.handle(exchange).block(TIMEOUT)).isSameAs(result);
			assertThat(calls).hasValue(1);
		}
	}

	@Test
	void withoutResolverNothingIsAllocatedForTheResult() {
		CorsHandler handler = handler(origins(ORIGIN));
		Mono<CorsResult> first = handler.handle(MockServerWebExchange.from(request(HttpMethod.GET, ORIGIN)));
		assertThat(handler.handle(MockServerWebExchange.from(request(HttpMethod.POST, ORIGIN)))).isSameAs(first);
	}

	@Test
	@Tag("CK-120")
	void withoutOptionsNothingIsAllowed() {
		MockServerWebExchange exchange = MockServerWebExchange.from(request(HttpMethod.OPTIONS, ORIGIN));
		StepVerifier.create(new CorsHandler(EngineWebOptions.defaults()).handle(exchange))
			.expectNext(CorsResult.ORIGIN_NOT_ALLOWED)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(CorsHandler.isOriginAllowed(exchange)).isFalse();
		assertThat(headers(exchange)).isEmpty();
	}

	@Test
	@Tag("SEC-89")
	void configuredOriginsAreKnownToTheCheckOfWebSocketHandshakes() {
		assertThat(isAllowed(origins(ORIGIN), ORIGIN)).isTrue();
		assertThat(isAllowed(origins(ORIGIN), "https://b.example")).isFalse();
		assertThat(isAllowed(CorsOptions.builder().fixedOrigin(ORIGIN), ORIGIN)).isTrue();
		assertThat(isAllowed(CorsOptions.builder().fixedOrigin(ORIGIN), "https://b.example")).isFalse();
		assertThat(isAllowed(CorsOptions.builder(), "https://b.example")).isTrue();
		Builder resolved = CorsOptions.builder().originResolver((origin, ex) -> Mono.just(origin.equals(ORIGIN)));
		assertThat(isAllowed(resolved, ORIGIN)).isTrue();
		assertThat(isAllowed(resolved, "null")).isFalse();
	}

	private static Builder origins(String... origins) {
		return CorsOptions.builder().allowedOrigins(List.of(origins));
	}

	private static List<String> get(Builder builder, String origin) {
		return headers(handled(false, builder, request(HttpMethod.GET, origin)));
	}

	private static List<String> get(CorsHandler handler, String path, CorsResult result) {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.get(path).header(HttpHeaders.ORIGIN, ORIGIN));
		assertThat(handler.handle(exchange).block(TIMEOUT)).isSameAs(result);
		return headers(exchange);
	}

	private static MockServerHttpRequest.BaseBuilder<?> request(HttpMethod method, String origin) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.method(method, "/socket.io/");
		return (origin != null) ? request.header(HttpHeaders.ORIGIN, origin) : request;
	}

	private static MockServerWebExchange handled(boolean preflight, Builder builder,
			MockServerHttpRequest.BaseBuilder<?> request) {
		MockServerWebExchange exchange = MockServerWebExchange.from(request);
		assertThat(handle(builder, exchange) == CorsResult.PREFLIGHT).isEqualTo(preflight);
		assertThat(exchange.getResponse().isCommitted()).isEqualTo(preflight);
		return exchange;
	}

	private static CorsHandler handler(Builder builder) {
		return new CorsHandler(EngineWebOptions.builder().cors(builder.build()).build());
	}

	private static CorsHandler handler(CorsOptionsResolver resolver) {
		return new CorsHandler(EngineWebOptions.builder().corsResolver(resolver).build());
	}

	private static CorsResult handle(Builder builder, MockServerWebExchange exchange) {
		return handler(builder).handle(exchange).block(TIMEOUT);
	}

	private static boolean isAllowed(Builder builder, String origin) {
		MockServerWebExchange exchange = MockServerWebExchange.from(request(HttpMethod.GET, origin));
		CorsResult result = handle(builder, exchange);
		assertThat(CorsHandler.isOriginAllowed(exchange)).isEqualTo(result == CorsResult.ORIGIN_ALLOWED);
		return result == CorsResult.ORIGIN_ALLOWED;
	}

	private static List<String> headers(MockServerWebExchange exchange) {
		List<String> lines = new ArrayList<>();
		exchange.getResponse()
			.getHeaders()
			.forEach((name, values) -> values.forEach((value) -> lines.add(name + ": " + value)));
		return lines;
	}

}
