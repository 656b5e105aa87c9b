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
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.engineio.CountedBytes;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.LiveObjects;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.netty.NettyPipeline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server keeps of requests and bodies that were handled.
 */
class RetainedMemoryWireTests {

	private static final int CLIENTS = 20;

	private static final int SESSIONS = 200;

	/** What makes a body large and is not handled: a noop packet. */
	private static final String PADDING = "\u001e6" + "x".repeat(900_000);

	/** What a handler in a pipeline takes beside itself. */
	private static final String CONTEXT = "io.netty.channel.DefaultChannelHandlerContext";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("SEC-14")
	void shouldNotRetainTheBodyOfAConnectPacket() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		List<Handshake> handshakes = new ArrayList<>();
		this.servers.socketIo(server).sockets().onConnection((socket) -> handshakes.add(socket.handshake()));
		List<PollingClient> clients = open(server);
		LiveObjects before = LiveObjects.now();
		for (PollingClient client : clients) {
			assertThat(client.post("40{\"token\":\"secret\"}" + PADDING).text()).isEqualTo("ok");
		}
		assertGrowth(before, clients.size() * 100_000);
		assertThat(handshakes).hasSize(CLIENTS)
			.allSatisfy((handshake) -> assertThat(handshake.auth()).containsEntry("token", "secret"));
	}

	@Test
	@Tag("SEC-14")
	void shouldNotRetainTheBodyOfAnEventThatTheApplicationKeeps() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		SocketIoServer io = this.servers.socketIo(server);
		List<Event> kept = new ArrayList<>();
		io.sockets().on("x", (socket, event) -> kept.add(event));
		List<PollingClient> clients = open(server);
		for (PollingClient client : clients) {
			client.post("40");
		}
		LiveObjects before = LiveObjects.now();
		for (PollingClient client : clients) {
			assertThat(client.post("42[\"x\",\"value\"]" + PADDING).text()).isEqualTo("ok");
		}
		assertGrowth(before, clients.size() * 100_000);
		assertThat(kept).hasSize(CLIENTS).allSatisfy((event) -> assertThat(event.get(0)).isEqualTo("value"));
	}

	@Test
	@Tag("SEC-08")
	void shouldRetainLittleOfAHeadWithManyHeaders() {
		TestServer server = this.servers.start();
		String[] headers = new String[1000];
		for (int i = 0; i < headers.length; i++) {
			headers[i] = Integer.toString(i + 36, 36) + ":b";
		}
		RawHttp http = server.http();
		assertThat(http.get(server.target("transport=polling"), headers).status()).isEqualTo(200);
		EngineSession first = server.recorder().awaitSession();
		assertThat(first.request().headers()).hasSize(headers.length + 1).containsEntry("10", List.of("b"));
		assertThat(first.request().header("10")).isEqualTo("b");
		LiveObjects before = LiveObjects.now();
		for (int i = 0; i < SESSIONS; i++) {
			RawResponse response = http.get(server.target("transport=polling&mark=" + i), headers);
			assertThat(response.status()).isEqualTo(200);
		}
		server.awaitRequest("mark=" + (SESSIONS - 1));
		assertThat(server.engine().clientsCount()).isEqualTo(SESSIONS + 1);
		assertGrowth(before, SESSIONS * 12_000);
	}

	@Test
	@Tag("SEC-08")
	void shouldRetainNoObjectsOfTheServerForASession() {
		TestServer server = this.servers.start((spec) -> spec.http((http) -> http.doOnChannelInit((observer, channel,
				remote) -> FatalErrorHandler.add(channel.pipeline(), NettyPipeline.ReactiveBridge))));
		RawHttp http = server.http();
		for (int i = 0; i < SESSIONS; i++) {
			http.get(server.target("transport=polling&mark=first" + i), "Cookie: session=1");
			server.websocket("").close();
		}
		server.awaitRequest("mark=first" + (SESSIONS - 1));
		Await.until("the websockets are gone", () -> server.engine().clientsCount() == SESSIONS);
		LiveObjects before = LiveObjects.now();
		for (int i = 0; i < SESSIONS; i++) {
			http.get(server.target("transport=polling&mark=" + i));
		}
		List<RawWebSocket> websockets = new ArrayList<>();
		for (int i = 0; i < SESSIONS; i++) {
			websockets.add(server.websocket("mark=websocket" + i));
		}
		server.awaitRequest("mark=websocket" + (SESSIONS - 1));
		Await.until("the websockets are open", () -> server.engine().clientsCount() == 3 * SESSIONS);
		LiveObjects after = LiveObjects.now();
		for (String type : List.of("io.netty.handler.codec.http.DefaultHttpHeaders",
				"io.netty.handler.codec.http.DefaultHttpRequest", "reactor.netty.http.server.HttpServerOperations",
				"reactor.netty.http.server.WebsocketServerOperations",
				"io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig", CountedBytes.class.getName(),
				"java.util.concurrent.ConcurrentHashMap")) {
			assertThat(after.count(type) - before.count(type)).as(type).isLessThan(SESSIONS / 10);
		}
		assertThat(after.count(CONTEXT) - before.count(CONTEXT)).isLessThan(websockets.size() * 4L + SESSIONS / 10);
	}

	@Test
	@Tag("SEC-08")
	void shouldRetainLittleOfAnOrdinaryHead() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		handshakes(server, http, "first");
		LiveObjects before = LiveObjects.now();
		handshakes(server, http, "second");
		assertGrowth(before, 5 * SESSIONS * 4_000);
	}

	private static void handshakes(TestServer server, RawHttp http, String mark) {
		for (int i = 0; i < 5 * SESSIONS; i++) {
			RawResponse response = http.get(server.target("transport=polling&mark=" + mark + i),
					"Cookie: session=" + "x".repeat(500), "User-Agent: Mozilla/5.0 " + i, "Accept: */*",
					"Accept-Language: en", "Accept-Encoding: gzip, deflate, br");
			assertThat(response.status()).isEqualTo(200);
		}
		server.awaitRequest("mark=" + mark + (5 * SESSIONS - 1));
	}

	private static List<PollingClient> open(TestServer server) {
		List<PollingClient> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(server.polling());
		}
		return clients;
	}

	private static void assertGrowth(LiveObjects before, int limit) {
		long growth = LiveObjects.now().bytes() - before.bytes();
		for (int i = 0; i < 20 && growth >= limit; i++) {
			// Something of the last request may still be under way
			Await.pass(Duration.ofMillis(100));
			growth = LiveObjects.now().bytes() - before.bytes();
		}
		assertThat(growth).isLessThan(limit);
	}

}
