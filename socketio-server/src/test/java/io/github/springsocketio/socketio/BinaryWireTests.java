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

package io.github.springsocketio.socketio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attachments, and much to send, on the wire.
 */
class BinaryWireTests {

	private static final String TWO = "452-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";

	private static final String ONE = "451-[\"x\",{\"_placeholder\":true,\"num\":0}]";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	private final BlockingQueue<String> events = new LinkedTransferQueue<>();

	@Test
	@Tag("SEC-68")
	void shouldKeepTheAttachmentsOfSessionsApart() {
		TestServer server = start();
		PollingClient first = join(server);
		PollingClient second = join(server);
		PollingClient third = join(server);
		first.post(TWO);
		second.post(TWO);
		third.post(ONE);
		second.post("bAwM=");
		first.post("bAQE=");
		// one that goes leaves its attachments to nobody
		third.post("1");
		Await.until("the session is gone", () -> !third.isAlive());
		first.post("bAgI=\u001e42[\"x\",\"after\"]");
		second.post("bBAQ=");
		assertThat(List.of(next(), next(), next())).containsExactly("[1, 1][2, 2]", "after", "[3, 3][4, 4]");
		assertThat(this.events).isEmpty();
	}

	@Test
	@Tag("SEC-68")
	void shouldKeepTheOrderWhenAnUpgradeComesBetweenPacketAndAttachment() {
		TestServer server = start();
		PollingClient client = join(server);
		client.post("42[\"x\",\"before\"]\u001e" + TWO + "\u001ebAQE=");
		RawWebSocket websocket = client.upgrade();
		websocket.sendBinary(new byte[] { 2, 2 });
		websocket.sendText("42[\"x\",\"after\"]");
		assertThat(List.of(next(), next(), next())).containsExactly("before", "[1, 1][2, 2]", "after");
		websocket.sendText(ONE);
		websocket.sendText("42[\"x\",\"too early\"]");
		Await.until("the session is gone", () -> !client.isAlive());
		assertThat(this.events).isEmpty();
	}

	@Test
	@Tag("SEC-69")
	void shouldSendTheSameBytesToAllWhileSomeGoAway() throws Exception {
		TestServer server = this.servers.start((spec) -> spec.silent());
		SocketIoServer io = this.servers.socketIo(server);
		List<RawWebSocket> stay = new ArrayList<>();
		List<RawWebSocket> leave = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			RawWebSocket websocket = server.openWebsocket();
			websocket.sendText("40");
			assertThat(websocket.readText()).startsWith("40{");
			((i % 3 == 0) ? leave : stay).add(websocket);
		}
		PollingClient polling = join(server);
		CountDownLatch begun = new CountDownLatch(1);
		CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> {
			begun.countDown();
			leave.forEach((websocket) -> websocket.connection().reset());
		}, (task) -> new Thread(task, "leaving").start());
		begun.await();
		byte[] sent = new byte[20_000];
		new Random(7).nextBytes(sent);
		for (int i = 0; i < 20; i++) {
			io.emit("b", i, sent);
		}
		leaving.join();
		for (RawWebSocket websocket : stay) {
			for (int i = 0; i < 20; i++) {
				assertThat(websocket.readText()).isEqualTo("451-[\"b\"," + i + ",{\"_placeholder\":true,\"num\":0}]");
				assertThat(websocket.readBinary()).isEqualTo(sent);
			}
		}
		String expected = "b" + Base64.getEncoder().encodeToString(sent);
		List<String> packets = List.of(polling.poll().text().split("\u001e"));
		assertThat(packets).hasSize(40);
		assertThat(packets.stream().filter(expected::equals)).hasSize(20);
		assertThat(io.sockets().sockets()).hasSizeLessThanOrEqualTo(61);
	}

	@Test
	@Tag("SEC-69")
	void shouldShareOneArrayAmongManyThatComeAndGo() {
		io.github.springsocketio.socketio.TestServer server = new io.github.springsocketio.socketio.TestServer();
		List<TestSession> clients = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			TestSession client = server.open();
			client.connect();
			clients.add(client);
		}
		byte[] sent = { 1, 2, 3 };
		CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 10_000; i += 10) {
				clients.get(i).lose();
			}
		}, (task) -> new Thread(task, "leaving").start());
		for (int i = 0; i < 5; i++) {
			server.io.emit("b", sent);
		}
		leaving.join();
		for (int i = 0; i < 10_000; i++) {
			if (i % 10 != 0) {
				List<EncodedMessage> messages = clients.get(i).messages();
				assertThat(messages).hasSize(6);
				assertThat(messages.get(5).binaries()[0]).isSameAs(clients.get(1).messages().get(5).binaries()[0])
					.containsExactly(1, 2, 3);
			}
		}
		assertThat(server.io.sockets().sockets()).hasSize(9_000);
	}

	@Test
	@Tag("SEC-79")
	void shouldEmitASourceAtTheSpeedOfASlowReader() {
		TestServer server = this.servers
			.start((spec) -> spec.silent().engine((engine) -> engine.maxOutboundBytes(2_000_000)));
		SocketIoServer io = this.servers.socketIo(server);
		List<Integer> made = new ArrayList<>();
		CompletableFuture<Void> done = new CompletableFuture<>();
		String filler = "x".repeat(20_000);
		io.sockets()
			.onConnection((socket) -> socket
				.emitAll("row", Flux.range(0, 1000).doOnNext(made::add).map((number) -> number + ":" + filler))
				.subscribe(null, done::completeExceptionally, () -> done.complete(null)));
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("40");
		assertThat(websocket.readText()).startsWith("40{");
		for (int i = 0; i < 1000; i++) {
			assertThat(websocket.readText()).startsWith("42[\"row\",\"" + i + ":x");
		}
		Await.get("the end of the source", done);
		assertThat(made).hasSize(1000);
		assertThat(server.engine().clientsCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "4", "4{", "42", "42/nowhere,[\"x\"]", "42[\"x\",1]\u001e4\"" })
	@Tag("SEC-22")
	void shouldRefuseAPostWithAnInvalidPacket(String body) {
		TestServer server = start();
		PollingClient client = join(server);
		RawResponse response = client.post(body);
		assertThat(response.status()).isEqualTo(400);
		client.poll();
		Await.until("the session is closed", () -> !client.isAlive());
	}

	private TestServer start() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		SocketIoServer io = this.servers.socketIo(server);
		io.sockets().on("x", (socket, event) -> {
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < event.size(); i++) {
				Object value = event.get(i);
				text.append((value instanceof byte[] bytes) ? Arrays.toString(bytes) : value);
			}
			this.events.add(text.toString());
		});
		return server;
	}

	private static PollingClient join(TestServer server) {
		PollingClient client = server.polling();
		client.post("40");
		assertThat(client.poll().text()).startsWith("40{");
		return client;
	}

	private String next() {
		return Await.next("an event", this.events);
	}

}
