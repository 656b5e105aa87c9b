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

import java.security.Principal;
import java.util.List;
import java.util.concurrent.Future;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session and the user of the application, seen from the engine (CK section 7).
 */
class WebSessionWireTests {

	private static final String ORIGIN = "Origin: https://app.example";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("CK-100")
	void shouldSendTheCookieOfANewSessionBehindItsOwn() {
		TestServer server = start();
		PollingClient client = server.polling();
		List<String> cookies = client.handshake().cookies();
		assertThat(cookies).hasSize(2);
		assertThat(cookies.get(0)).isEqualTo("io=" + client.sid() + "; Path=/; HttpOnly; SameSite=Lax");
		assertThat(cookies.get(1)).startsWith("SESSION=").contains("; Path=/");
	}

	@Test
	@Tag("CK-101")
	void shouldSendNoCookieOfASessionThatTheClientKnows() {
		TestServer server = start();
		String header = "Cookie: " + sessionCookie(server.polling().handshake());
		PollingClient client = server.polling(header);
		assertThat(client.handshake().cookies()).hasSize(1).allMatch((cookie) -> cookie.startsWith("io="));
		assertThat(client.post("4x", header).cookies()).isEmpty();
		assertThat(client.poll(header).cookies()).isEmpty();
		String upgrade = server.target("transport=websocket&sid=" + client.sid());
		RawResponse response = server.http().upgrade(upgrade, header);
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.cookies()).isEmpty();
	}

	@Test
	@Tag("CK-102")
	void shouldSendTheCookieOfANewSessionOnTheWebsocketHandshake() {
		TestServer server = start();
		RawResponse response = server.http().upgrade(server.target("transport=websocket"));
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.cookies()).hasSize(1).allMatch((cookie) -> cookie.startsWith("SESSION="));
	}

	@Test
	@Tag("CK-91")
	@Tag("CK-103")
	@Tag("SEC-99")
	void shouldSendNoCookieOfASessionWithoutAHandshake() {
		TestServer server = start();
		PollingClient client = server.polling();
		for (RawResponse response : List.of(client.post("4x"), client.poll(),
				server.http().get(server.target("transport=polling&sid=nope")))) {
			assertThat(response.cookies()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "web-filter", "engine-filter", "headers", "outer-in-cors", "outer-in-headers" })
	@Tag("SEC-99")
	void shouldNotTellAPendingPollTheSessionOfALogin(String where) {
		TestServer server = startWithLogin(where);
		String old = "Cookie: " + sessionCookie(server.http().get("/start"));
		PollingClient client = server.polling(old);
		Future<RawResponse> poll = client.hang(old, ORIGIN);
		RawResponse login = server.http().get("/login", old);
		assertThat(sessionCookie(login)).isNotEqualTo(old.substring(8));
		client.session().send("x");
		RawResponse response = Await.get("the response to the poll", poll);
		assertThat(response.text()).isEqualTo("4x");
		assertThat(response.cookies()).containsExactly("uid=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "web-filter", "engine-filter", "headers", "outer-in-cors", "outer-in-headers" })
	@Tag("SEC-99")
	void shouldNotDeleteTheCookieOfALogin(String where) {
		TestServer server = startWithLogin(where);
		String old = "Cookie: " + sessionCookie(server.http().get("/start"));
		PollingClient client = server.polling(old);
		server.http().get("/login", old);
		assertThat(client.post("4x", old, ORIGIN).cookies()).containsExactly("uid=1");
		assertThat(client.poll(old, ORIGIN).cookies()).containsExactly("uid=1");
		RawResponse upgrade = server.http()
			.upgrade(server.target("transport=websocket&sid=" + client.sid()), old, ORIGIN);
		assertThat(upgrade.status()).isEqualTo(101);
		assertThat(upgrade.cookies()).containsExactly("uid=1");
	}

	private TestServer startWithLogin(String where) {
		return this.servers.start((spec) -> spec.webFilter((exchange, chain) -> {
			String path = exchange.getRequest().getURI().getPath();
			if (path.equals("/start")) {
				return visit(exchange, chain);
			}
			if (path.equals("/login")) {
				return exchange.getSession().flatMap(WebSession::changeSessionId).then(chain.filter(exchange));
			}
			exchange.getAttributes().put("outer", exchange);
			return asks(where, "web-filter", exchange).then(Mono.defer(() -> chain.filter(exchange)));
		})
			.web((web) -> web.cors(CorsOptions.builder()
				.originResolver((origin, exchange) -> asks(where, "outer-in-cors", outer(exchange)).thenReturn(true))
				.build()))
			.endpoint(
					(endpoint) -> endpoint
						.filters(List.of((exchange, chain) -> asks(where, "engine-filter", exchange)
							.then(Mono.defer(() -> chain.filter(exchange)))))
						.headersListeners(List.of((headers, exchange) -> {
							if (exchange.getRequest().getQueryParams().containsKey("sid")) {
								headers.set("Set-Cookie", "uid=1");
							}
							return asks(where, "headers", exchange)
								.then(asks(where, "outer-in-headers", outer(exchange)));
						}))));
	}

	/**
	 * Return the exchange as a filter ahead of the endpoint has seen it. Spring Security
	 * reads the user of a request from that one.
	 */
	private static ServerWebExchange outer(ServerWebExchange exchange) {
		return exchange.getRequiredAttribute("outer");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Tag("SEC-99")
	void shouldSendMessagesEvenIfTheSessionCannotBeSaved(boolean listeners) {
		TestServer server = this.servers.start((spec) -> spec.webFilter((exchange, chain) -> {
			if (exchange.getRequest().getQueryParams().containsKey("sid")) {
				exchange.getResponse().addCookie(ResponseCookie.from("SESSION", "new").build());
				exchange.getResponse()
					.beforeCommit(() -> Mono.error(new IllegalStateException("Session was invalidated")));
			}
			return chain.filter(exchange);
		}).endpoint((endpoint) -> endpoint.headersListeners(listeners ? List.of((headers, exchange) -> {
			headers.set("Set-Cookie", "uid=1");
			return Mono.empty();
		}) : List.of())));
		PollingClient client = server.polling();
		String large = "x".repeat(5000);
		assertThat(client.post("4" + large).text()).isEqualTo("ok");
		RawResponse response = client.poll();
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo("4" + large);
		assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
		assertThat(response.cookies()).isEqualTo(listeners ? List.of("uid=1") : List.of());
		client.session().send(large);
		RawResponse compressed = client.poll("Accept-Encoding: gzip");
		assertThat(compressed.status()).isEqualTo(200);
		assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
	}

	private static Mono<Void> asks(String where, String place, ServerWebExchange exchange) {
		return where.equals(place) ? exchange.getSession().then() : Mono.empty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("CK-104")
	void shouldSendTheCookiesOfListenersToo(String transport) {
		TestServer server = this.servers.start((spec) -> spec.endpoint((endpoint) -> endpoint
			.filters(List.of(WebSessionWireTests::visit))
			.headersListeners(
					List.of((headers, exchange) -> Mono.fromRunnable(() -> headers.set("set-cookie", "uid=1234"))))));
		RawHttp http = server.http();
		String target = server.target("transport=" + transport);
		RawResponse response = transport.equals("polling") ? http.get(target) : http.upgrade(target);
		assertThat(response.cookies()).hasSize(2)
			.anyMatch((cookie) -> cookie.startsWith("SESSION="))
			.contains("uid=1234");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Tag("CK-105")
	void shouldKeepTheSessionOfTheHandshake(boolean fromTheStart) {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.shareWebSession(true))
			.endpoint((endpoint) -> endpoint.filters(List.of(WebSessionWireTests::visit))));
		if (fromTheStart) {
			server.openWebsocket();
		}
		else {
			server.polling().upgrade();
		}
		EngineSession session = server.recorder().awaitSession();
		Object kept = session.request().attributes().get(WebSession.class.getName());
		assertThat(kept).isInstanceOfSatisfying(WebSession.class,
				(webSession) -> assertThat(webSession.<String>getAttribute("user")).isEqualTo("jane"));
	}

	@Test
	@Tag("CK-105")
	void shouldNotMakeASessionByItself() {
		TestServer server = this.servers.start();
		assertThat(server.polling().handshake().cookies()).isEmpty();
		EngineSession session = server.recorder().awaitSession();
		assertThat(session.request().attributes()).doesNotContainKey(WebSession.class.getName());
	}

	@Test
	@Tag("CK-105")
	@Tag("CK-111")
	void shouldLookUpTheUserInTheSession() {
		TestServer server = this.servers.start((spec) -> spec.webFilter((exchange, chain) -> {
			boolean login = exchange.getRequest().getURI().getPath().equals("/login");
			return login ? visit(exchange, chain) : chain.filter(exchange);
		})
			.endpoint((endpoint) -> endpoint.allowRequests(List.of(AllowRequest
				.of((exchange) -> exchange.getSession().map((session) -> session.getAttribute("user") != null))))));
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(403);
		assertThat(server.http().upgrade(server.target("transport=websocket")).status()).isEqualTo(400);
		String header = "Cookie: " + sessionCookie(server.http().get("/login"));
		PollingClient client = server.polling(header);
		// asked for the session, so it is kept
		assertThat(client.session().request().attributes()).containsKey(WebSession.class.getName());
		assertThat(server.http().upgrade(server.target("transport=websocket"), header).status()).isEqualTo(101);
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("CK-73")
	@Tag("CK-92")
	void shouldKeepThePrincipal(String transport) {
		Principal jane = () -> "jane";
		TestServer server = this.servers.start((spec) -> spec
			.webFilter((exchange, chain) -> chain.filter(exchange.mutate().principal(Mono.just(jane)).build())));
		if (transport.equals("websocket")) {
			server.openWebsocket();
		}
		else {
			server.polling();
		}
		assertThat(server.recorder().awaitSession().request().principal()).isSameAs(jane);
	}

	private TestServer start() {
		return this.servers.start((spec) -> spec.web((web) -> web.cookie(SessionCookieOptions.builder().build()))
			.endpoint((endpoint) -> endpoint.filters(List.of(WebSessionWireTests::visit))));
	}

	private static Mono<Void> visit(ServerWebExchange exchange, WebFilterChain chain) {
		return exchange.getSession()
			.doOnNext((session) -> session.getAttributes().put("user", "jane"))
			.then(Mono.defer(() -> chain.filter(exchange)));
	}

	private static String sessionCookie(RawResponse response) {
		String line = response.cookies()
			.stream()
			.filter((cookie) -> cookie.startsWith("SESSION="))
			.findFirst()
			.orElseThrow();
		return line.substring(0, line.indexOf(';'));
	}

}
