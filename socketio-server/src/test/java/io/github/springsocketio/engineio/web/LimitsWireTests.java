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
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.engineio.CloseReason;
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
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits that the reference does not have, and failures of the floor above.
 */
class LimitsWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("SEC-40")
	void shouldLimitThePacketsOfAPayload() {
		TestServer server = this.servers
			.start((spec) -> spec.silent().engine((engine) -> engine.maxPacketsPerPayload(3)));
		PollingClient client = server.polling();
		assertThat(client.post("4a\u001e4b\u001e4c").text()).isEqualTo("ok");
		assertThat(client.isAlive()).isTrue();
		client.post("4a\u001e4b\u001e4c\u001e4d");
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PARSE_ERROR);
	}

	@Test
	@Tag("SEC-31")
	void shouldLimitTheFragmentsOfAMessage() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.maxWebsocketFragments(10)));
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.send(RawWebSocket.frame(RawWebSocket.TEXT, true, new byte[] { '4' }));
		for (int i = 0; i < 8; i++) {
			websocket.send(RawWebSocket.frame(0, true, new byte[0]));
		}
		websocket.send(RawWebSocket.frame(0x80, true, new byte[] { 'x' }));
		assertThat(websocket.readText()).isEqualTo("4x");
		for (int i = 0; i < 11; i++) {
			websocket.send(RawWebSocket.frame((i == 0) ? RawWebSocket.TEXT : 0, true, new byte[] { '4' }));
		}
		assertThat(websocket.readClose()).isIn(1008, 1009);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@Tag("SEC-08")
	void shouldLimitTheSessions() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxSessions(2)));
		RawWebSocket first = server.openWebsocket();
		PollingClient second = server.polling();
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
		RawResponse refused = server.http().upgrade(server.target("transport=websocket"));
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.header("Retry-After")).isNotNull();
		second.post("1");
		first.close();
		Await.until("both are gone", () -> server.engine().clientsCount() == 0);
		server.openWebsocket();
	}

	@Test
	@Tag("SEC-08")
	void shouldLimitTheSessionsOfAnAddress() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxSessionsPerAddress(1)));
		PollingClient first = server.polling();
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
		first.post("1");
		PollingClient second = server.polling();
		second.upgrade();
		assertThat(server.http().upgrade(server.target("transport=websocket")).status()).isEqualTo(503);
	}

	@Test
	@Tag("SEC-09")
	void shouldLeaveNoSessionWhenTheConnectionHandlerFails() {
		this.servers.expectErrors();
		TestServer server = this.servers.start((spec) -> spec.handler((session) -> {
			throw new IllegalStateException("secret");
		}));
		RawHttp http = server.http();
		RawResponse response = http.get(server.target("transport=polling"));
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.text()).doesNotContain("secret");
		assertThat(server.engine().clientsCount()).isZero();
		RawHttp other = server.http();
		other.upgrade(server.target("transport=websocket"));
		assertThat(other.connection().readToEnd()).doesNotContain("secret");
		Await.until("no session is left", () -> server.engine().clientsCount() == 0);
	}

	@Test
	@Tag("SEC-10")
	void shouldLeaveNoSessionWhenTheClientGoesAwayWhileListenersAreAwaited() {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		TestServer server = this.servers.start((spec) -> spec
			.endpoint((endpoint) -> endpoint.initialHeadersListeners(List.of((headers, exchange) -> Mono.<Void>never()
				.doOnSubscribe((subscription) -> begun.complete(null))
				.doOnCancel(() -> cancelled.complete(null))))));
		RawHttp http = server.http();
		http.send("GET", server.target("transport=polling"), null);
		Await.get("the question", begun);
		http.connection().reset();
		Await.get("the cancellation", cancelled);
		assertThat(server.recorder().hasSessions()).isFalse();
	}

	@Test
	@Tag("SEC-14")
	void shouldServeTheConnectionAfterARefusedBody() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(10)));
		PollingClient client = server.polling();
		RawHttp http = server.http();
		RawResponse response = http.post(client.target(), "4" + "x".repeat(20));
		assertThat(response.status()).isEqualTo(413);
		// reusable, or closed: never left hanging
		if ("close".equals(response.header("Connection"))) {
			http.connection().awaitEnd();
		}
		else {
			assertThat(http.post(client.target(), "4x").text()).isEqualTo("ok");
		}
	}

}
