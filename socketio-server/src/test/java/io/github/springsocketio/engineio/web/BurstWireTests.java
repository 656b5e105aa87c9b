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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.SilentHandler;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that send much at once to clients that read.
 */
@Tag("SEC-77")
class BurstWireTests {

	private static final int MESSAGES = 12000;

	private static final String LARGE = "4" + "x".repeat(5_000_000);

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	void shouldSendABurstOfOneHandlerToAWebsocket(boolean nativeWebsocket) {
		TestServer server = start(nativeWebsocket, new ArrayList<>());
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4go");
		assertThat(websocket.readText()).hasSameSizeAs(LARGE);
		assertThat(websocket.readText()).hasSameSizeAs(LARGE);
		for (int i = 0; i < MESSAGES; i++) {
			assertThat(websocket.readText()).isEqualTo("4" + i);
		}
	}

	@Test
	@Tag("SEC-78")
	void shouldSendABurstOfOneHandlerToAPollingClient() {
		TestServer server = start(true, new ArrayList<>());
		PollingClient client = server.polling();
		client.post("4go");
		assertThat(client.poll().text()).hasSameSizeAs(LARGE);
		assertThat(client.poll().text()).hasSameSizeAs(LARGE);
		List<String> received = new ArrayList<>();
		while (received.size() < MESSAGES) {
			received.addAll(List.of(client.poll().text().split("\u001e")));
		}
		assertThat(received).hasSize(MESSAGES).startsWith("40").endsWith("4" + (MESSAGES - 1));
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	void shouldSendABurstOfOneHandlerToAllWebsockets(boolean nativeWebsocket) {
		List<EngineSession> sessions = new ArrayList<>();
		TestServer server = start(nativeWebsocket, sessions);
		List<RawWebSocket> websockets = Stream.generate(server::openWebsocket).limit(5).toList();
		List<CompletableFuture<Void>> readers = new ArrayList<>();
		websockets.get(0).sendText("4broadcast");
		for (RawWebSocket websocket : websockets) {
			CompletableFuture<Void> reader = new CompletableFuture<>();
			readers.add(reader);
			new Thread(() -> {
				try {
					for (int i = 0; i < 1000; i++) {
						assertThat(websocket.read().payload()).hasSizeGreaterThan(10000);
					}
					reader.complete(null);
				}
				catch (Throwable ex) {
					reader.completeExceptionally(ex);
				}
			}).start();
		}
		readers.forEach((reader) -> Await.get("all messages", reader));
	}

	@Test
	void shouldBoundTheMemoryOfAllSessions() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxMemory(1_000_000)));
		PollingClient shared = server.polling();
		PollingClient small = server.polling();
		PollingClient large = server.polling();
		EncodedMessage broadcast = EncodedMessage.text("4" + "x".repeat(300_000));
		shared.session().send(broadcast);
		small.session().send(broadcast);
		large.session().send(broadcast);
		small.session().send("x".repeat(100_000));
		EngineSession closed = large.session();
		for (int i = 0; i < 8; i++) {
			closed.send(i + "x".repeat(100_000));
		}
		assertThat(large.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "memory limit exceeded"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-memory");
		assertThat(closed.bufferedBytes()).isZero();
		assertThat(small.poll().text()).hasSizeGreaterThan(300_000);
	}

	@Test
	void shouldRefuseHandshakesWithoutMemory() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxMemory(100_000)));
		PollingClient client = server.polling();
		client.session().send("x".repeat(98_000));
		RawResponse refused = server.http().get(server.target("transport=polling"));
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.header("Retry-After")).isNotNull();
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-memory");
		client.poll();
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(200);
	}

	@Test
	void shouldBoundABurstOfOneHandler() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.maxMemory(2_000_000).maxOutboundBytes(0))
				.handler((session) -> new Bursts(session, new ArrayList<>())));
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4endless");
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-memory");
		Await.until("the session is closed", () -> server.engine().clientsCount() == 0);
		websocket.close();
	}

	@Test
	void shouldNotLimitTheOutboundBufferIfTheLimitIsZero() {
		TestServer server = this.servers.start((spec) -> spec.engine(
				(engine) -> engine.maxOutboundBytes(0).maxOutboundPackets(0).slowReaderTimeout(Duration.ofMillis(1))));
		PollingClient client = server.polling();
		for (int i = 0; i < 10001; i++) {
			client.session().send(i + "x".repeat(500));
		}
		Await.pass(Duration.ofMillis(100));
		assertThat(client.isAlive()).isTrue();
	}

	private TestServer start(boolean nativeWebsocket, List<EngineSession> sessions) {
		return this.servers.start((spec) -> spec.web((web) -> web.nativeWebsocket(nativeWebsocket))
			.handler((session) -> new Bursts(session, sessions)));
	}

	/**
	 * Sends much within one call.
	 */
	private static final class Bursts extends SilentHandler {

		private final EngineSession session;

		private final List<EngineSession> all;

		Bursts(EngineSession session, List<EngineSession> all) {
			this.session = session;
			this.all = all;
			synchronized (all) {
				all.add(session);
			}
		}

		@Override
		public void onText(byte[] data, int offset, int length) {
			switch (new String(data, offset, length)) {
				case "go" -> burst();
				case "broadcast" -> broadcast();
				default -> endless();
			}
		}

		private void burst() {
			this.session.send(EncodedMessage.text(LARGE));
			this.session.send(EncodedMessage.text(LARGE));
			for (int i = 0; i < MESSAGES; i++) {
				this.session.send(String.valueOf(i));
			}
		}

		private void broadcast() {
			for (int i = 0; i < 1000; i++) {
				EncodedMessage message = EncodedMessage.text("4" + i + "x".repeat(10000));
				for (EngineSession receiver : this.all) {
					receiver.send(message);
				}
			}
		}

		private void endless() {
			int sent = 0;
			while (this.session.send(sent + "x".repeat(10000))) {
				assertThat(sent++).isLessThan(10000);
			}
		}

	}

}
