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

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.TestCertificate;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Websockets from pages of other origins (SEC-89).
 */
@Tag("SEC-89")
@Tag("CK-161")
class OriginCheckWireTests {

	private static final String FOREIGN = "Origin: https://evil.example";

	private static final String COOKIE = "Cookie: SESSION=1";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@BeforeEach
	void expectWarnings() {
		this.servers.expectErrors();
	}

	@Test
	void shouldRefuseAWebSocketWithCookiesOfAForeignPage() {
		TestServer server = this.servers.start();
		RawResponse response = upgrade(server, FOREIGN, COOKIE);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("Forbidden");
		assertThat(upgrade(server, "Origin: null", COOKIE).status()).isEqualTo(400);
		assertThat(server.engine().clientsCount()).isZero();
	}

	@Test
	void shouldRefuseToUpgradeASessionForAForeignPage() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.handshake();
		assertThat(server.http()
			.upgrade(server.target("transport=websocket&sid=" + client.sid()), FOREIGN, COOKIE)
			.status()).isEqualTo(400);
		client.post("4still alive");
		assertThat(client.poll().text()).isEqualTo("4still alive");
		client.post("1");
	}

	@Test
	void shouldLetPassWhatComesFromTheSameHostOrWithoutCookiesOrFromNoPage() {
		TestServer server = this.servers.start();
		// The client's Host header is "localhost"
		assertThat(upgrade(server, "Origin: https://localhost", COOKIE).status()).isEqualTo(101);
		assertThat(upgrade(server, "Origin: http://localhost:8080", COOKIE).status()).isEqualTo(400);
		assertThat(upgrade(server, "Origin: https://app.example", "X-Forwarded-Host: app.example:443", COOKIE).status())
			.isEqualTo(101);
		assertThat(upgrade(server, FOREIGN).status()).isEqualTo(101);
		assertThat(upgrade(server, COOKIE).status()).isEqualTo(101);
	}

	@Test
	void shouldFollowTheCorsOptions() {
		TestServer server = start(
				(web) -> web.cors(CorsOptions.builder().allowedOrigins(List.of("https://app.example")).build()));
		assertThat(upgrade(server, "Origin: https://app.example", COOKIE).status()).isEqualTo(101);
		assertThat(upgrade(server, FOREIGN, COOKIE).status()).isEqualTo(400);
		TestServer resolving = start((web) -> web.cors(CorsOptions.builder()
			.originResolver((origin, exchange) -> Mono.just(origin.endsWith("app.example")))
			.build()));
		assertThat(upgrade(resolving, "Origin: https://app.example", COOKIE).status()).isEqualTo(101);
		assertThat(upgrade(resolving, FOREIGN, COOKIE).status()).isEqualTo(400);
	}

	@Test
	void shouldAskTheResolverOnceForAWebSocket() {
		AtomicInteger calls = new AtomicInteger();
		TestServer server = start((web) -> web.cors(CorsOptions.builder()
			.originResolver((origin, exchange) -> Mono.just(calls.incrementAndGet() > 0))
			.build()));
		assertThat(upgrade(server, FOREIGN, COOKIE).status()).isEqualTo(101);
		assertThat(calls).hasValue(1);
	}

	@Test
	void shouldCheckAllOrNoneIfToldSo() {
		TestServer always = start((web) -> web.websocketOriginCheck(WebSocketOriginCheck.ALWAYS));
		assertThat(upgrade(always, FOREIGN).status()).isEqualTo(400);
		TestServer off = start((web) -> web.websocketOriginCheck(WebSocketOriginCheck.OFF));
		assertThat(upgrade(off, FOREIGN, COOKIE).status()).isEqualTo(101);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Forwarded: for=1.2.3.4;proto=https;host=app.example | 101",
					"Forwarded: host=\"app.example:8443\" | 400", "Forwarded: host=other.example | 400",
					"X-Forwarded-Host: app.example, inner.example | 101",
					"X-Forwarded-Host: inner.example, app.example | 400", "X-Forwarded-Port: 443 | 400",
					"Forwarded: host=[ | 400", "X-Forwarded-Port: x | 400", "X-Forwarded-Host: , | 400" })
	void shouldCompareWithTheHostThatProxiesForward(String header, int status) {
		TestServer server = this.servers.start();
		assertThat(upgrade(server, "Origin: https://app.example", header, COOKIE).status()).isEqualTo(status);
	}

	@Test
	void shouldCompareWithThePortThatProxiesForward() {
		TestServer server = this.servers.start();
		String[] forwarded = { "X-Forwarded-Host: app.example", "X-Forwarded-Port: 8443", "X-Forwarded-Proto: https" };
		assertThat(upgrade(server, "Origin: https://app.example:8443", forwarded[0], forwarded[1], forwarded[2], COOKIE)
			.status()).isEqualTo(101);
		assertThat(upgrade(server, "Origin: https://app.example:9443", forwarded[0], forwarded[1], forwarded[2], COOKIE)
			.status()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "Basic eDp5, 400", "Digest username=x, 400", "negotiate abc, 400", "Bearer x, 101" })
	void shouldCheckOtherCredentialsThatBrowsersSend(String authorization, int status) {
		TestServer server = this.servers.start();
		assertThat(upgrade(server, FOREIGN, "Authorization: " + authorization).status()).isEqualTo(status);
	}

	@Test
	void shouldCheckClientsWithACertificate() {
		TestServer server = this.servers.start(TestServer.Spec::clientCertificates);
		assertThat(upgrade(server, FOREIGN).status()).isEqualTo(101);
		assertThat(upgradeWithCertificate(server, FOREIGN).status()).isEqualTo(400);
		assertThat(upgradeWithCertificate(server, "Origin: https://localhost").status()).isEqualTo(101);
		assertThat(upgradeWithCertificate(server).status()).isEqualTo(101);
	}

	private static RawResponse upgradeWithCertificate(TestServer server, String... headers) {
		try (RawHttp http = new RawHttp(server.port(), TestCertificate.get().clientWithCertificate())) {
			return http.upgrade(server.target("transport=websocket"), headers);
		}
	}

	@Test
	void shouldWarnOncePerOrigin() {
		TestServer server = this.servers.start();
		upgrade(server, FOREIGN, COOKIE);
		upgrade(server, FOREIGN, COOKIE);
		upgrade(server, "Origin: https://other.example", COOKIE);
		assertThat(this.servers.warnings()).hasSize(2)
			.allMatch((line) -> line.contains("'localhost'") && line.contains("'socketio.cors.allowed-origins'")
					&& line.contains("'socketio.websocket.origin-check'"))
			.anyMatch((line) -> line.contains("'https://evil.example'"));
	}

	private TestServer start(Consumer<EngineWebOptions.Builder> options) {
		return this.servers.start((spec) -> spec.web(options::accept));
	}

	private static RawResponse upgrade(TestServer server, String... headers) {
		return server.http().upgrade(server.target("transport=websocket"), headers);
	}

}
