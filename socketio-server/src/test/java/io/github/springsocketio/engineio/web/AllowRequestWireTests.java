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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is let in (CK section 5).
 */
class AllowRequestWireTests {

	private static final String FORBIDDEN = "{\"code\":4,\"message\":\"Forbidden\"}";

	private final List<String> asked = new CopyOnWriteArrayList<>();

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("CK-61")
	void shouldWaitForTheDecision() {
		TestServer server = start((exchange) -> Mono.delay(Duration.ofMillis(20))
			.map((tick) -> exchange.getRequest().getQueryParams().containsKey("in") ? AllowRequest.Decision.accept()
					: AllowRequest.Decision.reject()));
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(403);
		assertThat(server.http().get(server.target("transport=polling&in=1")).status()).isEqualTo(200);
		assertThat(server.http().upgrade(server.target("transport=websocket")).status()).isEqualTo(400);
		assertThat(server.http().upgrade(server.target("transport=websocket&in=1")).status()).isEqualTo(101);
	}

	@Test
	@Tag("CK-62")
	void shouldAskForHandshakesOnly() {
		TestServer server = start(this::accept);
		PollingClient client = server.polling();
		assertThat(this.asked).containsExactly("GET polling");
		client.post("4x");
		client.poll();
		client.upgrade();
		assertThat(this.asked).hasSize(1);
		server.openWebsocket();
		assertThat(this.asked).containsExactly("GET polling", "GET websocket");
	}

