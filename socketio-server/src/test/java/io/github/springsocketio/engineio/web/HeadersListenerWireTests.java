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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners for the headers of responses (CK section 4).
 */
class HeadersListenerWireTests {

	private static final String STICKY = "; Path=/; HttpOnly; SameSite=Lax";

	private final List<String> calls = new CopyOnWriteArrayList<>();

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("CK-40")
	@Tag("CK-41")
	@Tag("CK-43")
	void shouldCallListenersOnceForEachResponse() {
		TestServer server = startWithLog();
		PollingClient client = server.polling();
		assertThat(this.calls).containsExactly("initial GET polling", "every GET polling");
		client.post("4x");
		assertThat(this.calls).hasSize(3).endsWith("every POST polling");
		client.poll();
		assertThat(this.calls).hasSize(4).endsWith("every GET polling");
		client.upgrade();
		assertThat(this.calls).hasSize(5).endsWith("every GET websocket");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Tag("CK-57")
	void shouldEndTheConnectionOfAnUpgradeThatFailsWhenItIsAnswered(boolean ofASession) {
		this.servers.expectErrors();
		TestServer server = this.servers.start((spec) -> spec.webFilter((exchange, chain) -> {
			if (exchange.getRequest().getHeaders().getUpgrade() != null) {
				exchange.getResponse().beforeCommit(() -> Mono.error(new IllegalStateException("no session store")));
			}
			return chain.filter(exchange);
		}));
		String sid = ofASession ? "&sid=" + server.polling().sid() : "";
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket" + sid));
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.header("Connection")).isEqualTo("close");
		http.connection().awaitEnd();
	}

	@Test
	@Tag("CK-42")
	void shouldCallBothForAWebsocketHandshake() {
		TestServer server = startWithLog();
		server.openWebsocket();
		assertThat(this.calls).containsExactly("initial GET websocket", "every GET websocket");
	}

