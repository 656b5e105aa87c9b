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
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineError;
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
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filters of the engine and of the application (CK section 6).
 */
class EngineFilterWireTests {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("CK-80")
	@Tag("CK-81")
	@Tag("CK-91")
	void shouldRunForEveryRequestBeforeAnyCheck() {
		TestServer server = start(this::log);
		PollingClient client = server.polling();
		client.post("4x");
		client.poll();
		client.upgrade();
		server.openWebsocket();
		RawHttp http = server.http();
		http.get(server.target("transport=polling&sid=nope"));
		http.get(server.target("transport=foo"));
		http.exchange("OPTIONS", server.target("transport=polling"), null);
		http.get("/other");
		assertThat(this.calls).containsExactly("GET polling", "POST polling sid", "GET polling sid",
				"GET websocket sid", "GET websocket", "GET polling sid", "GET foo", "OPTIONS polling");
	}

	@Test
	@Tag("CK-80")
	void shouldRunInTheirOrder() {
		TestServer server = this.servers.start((spec) -> spec
			.endpoint((endpoint) -> endpoint.filters(List.of(named("first"), named("second"), named("third")))));
		server.polling();
		assertThat(this.calls).containsExactly("first", "second", "third");
	}

	@Test
	@Tag("CK-82")
	void shouldRunAfterCors() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.cors(CorsOptions.builder().build()))
			.endpoint((endpoint) -> endpoint.filters(List.of((exchange, chain) -> {
				this.calls.add(exchange.getResponse().getHeaders().getFirst("Access-Control-Allow-Origin"));
				return chain.filter(exchange);
			}))));
		assertThat(server.http().exchange("OPTIONS", server.target("transport=polling"), null).status()).isEqualTo(204);
		assertThat(this.calls).isEmpty();
		server.polling();
		assertThat(this.calls).containsExactly("*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "throw", "link", "error" })
	@Tag("CK-83")
	@Tag("CK-110")
	void shouldRefuseTheRequestWhenAFilterFails(String how) {
		TestServer server = start((exchange, chain) -> {
			exchange.getResponse().getHeaders().set("X-Filter", "1");
			if (!exchange.getRequest().getQueryParams().containsKey("fail")) {
				return chain.filter(exchange);
			}
			return switch (how) {
				case "throw" -> throw new IllegalStateException("secret");
				case "link" -> throw new NoClassDefFoundError("secret");
				default -> Mono.error(new IllegalStateException("secret"));
			};
		});
		PollingClient client = server.polling();
		for (RawResponse response : List.of(server.http().get(server.target("transport=polling&fail=1")),
				server.http().get(client.target() + "&fail=1"),
				server.http().post(client.target() + "&fail=1", "4x"))) {
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.header("Content-Type")).isEqualTo("application/json");
			assertThat(response.header("X-Filter")).isEqualTo("1");
			assertThat(response.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
			assertMiddlewareFailure(server);
		}
		RawHttp http = server.http();
		RawResponse upgrade = http.upgrade(server.target("transport=websocket&fail=1"));
		assertThat(upgrade.status()).isEqualTo(400);
		assertThat(upgrade.text()).isEqualTo("Bad request");
		assertThat(upgrade.names()).doesNotContain("x-filter");
		http.connection().awaitEnd();
		assertMiddlewareFailure(server);
		assertThat(client.post("4still here").text()).isEqualTo("ok");
	}

	private static void assertMiddlewareFailure(TestServer server) {
		ConnectionError error = server.recorder().awaitError();
		assertThat(error.error()).isEqualTo(EngineError.BAD_REQUEST);
		assertThat(error.context()).containsEntry("name", "MIDDLEWARE_FAILURE");
	}

	@Test
	@Tag("CK-84")
	void shouldLeaveTheAnswerToAFilterThatEndsTheRequest() {
		TestServer server = start((exchange, chain) -> unauthorized(exchange));
		RawResponse response = server.http().get(server.target("transport=polling"));
		assertThat(response.status()).isEqualTo(401);
		assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(response.text()).isEmpty();
		RawHttp http = server.http();
		RawResponse upgrade = http.upgrade(server.target("transport=websocket"));
		assertThat(upgrade.status()).isEqualTo(401);
		assertThat(upgrade.header("WWW-Authenticate")).isEqualTo("Bearer");
		http.connection().awaitEnd();
		assertThat(server.engine().clientsCount()).isZero();
		assertThat(server.recorder().hasErrors()).isFalse();
	}

	@Test
	@Tag("CK-85")
	void shouldKeepACommittedAnswerWhenTheFilterFailsAfterIt() {
		TestServer server = start(
				(exchange, chain) -> unauthorized(exchange).then(Mono.error(new IllegalStateException("secret"))));
		RawResponse response = server.http().get(server.target("transport=polling"));
		assertThat(response.status()).isEqualTo(401);
		assertThat(response.text()).isEmpty();
		assertMiddlewareFailure(server);
	}

	@Test
	@Tag("CK-86")
	@Tag("CK-92")
	void shouldAwaitFilters() {
		TestServer server = start((exchange, chain) -> Mono.delay(Duration.ofMillis(20))
			.doOnNext((tick) -> exchange.getResponse().getHeaders().set("X-Filter", "1"))
			.then(Mono.defer(() -> chain.filter(exchange))));
		PollingClient client = server.polling();
		assertThat(client.handshake().header("X-Filter")).isEqualTo("1");
		assertThat(client.post("4x").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4x");
		RawWebSocket websocket = client.upgrade();
		websocket.sendText("4y");
		assertThat(websocket.readText()).isEqualTo("4y");
	}

	@Test
	@Tag("CK-87")
	void shouldIgnoreASecondContinuation() {
		TestServer server = start(
				(exchange, chain) -> chain.filter(exchange).then(Mono.defer(() -> chain.filter(exchange))));
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(200);
		assertThat(server.engine().clientsCount()).isEqualTo(1);
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4x");
		assertThat(websocket.readText()).isEqualTo("4x");
		assertThat(server.engine().clientsCount()).isEqualTo(2);
	}

	@Test
	@Tag("CK-88")
	@Tag("CK-89")
	void shouldSendHeadersOfFiltersOnEveryAnswer() {
		TestServer server = start((exchange, chain) -> {
			exchange.getResponse().getHeaders().set("X-Content-Type-Options", "nosniff");
			exchange.getResponse().getHeaders().set("x-frame-options", "DENY");
			return chain.filter(exchange);
		});
		PollingClient client = server.polling();
		for (RawResponse response : List.of(client.handshake(), client.post("4x"), client.poll(),
				server.http().upgrade(server.target("transport=websocket&sid=" + client.sid())),
				server.http().upgrade(server.target("transport=websocket")),
				server.http().get(server.target("transport=foo")))) {
			assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
		}
		assertThat(client.handshake().names().indexOf("x-frame-options"))
			.isLessThan(client.handshake().names().indexOf("content-type"));
	}

	@Test
	@Tag("CK-90")
	void shouldKeepCookiesOfFilters() {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.cookie(SessionCookieOptions.builder().build()))
				.endpoint((endpoint) -> endpoint.filters(List.of((exchange, chain) -> {
					exchange.getResponse().getHeaders().addAll("Set-Cookie", List.of("m1=1", "m2=2"));
					exchange.getResponse().addCookie(ResponseCookie.from("m3", "3").build());
					return chain.filter(exchange);
				}))
					.initialHeadersListeners(List
						.of((headers, exchange) -> Mono.fromRunnable(() -> headers.set("Set-Cookie", "uid=1"))))));
		PollingClient client = server.polling();
		assertThat(client.handshake().cookies()).containsExactlyInAnyOrder(
				"io=" + client.sid() + "; Path=/; HttpOnly; SameSite=Lax", "m1=1", "m2=2", "m3=3", "uid=1");
		assertThat(server.http().upgrade(server.target("transport=websocket")).cookies())
			.containsExactlyInAnyOrder("m1=1", "m2=2", "m3=3", "uid=1");
		assertThat(server.http().upgrade(server.target("transport=websocket&sid=" + client.sid())).cookies())
			.containsExactlyInAnyOrder("m1=1", "m2=2", "m3=3");
	}

	@Test
	@Tag("CK-92")
	void shouldStandBehindTheFiltersOfTheApplication() {
		TestServer server = this.servers.start((spec) -> spec.webFilter((exchange, chain) -> {
			if (exchange.getRequest().getQueryParams().containsKey("deny")) {
				return unauthorized(exchange);
			}
			exchange.getResponse().getHeaders().set("X-Application", "1");
			return chain.filter(exchange);
		}).endpoint((endpoint) -> endpoint.filters(List.of(this::log))));
		assertThat(server.http().get(server.target("transport=polling&deny=1")).status()).isEqualTo(401);
		assertThat(server.http().upgrade(server.target("transport=websocket&deny=1")).status()).isEqualTo(401);
		assertThat(this.calls).isEmpty();
		PollingClient client = server.polling();
		assertThat(client.handshake().header("X-Application")).isEqualTo("1");
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket&sid=" + client.sid()));
		assertThat(upgrade.header("X-Application")).isEqualTo("1");
	}

	private static Mono<Void> unauthorized(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
		exchange.getResponse().getHeaders().set("WWW-Authenticate", "Bearer");
		return exchange.getResponse().setComplete();
	}

	private Mono<Void> log(ServerWebExchange exchange, WebFilterChain chain) {
		String sid = exchange.getRequest().getQueryParams().containsKey("sid") ? " sid" : "";
		this.calls.add(exchange.getRequest().getMethod() + " "
				+ exchange.getRequest().getQueryParams().getFirst("transport") + sid);
		return chain.filter(exchange);
	}

	private EngineFilter named(String name) {
		return (exchange, chain) -> {
			this.calls.add(name);
			return chain.filter(exchange);
		};
	}

	private TestServer start(EngineFilter filter) {
		return this.servers.start((spec) -> spec.endpoint((endpoint) -> endpoint.filters(List.of(filter))));
	}

}
