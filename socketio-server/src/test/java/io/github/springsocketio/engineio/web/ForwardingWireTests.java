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

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.MisroutedRequest;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests for sessions of the node {@code one} that come to the node {@code two}.
 */
class ForwardingWireTests {

	private static final String SECRET = "secret of this cluster";

	private static final String RANDOM = "AAAAAAAAAAAAAAAAAAAA";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	private final MapNodeRegistry registry = new MapNodeRegistry();

	private final List<MisroutedRequest> misrouted = new CopyOnWriteArrayList<>();

	private final BlockingQueue<ServerHttpRequest> requests = new LinkedBlockingQueue<>();

	private final List<Disposable> announcements = new ArrayList<>();

	private TestServer one;

	private TestServer two;

	@BeforeEach
	void startNodes() {
		this.one = start("one");
		this.two = start("two");
		this.two.engine().addListener(new EngineListener() {

			@Override
			public void onMisroutedRequest(MisroutedRequest outcome) {
				ForwardingWireTests.this.misrouted.add(outcome);
			}

		});
		announce("one", this.one.port());
		announce("two", this.two.port());
	}

	@AfterEach
	void endAnnouncements() {
		this.announcements.forEach(Disposable::dispose);
		assertThat(this.registry.addresses()).isEmpty();
	}

	private TestServer start(String tag) {
		return this.servers.start((spec) -> spec.engine((engine) -> engine.nodeTag(tag).maxOutboundBytes(64 << 20))
			.web((web) -> web.cors(CorsOptions.builder().allowedOrigins(List.of("http://page.example")).build()))
			.endpoint((endpoint) -> endpoint.forwarding(forwarding()).filters(List.of((exchange, chain) -> {
				if (tag.equals("one")) {
					this.requests.add(exchange.getRequest());
					if (exchange.getRequest().getHeaders().containsHeader("X-Refuse")) {
						exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
						return exchange.getResponse().setComplete();
					}
				}
				exchange.getResponse().getHeaders().add(HttpHeaders.SET_COOKIE, "node=" + tag);
				return chain.filter(exchange);
			}))));
	}

	private Forwarding forwarding() {
		return Forwarding.builder(this.registry).secret(SECRET).connectTimeout(Duration.ofSeconds(10)).build();
	}

	private void announce(String tag, int port) {
		this.announcements.add(forwarding().announce(tag, URI.create("http://localhost:" + port)).subscribe());
		Await.until("the address is published", () -> this.registry.addresses().containsKey(tag));
	}

	private String polling(String sid) {
		return this.two.target("transport=polling&sid=" + sid);
	}

	@Test
	void shouldForwardPollsAndPosts() {
		PollingClient client = this.one.polling();
		RawHttp http = this.two.http();
		RawResponse response = http.post(polling(client.sid()), "4hello");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo("ok");
		assertThat(http.get(polling(client.sid())).text()).isEqualTo("4hello");
		http.post(polling(client.sid()), "bAQID");
		assertThat(http.get(polling(client.sid())).text()).isEqualTo("bAQID");
		assertThat(this.misrouted).hasSize(4).containsOnly(MisroutedRequest.FORWARDED);
		assertThat(this.two.engine().clientsCount()).isZero();
	}

	@Test
	void shouldForwardAPollThatWaits() {
		PollingClient client = this.one.polling();
		RawHttp http = this.two.http();
		http.send("GET", polling(client.sid()), null);
		Await.until("the poll waits", () -> client.session().isWritable());
		client.session().send("later");
		assertThat(http.read().text()).isEqualTo("4later");
	}

	@Test
	void shouldForwardLargeBodies() {
		PollingClient client = this.one.polling();
		String large = "4" + "x".repeat(900_000);
		RawHttp http = this.two.http();
		assertThat(http.post(polling(client.sid()), large).text()).isEqualTo("ok");
		assertThat(http.get(polling(client.sid())).text()).isEqualTo(large);
		assertThat(http.post(polling(client.sid()), large + "x".repeat(200_000)).status()).isEqualTo(413);
	}