	@Test
	@Tag("CK-44")
	@Tag("CK-45")
	void shouldNotCallListenersForErrors() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(10))
			.web((web) -> web.cors(CorsOptions.builder().build()))
			.endpoint((endpoint) -> {
				log(endpoint);
				endpoint.allowRequests(List.of(AllowRequest
					.of((exchange) -> Mono.just(!exchange.getRequest().getQueryParams().containsKey("deny")))));
			}));
		PollingClient client = server.polling();
		this.calls.clear();
		RawHttp http = server.http();
		assertThat(List.of(http.get(server.target("transport=foo")),
				http.get(server.target("transport=polling&sid=nope")),
				http.post(server.target("transport=polling"), ""), http.get(server.target("transport=websocket")),
				http.get(server.target("transport=polling&deny=1")), http.get("/socket.io/?transport=polling"),
				http.exchange("PUT", client.target(), null),
				http.exchange("OPTIONS", server.target("transport=polling"), null),
				server.http().post(client.target(), "4" + "x".repeat(10)),
				server.http().upgrade("/socket.io/?transport=websocket"),
				server.http().upgrade(server.target("transport=websocket&deny=1")),
				server.http().upgrade(server.target("transport=websocket&sid=nope")),
				server.http().post(client.target(), "4", "Content-Type: application/octet-stream")))
			.allSatisfy((response) -> assertThat(response.status()).isNotIn(101, 200));
		assertThat(this.calls).isEmpty();
	}

	@Test
	@Tag("CK-46")
	void shouldCallListenersWhenTheAnswerIsWritten() {
		TestServer server = startWithLog();
		PollingClient client = server.polling();
		this.calls.clear();
		CompletableFuture<RawResponse> hanging = client.hang();
		assertThat(this.calls).isEmpty();
		client.session().send("x");
		Await.get("the poll", hanging);
		assertThat(this.calls).containsExactly("every GET polling");
	}

	@Test
	@Tag("CK-46")
	void shouldCallListenersBeforeTheConnectionIsTold() {
		TestServer server = this.servers.start((spec) -> spec.endpoint(this::log).handler((session) -> {
			this.calls.add("connection");
			return new Recorder().onConnection(session);
		}));
		server.polling();
		assertThat(this.calls).containsExactly("initial GET polling", "every GET polling", "connection");
		this.calls.clear();
		server.openWebsocket();
		assertThat(this.calls).containsExactly("initial GET websocket", "every GET websocket", "connection");
	}

	@Test
	@Tag("CK-46")
	void shouldCallListenersAfterThePayloadWasProcessed() {
		List<Boolean> processed = new CopyOnWriteArrayList<>();
		TestServer[] server = new TestServer[1];
		server[0] = this.servers.start((spec) -> spec.endpoint((endpoint) -> every(endpoint, (headers, exchange) -> {
			if (exchange.getRequest().getMethod().name().equals("POST")) {
				processed.add(server[0].recorder().hasMessages());
			}
		})));
		server[0].polling().post("4x");
		assertThat(processed).containsExactly(true);
	}

	@Test
	@Tag("CK-47")
	void shouldShowTheHeadersThatAreAboutToBeSent() {
		TestServer server = this.servers.start((spec) -> spec.endpoint(
				(endpoint) -> every(endpoint, (headers, exchange) -> this.calls.add(headers.getFirst("Content-Type")
						+ " " + headers.getFirst("Content-Length") + " " + headers.getFirst("Cache-Control")))));
		PollingClient client = server.polling();
		client.post("4hello");
		client.poll();
		assertThat(this.calls).containsExactly("text/plain; charset=UTF-8 118 no-store", "text/html 2 no-store",
				"text/plain; charset=UTF-8 6 no-store");
	}

	@Test
	@Tag("CK-48")
	@Tag("SEC-97")
	void shouldNotLetListenersTouchTheWebsocketHandshake() {
		TestServer server = this.servers
			.start((spec) -> spec.endpoint((endpoint) -> initial(endpoint, (headers, exchange) -> {
				this.calls.add(String.valueOf(headers.containsHeader("Sec-WebSocket-Accept")));
				headers.set("Sec-WebSocket-Accept", "wrong");
				headers.set("Upgrade", "wrong");
				headers.set("Connection", "close");
				headers.set("X-Right", "yes");
			})));
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"));
		assertThat(response.status()).isEqualTo(101);
		assertThat(this.calls).containsExactly("false");
		assertThat(response.headers("Sec-WebSocket-Accept")).containsExactly(RawWebSocket.ACCEPT);
		assertThat(response.header("Upgrade")).isEqualToIgnoringCase("websocket");
		assertThat(response.header("Connection")).isEqualToIgnoringCase("upgrade");
		assertThat(response.header("X-Right")).isEqualTo("yes");
		assertThat(new RawWebSocket(http.connection()).readText()).startsWith("0{");
	}

	@Test
	@Tag("CK-49")
	void shouldShowWhatInitialListenersSetToTheOthers() {
		TestServer server = this.servers.start((spec) -> spec.endpoint((endpoint) -> {
			initial(endpoint, (headers, exchange) -> headers.set("set-cookie", "first=1"));
			every(endpoint, (headers, exchange) -> {
				this.calls.add(String.valueOf(headers.getFirst("Set-Cookie")));
				headers.set("set-cookie", "second=2");
			});
		}));
		assertThat(server.polling().handshake().cookies()).containsExactly("second=2");
		assertThat(this.calls).containsExactly("first=1");
		assertThat(server.http().upgrade(server.target("transport=websocket")).cookies()).containsExactly("second=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "set-cookie", "Set-Cookie", "SET-COOKIE" })
	@Tag("CK-50")
	@Tag("CK-51")
	@Tag("CK-52")
	void shouldKeepTheSessionCookieInFrontOfOthers(String name) {
		TestServer server = this.servers.start((spec) -> spec
			.web((web) -> web.cookie(SessionCookieOptions.builder().build()).cors(CorsOptions.builder().build()))
			.endpoint((endpoint) -> {
				initial(endpoint, (headers, exchange) -> headers.set(name, "uid=1234; SameSite=Strict"));
				endpoint.allowRequests(List.of((exchange) -> {
					exchange.getResponse().getHeaders().set("X-Early", "1");
					return Mono.just(AllowRequest.Decision.accept());
				}));
			}));
		PollingClient client = server.polling();
		assertThat(client.handshake().cookies()).containsExactly("io=" + client.sid() + STICKY,
				"uid=1234; SameSite=Strict");
		assertThat(client.handshake().header("X-Early")).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("CK-53")
	@Tag("SEC-95")
	void shouldSendOneLineForEachValue(String transport) {
		TestServer server = this.servers
			.start((spec) -> spec.endpoint((endpoint) -> initial(endpoint, (headers, exchange) -> {
				headers.addAll("Set-Cookie", List.of("a=1; Path=/", "b=2"));
				headers.add("X-List", "one");
				headers.add("X-List", "two");
			})));
		RawResponse response = handshake(server, transport);
		assertThat(response.cookies()).containsExactly("a=1; Path=/", "b=2");
		assertThat(response.headers("X-List")).containsExactly("one", "two");
	}

	@Test
	@Tag("CK-53")
	@Tag("SEC-95")
	void shouldSendOneLineForEachValueOnAnUpgrade() {
		TestServer server = this.servers.start((spec) -> spec.endpoint((endpoint) -> every(endpoint,
				(headers, exchange) -> headers.addAll("Set-Cookie", List.of("a=1; Path=/", "b=2")))));
		PollingClient client = server.polling();
		RawResponse response = server.http().upgrade(server.target("transport=websocket&sid=" + client.sid()));
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.cookies()).containsExactly("a=1; Path=/", "b=2");
	}

	@Test
	@Tag("CK-54")
	void shouldLetListenersReplaceAndRemoveHeaders() {
		TestServer server = this.servers
			.start((spec) -> spec.endpoint((endpoint) -> every(endpoint, (headers, exchange) -> {
				headers.set("content-type", "text/x-other");
				headers.remove("Cache-Control");
				headers.set("X-New", "1");
			})));
		PollingClient client = server.polling();
		client.session().send("hello");
		for (RawResponse response : List.of(client.handshake(), client.post("4x"), client.poll())) {
			assertThat(response.headers("Content-Type")).containsExactly("text/x-other");
			assertThat(response.headers("Cache-Control")).isEmpty();
			assertThat(response.headers("X-New")).containsExactly("1");
		}
	}

	@Test
	@Tag("CK-54")
	@Tag("SEC-97")
	void shouldIgnoreChangesOfFramingHeaders() {
		TestServer server = this.servers
			.start((spec) -> spec.endpoint((endpoint) -> every(endpoint, (headers, exchange) -> {
				headers.set("content-length", "3");
				headers.set("Transfer-Encoding", "chunked");
				headers.set("Content-Encoding", "gzip");
			})));
		PollingClient client = server.polling();
		assertThat(client.handshake().text()).startsWith("0{").endsWith("}");
		client.session().send("hello");
		for (RawResponse response : List.of(client.handshake(), client.post("4x"), client.poll())) {
			assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(response.body().length));
			assertThat(response.names()).doesNotContain("transfer-encoding", "content-encoding");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\u0000b" })
	@Tag("CK-55")
	@Tag("SEC-91")
	void shouldRefuseLineEndsInValues(String value) {
		this.servers.expectErrors();
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.cookie(SessionCookieOptions.builder().build()))
				.endpoint((endpoint) -> initial(endpoint, (headers, exchange) -> headers.add("X-Value", value))));
		for (String transport : List.of("polling", "websocket")) {
			RawResponse response = handshake(server, transport);
			assertThat(response.status()).isEqualTo(500);
			assertThat(response.names()).doesNotContain("x-evil", "x-value", "set-cookie");
			assertThat(server.engine().clientsCount()).isZero();
		}
		assertThat(server.recorder().hasSessions()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("CK-56")
	void shouldRefuseTheHandshakeWhenAListenerFails(String transport) {
		this.servers.expectErrors();
		TestServer server = this.servers
			.start((spec) -> spec.endpoint((endpoint) -> endpoint.initialHeadersListeners(List.of((headers,
					exchange) -> switch (String.valueOf(exchange.getRequest().getQueryParams().getFirst("how"))) {
						case "throw" -> throw new IllegalStateException("secret");
						case "link" -> throw new NoClassDefFoundError("secret");
						case "error" -> Mono.error(new IllegalStateException("secret"));
						default -> Mono.empty();
					}))));
		for (String how : List.of("throw", "link", "error")) {
			RawResponse response = handshake(server, transport + "&how=" + how);
			assertThat(response.status()).isEqualTo(500);
			assertThat(response.toString()).doesNotContain("secret").doesNotContain("IllegalState");
			assertThat(server.engine().clientsCount()).isZero();
		}
		assertThat(server.recorder().hasSessions()).isFalse();
		assertThat(handshake(server, transport).status()).isIn(101, 200);
	}

	@Test
	@Tag("CK-56")
	void shouldAnswer500WhenAListenerOfEveryResponseFails() {
		this.servers.expectErrors();
		TestServer server = this.servers
			.start((spec) -> spec.endpoint((endpoint) -> every(endpoint, (headers, exchange) -> {
				if (exchange.getRequest().getQueryParams().containsKey("fail")) {
					throw new IllegalStateException("secret");
				}
			})));
		for (String transport : List.of("polling", "websocket")) {
			assertThat(handshake(server, transport + "&fail=1").status()).isEqualTo(500);
			assertThat(server.engine().clientsCount()).isZero();
		}
		PollingClient client = server.polling();
		RawResponse response = client.posts().post(client.target() + "&fail=1", "4x");
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.text()).doesNotContain("secret");
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
		PollingClient other = server.polling();
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket&fail=1&sid=" + other.sid()));
		assertThat(upgrade.status()).isEqualTo(500);
		assertThat(other.post("4still here").text()).isEqualTo("ok");
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("CK-57")
	@Tag("SEC-96")
	void shouldAwaitListeners(String transport) {
		TestServer server = this.servers.start(
				(spec) -> spec
					.endpoint((endpoint) -> endpoint
						.initialHeadersListeners(List.of(
								(headers, exchange) -> Mono.delay(Duration.ofMillis(20))
									.doOnNext((tick) -> headers.add("X-Order", "1"))
									.then(),
								(headers, exchange) -> Mono.fromRunnable(() -> headers.add("X-Order", "2"))))
						.headersListeners(List.of((headers, exchange) -> Mono.delay(Duration.ofMillis(20))
							.doOnNext((tick) -> headers.add("X-Order", "3"))
							.then()))));
		assertThat(handshake(server, transport).headers("X-Order")).containsExactly("1", "2", "3");
	}

	@Test
	@Tag("CK-57")
	void shouldAwaitListenersOnEveryResponse() {
		TestServer server = this.servers.start((spec) -> spec.endpoint(
				(endpoint) -> endpoint.headersListeners(List.of((headers, exchange) -> Mono.delay(Duration.ofMillis(20))
					.doOnNext((tick) -> headers.set("X-Late", "1"))
					.then()))));
		PollingClient client = server.polling();
		assertThat(client.handshake().header("X-Late")).isEqualTo("1");
		assertThat(client.post("4x").header("X-Late")).isEqualTo("1");
		assertThat(client.poll().header("X-Late")).isEqualTo("1");
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket&sid=" + client.sid()));
		assertThat(upgrade.header("X-Late")).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("CK-57")
	@Tag("SEC-96")
	void shouldNotAwaitListenersForever(String transport) {
		this.servers.expectErrors();
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.headersTimeout(Duration.ofMillis(100)))
			.endpoint((endpoint) -> endpoint.initialHeadersListeners(List.of((headers, exchange) -> Mono.never()))));
		RawResponse response = handshake(server, transport);
		assertThat(response.status()).isEqualTo(503);
		assertThat(server.engine().clientsCount()).isZero();
		assertThat(server.recorder().hasSessions()).isFalse();
	}

	@Test
	@Tag("CK-58")
	void shouldShowTheRequestThatIsAnswered() {
		TestServer server = this.servers.start((spec) -> spec.endpoint((endpoint) -> {
			endpoint.allowRequests(List.of((exchange) -> {
				exchange.getAttributes().put("user", "jane");
				return Mono.just(AllowRequest.Decision.accept());
			}));
			every(endpoint, (headers, exchange) -> headers.set("X-Seen",
					Cookies.value(exchange, "n") + " " + exchange.getAttribute("user")));
		}));
		PollingClient client = server.polling("Cookie: n=1");
		assertThat(client.handshake().header("X-Seen")).isEqualTo("1 jane");
		assertThat(client.post("4x", "Cookie: n=2").header("X-Seen")).isEqualTo("2 null");
		assertThat(client.poll("Cookie: n=3").header("X-Seen")).isEqualTo("3 null");
		assertThat(client.session().request().attributes()).containsEntry("user", "jane");
		assertThat(client.session().request().header("cookie")).isEqualTo("n=1");
	}

	@Test
	@Tag("CK-59")
	void shouldRunTheExampleOfTheDocumentation() {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.cookie(SessionCookieOptions.builder().build()))
				.endpoint(HeadersListenerWireTests::documented));
		PollingClient bare = server.polling();
		assertThat(bare.handshake().cookies()).containsExactly("io=" + bare.sid() + STICKY,
				"uid=1234; SameSite=Strict");
		PollingClient client = server.polling("Cookie: a=1");
		assertThat(client.handshake().cookies()).containsExactly("io=" + client.sid() + STICKY,
				"randomId=abc; Max-Age=86400");
		assertThat(client.post("4x", "Cookie: a=1").cookies()).containsExactly("randomId=abc; Max-Age=86400");
		assertThat(client.poll("Cookie: a=1; randomId=abc").cookies()).isEmpty();
		String upgrade = server.target("transport=websocket&sid=" + client.sid());
		assertThat(server.http().upgrade(upgrade, "Cookie: a=1").cookies())
			.containsExactly("randomId=abc; Max-Age=86400");
		String handshake = server.target("transport=websocket");
		assertThat(server.http().upgrade(handshake, "Cookie: a=1").cookies())
			.containsExactly("randomId=abc; Max-Age=86400");
		assertThat(server.http().upgrade(handshake).cookies()).containsExactly("uid=1234; SameSite=Strict");
	}

	private static void documented(EngineWebFilter.Builder endpoint) {
		initial(endpoint, (headers, exchange) -> headers.set("set-cookie", "uid=1234; SameSite=Strict"));
		every(endpoint, (headers, exchange) -> {
			HttpHeaders request = exchange.getRequest().getHeaders();
			if (request.containsHeader("Cookie") && !Cookies.parse(request).containsKey("randomId")) {
				headers.set("set-cookie", "randomId=abc; Max-Age=86400");
			}
		});
	}

	@Test
	@Tag("CK-60")
	void shouldCallListenersInTheirOrder() {
		TestServer server = this.servers.start((spec) -> spec
			.endpoint((endpoint) -> endpoint.initialHeadersListeners(List.of(append("i1"), append("i2"), append("i3")))
				.headersListeners(List.of(append("h1")::onInitialHeaders, append("h2")::onInitialHeaders))));
		assertThat(handshake(server, "polling").header("X-Order")).isEqualTo("i1i2i3h1h2");
		assertThat(handshake(server, "websocket").header("X-Order")).isEqualTo("i1i2i3h1h2");
	}

	private static InitialHeadersListener append(String name) {
		return (headers, exchange) -> Mono.fromRunnable(() -> {
			String before = headers.getFirst("X-Order");
			headers.set("X-Order", ((before != null) ? before : "") + name);
		});
	}

	private static RawResponse handshake(TestServer server, String transport) {
		RawHttp http = server.http();
		String target = server.target("transport=" + transport);
		return transport.startsWith("websocket") ? http.upgrade(target) : http.get(target);
	}

	private static void initial(EngineWebFilter.Builder endpoint, BiConsumer<HttpHeaders, ServerWebExchange> listener) {
		endpoint.initialHeadersListeners(
				List.of((headers, exchange) -> Mono.fromRunnable(() -> listener.accept(headers, exchange))));
	}

	private static void every(EngineWebFilter.Builder endpoint, BiConsumer<HttpHeaders, ServerWebExchange> listener) {
		endpoint.headersListeners(
				List.of((headers, exchange) -> Mono.fromRunnable(() -> listener.accept(headers, exchange))));
	}

	private TestServer startWithLog() {
		return this.servers.start((spec) -> spec.endpoint(this::log));
	}

	private void log(EngineWebFilter.Builder endpoint) {
		initial(endpoint, (headers, exchange) -> this.calls.add("initial " + describe(exchange)));
		every(endpoint, (headers, exchange) -> this.calls.add("every " + describe(exchange)));
	}

	private static String describe(ServerWebExchange exchange) {
		return exchange.getRequest().getMethod() + " " + exchange.getRequest().getQueryParams().getFirst("transport");
	}

}
