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
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each limit of the engine and its endpoint tells the listeners when a client comes to
 * it, once.
 */
class LimitEventsWireTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("SEC-14")
	void shouldTellOfALargeBody() {
		TestServer server = engine((engine) -> engine.maxHttpBufferSize(10));
		PollingClient client = server.polling();
		assertThat(client.post("4" + "x".repeat(20)).status()).isEqualTo(413);
		expect(server, "max-http-buffer-size", client.sid());
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-32")
	void shouldTellOfALargeMessage(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxHttpBufferSize(200))
			.web((web) -> web.nativeWebsocket(nativeWebsocket)));
		server.openWebsocket().sendText("4" + "x".repeat(300));
		expect(server, "max-http-buffer-size", server.recorder().awaitSession().id());
		RawWebSocket sum = server.openWebsocket();
		sum.send(RawWebSocket.frame(RawWebSocket.TEXT, true, new byte[150]));
		sum.send(RawWebSocket.frame(0x80, true, new byte[150]));
		expect(server, "max-http-buffer-size", server.recorder().awaitSession().id());
	}

	@Test
	@Tag("SEC-31")
	void shouldTellOfManyFragments() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.maxWebsocketFragments(2)));
		RawWebSocket websocket = server.openWebsocket();
		for (int i = 0; i < 3; i++) {
			websocket.send(RawWebSocket.frame((i == 0) ? RawWebSocket.TEXT : 0, true, new byte[] { '4' }));
		}
		assertThat(websocket.readClose()).isEqualTo(1008);
		expect(server, "max-fragments", server.recorder().awaitSession().id());
	}

	@Test
	@Tag("SEC-40")
	void shouldTellOfManyPackets() {
		TestServer server = engine((engine) -> engine.maxPacketsPerPayload(2));
		PollingClient client = server.polling();
		client.post("4a\u001e4b\u001e4c");
		expect(server, "max-packets-per-payload", client.sid());
	}

	@Test
	@Tag("SEC-16")
	void shouldTellOfASlowBody() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.minDataRateGracePeriod(SHORT)));
		PollingClient client = server.polling();
		client.beginPost(10, "4");
		assertThat(client.posts().read().status()).isEqualTo(408);
		expect(server, "min-data-rate", client.sid());
	}

	@Test
	@Tag("SEC-77")
	void shouldTellOfASlowReader() {
		TestServer packets = engine((engine) -> engine.maxOutboundPackets(2).slowReaderTimeout(SHORT));
		EngineSession session = packets.polling().session();
		session.send("1");
		session.send("2");
		session.send("3");
		session.send("4");
		expect(packets, "max-outbound-packets", session.id());
		TestServer bytes = engine((engine) -> engine.maxOutboundBytes(10).slowReaderTimeout(SHORT));
		session = bytes.polling().session();
		session.send("1");
		session.send("x".repeat(10));
		expect(bytes, "max-outbound-bytes", session.id());
	}

	@Test
	@Tag("SEC-34")
	void shouldTellOfAnUpgradeThatDoesNotEnd() {
		TestServer server = engine((engine) -> engine.upgradeTimeout(SHORT));
		PollingClient client = server.polling();
		client.candidate();
		expect(server, "upgrade-timeout", client.sid());
		assertThat(client.isAlive()).isTrue();
	}

	@Test
	@Tag("SEC-08")
	void shouldTellOfManySessions() {
		TestServer all = engine((engine) -> engine.maxSessions(1));
		all.polling();
		assertThat(all.http().get(all.target("transport=polling")).status()).isEqualTo(503);
		expect(all, "max-sessions");
		TestServer address = engine((engine) -> engine.maxSessionsPerAddress(1));
		address.polling();
		assertThat(address.http().get(address.target("transport=polling")).status()).isEqualTo(503);
		expect(address, "max-sessions-per-address");
	}

	@Test
	@Tag("SEC-08")
	void shouldCountThoseThatCameInWhileAHandshakeWasDecidedOn() {
		Semaphore begun = new Semaphore(0);
		Sinks.Empty<Void> decision = Sinks.empty();
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxSessionsPerAddress(1))
			.endpoint((endpoint) -> endpoint.allowRequests(List.of((exchange) -> decision.asMono()
				.thenReturn(AllowRequest.Decision.accept())
				.doOnSubscribe((ignored) -> begun.release())))));
		RawHttp first = server.http();
		first.send("GET", server.target("transport=polling"), null);
		RawHttp second = server.http();
		second.send("GET", server.target("transport=polling"), null);
		Await.until("the questions", () -> begun.availablePermits() == 2);
		decision.tryEmitEmpty();
		List<RawResponse> responses = List.of(first.read(), second.read());
		assertThat(responses).extracting(RawResponse::status).containsExactlyInAnyOrder(200, 503);
		RawResponse refused = responses.get((responses.get(0).status() == 503) ? 0 : 1);
		assertThat(refused.text()).isEqualTo("{\"message\":\"Too many sessions\"}");
		assertThat(refused.header("Retry-After")).isEqualTo("5");
		assertThat(server.engine().clientsCount()).isOne();
		expect(server, "max-sessions-per-address");
	}

	@Test
	@Tag("SEC-08")
	void shouldRefuseAWebsocketWhenOthersCameInWhileItWasDecidedOn() {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		Sinks.Empty<Void> decision = Sinks.empty();
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxSessions(1))
			.endpoint((endpoint) -> endpoint
				.allowRequests(List.of((exchange) -> exchange.getRequest().getQueryParams().containsKey("slow")
						? decision.asMono()
							.thenReturn(AllowRequest.Decision.accept())
							.doOnSubscribe((ignored) -> begun.complete(null))
						: Mono.just(AllowRequest.Decision.accept())))));
		RawHttp websocket = server.http();
		websocket.send("GET", server.target("transport=websocket&slow=1"), null,
				RawWebSocket.handshakeHeaders().toArray(String[]::new));
		Await.get("the question", begun);
		server.polling();
		decision.tryEmitEmpty();
		RawResponse refused = websocket.read();
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.text()).isEqualTo("{\"message\":\"Too many sessions\"}");
		expect(server, "max-sessions");
	}

	@Test
	@Tag("SEC-10")
	void shouldTellOfHandshakesThatWait() {
		this.servers.expectErrors();
		CompletableFuture<Void> begun = new CompletableFuture<>();
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.maxHandshakesInFlight(1).allowRequestTimeout(Duration.ofMillis(500)))
				.endpoint((endpoint) -> endpoint.allowRequests(List.of((exchange) -> Mono.<AllowRequest.Decision>never()
					.doOnSubscribe((ignored) -> begun.complete(null))))));
		RawHttp first = server.http();
		first.send("GET", server.target("transport=polling"), null);
		Await.get("the question", begun);
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-handshakes-in-flight");
		assertThat(first.read().status()).isEqualTo(403);
		expect(server, "allow-request-timeout");
	}

	@Test
	@Tag("SEC-96")
	void shouldTellOfListenersThatDoNotEnd() {
		this.servers.expectErrors();
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.headersTimeout(SHORT))
			.endpoint((endpoint) -> endpoint.headersListeners(List.of((headers, exchange) -> Mono.never()))));
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
		expect(server, "headers-timeout");
	}

	@Test
	void shouldTellOfTheEndOfEachSessionWhateverListenersDo() {
		this.servers.expectErrors();
		TestServer server = this.servers.start();
		CompletableFuture<String> end = new CompletableFuture<>();
		server.engine().addListener(new EngineListener() {

			@Override
			public void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
				throw new IllegalStateException("test");
			}

		});
		server.engine().addListener(new EngineListener() {

			@Override
			public void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
				end.complete(session.id() + reason);
			}

		});
		PollingClient client = server.polling();
		client.post("1");
		assertThat(Await.get("the end", end)).isEqualTo(client.sid() + CloseReason.TRANSPORT_CLOSE);
	}

	private TestServer engine(Consumer<EngineOptions.Builder> options) {
		return this.servers.start((spec) -> spec.silent().engine(options));
	}

	private static void expect(TestServer server, String limit) {
		expect(server, limit, null);
	}

	private static void expect(TestServer server, String limit, @Nullable String sid) {
		assertThat(server.recorder().awaitExceededLimit()).isEqualTo(new Recorder.ExceededLimit(limit, sid));
		assertThat(server.recorder().hasLimits()).isFalse();
	}

}