	@Test
	@Tag("CK-63")
	void shouldAskAfterAllEarlierChecks() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.cors(CorsOptions.builder().build()))
			.endpoint((endpoint) -> endpoint.allowRequests(List.of(this::accept))));
		RawHttp http = server.http();
		http.get(server.target("transport=foo"));
		http.post(server.target("transport=polling"), "");
		http.get(server.target("transport=polling&sid=nope"));
		http.get(server.target("transport=websocket"));
		http.exchange("OPTIONS", server.target("transport=polling"), null);
		assertThat(this.asked).isEmpty();
		assertThat(http.get("/socket.io/?transport=polling").text()).contains("\"code\":5");
		assertThat(this.asked).hasSize(1);
	}

	@Test
	@Tag("CK-63")
	void shouldRefuseBeforeTheProtocolIsChecked() {
		TestServer server = start((exchange) -> Mono.just(AllowRequest.Decision.reject()));
		assertThat(server.http().get("/socket.io/?EIO=3&transport=polling").text()).isEqualTo(FORBIDDEN);
	}

	@Test
	@Tag("CK-64")
	void shouldAccept() {
		TestServer server = start((exchange) -> Mono.just(AllowRequest.Decision.accept()));
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(200);
	}

	@Test
	@Tag("CK-65")
	@Tag("CK-67")
	void shouldSendTheMessageOfARefusal() {
		TestServer server = start((exchange) -> Mono.just(AllowRequest.Decision.reject("später \"€\"\n")));
		RawResponse response = server.http().get(server.target("transport=polling"));
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		assertThat(response.text()).isEqualTo("{\"code\":4,\"message\":\"später \\\"€\\\"\\n\"}");
		ConnectionError error = server.recorder().awaitError();
		assertThat(error.error()).isEqualTo(EngineError.FORBIDDEN);
		assertThat(error.error().message()).isEqualTo("Forbidden");
		assertThat(error.context()).isEqualTo(Map.of("message", "später \"€\"\n"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null", value = { "null", "''" })
	@Tag("CK-65")
	void shouldSayForbiddenWithoutAMessage(String message) {
		TestServer server = start((exchange) -> Mono.just(AllowRequest.Decision.reject(message)));
		assertThat(server.http().get(server.target("transport=polling")).text()).isEqualTo(FORBIDDEN);
		assertThat(server.http().upgrade(server.target("transport=websocket")).text()).isEqualTo("Forbidden");
	}

	@Test
	@Tag("CK-66")
	void shouldSendTheMessageOfARefusedUpgrade() {
		TestServer server = start((exchange) -> {
			exchange.getResponse().getHeaders().set("X-Early", "1");
			return Mono.just(AllowRequest.Decision.reject("später €"));
		});
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.reason()).isEqualTo("Bad Request");
		assertThat(response.header("Content-Type")).isEqualTo("text/html");
		assertThat(response.header("Content-Length")).isEqualTo("11");
		assertThat(response.header("Connection")).isEqualTo("close");
		assertThat(response.names()).hasSize(3);
		assertThat(response.text()).isEqualTo("später €");
		http.connection().awaitEnd();
		assertThat(server.recorder().awaitError().context()).isEqualTo(Map.of("message", "später €"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "transport=%s", "transport=%s&sid=nope" })
	@Tag("CK-66")
	void shouldKeepTheHeadersOfTheApplicationsFilters(String query) {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.cors(CorsOptions.builder().build())).webFilter((exchange, chain) -> {
				exchange.getResponse().getHeaders().addAll("X-Trace", List.of("1", "2"));
				exchange.getResponse().getHeaders().set("Connection", "keep-alive");
				exchange.getResponse().addCookie(ResponseCookie.from("app", "a").build());
				return chain.filter(exchange);
			}).endpoint((endpoint) -> endpoint.filters(List.of((exchange, chain) -> {
				exchange.getResponse().getHeaders().set("X-Trace", "engine");
				exchange.getResponse().getHeaders().set("X-Engine", "1");
				return chain.filter(exchange);
			})).allowRequests(List.of((exchange) -> Mono.just(AllowRequest.Decision.reject())))));
		RawResponse polling = server.http().get(server.target(query.formatted("polling")));
		assertThat(polling.headers("X-Trace")).containsExactly("engine");
		assertThat(polling.headers("Set-Cookie")).containsExactly("app=a");
		RawResponse upgrade = server.http().upgrade(server.target(query.formatted("websocket")));
		assertThat(upgrade.status()).isEqualTo(400);
		assertThat(upgrade.headers("X-Trace")).containsExactly("1", "2");
		assertThat(upgrade.headers("Set-Cookie")).containsExactly("app=a");
		assertThat(upgrade.header("Connection")).isEqualTo("close");
		assertThat(upgrade.header("Content-Type")).isEqualTo("text/html");
		assertThat(upgrade.names()).doesNotContain("x-engine", "access-control-allow-origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "throw", "link", "error", "empty" })
	@Tag("CK-69")
	@Tag("SEC-11")
	void shouldRefuseWhenTheDecisionFails(String how) {
		this.servers.expectErrors();
		TestServer server = start((exchange) -> switch (how) {
			case "throw" -> throw new IllegalStateException("secret");
			case "link" -> throw new NoClassDefFoundError("secret");
			case "error" -> Mono.error(new IllegalStateException("secret"));
			default -> Mono.empty();
		});
		RawResponse response = server.http().get(server.target("transport=polling"));
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.text()).isEqualTo(FORBIDDEN);
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket"));
		assertThat(upgrade.status()).isEqualTo(400);
		assertThat(upgrade.text()).isEqualTo("Forbidden");
		assertThat(server.recorder().awaitError().error()).isEqualTo(EngineError.FORBIDDEN);
		assertThat(server.engine().clientsCount()).isZero();
	}

	@Test
	@Tag("CK-61")
	@Tag("CK-70")
	void shouldTakeTheFirstRefusalOfSeveralBeans() {
		TestServer server = this.servers
			.start((spec) -> spec.endpoint((endpoint) -> endpoint.allowRequests(List.of(this::accept,
					(exchange) -> Mono.just(AllowRequest.Decision.reject("second")), (exchange) -> accept(exchange)))));
		assertThat(server.http().get(server.target("transport=polling")).text())
			.isEqualTo("{\"code\":4,\"message\":\"second\"}");
		assertThat(this.asked).hasSize(1);
	}

	@Test
	@Tag("CK-71")
	void shouldSendHeadersThatWereSetWhileDeciding() {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.cookie(SessionCookieOptions.builder().build()))
				.endpoint((endpoint) -> endpoint.allowRequests(List.of((exchange) -> {
					exchange.getResponse().getHeaders().set("X-Early", "1");
					exchange.getResponse().getHeaders().add("Set-Cookie", "early=1");
					return Mono.just(AllowRequest.Decision.accept());
				}))));
		PollingClient client = server.polling();
		assertThat(client.handshake().header("X-Early")).isEqualTo("1");
		assertThat(client.handshake().cookies()).containsExactlyInAnyOrder("early=1",
				"io=" + client.sid() + "; Path=/; HttpOnly; SameSite=Lax");
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket"));
		assertThat(upgrade.status()).isEqualTo(101);
		assertThat(upgrade.header("X-Early")).isEqualTo("1");
		assertThat(upgrade.cookies()).containsExactly("early=1");
		RawResponse refused = server.http().get("/socket.io/?EIO=3&transport=polling");
		assertThat(refused.text()).contains("\"code\":5");
		assertThat(refused.header("X-Early")).isEqualTo("1");
	}

	@Test
	@Tag("CK-72")
	@Tag("SEC-09")
	void shouldDoNothingForARefusedHandshake() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.idGenerator((request) -> note("id", Mono.just("id"))))
				.web((web) -> web.cookie(SessionCookieOptions.builder().build()).cors(CorsOptions.builder().build()))
				.endpoint((endpoint) -> endpoint
					.allowRequests(List.of((exchange) -> Mono.just(AllowRequest.Decision.reject())))
					.initialHeadersListeners(List.of((headers, exchange) -> note("initial", Mono.empty())))
					.headersListeners(List.of((headers, exchange) -> note("every", Mono.empty())))
					.filters(List.of((exchange, chain) -> {
						exchange.getResponse().getHeaders().set("X-Filter", "1");
						return chain.filter(exchange);
					}))));
		RawResponse response = server.http().get(server.target("transport=polling"), "Origin: http://a");
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.cookies()).isEmpty();
		assertThat(response.header("X-Filter")).isEqualTo("1");
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(server.http().upgrade(server.target("transport=websocket")).status()).isEqualTo(400);
		assertThat(this.asked).isEmpty();
		assertThat(server.recorder().hasSessions()).isFalse();
		assertThat(server.engine().clientsCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("CK-73")
	void shouldKeepWhatWasLearned(String transport) {
		TestServer server = start((exchange) -> Mono.delay(Duration.ofMillis(5)).map((tick) -> {
			exchange.getAttributes().put("user", "jane");
			return AllowRequest.Decision.accept();
		}));
		if (transport.equals("polling")) {
			server.polling().upgrade();
		}
		else {
			server.openWebsocket();
		}
		EngineSession session = server.recorder().awaitSession();
		assertThat(session.request().attributes()).containsOnly(Map.entry("user", "jane"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("SEC-10")
	void shouldNotWaitForeverForADecision(String transport) {
		this.servers.expectErrors();
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		TestServer server = this.servers.start((spec) -> spec
			.web((web) -> web.allowRequestTimeout(Duration.ofMillis(100)))
			.endpoint((endpoint) -> endpoint.allowRequests(List
				.of((exchange) -> Mono.<AllowRequest.Decision>never().doOnCancel(() -> cancelled.complete(null))))));
		RawHttp http = server.http();
		String target = server.target("transport=" + transport);
		if (transport.equals("polling")) {
			RawResponse response = http.get(target);
			assertThat(response.status()).isEqualTo(403);
			assertThat(response.text()).isEqualTo(FORBIDDEN);
		}
		else {
			RawResponse response = http.upgrade(target);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.text()).isEqualTo("Forbidden");
		}
		Await.get("the cancellation", cancelled);
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("SEC-10")
	void shouldCancelTheDecisionWhenTheClientGoesAway(String transport) {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		TestServer server = start((exchange) -> Mono.<AllowRequest.Decision>never()
			.doOnSubscribe((subscription) -> begun.complete(null))
			.doOnCancel(() -> cancelled.complete(null)));
		RawHttp http = server.http();
		http.send("GET", server.target("transport=" + transport), null,
				transport.equals("polling") ? new String[0] : RawWebSocket.handshakeHeaders().toArray(String[]::new));
		Await.get("the question", begun);
		http.connection().reset();
		Await.get("the cancellation", cancelled);
	}

	@Test
	@Tag("SEC-10")
	void shouldBoundTheHandshakesThatAreUnderWay() {
		CompletableFuture<AllowRequest.Decision> decision = new CompletableFuture<>();
		CompletableFuture<Void> begun = new CompletableFuture<>();
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.maxHandshakesInFlight(1))
			.endpoint((endpoint) -> endpoint.allowRequests(List.of((exchange) -> {
				begun.complete(null);
				return Mono.fromFuture(decision);
			}))));
		RawHttp first = server.http();
		first.send("GET", server.target("transport=polling"), null);
		Await.get("the question", begun);
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
		assertThat(server.http().upgrade(server.target("transport=websocket")).status()).isEqualTo(503);
		decision.complete(AllowRequest.Decision.accept());
		assertThat(first.read().status()).isEqualTo(200);
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(200);
		assertThat(server.engine().clientsCount()).isEqualTo(2);
	}

	@Test
	@Tag("SEC-10")
	void shouldCountNoHandshakeThatIsOver() {
		this.servers.expectErrors();
		TestServer server = this.servers.start((spec) -> spec
			.engine((engine) -> engine.idGenerator((request) -> request.query().containsKey("noid") ? Mono.empty()
					: Mono.just(request.query().get("n"))))
			.web((web) -> web.maxHandshakesInFlight(1))
			.endpoint((endpoint) -> endpoint.allowRequests(List.of(AllowRequest
				.of((exchange) -> Mono.just(!exchange.getRequest().getQueryParams().containsKey("deny")))))));
		RawHttp http = server.http();
		for (int i = 0; i < 3; i++) {
			assertThat(http.get(server.target("transport=polling&deny=1")).status()).isEqualTo(403);
			assertThat(http.get(server.target("transport=polling&noid=1")).status()).isEqualTo(400);
			assertThat(server.http().upgrade(server.target("transport=websocket&deny=1")).status()).isEqualTo(400);
			assertThat(http.get(server.target("transport=polling&n=p" + i)).status()).isEqualTo(200);
			assertThat(server.http().upgrade(server.target("transport=websocket&n=w" + i)).status()).isEqualTo(101);
		}
	}

	private Mono<AllowRequest.Decision> accept(ServerWebExchange exchange) {
		this.asked.add(
				exchange.getRequest().getMethod() + " " + exchange.getRequest().getQueryParams().getFirst("transport"));
		return Mono.just(AllowRequest.Decision.accept());
	}

	private <T> Mono<T> note(String what, Mono<T> mono) {
		this.asked.add(what);
		return mono;
	}

	private TestServer start(AllowRequest allowRequest) {
		return this.servers.start((spec) -> spec.endpoint((endpoint) -> endpoint.allowRequests(List.of(allowRequest))));
	}

}
