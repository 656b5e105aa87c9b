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
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cross-origin requests on the wire (CK section 8).
 */
class CrossOriginWireTests {

	private static final String PAGE = "Origin: http://app.example";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("CK-120")
	@Tag("SEC-85")
	@Tag("CK-125")
	void shouldSendNoHeaderByDefault() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling(PAGE);
		for (RawResponse response : List.of(client.handshake(), client.post("4x", PAGE), client.poll(PAGE),
				server.http().get(server.target("transport=foo"), PAGE),
				server.http().exchange("OPTIONS", server.target("transport=polling&sid=nope"), null, PAGE),
				server.http().upgrade(server.target("transport=websocket"), PAGE))) {
			assertThat(response.names()).noneMatch((name) -> name.startsWith("access-control") || name.equals("vary"));
		}
		assertThat(server.http().exchange("OPTIONS", server.target("transport=polling&sid=nope"), null, PAGE).text())
			.contains("\"code\":1");
	}

	@Test
	@Tag("CK-121")
	void shouldSendTheHeadersOnAllAnswersButRefusedUpgrades() {
		TestServer server = start((cors) -> cors.allowedOrigins(List.of("http://app.example"))
			.allowCredentials(true)
			.exposedHeaders(List.of("x-a", "x-b")));
		PollingClient client = server.polling(PAGE);
		for (RawResponse response : List.of(client.handshake(), client.post("4x", PAGE), client.poll(PAGE),
				server.http().get(server.target("transport=foo"), PAGE),
				server.http().exchange("PUT", client.target(), null, PAGE),
				server.http().upgrade(server.target("transport=websocket&sid=" + client.sid()), PAGE),
				server.http().upgrade(server.target("transport=websocket"), PAGE))) {
			assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("http://app.example");
			assertThat(response.header("Vary")).isEqualTo("Origin");
			assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
			assertThat(response.header("Access-Control-Expose-Headers")).isEqualTo("x-a,x-b");
		}
		assertThat(server.http().upgrade(server.target("transport=websocket&sid=nope"), PAGE).names())
			.noneMatch((name) -> name.startsWith("access-control") || name.equals("vary"));
	}

	@Test
	@Tag("CK-121")
	void shouldSendTheHeadersInTheOrderOfTheReference() {
		TestServer server = start((cors) -> cors.allowedOrigins(List.of("http://app.example"))
			.allowCredentials(true)
			.exposedHeaders(List.of("x-a")));
		List<String> ours = List.of("access-control-allow-origin", "vary", "access-control-allow-credentials",
				"access-control-expose-headers", "content-type", "content-length", "cache-control");
		assertThat(server.polling(PAGE).handshake().names()).filteredOn(ours::contains).containsExactlyElementsOf(ours);
	}

	@Test
	@Tag("CK-122")
	void shouldAllowEveryOriginByDefault() {
		TestServer server = start((cors) -> {
		});
		RawResponse response = server.polling(PAGE).handshake();
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(response.names()).doesNotContain("vary", "access-control-allow-credentials");
	}

	@Test
	@Tag("CK-123")
	void shouldAlwaysNameAFixedOrigin() {
		TestServer server = start((cors) -> cors.fixedOrigin("http://fixed.example"));
		for (RawResponse response : List.of(server.polling(PAGE).handshake(), server.polling().handshake())) {
			assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("http://fixed.example");
			assertThat(response.header("Vary")).isEqualTo("Origin");
		}
	}

	@Test
	@Tag("CK-124")
	@Tag("CK-127")
	void shouldServeARequestWhoseOriginIsNotAllowed() {
		TestServer server = start((cors) -> cors.allowedOrigins(List.of("http://app.example"))
			.allowedOriginPatterns(List.of("https://*.example:8443"))
			.allowCredentials(true));
		assertThat(server.polling(PAGE).handshake().header("Access-Control-Allow-Origin"))
			.isEqualTo("http://app.example");
		assertThat(server.polling("Origin: https://a.example:8443").handshake().header("Access-Control-Allow-Origin"))
			.isEqualTo("https://a.example:8443");
		for (RawResponse response : List.of(server.polling("Origin: http://evil.example").handshake(),
				server.polling().handshake(), server.polling("Origin: null").handshake())) {
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.names()).doesNotContain("access-control-allow-origin");
			assertThat(response.header("Vary")).isEqualTo("Origin");
			assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		}
	}

	@Test
	@Tag("CK-109")
	void shouldServePagesOfOtherSitesWithCredentials() {
		SessionCookieOptions cookie = SessionCookieOptions.builder()
			.sameSite(SessionCookieOptions.SameSite.NONE)
			.secure(true)
			.build();
		CorsOptions cors = CorsOptions.builder()
			.allowedOrigins(List.of("http://app.example"))
			.allowCredentials(true)
			.build();
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.cookie(cookie).cors(cors)));
		PollingClient client = server.polling(PAGE);
		assertThat(client.handshake().header("Access-Control-Allow-Origin")).isEqualTo("http://app.example");
		assertThat(client.handshake().header("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(client.handshake().cookies())
			.containsExactly("io=" + client.sid() + "; Path=/; HttpOnly; Secure; SameSite=None");
	}

	@Test
	@Tag("CK-126")
	void shouldAskTheFunction() {
		this.servers.expectErrors();
		TestServer server = start((cors) -> cors.originResolver((origin, exchange) -> switch (origin) {
			case "http://error" -> Mono.error(new IllegalStateException("secret"));
			case "http://throw" -> throw new IllegalStateException("secret");
			default -> Mono.delay(Duration.ofMillis(5)).map((tick) -> origin.equals("http://app.example"));
		}));
		assertThat(server.polling(PAGE).handshake().header("Access-Control-Allow-Origin"))
			.isEqualTo("http://app.example");
		assertThat(server.polling("Origin: http://other").handshake().names())
			.noneMatch((name) -> name.startsWith("access-control"));
		for (String origin : List.of("http://error", "http://throw")) {
			RawResponse response = server.http().get(server.target("transport=polling"), "Origin: " + origin);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
			assertThat(server.http().upgrade(server.target("transport=websocket"), "Origin: " + origin).text())
				.isEqualTo("Bad request");
			assertThat(server.recorder().awaitError().context()).containsEntry("name", "MIDDLEWARE_FAILURE");
			server.recorder().awaitError();
		}
	}

	@Test
	@Tag("CK-126")
	void shouldResolveTheOptionsOfEachRequest() {
		this.servers.expectErrors();
		CorsOptions members = CorsOptions.builder()
			.allowedOrigins(List.of("http://app.example"))
			.allowCredentials(true)
			.build();
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.corsResolver((exchange) -> Mono.delay(Duration.ofMillis(5))
				.filter((tick) -> exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION))
				.map((tick) -> members))));
		RawResponse response = server.polling(PAGE, "Authorization: Bearer 1").handshake();
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("http://app.example");
		assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(server.polling(PAGE).handshake().names()).noneMatch((name) -> name.startsWith("access-control"));
		String cookie = "Cookie: SESSION=1";
		assertThat(server.http()
			.upgrade(server.target("transport=websocket"), PAGE, "Authorization: Bearer 1", cookie)
			.status()).isEqualTo(101);
		assertThat(server.http().upgrade(server.target("transport=websocket"), PAGE, cookie).status()).isEqualTo(400);
	}

	@Test
	@Tag("CK-128")
	@Tag("EIO-28")
	void shouldAnswerPreflightsWithWhatIsAskedFor() {
		TestServer server = start((cors) -> {
		});
		RawResponse response = server.http()
			.exchange("OPTIONS", server.target("transport=polling"), null, PAGE, "Access-Control-Request-Method: POST",
					"Access-Control-Request-Headers: content-type,x-custom");
		assertThat(response.status()).isEqualTo(204);
		assertNoBody(response);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(response.header("Access-Control-Allow-Methods")).isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
		assertThat(response.header("Access-Control-Allow-Headers")).isEqualTo("content-type,x-custom");
		assertThat(response.header("Vary")).isEqualTo("Access-Control-Request-Headers");
		assertThat(response.header("Access-Control-Max-Age")).isNull();
	}

	@Test
	@Tag("CK-128")
	void shouldAnswerPreflightsWithWhatIsConfigured() {
		TestServer server = start((cors) -> cors.allowedOrigins(List.of("http://app.example"))
			.allowCredentials(true)
			.allowedMethods(List.of("GET", "POST"))
			.allowedHeaders(List.of("content-type", "x-custom"))
			.exposedHeaders(List.of("x-every"))
			.maxAge(Duration.ofMinutes(10))
			.optionsSuccessStatus(200));
		RawHttp http = server.http();
		RawResponse response = http.exchange("OPTIONS", server.target("transport=polling"), null, PAGE,
				"Access-Control-Request-Method: POST", "Access-Control-Request-Headers: x-other");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Length")).isEqualTo("0");
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("http://app.example");
		assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(response.header("Access-Control-Allow-Methods")).isEqualTo("GET,POST");
		assertThat(response.header("Access-Control-Allow-Headers")).isEqualTo("content-type,x-custom");
		assertThat(response.header("Access-Control-Expose-Headers")).isEqualTo("x-every");
		assertThat(response.header("Access-Control-Max-Age")).isEqualTo("600");
		assertThat(response.header("Vary")).isEqualTo("Origin");
		// on the same connection
		assertThat(http.get(server.target("transport=polling"), PAGE).status()).isEqualTo(200);
	}

	/**
	 * The reference says {@code Content-Length: 0}, which RFC 9110 forbids with 204 and
	 * Netty leaves out.
	 */
	private static void assertNoBody(RawResponse response) {
		assertThat(response.header("Content-Length")).isIn(null, "0");
		assertThat(response.names()).doesNotContain("transfer-encoding", "content-type");
	}

	private TestServer start(Consumer<CorsOptions.Builder> customizer) {
		CorsOptions.Builder cors = CorsOptions.builder();
		customizer.accept(cors);
		return this.servers.start((spec) -> spec.web((web) -> web.cors(cors.build())));
	}

}