	@Test
	void shouldForwardRefusals() {
		RawResponse response = this.two.http().get(polling("one-" + RANDOM));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
		response = this.two.http().upgrade(this.two.target("transport=websocket&sid=one-" + RANDOM));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("Session ID unknown");
		assertThat(response.header("Connection")).isEqualTo("close");
	}

	@Test
	void shouldApplyCorsAndSetCookiesOnce() {
		PollingClient client = this.one.polling();
		client.session().send("x");
		RawResponse response = this.two.http().get(polling(client.sid()), "Origin: http://page.example");
		assertThat(response.headers("Access-Control-Allow-Origin")).containsExactly("http://page.example");
		assertThat(response.headers("Vary")).containsExactly("Origin");
		assertThat(response.cookies()).containsExactly("node=one");
	}

	@Test
	void shouldTellTheAddressOfTheClient() {
		PollingClient client = this.one.polling();
		RawHttp http = this.two.http();
		this.requests.clear();
		http.post(polling(client.sid()), "4x", "X-Other: value", "Connection: keep-alive, X-Hop", "X-Hop: 1");
		ServerHttpRequest request = Await.next("the request", this.requests);
		InetSocketAddress remote = Objects.requireNonNull(request.getRemoteAddress());
		assertThat(remote.getPort()).isEqualTo(http.connection().localPort());
		HttpHeaders headers = request.getHeaders();
		assertThat(headers.getFirst("X-Other")).isEqualTo("value");
		assertThat(headers.getFirst("Host")).isEqualTo("localhost");
		assertThat(headers.getFirst("X-Forwarded-For")).isEqualTo(remote.getAddress().getHostAddress());
		assertThat(headers.getFirst("X-Forwarded-Host")).startsWith("localhost");
		assertThat(headers.getFirst("X-Forwarded-Proto")).isEqualTo("http");
		assertThat(headers.containsHeader("X-Hop")).isFalse();
		assertThat(headers.containsHeader(ForwardedRequests.HEADER)).isFalse();
	}

	@Test
	void shouldLeaveHeadersOfProxiesAlone() {
		PollingClient client = this.one.polling();
		this.requests.clear();
		this.two.http().post(polling(client.sid()), "4x", "X-Forwarded-For: 192.0.2.1, 192.0.2.2");
		HttpHeaders headers = Await.next("the request", this.requests).getHeaders();
		assertThat(headers.get("X-Forwarded-For")).containsExactly("192.0.2.1, 192.0.2.2");
		assertThat(headers.containsHeader("X-Forwarded-Host")).isFalse();
	}

