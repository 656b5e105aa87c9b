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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.EngineState;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.VirtualTimers;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event loop that is late: what clients have sent waits for it. It is busy until all
 * of that has been sent, while the time of the engine passes by hand.
 */
class LateEventLoopWireTests {

	private static final int HANDSHAKES = 60;

	private static final Duration LONG = Duration.ofDays(1);

	private static final LoopResources loop = LoopResources.create("late", 1, true);

	private final VirtualTimers clock = new VirtualTimers();

	@RegisterExtension
	private final TestServers servers = new TestServers((spec) -> spec.clock(this.clock)
		.http((http) -> http.runOn(loop))
		.engine((engine) -> engine.pingInterval(LONG)));

	private final Queue<String> handled = new ConcurrentLinkedQueue<>();

	private volatile boolean busy;

	private volatile boolean released;

	@AfterAll
	static void disposeLoop() {
		loop.disposeLater().block(Await.LIMIT);
	}

	@Test
	void shouldServeConnectedClientsBetweenHandshakes() {
		TestServer server = this.servers.start((spec) -> slowHandshakes(spec).handler((session) -> new Handler()));
		RawWebSocket other = server.openWebsocket();
		List<RawHttp> clients = connect(server);
		this.handled.clear();
		holdLoop();
		clients.forEach((client) -> client.send("GET", server.target("transport=polling"), null));
		other.sendText("4other");
		this.released = true;
		clients.forEach((client) -> assertThat(client.read().status()).isEqualTo(200));
		Await.until("all are handled", () -> this.handled.size() == HANDSHAKES + 1);
		assertThat(List.copyOf(this.handled).indexOf("other")).isLessThan(HANDSHAKES / 2);
	}

	@Test
	void shouldRefuseHandshakesThatWouldWaitForTooLong() {
		TestServer server = this.servers
			.start((spec) -> slowHandshakes(spec).web((web) -> web.maxHandshakeDelay(Duration.ofMillis(5))));
		List<RawHttp> clients = connect(server);
		List<RawResponse> responses = handshakes(server, clients);
		assertThat(responses).extracting(RawResponse::status).contains(200, 503).containsOnly(200, 503);
		assertThat(responses).filteredOn((response) -> response.status() == 503)
			.allSatisfy((response) -> assertThat(response.header("Retry-After")).isEqualTo("5"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-handshake-delay");
		assertThat(clients.get(0).get(server.target("transport=polling")).status()).isEqualTo(200);
	}

	@Test
	void shouldRespondToAQueuedHandshakeThatThrowsAnError() {
		this.servers.expectErrors();
		AtomicInteger ids = new AtomicInteger();
		TestServer server = this.servers.start((spec) -> slowHandshakes(spec)
			// Reactor throws this error of the Mono instead of emitting it
			.engine((engine) -> engine.idGenerator((request) -> Mono.fromSupplier(() -> {
				if (ids.incrementAndGet() == HANDSHAKES / 2) {
					throw new NoClassDefFoundError("missing");
				}
				return "id" + ids.get();
			}))));
		List<RawResponse> responses = handshakes(server, connect(server));
		assertThat(responses).filteredOn((response) -> response.status() == 500).hasSize(1);
		assertThat(responses).filteredOn((response) -> response.status() == 200).hasSize(HANDSHAKES - 1);
	}

	@Test
	void shouldLetNoHandshakeWaitWithoutALimit() {
		TestServer server = this.servers.start((spec) -> slowHandshakes(spec).handler((session) -> new Handler())
			.web((web) -> web.maxHandshakeDelay(Duration.ZERO)));
		List<RawHttp> clients = connect(server);
		assertThat(handshakes(server, clients)).extracting(RawResponse::status).containsOnly(200);
	}

	@Test
	void shouldNotBlameAClientForAPongThatWasNotReadYet() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.pingInterval(Duration.ofSeconds(25))));
		RawWebSocket websocket = server.openWebsocket();
		this.clock.advance(Duration.ofSeconds(25));
		assertThat(websocket.readText()).isEqualTo("2");
		holdLoop();
		websocket.sendText("3");
		this.clock.advance(Duration.ofSeconds(21));
		this.released = true;
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	void shouldNotBlameAClientForANamespaceThatWasNotReadYet() {
		TestServer server = this.servers.start();
		this.servers.socketIo(server);
		RawWebSocket websocket = server.openWebsocket();
		holdLoop();
		websocket.sendText("40");
		this.clock.advance(Duration.ofSeconds(46));
		this.released = true;
		assertThat(websocket.readText()).startsWith("40{\"sid\":");
	}

