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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of protocol 3 (EIO section 14). What is expected was printed by the npm package
 * engine.io.
 */
class Protocol3WireTests {

	private static final String OCTETS = "Content-Type: application/octet-stream";

	private static final Duration LONG = Duration.ofSeconds(4);

	@RegisterExtension
	private final TestServers servers = new TestServers(
			(spec) -> spec.engine((engine) -> engine.allowEio3(true).pingInterval(LONG)));

	// Handshake

	@Test
	@Tag("EIO-109")
	void shouldRefuseProtocol3ByDefault() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.allowEio3(false)));
		RawResponse response = server.http().get(server.path() + "?EIO=3&transport=polling");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
		assertThat(server.engine().clientsCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "EIO=3&", "EIO=5&", "EIO=abc&", "EIO=&" })
	@Tag("EIO-109")
	@Tag("EIO-110")
	void shouldOpenASessionOfProtocol3(String version) {
		TestServer server = this.servers.start();
		RawResponse response = server.http().get(server.path() + "?" + version + "transport=polling");
		EngineSession session = server.recorder().awaitSession();
		assertThat(session.protocol()).isEqualTo(3);
		String open = "0{\"sid\":\"" + session.id() + "\",\"upgrades\":[\"websocket\"],\"pingInterval\":4000,"
				+ "\"pingTimeout\":20000,\"maxPayload\":1000000}";
		assertThat(response.text()).isEqualTo(open.length() + ":" + open);
		assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
		assertThat(response.header("Content-Length")).isEqualTo("" + (open.length() + 4));
	}

	@Test
	@Tag("EIO-109")
	void shouldOpenAWebsocketOfProtocol3() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.websocket("EIO=3");
		assertThat(websocket.readText()).startsWith("0{\"sid\":").endsWith(",\"maxPayload\":1000000}");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-116")
	@Tag("EIO-25")
	void shouldRefuseAnotherProtocolThanThatOfTheSession() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		RawResponse response = server.http().get(server.target("transport=polling&sid=" + client.sid));
		assertThat(response.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
		assertThat(server.recorder().awaitError().context()).containsEntry("name", "PROTOCOL_MISMATCH");
		assertThat(client.post("2:4a")).isEqualTo("ok");
	}

	// Payloads

	@ParameterizedTest
	@CsvSource({ "6:4hello, 6:4hello", "2:4a6:4a😀b€2:4c, 2:4a6:4a😀b€2:4c", "1:22:4a, 1:32:4a", "02:4a, 2:4a" })
	@Tag("EIO-110")
	void shouldCountUtf16Units(String sent, String answered) {
		Client client = new Client(this.servers.start(), "");
		assertThat(client.post(sent)).isEqualTo("ok");
		RawResponse poll = client.poll();
		assertThat(poll.text()).isEqualTo(answered);
		assertThat(poll.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
	}

	@Test
	@Tag("EIO-111")
	void shouldAnswerInTheBinaryFormWhereThereIsBinary() {
		Client client = new Client(this.servers.start(), "");
		assertThat(client.post("3:4é€8:b4AQIDBA")).isEqualTo("ok");
		RawResponse poll = client.poll();
		assertThat(poll.header("Content-Type")).isEqualTo("application/octet-stream");
		assertThat(HexFormat.of().formatHex(poll.body())).isEqualTo("0006ff34c3a9e282ac" + "0105ff0401020304");
	}

	@Test
	@Tag("EIO-111")
	void shouldKeepAMessageAndItsAttachmentsInOneAnswer() {
		Client client = new Client(this.servers.start(), "");
		byte[] event = "451-[\"x\",{\"_placeholder\":true,\"num\":0}]".getBytes(StandardCharsets.UTF_8);
		client.session().send(EncodedMessage.of(event, new byte[] { 1, 2 }));
		assertThat(HexFormat.of().formatHex(client.poll().body()))
			.isEqualTo("000309ff" + HexFormat.of().formatHex(event) + "0103ff040102");
	}

	@ParameterizedTest
	@CsvSource({ "b64=1, 6:4hello10:b4AQIDBA==", "b64=x, 6:4hello10:b4AQIDBA==", "b64=0, 6:4hello10:b4AQIDBA==" })
	@Tag("EIO-11")
	@Tag("EIO-112")
	void shouldAnswerWithBase64WhereTheHandshakeAsksForIt(String parameter, String answered) {
		Client client = new Client(this.servers.start(), "&" + parameter);
		assertThat(client.post("6:4hello10:b4AQIDBA==")).isEqualTo("ok");
		RawResponse poll = client.poll();
		assertThat(poll.text()).isEqualTo(answered);
		assertThat(poll.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
	}

	@Test
	@Tag("EIO-11")
	void shouldIgnoreAnEmptyParameterForBase64() {
		Client client = new Client(this.servers.start(), "&b64=");
		assertThat(client.post("8:b4AQIDBA")).isEqualTo("ok");
		assertThat(client.poll().header("Content-Type")).isEqualTo("application/octet-stream");
	}

	@Test
	@Tag("EIO-113")
	void shouldReadOctetsInTheBinaryForm() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		byte[] payload = HexFormat.of().parseHex("0006ff34c3a9e282ac" + "0103ff040102" + "0008ff6234415149444241");
		assertThat(client.post(payload, OCTETS)).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("é€");
		assertThat(server.recorder().awaitMessage()).isEqualTo("[1, 2]");
		assertThat(server.recorder().awaitMessage()).isEqualTo("[1, 2, 3, 4]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/octet-stream; charset=x", "Application/Octet-Stream", "x" })
	@Tag("EIO-113")
	void shouldReadEverythingElseAsText(String type) {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		assertThat(client.post("3:4é€".getBytes(StandardCharsets.UTF_8), "Content-Type: " + type)).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("é€");
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "", "5:4", "0:", "1:", ":4", "-1:4", "99999999999:4x", "1:9", "2:4😀", "5:b3AQI",
			"5:b4?!?" })
	@Tag("EIO-113")
	@Tag("SEC-108")
	void shouldCloseTheSessionWhenTextDoesNotParse(String payload) {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		client.refusedPost(("2:4a" + payload + (payload.isEmpty() ? "x" : "")).getBytes(StandardCharsets.UTF_8));
		assertThat(server.recorder().awaitClose(client.sid))
			.isEqualTo(new Recorder.Closed(CloseReason.PARSE_ERROR, null));
		assertThat(server.recorder().awaitMessage()).isEqualTo("a");
		assertThat(server.recorder().hasMessages()).isFalse();
		assertThat(client.poll().text()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00ff", "0109ff04", "00010101010101010101010101ff", "0009090909090909090909ff34",
			"02ff34", "0102ff0301", "0003ff34c328" })
	@Tag("EIO-113")
	@Tag("SEC-108")
	void shouldCloseTheSessionWhenOctetsDoNotParse(String payload) {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		client.refusedPost(HexFormat.of().parseHex(payload), OCTETS);
		assertThat(server.recorder().awaitClose(client.sid).reason()).isEqualTo(CloseReason.PARSE_ERROR);
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	// Websocket

	@Test
	@Tag("EIO-114")
	void shouldPutTheTypeBeforeBinaryOnAWebsocket() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.websocket("EIO=3");
		websocket.readText();
		websocket.sendBinary(new byte[] { 4, 1, 2 });
		assertThat(websocket.readBinary()).containsExactly(4, 1, 2);
		assertThat(server.recorder().awaitMessage()).isEqualTo("[1, 2]");
		websocket.sendText("b4AQIDBA==");
		assertThat(websocket.readBinary()).containsExactly(4, 1, 2, 3, 4);
	}

	@ParameterizedTest
	@CsvSource({ "3, b4AQI=", "4, bAQI=" })
	@Tag("EIO-11")
	@Tag("EIO-112")
	void shouldSendBase64OnAWebsocketWhereItIsAskedFor(int protocol, String expected) {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.websocket("b64=1&EIO=" + protocol);
		websocket.readText();
		websocket.sendBinary((protocol == 3) ? new byte[] { 4, 1, 2 } : new byte[] { 1, 2 });
		assertThat(websocket.readText()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "0301" })
	@Tag("EIO-114")
	void shouldCloseTheSessionWhenBinaryHasAnotherType(String payload) {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.websocket("EIO=3");
		String sid = PollingClient.sid(websocket.readText());
		websocket.sendBinary(HexFormat.of().parseHex(payload));
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.PARSE_ERROR);
	}

	// Heartbeat

	@Test
	@Tag("EIO-115")
	void shouldAnswerPings() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		RawWebSocket websocket = server.websocket("EIO=3");
		websocket.readText();
		for (int i = 0; i < 3; i++) {
			assertThat(client.post("1:2")).isEqualTo("ok");
			assertThat(client.poll().text()).isEqualTo("1:3");
			websocket.sendText("2");
			assertThat(websocket.readText()).isEqualTo("3");
		}
	}

	@Test
	@Tag("EIO-115")
	@Tag("SEC-109")
	void shouldCloseASilentSessionAndNeverPingIt() {
		TestServer server = this.servers.start((spec) -> spec.engine(Protocol3WireTests::hurried));
		long start = System.nanoTime();
		Client client = new Client(server, "");
		RawWebSocket websocket = server.websocket("EIO=3");
		String sid = PollingClient.sid(websocket.readText());
		assertThat(client.poll().text()).isEqualTo("1:1");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
		assertThat(server.recorder().awaitClose(client.sid).reason()).isEqualTo(CloseReason.PING_TIMEOUT);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@Test
	@Tag("EIO-115")
	@Tag("SEC-109")
	void shouldCloseASessionThatTalksButDoesNotPing() {
		TestServer server = this.servers.start((spec) -> spec.engine(Protocol3WireTests::hurried));
		RawWebSocket websocket = server.websocket("EIO=3");
		String sid = PollingClient.sid(websocket.readText());
		RawWebSocket.Frame frame;
		long end = System.nanoTime() + Await.LIMIT.toNanos();
		do {
			websocket.sendText("4hello");
			frame = websocket.read();
			Await.pass(Duration.ofMillis(20));
		}
		while (frame.opcode() == RawWebSocket.TEXT && System.nanoTime() - end < 0);
		assertThat(frame.opcode()).isEqualTo(RawWebSocket.CLOSE);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@Test
	@Tag("EIO-88")
	@Tag("EIO-115")
	void shouldCloseAnUpgradedSessionThatIsSilent() {
		TestServer server = this.servers.start((spec) -> spec
			.engine((engine) -> engine.pingInterval(Duration.ofSeconds(1)).pingTimeout(Duration.ofMillis(200))));
		Client client = new Client(server, "");
		RawWebSocket websocket = client.upgrade();
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.recorder().awaitClose(client.sid).reason()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "3probe" })
	@Tag("EIO-52")
	void shouldCloseASessionWhoseClientSendsPongs(String packet) {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		client.refusedPost((packet.length() + ":" + packet).getBytes(StandardCharsets.UTF_8));
		assertThat(server.recorder().awaitClose(client.sid))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction"));
	}

	@Test
	@Tag("SEC-109")
	void shouldAnswerAProbeOnTheMainTransportLikeAnyPing() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.websocket("EIO=3");
		websocket.readText();
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3");
	}

	@Test
	@Tag("SEC-109")
	void shouldBoundTheAnswersToPings() {
		TestServer server = this.servers.start((spec) -> spec
			.engine((engine) -> engine.maxOutboundPackets(1000).slowReaderTimeout(Duration.ofMillis(300))));
		Client client = new Client(server, "");
		client.post("1:2".repeat(900));
		assertThat(server.isAlive(client.sid)).isTrue();
		client.post("1:2".repeat(900));
		assertThat(server.recorder().awaitClose(client.sid).reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	// The rest

	@Test
	@Tag("EIO-116")
	void shouldUpgrade() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		CompletableFuture<RawResponse> hanging = client.hang();
		RawWebSocket websocket = client.upgrade();
		assertThat(Await.get("the poll", hanging).text()).isIn("1:6", "1:1");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		websocket.sendText("2");
		assertThat(websocket.readText()).isEqualTo("3");
		assertThat(client.poll().text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
	}

	@Test
	@Tag("EIO-116")
	void shouldEndAPollOfAClosedSession() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		CompletableFuture<RawResponse> hanging = client.hang();
		assertThat(client.post("1:12:4a")).isEqualTo("ok");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1:6");
		assertThat(server.recorder().awaitClose(client.sid).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("EIO-116")
	@Tag("EIO-99")
	void shouldTellTheNextPollThatTheServerClosed() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "");
		client.session().send("last");
		client.session().close();
		assertThat(client.poll().text()).isEqualTo("5:4last");
		assertThat(client.poll().text()).isEqualTo("1:61:1");
		assertThat(server.recorder().awaitClose(client.sid).reason()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	private static void hurried(EngineOptions.Builder engine) {
		engine.pingInterval(Duration.ofMillis(300)).pingTimeout(Duration.ofMillis(200));
	}

	/**
	 * A polling session of protocol 3.
	 */
	private static final class Client {

		private final TestServer server;

		private final RawHttp gets;

		private final RawHttp posts;

		private final String sid;

		Client(TestServer server, String parameters) {
			this.server = server;
			this.gets = server.http();
			this.posts = server.http();
			this.sid = PollingClient.sid(this.gets.get(server.path() + "?EIO=3&transport=polling" + parameters).text());
		}

		private String target() {
			return this.server.path() + "?EIO=3&transport=polling&sid=" + this.sid;
		}

		EngineSession session() {
			return this.server.session(this.sid);
		}

		RawResponse poll() {
			return this.gets.get(target());
		}

		CompletableFuture<RawResponse> hang() {
			this.gets.send("GET", target(), null);
			Await.until("the poll hangs", () -> session().isWritable());
			return this.gets.pending();
		}

		String post(String payload) {
			return post(payload.getBytes(StandardCharsets.UTF_8));
		}

		String post(byte[] payload, String... headers) {
			RawResponse response = this.posts.exchange("POST", target(), payload, headers);
			assertThat(response.status()).isEqualTo(200);
			return response.text();
		}

		void refusedPost(byte[] payload, String... headers) {
			RawResponse response = this.posts.exchange("POST", target(), payload, headers);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.text()).isEmpty();
		}

		RawWebSocket upgrade() {
			RawWebSocket websocket = this.server.websocket("EIO=3&sid=" + this.sid);
			websocket.sendText("2probe");
			assertThat(websocket.readText()).isEqualTo("3probe");
			websocket.sendText("5");
			EngineSession session = session();
			Await.until("the session is upgraded", () -> session.transportType() == TransportType.WEBSOCKET);
			return websocket;
		}

	}

}
