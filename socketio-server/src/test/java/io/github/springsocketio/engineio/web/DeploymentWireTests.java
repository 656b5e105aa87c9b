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

import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine in an application that is encrypted, below a context path, or behind filters
 * that replace the exchange.
 */
class DeploymentWireTests {

	@RegisterExtension
	final TestServers servers = new TestServers(this::customize);

	void customize(TestServer.Spec spec) {
		// for those who run the same tests with other options
	}

	@Test
	@Tag("EIO-36")
	@Tag("EIO-74")
	void shouldServeBothTransportsOverTls() {
		TestServer server = this.servers.start((spec) -> spec.tls());
		PollingClient client = server.polling();
		EngineSession session = client.session();
		assertThat(session.request().secure()).isTrue();
		CompletableFuture<RawResponse> hanging = client.hang();
		assertThat(client.post("4hello").text()).isEqualTo("ok");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("4hello");
		RawWebSocket websocket = client.upgrade();
		websocket.sendText("4" + "x".repeat(100000));
		assertThat(websocket.readText()).hasSize(100001);
		session.close();
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
	}

	@Test
	@Tag("EIO-22")
	@Tag("EIO-41")
	@Tag("EIO-62")
	@Tag("EIO-67")
	void shouldRefuseAndCloseOverTls() {
		TestServer server = this.servers.start((spec) -> spec.tls().engine((engine) -> engine.maxHttpBufferSize(100)));
		RawHttp refused = server.http();
		assertThat(refused.upgrade(server.target("transport=websocket&sid=nope")).text())
			.isEqualTo("Session ID unknown");
		refused.connection().awaitEnd();
		RawWebSocket large = server.openWebsocket();
		server.recorder().awaitSession();
		large.sendText("4" + "x".repeat(100));
		assertThat(large.readClose()).isEqualTo(1009);
		RawWebSocket lost = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		lost.connection().reset();
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		PollingClient client = server.polling();
		client.hang();
		client.gets().connection().reset();
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@Tag("EIO-01")
	@Tag("EIO-02")
	void shouldListenBelowTheContextPath() {
		TestServer server = this.servers.start((spec) -> spec.contextPath("/app"));
		assertThat(server.http().get("/socket.io/?EIO=4&transport=polling").status()).isEqualTo(404);
		assertThat(server.http().get("/app/other/?EIO=4&transport=polling").status()).isEqualTo(404);
		PollingClient client = server.polling();
		assertThat(client.session().request().url()).isEqualTo("/app/socket.io/?EIO=4&transport=polling");
		RawWebSocket websocket = client.upgrade();
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("CK-92")
	void shouldServeAnExchangeThatWasReplaced() {
		TestServer server = this.servers
			.start((spec) -> spec.webFilter((exchange, chain) -> chain.filter(replaced(exchange)))
				.endpoint((endpoint) -> endpoint.filters(List.of((exchange, chain) -> chain
					.filter(exchange.mutate().request((request) -> request.header("X-Added", "1")).build())))));
		PollingClient client = server.polling();
		EngineSession session = client.session();
		assertThat(session.request().header("x-added")).isEqualTo("1");
		assertThat(client.post("4hello").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4hello");
		RawWebSocket upgraded = client.upgrade();
		upgraded.sendText("4hello");
		assertThat(upgraded.readText()).isEqualTo("4hello");
		RawWebSocket direct = server.openWebsocket();
		direct.sendText("4hello");
		assertThat(direct.readText()).isEqualTo("4hello");
		assertThat(server.http().upgrade(server.target("transport=websocket&sid=nope")).text())
			.isEqualTo("Session ID unknown");
	}

	private static ServerWebExchange replaced(ServerWebExchange exchange) {
		return exchange.mutate()
			.request(new ServerHttpRequestDecorator(exchange.getRequest()))
			.response(new ServerHttpResponseDecorator(exchange.getResponse()))
			.build();
	}

	@Test
	@Tag("SEC-20")
	void shouldAnswerPipelinedRequestsInTheirOrder() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawHttp http = server.http();
		StringBuilder requests = new StringBuilder();
		for (int i = 0; i < 20; i++) {
			requests.append("POST ")
				.append(client.target())
				.append(" HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n4a");
			requests.append("GET ")
				.append(server.target("transport=polling&sid=nope"))
				.append(" HTTP/1.1\r\nHost: x\r\n\r\n");
		}
		http.connection().write(requests.toString());
		for (int i = 0; i < 20; i++) {
			assertThat(http.read().text()).isEqualTo("ok");
			assertThat(http.read().text()).contains("Session ID unknown");
		}
	}

}