	@Test
	void shouldNotBlameAClientForAnAttachmentThatWasNotReadYet() {
		TestServer server = this.servers.start();
		// no timer but that of the attachment
		SocketIoServer io = this.servers.socketIo(server,
				SocketIoOptions.builder().slowHandlerThreshold(Duration.ZERO).build());
		io.on("x", (socket, event) -> socket.emit("done"));
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("40");
		assertThat(websocket.readText()).startsWith("40{\"sid\":");
		int timers = EngineState.liveTimers(server.engine());
		websocket.sendText("451-[\"x\",{\"_placeholder\":true,\"num\":0}]");
		Await.until("the time limit of the attachment runs", () -> EngineState.liveTimers(server.engine()) > timers);
		holdLoop();
		websocket.sendBinary(new byte[] { 1 });
		this.clock.advance(Duration.ofSeconds(31));
		this.released = true;
		assertThat(websocket.readText()).isEqualTo("42[\"done\"]");
	}

	@Test
	void shouldNotGiveUpAnUpgradeThatWasNotReadYet() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		holdLoop();
		websocket.sendText("2probe");
		websocket.sendText("5");
		this.clock.advance(Duration.ofSeconds(11));
		this.released = true;
		assertThat(websocket.readText()).isEqualTo("3probe");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		assertThat(client.session().transportType()).isEqualTo(TransportType.WEBSOCKET);
	}

	private TestServer.Spec slowHandshakes(TestServer.Spec spec) {
		return spec.endpoint((endpoint) -> endpoint.allowRequests(List.of((exchange) -> {
			this.handled.add("handshake");
			this.clock.advance(Duration.ofMillis(1));
			return Mono.just(AllowRequest.Decision.accept());
		})));
	}

	/**
	 * Open connections that the server has accepted.
	 */
	private static List<RawHttp> connect(TestServer server) {
		List<RawHttp> clients = IntStream.range(0, HANDSHAKES).mapToObj((i) -> server.http()).toList();
		clients.forEach((client) -> assertThat(client.get(server.target("transport=none")).status()).isEqualTo(400));
		return clients;
	}

	private List<RawResponse> handshakes(TestServer server, List<RawHttp> clients) {
		holdLoop();
		clients.forEach((client) -> client.send("GET", server.target("transport=polling"), null));
		this.released = true;
		return clients.stream().map(RawHttp::read).toList();
	}

	/**
	 * Keep the event loop in a task, until it is released.
	 */
	private void holdLoop() {
		this.busy = false;
		this.released = false;
		EventLoop only = loop.onServer(true).next();
		only.execute(() -> {
			this.busy = true;
			long end = System.nanoTime() + Await.LIMIT.toNanos();
			while (!this.released && System.nanoTime() - end < 0) {
				// Waits busily, as an event loop must not block
			}
		});
		Await.until("the event loop is busy", () -> this.busy);
	}

	/**
	 * Notes messages.
	 */
	private final class Handler implements EngineSessionHandler {

		@Override
		public void onText(byte[] data, int offset, int length) {
			LateEventLoopWireTests.this.handled.add("other");
		}

		@Override
		public void onBinary(byte[] data) {
		}

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
		}

	}

}
