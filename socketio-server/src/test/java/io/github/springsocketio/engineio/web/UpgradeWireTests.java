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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.ReadyState;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way from polling to a websocket (EIO section 9).
 */
class UpgradeWireTests {

	private static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";

	@RegisterExtension
	final TestServers servers = new TestServers(this::customize);

	void customize(TestServer.Spec spec) {
		// for those who run the same tests with other options
	}

	@Test
	@Tag("EIO-71")
	void shouldSendNoOpenPacketOnTheCandidate() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
	}

	@Test
	@Tag("EIO-72")
	void shouldReleaseAHangingPollOnceTheProbeWasAnswered() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("6");
		// and every later one, too
		assertThat(client.poll().text()).isEqualTo("6");
		assertThat(client.poll().text()).isEqualTo("6");
		websocket.sendText("5");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-73")
	@Tag("EIO-74")
	void shouldSendByPollingUntilTheUpgradeAndByWebsocketAfterIt() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		client.session().send("one");
		assertThat(client.poll().text()).isEqualTo("4one");
		client.session().send("two");
		client.session().send("three");
		websocket.sendText("5");
		assertThat(websocket.readText()).isEqualTo("4two");
		assertThat(websocket.readText()).isEqualTo("4three");
		assertThat(client.session().transportType()).isEqualTo(TransportType.WEBSOCKET);
	}

	@Test
	@Tag("EIO-74")
	@Tag("EIO-75")
	@Tag("SEC-33")
	void shouldUpgradeWithoutAProbeAndEndTheHangingPoll() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("5");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		assertThat(client.isAlive()).isTrue();
	}

	@Test
	@Tag("EIO-75")
	@Tag("SEC-33")
	void shouldAnswerEveryProbe() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		websocket.sendText("5");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-75")
	@Tag("SEC-33")
	void shouldCloseACandidateThatProbesWithoutEnd() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		byte[] probe = RawWebSocket.frame(RawWebSocket.TEXT, "2probe".getBytes(StandardCharsets.US_ASCII));
		ByteBuffer probes = ByteBuffer.allocate(1000 * probe.length);
		while (probes.hasRemaining()) {
			probes.put(probe);
		}
		websocket.send(probes.array());
		int answers = 0;
		RawWebSocket.Frame frame = websocket.read();
		while (frame.opcode() == RawWebSocket.TEXT) {
			answers++;
			frame = websocket.read();
		}
		assertThat(frame.opcode()).isEqualTo(RawWebSocket.CLOSE);
		assertThat(answers).isBetween(2, 100);
		assertThat(client.isAlive()).isTrue();
		assertThat(client.post("4still here").text()).isEqualTo("ok");
	}

	@ParameterizedTest
	@ValueSource(strings = { "4message", "2", "2probeX", "2PROBE", "3probe", "1", "6", "x", "" })
	@Tag("EIO-76")
	@Tag("SEC-33")
	void shouldCloseACandidateThatSendsAnythingElse(String packet) {
		TestServer server = this.servers.start((spec) -> spec.silent());
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		websocket.sendText(packet);
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertStillPolling(server, client);
		client.upgrade();
	}

	@Test
	@Tag("EIO-76")
	@Tag("SEC-33")
	void shouldCloseACandidateThatSendsBytes() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		websocket.sendBinary(new byte[] { 1 });
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertStillPolling(server, client);
	}

	@Test
	@Tag("EIO-77")
	@Tag("SEC-28")
	void shouldGoOnPollingWhenTheCandidateIsLost() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		PollingClient client = server.polling();
		client.candidate().connection().reset();
		client.probedCandidate().connection().reset();
		client.probedCandidate().close();
		RawWebSocket closed = client.probedCandidate();
		closed.sendClose(1000);
		closed.connection().readToEnd();
		assertStillPolling(server, client);
		client.upgrade();
	}

	@Test
	@Tag("EIO-78")
	@Tag("SEC-33")
	void shouldCloseASecondCandidate() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket first = client.candidate();
		first.sendText("2probe");
		assertThat(first.readText()).isEqualTo("3probe");
		RawWebSocket second = client.candidate();
		assertThat(second.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		first.sendText("5");
		first.sendText("4hello");
		assertThat(first.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-78")
	@Tag("SEC-33")
	void shouldCloseACandidateOfAnUpgradedSession() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket first = client.upgrade();
		RawWebSocket second = client.candidate();
		assertThat(second.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		first.sendText("4hello");
		assertThat(first.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-43")
	@Tag("SEC-21")
	void shouldRefusePollsAndPostsOfAnUpgradedSession() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket websocket = client.upgrade();
		for (RawResponse response : List.of(client.poll(), client.post("4x"))) {
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.text()).isEqualTo(BAD_REQUEST);
			assertThat(server.recorder().awaitError().context()).containsEntry("name", "TRANSPORT_MISMATCH")
				.containsEntry("transport", "polling")
				.containsEntry("previousTransport", "websocket");
		}
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Tag("EIO-79")
	@Tag("SEC-34")
	void shouldCloseACandidateThatStaysSilent(boolean probe) {
		TestServer server = this.servers
			.start((spec) -> spec.silent().engine((engine) -> engine.upgradeTimeout(Duration.ofMillis(200))));
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		if (probe) {
			websocket.sendText("2probe");
			assertThat(websocket.readText()).isEqualTo("3probe");
		}
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.engine().clientsCount()).isEqualTo(1);
		assertStillPolling(server, client);
	}

	@Test
	@Tag("EIO-79")
	void shouldNotTimeOutAnUpgradeThatIsDone() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.upgradeTimeout(Duration.ofMillis(300))));
		PollingClient client = server.polling();
		RawWebSocket websocket = client.upgrade();
		Await.pass(Duration.ofMillis(400));
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-80")
	@Tag("SEC-36")
	void shouldCloseTheCandidateOfASessionThatIsClosed() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		assertThat(client.post("1").text()).isEqualTo("ok");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		RawResponse response = server.http().upgrade(server.target("transport=websocket&sid=" + client.sid()));
		assertThat(response.text()).isEqualTo("Session ID unknown");
	}

	@Test
	@Tag("EIO-80")
	void shouldFlushAndCloseWhenTheUpgradeEndsWhileTheSessionIsClosing() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		EngineSession session = client.session();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		session.send("last words");
		session.close();
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSING);
		websocket.sendText("5");
		assertThat(websocket.readText()).isEqualTo("4last words");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	@Tag("EIO-81")
	@Tag("SEC-35")
	void shouldRefuseAnUpgradeWhenUpgradesAreOff() {
		TestServer server = this.servers.start((spec) -> spec.silent().engine((engine) -> engine.allowUpgrades(false)));
		PollingClient client = server.polling();
		RawResponse response = server.http().upgrade(server.target("transport=websocket&sid=" + client.sid()));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("Bad request");
		assertStillPolling(server, client);
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4hello");
		assertThat(server.recorder().awaitMessage()).isEqualTo("hello");
	}

	@Test
	@Tag("SEC-33")
	void shouldFinishAPostThatIsUnderWayDuringTheUpgrade() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		client.beginPost(5, "4ab");
		client.posts().connection().write("cd");
		assertThat(client.posts().read().text()).isEqualTo("ok");
		websocket.sendText("5");
		assertThat(websocket.readText()).isEqualTo("4abcd");
	}

	/**
	 * The client does as the official one (EIO-82): it sends {@code 5} once its poll has
	 * returned, and polls no more.
	 */
	@RepeatedTest(20)
	@Tag("EIO-73")
	@Tag("EIO-82")
	@Tag("SEC-33")
	void shouldNeitherLoseNorReorderAMessage() throws Exception {
		int count = 300;
		TestServer server = this.servers.start((spec) -> spec.silent());
		PollingClient client = server.polling();
		EngineSession session = client.session();
		List<String> received = new ArrayList<>();
		AtomicBoolean probed = new AtomicBoolean();
		CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendNumbers(session, count));
		CompletableFuture<Void> polling = CompletableFuture.runAsync(() -> pollUntil(client, probed, received));
		RawWebSocket websocket = client.candidate();
		websocket.sendText("2probe");
		for (int i = 0; i < 20; i++) {
			client.post("4" + i);
		}
		assertThat(websocket.readText()).isEqualTo("3probe");
		probed.set(true);
		Await.get("the last poll", polling);
		websocket.sendText("5");
		for (int i = 20; i < 40; i++) {
			websocket.sendText("4" + i);
		}
		while (received.size() < count) {
			received.add(websocket.readText());
		}
		Await.get("the last message", sending);
		assertThat(received).containsExactlyElementsOf(numbers("4", count));
		List<String> sent = new ArrayList<>();
		while (sent.size() < 40) {
			sent.add(server.recorder().awaitMessage());
		}
		assertThat(sent).containsExactlyElementsOf(numbers("", 40));
	}

	private static void sendNumbers(EngineSession session, int count) {
		for (int i = 0; i < count; i++) {
			session.send(String.valueOf(i));
			if (i % 10 == 0) {
				Await.pass(Duration.ofMillis(1));
			}
		}
	}

	private static void pollUntil(PollingClient client, AtomicBoolean end, List<String> received) {
		while (!end.get()) {
			for (String packet : client.poll().text().split("\u001e")) {
				if (!packet.equals("6")) {
					received.add(packet);
				}
			}
		}
	}

	private static List<String> numbers(String prefix, int count) {
		List<String> numbers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			numbers.add(prefix + i);
		}
		return numbers;
	}

	private static void assertStillPolling(TestServer server, PollingClient client) {
		assertThat(client.session().transportType()).isEqualTo(TransportType.POLLING);
		assertThat(client.post("4still here").text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("still here");
		client.session().send("me too");
		assertThat(client.poll().text()).isEqualTo("4me too");
	}

}