	@Test
	void shouldCancelWhatIsForwardedWhenTheClientGoes() {
		PollingClient client = this.one.polling();
		RawHttp http = this.two.http();
		http.send("GET", polling(client.sid()), null);
		Await.until("the poll waits", () -> client.session().isWritable());
		http.close();
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	void shouldForwardAnUpgrade() {
		PollingClient client = this.one.polling();
		RawWebSocket websocket = upgrade(client);
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		websocket.sendBinary(new byte[] { 1, 2, 3 });
		assertThat(websocket.readBinary()).containsExactly(1, 2, 3);
		byte[] large = new byte[900_000];
		Arrays.fill(large, (byte) 7);
		websocket.sendBinary(large);
		assertThat(websocket.readBinary()).isEqualTo(large);
		assertThat(this.misrouted).containsOnly(MisroutedRequest.FORWARDED);
		client.session().close();
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		websocket.sendClose(1000);
		websocket.connection().awaitEnd();
	}

	private RawWebSocket upgrade(PollingClient client) {
		RawWebSocket websocket = this.two.websocket("sid=" + client.sid());
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		websocket.sendText("5");
		Await.until("the session is upgraded", () -> client.session().transportType().text().equals("websocket"));
		return websocket;
	}

	@Test
	void shouldForwardFramesThatComeWithTheRequest() {
		PollingClient client = this.one.polling();
		RawHttp http = this.two.http();
		String head = "GET " + this.two.target("transport=websocket&sid=" + client.sid())
				+ " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", RawWebSocket.handshakeHeaders())
				+ "\r\n\r\n";
		byte[] probe = RawWebSocket.frame(RawWebSocket.TEXT, "2probe".getBytes(StandardCharsets.US_ASCII));
		byte[] all = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + probe.length);
		System.arraycopy(probe, 0, all, head.length(), probe.length);
		http.connection().write(all);
		assertThat(http.read().status()).isEqualTo(101);
		assertThat(new RawWebSocket(http.connection()).readText()).isEqualTo("3probe");
	}

	@Test
	void shouldForwardNothingBehindAnUpgradeThatTheNodeRefuses() {
		PollingClient client = this.one.polling();
		RawHttp http = this.two.http();
		http.connection()
			.write("GET " + this.two.target("transport=websocket&sid=" + client.sid())
					+ " HTTP/1.1\r\nHost: localhost\r\nX-Refuse: yes\r\n"
					+ String.join("\r\n", RawWebSocket.handshakeHeaders())
					+ "\r\n\r\nGET /socket.io/?EIO=4&transport=polling&behind=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
		assertThat(http.read().status()).isEqualTo(403);
		http.connection().awaitEnd();
		assertThat(this.requests).isNotEmpty()
			.noneMatch((request) -> String.valueOf(request.getURI().getRawQuery()).contains("behind"));
	}

	@Test
	void shouldPassEverythingOnToAClientThatReadsLate() {
		PollingClient client = this.one.polling();
		this.two.receiveBuffer(131_072);
		RawWebSocket websocket = upgrade(client);
		EngineSession session = client.session();
		for (int i = 0; i < 20; i++) {
			session.send(i + "x".repeat(500_000));
		}
		for (int i = 0; i < 20; i++) {
			assertThat(websocket.readText()).startsWith("4" + i + "x").hasSizeGreaterThan(500_000);
		}
		websocket.close();
	}

	@Test
	void shouldEndTheConnectionOfAClientThatReadsNothing() {
		this.two = this.servers.start((spec) -> spec.engine((engine) -> engine.nodeTag("two"))
			.web((web) -> web.minDataRateGracePeriod(Duration.ofMillis(200)))
			.endpoint((endpoint) -> endpoint.forwarding(forwarding())));
		this.two.receiveBuffer(8192);
		PollingClient client = this.one.polling();
		RawWebSocket websocket = upgrade(client);
		for (int i = 0; i < 40; i++) {
			client.session().send("x".repeat(500_000));
		}
		client.awaitClose();
		assertThat(this.two.recorder().awaitLimit()).isEqualTo("min-data-rate");
		websocket.close();
	}

	@Test
	void shouldEndTheSessionWhenTheClientOfAnUpgradeGoes() {
		PollingClient client = this.one.polling();
		RawWebSocket websocket = upgrade(client);
		websocket.connection().reset();
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	void shouldEndWhatIsForwardedWhenItsEngineIsClosed() {
		PollingClient client = this.one.polling();
		PollingClient other = this.one.polling();
		RawHttp http = this.two.http();
		http.send("GET", polling(client.sid()), null);
		Await.until("the poll waits", () -> client.session().isWritable());
		RawWebSocket websocket = upgrade(other);
		this.two.engine().close().block(Await.LIMIT);
		RawResponse response = http.read();
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.text()).contains("Server is shutting down");
		websocket.connection().awaitEnd();
		client.awaitClose();
		other.awaitClose();
	}

	@Test
	void shouldForwardFromAServerWithTls() {
		this.two = this.servers.start((spec) -> spec.tls()
			.engine((engine) -> engine.nodeTag("three"))
			.endpoint((endpoint) -> endpoint.forwarding(forwarding())));
		PollingClient client = this.one.polling();
		assertThat(this.two.http().post(polling(client.sid()), "4hello").text()).isEqualTo("ok");
		assertThat(this.two.http().get(polling(client.sid())).text()).isEqualTo("4hello");
		RawWebSocket websocket = upgrade(client);
		websocket.sendText("4" + "x".repeat(100_000));
		assertThat(websocket.readText()).hasSize(100_001);
		client.session().close();
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
	}

	// Nodes that are gone

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	void shouldTellThatTheNodeIsGone(String transport) {
		DisposableServer gone = TcpServer.create().host("localhost").port(0).bindNow(Await.LIMIT);
		gone.disposeNow(Await.LIMIT);
		announce("gone", gone.port());
		String target = this.two.target("transport=" + transport + "&sid=gone-" + RANDOM);
		RawResponse response = transport.equals("polling") ? this.two.http().get(target)
				: this.two.http().upgrade(target);
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.text()).isEqualTo("{\"message\":\"Node of the session not available\"}");
		assertThat(this.misrouted).containsExactly(MisroutedRequest.FAILED);
	}

	@Test
	void shouldTellThatTheNodeDies() {
		CompletableFuture<Void> asked = new CompletableFuture<>();
		DisposableServer dying = TcpServer.create().host("localhost").port(0).doOnConnection((connection) -> {
			connection.inbound().receive().subscribe((bytes) -> {
				asked.complete(null);
				connection.dispose();
			});
		}).bindNow(Await.LIMIT);
		try {
			announce("dying", dying.port());
			RawHttp http = this.two.http();
			RawResponse response = http.post(polling("dying-" + RANDOM), "4x");
			Await.get("the request", asked);
			assertThat(response.status()).isEqualTo(503);
			RawHttp websocket = this.two.http();
			websocket.connection()
				.write("GET " + this.two.target("transport=websocket&sid=dying-" + RANDOM) + " HTTP/1.1\r\nHost: x\r\n"
						+ String.join("\r\n", RawWebSocket.handshakeHeaders()) + "\r\n\r\n");
			websocket.connection().awaitEnd();
		}
		finally {
			dying.disposeNow(Await.LIMIT);
		}
	}

	@Test
	void shouldRefuseRequestsForSessionsOfUnknownNodes() {
		this.servers.expectErrors();
		this.registry.addresses().put("forged", "http://localhost:" + this.one.port() + " signature");
		this.registry.addresses().put("unsigned", "http://localhost:" + this.one.port());
		for (String node : List.of("unknown", "forged", "unsigned")) {
			RawResponse response = this.two.http().get(polling(node + "-" + RANDOM));
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.text()).contains("\"code\":1").contains("hint");
		}
		assertThat(this.misrouted).containsOnly(MisroutedRequest.REFUSED);
		this.registry.addresses().clear();
	}

	// Requests that claim to be forwarded

	@ParameterizedTest
	@ValueSource(strings = { "", "x", ";;;", "1;127.0.0.1;1;x", "secret", "method", "target", "node", "old" })
	void shouldRefuseForwardedRequestsThatNoNodeHasSigned(String how) {
		PollingClient client = this.one.polling();
		String target = this.one.target("transport=polling&sid=" + client.sid());
		String time = Long.toString(System.currentTimeMillis() - (how.equals("old") ? 600_000 : 0));
		String[] signed = { "request", time, "192.0.2.1", "1", how.equals("node") ? "two" : "one",
				how.equals("method") ? "GET" : "POST", target + (how.equals("target") ? "&x" : "") };
		NodeSecret secret = new NodeSecret(how.equals("secret") ? "another secret of 30 chars" : SECRET);
		String header = List.of("secret", "method", "target", "node", "old").contains(how)
				? time + ";192.0.2.1;1;" + secret.sign(signed) : how;
		RawResponse response = this.one.http().post(target, "4x", ForwardedRequests.HEADER + ": " + header);
		assertThat(response.status()).isEqualTo(403);
		assertThat(this.one.recorder().hasMessages()).isFalse();
		RawResponse upgrade = this.one.http()
			.upgrade(this.one.target("transport=websocket&sid=" + client.sid()),
					ForwardedRequests.HEADER + ": " + header);
		assertThat(upgrade.status()).isEqualTo(400);
		assertThat(client.isAlive()).isTrue();
	}

	@Test
	void shouldNotForwardAForwardedRequestAgain() {
		this.servers.expectErrors();
		PollingClient client = this.one.polling();
		String target = polling(client.sid());
		String time = Long.toString(System.currentTimeMillis());
		String signature = new NodeSecret(SECRET).sign("request", time, "192.0.2.1", "1", "two", "GET", target);
		RawResponse response = this.two.http()
			.get(target, ForwardedRequests.HEADER + ": " + time + ";192.0.2.1;1;" + signature);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).contains("hint");
		assertThat(this.misrouted).containsExactly(MisroutedRequest.REFUSED);
	}

}
