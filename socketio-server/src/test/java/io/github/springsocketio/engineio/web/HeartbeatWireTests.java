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

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The heartbeat (EIO section 10). Times are only ever compared with what they must at
 * least be, because a busy machine makes anything late.
 */
class HeartbeatWireTests {

	private static final Duration LONG = Duration.ofSeconds(4);

	/**
	 * By how much a timer may seem early: the resolution of the server's clock.
	 */
	private static final Duration TOLERANCE = Duration.ofMillis(30);

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("EIO-83")
	@Tag("EIO-87")
	void shouldPingAgainAndAgainWhileTheClientAnswers() {
		TestServer server = start(Duration.ofMillis(100), LONG);
		RawWebSocket websocket = server.openWebsocket();
		PollingClient client = server.polling();
		for (int i = 0; i < 5; i++) {
			assertThat(websocket.readText()).isEqualTo("2");
			websocket.sendText("3");
			assertThat(client.poll().text()).isEqualTo("2");
			assertThat(client.post("3").text()).isEqualTo("ok");
		}
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isIn("2", "4hello");
	}

	@Test
	@Tag("EIO-83")
	void shouldPingAnIntervalAfterThePong() {
		Duration interval = Duration.ofMillis(300);
		TestServer server = start(interval, LONG);
		RawWebSocket websocket = server.openWebsocket();
		assertThat(websocket.readText()).isEqualTo("2");
		Await.pass(Duration.ofMillis(200));
		long pong = System.nanoTime();
		websocket.sendText("3");
		assertThat(websocket.readText()).isEqualTo("2");
		assertThat(Duration.ofNanos(System.nanoTime() - pong)).isGreaterThan(interval.minus(TOLERANCE));
	}

	@Test
	@Tag("EIO-83")
	void shouldNotPingBeforeTheFirstInterval() {
		Duration interval = Duration.ofMillis(300);
		TestServer server = start(interval, LONG);
		long start = System.nanoTime();
		RawWebSocket websocket = server.openWebsocket();
		assertThat(websocket.readText()).isEqualTo("2");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(interval.minus(TOLERANCE));
	}

	@Test
	@Tag("EIO-53")
	void shouldStartTheIntervalAnewAfterAPongThatNobodyAskedFor() {
		Duration interval = Duration.ofMillis(400);
		TestServer server = start(interval, LONG);
		RawWebSocket websocket = server.openWebsocket();
		Await.pass(Duration.ofMillis(200));
		long pong = System.nanoTime();
		websocket.sendText("3");
		assertThat(websocket.readText()).isEqualTo("2");
		assertThat(Duration.ofNanos(System.nanoTime() - pong)).isGreaterThan(interval.minus(TOLERANCE));
	}

	@Test
	@Tag("EIO-84")
	@Tag("EIO-66")
	void shouldCloseAWebsocketThatDoesNotAnswer() {
		TestServer server = start(Duration.ofMillis(50), Duration.ofMillis(100));
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		assertThat(websocket.readText()).isEqualTo("2");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@Test
	@Tag("EIO-84")
	void shouldEndTheHangingPollOfAClientThatDoesNotAnswer() {
		TestServer server = start(Duration.ofMillis(100), Duration.ofMillis(500));
		PollingClient client = server.polling();
		assertThat(client.poll().text()).isEqualTo("2");
		assertThat(client.poll().text()).isEqualTo("1");
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PING_TIMEOUT);
		assertThat(client.gets().get(client.target()).text()).contains("Session ID unknown");
	}

	@Test
	@Tag("EIO-86")
	@Tag("SEC-37")
	void shouldCloseASessionThatNeverPolls() {
		TestServer server = start(Duration.ofMillis(50), Duration.ofMillis(100));
		PollingClient client = server.polling();
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PING_TIMEOUT);
		assertThat(client.gets().get(client.target()).text()).contains("Session ID unknown");
	}

	@Test
	@Tag("EIO-85")
	void shouldGiveTheClientMoreTimeAfterTheFirstPacket() {
		Duration timeout = Duration.ofMillis(600);
		TestServer server = start(Duration.ofMillis(100), timeout);
		RawWebSocket websocket = server.openWebsocket();
		assertThat(websocket.readText()).isEqualTo("2");
		Await.pass(Duration.ofMillis(300));
		long packet = System.nanoTime();
		websocket.sendText("6");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(Duration.ofNanos(System.nanoTime() - packet)).isGreaterThan(timeout.minus(TOLERANCE));
	}

	@Test
	@Tag("EIO-85")
	void shouldCloseAClientThatSendsAnythingButAPong() {
		TestServer server = start(Duration.ofMillis(50), Duration.ofMillis(200));
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		assertThat(websocket.readText()).isEqualTo("2");
		long end = System.nanoTime() + Await.LIMIT.toNanos();
		while (!server.recorder().isClosed(sid) && System.nanoTime() < end) {
			sendQuietly(websocket, "6");
			Await.pass(Duration.ofMillis(20));
		}
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	private static void sendQuietly(RawWebSocket websocket, String text) {
		try {
			websocket.sendText(text);
		}
		catch (UncheckedIOException ex) {
			// the server has closed the connection
		}
	}

	@Test
	@Tag("EIO-88")
	void shouldKeepTheTimeoutOfAPingAcrossTheUpgrade() {
		BlockingQueue<String> created = new LinkedTransferQueue<>();
		TestServer server = start(Duration.ofMillis(200), Duration.ofMillis(1500));
		PollingClient client = server.polling();
		client.session().addListener(new EngineSessionListener() {

			@Override
			public void onPacketCreate(EngineSession session, String type, @Nullable Object data) {
				created.add(type);
			}

		});
		assertThat(Await.next("the ping", created)).isEqualTo("ping");
		RawWebSocket websocket = client.upgrade();
		assertThat(websocket.readText()).isEqualTo("2");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@Test
	@Tag("EIO-83")
	@Tag("EIO-88")
	void shouldGoOnPingingAfterTheUpgrade() {
		TestServer server = start(Duration.ofMillis(100), LONG);
		PollingClient client = server.polling();
		RawWebSocket websocket = client.upgrade();
		for (int i = 0; i < 3; i++) {
			assertThat(websocket.readText()).isEqualTo("2");
			websocket.sendText("3");
		}
		assertThat(client.isAlive()).isTrue();
	}

	@Test
	@Tag("EIO-84")
	void shouldSayPingTimeoutWhenThePollIsHangingBeforeThePing() {
		TestServer server = start(Duration.ofMillis(400), Duration.ofMillis(200));
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("2");
		Recorder.Closed closed = client.awaitClose();
		assertThat(closed.reason()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	private TestServer start(Duration interval, Duration timeout) {
		return this.servers
			.start((spec) -> spec.engine((engine) -> engine.pingInterval(interval).pingTimeout(timeout)));
	}

}
