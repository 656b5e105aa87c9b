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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.TransportType;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Websockets (EIO section 8).
 */
class WebSocketWireTests {

	@RegisterExtension
	final TestServers servers = new TestServers(this::customize);

	void customize(TestServer.Spec spec) {
		// for those who run the same tests with other options
	}

	@Test
	@Tag("EIO-61")
	void shouldCarryTextAsTextAndBytesAsBytes() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		websocket.sendBinary(new byte[] { 4, 5 });
		assertThat(websocket.readBinary()).containsExactly(4, 5);
	}

	@Test
	@Tag("EIO-61")
	void shouldPutFragmentsTogether() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		byte[] text = "4zwölf €".getBytes(StandardCharsets.UTF_8);
		// one byte in each, so that characters are split as well
		for (int i = 0; i < text.length; i++) {
			int opcode = (i == 0) ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION;
			int fin = (i == text.length - 1) ? 0x80 : 0;
			websocket.send(RawWebSocket.frame(fin | opcode, true, new byte[] { text[i] }));
		}
		assertThat(websocket.readText()).isEqualTo("4zwölf €");
		websocket.send(RawWebSocket.frame(RawWebSocket.BINARY, true, new byte[] { 1, 2 }));
		websocket.send(RawWebSocket.frame(0x80 | RawWebSocket.CONTINUATION, true, new byte[] { 3 }));
		assertThat(websocket.readBinary()).containsExactly(1, 2, 3);
	}

	@Test
	@Tag("EIO-61")
	void shouldAnswerAPingBetweenFragments() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		websocket.send(RawWebSocket.frame(RawWebSocket.TEXT, true, "4he".getBytes(StandardCharsets.UTF_8)));
		websocket.send(RawWebSocket.frame(RawWebSocket.PING, "are you there".getBytes(StandardCharsets.UTF_8)));
		RawWebSocket.Frame pong = websocket.read();
		assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
		assertThat(pong.text()).isEqualTo("are you there");
		websocket.send(RawWebSocket.frame(0x80, true, "llo".getBytes(StandardCharsets.UTF_8)));
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-61")
	void shouldIgnoreAnUnsolicitedPongFrame() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		websocket.send(RawWebSocket.frame(RawWebSocket.PONG, "unasked".getBytes(StandardCharsets.UTF_8)));
		websocket.send(RawWebSocket.frame(RawWebSocket.PING, new byte[] { 'x' }));
		assertThat(websocket.read().opcode()).isEqualTo(RawWebSocket.PONG);
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-62")
	void shouldNotLimitControlFramesAsMessages() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(100)));
		RawWebSocket websocket = server.openWebsocket();
		websocket.send(RawWebSocket.frame(RawWebSocket.PONG, new byte[125]));
		websocket.send(RawWebSocket.frame(RawWebSocket.PING, new byte[125]));
		assertThat(websocket.read().opcode()).isEqualTo(RawWebSocket.PONG);
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-62")
	void shouldTakeMessagesOfExactlyTheLimit() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(100)));
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4" + "x".repeat(99));
		assertThat(websocket.readText()).hasSize(100);
		websocket.sendBinary(new byte[100]);
		assertThat(websocket.readBinary()).hasSize(100);
		websocket.send(RawWebSocket.frame(RawWebSocket.BINARY, true, new byte[60]));
		websocket.send(RawWebSocket.frame(0x80, true, new byte[40]));
		assertThat(websocket.readBinary()).hasSize(100);
	}

	static Stream<Arguments> tooLarge() {
		byte[] text = ("4" + "x".repeat(100)).getBytes(StandardCharsets.UTF_8);
		return Stream.of(Arguments.of("text", RawWebSocket.frame(RawWebSocket.TEXT, text)),
				Arguments.of("binary", RawWebSocket.frame(RawWebSocket.BINARY, new byte[101])),
				Arguments.of("fragments",
						join(RawWebSocket.frame(RawWebSocket.BINARY, true, new byte[60]),
								RawWebSocket.frame(0x80, true, new byte[41]))),
				Arguments.of("announced", RawWebSocket.header(0x82, true, 1L << 62)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("tooLarge")
	@Tag("EIO-62")
	@Tag("SEC-32")
	void shouldCloseWith1009WhenAMessageIsTooLarge(String name, byte[] frames) {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(100)));
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.send(frames);
		assertThat(websocket.readClose()).isEqualTo(1009);
		assertThat(server.recorder().awaitClose(sid))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "message too large"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-http-buffer-size");
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("EIO-62")
	@Tag("SEC-32")
	void shouldCloseWith1009WhenFragmentsSumUpBeyondTheDefaultLimit() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.send(RawWebSocket.frame(RawWebSocket.BINARY, true, new byte[100000]));
		for (int i = 0; i < 9; i++) {
			websocket.send(RawWebSocket.frame(0, true, new byte[100000]));
		}
		websocket.send(RawWebSocket.frame(0x80, true, new byte[1]));
		assertThat(websocket.readClose()).isEqualTo(1009);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@Tag("EIO-62")
	void shouldTakeOneMillionBytesByDefault() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4" + "x".repeat(999999));
		assertThat(websocket.readText()).hasSize(1000000);
	}

	static Stream<Arguments> badUtf8() {
		return Stream
			.of(new byte[] { '4', (byte) 0xc3, 0x28 }, new byte[] { '4', (byte) 0xc0, (byte) 0xaf },
					new byte[] { '4', (byte) 0xed, (byte) 0xa0, (byte) 0x80 }, new byte[] { '4', (byte) 0xff },
					new byte[] { '4', (byte) 0xe2, (byte) 0x82 })
			.map(Arguments::of);
	}

	@ParameterizedTest
	@MethodSource("badUtf8")
	@Tag("EIO-63")
	@Tag("SEC-30")
	void shouldCloseWith1007WhenATextIsNoUtf8(byte[] text) {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.send(RawWebSocket.frame(RawWebSocket.TEXT, text));
		assertThat(websocket.readClose()).isEqualTo(1007);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "7", "é", "\u001e" })
	@Tag("EIO-64")
	@Tag("EIO-66")
	@Tag("SEC-38")
	void shouldCloseTheSessionWhenAPacketIsUnknown(String packet) {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.sendText(packet);
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.PARSE_ERROR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "0{\"sid\":\"x\"}", "5", "6", "3", "1x" })
	@Tag("EIO-53")
	@Tag("EIO-65")
	@Tag("SEC-41")
	void shouldIgnorePacketsThatDoNotBelongHere(String packet) {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText(packet);
		websocket.sendText("4still here");
		assertThat(websocket.readText()).isEqualTo("4still here");
		assertThat(server.recorder().awaitMessage()).isEqualTo("still here");
	}

	@Test
	@Tag("EIO-52")
	@Tag("SEC-12")
	void shouldCloseTheSessionWhenTheClientPings() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.sendText("2");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.recorder().awaitClose(sid))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 3000, 4999, RawWebSocket.NO_CODE })
	@Tag("EIO-67")
	void shouldCloseTheSessionWhenTheClientClosesTheWebsocket(int code) {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.sendClose(code);
		RawWebSocket.Frame answer = websocket.read();
		assertThat(answer.opcode()).isEqualTo(RawWebSocket.CLOSE);
		websocket.connection().awaitEnd();
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@Tag("EIO-67")
	void shouldCloseTheSessionWhenTheConnectionIsLost() {
		TestServer server = this.servers.start();
		RawWebSocket reset = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		reset.connection().reset();
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		RawWebSocket ended = server.openWebsocket();
		sid = server.recorder().awaitSession().id();
		ended.close();
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo", "foo, bar", "foo,bar" })
	@Tag("EIO-68")
	void shouldEchoTheFirstSubProtocol(String offered) {
		TestServer server = this.servers.start();
		RawResponse response = server.http()
			.upgrade(server.target("transport=websocket"), "Sec-WebSocket-Protocol: " + offered);
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.header("Sec-WebSocket-Protocol")).isEqualTo("foo");
	}

	@Test
	@Tag("EIO-68")
	void shouldNameNoSubProtocolUnasked() {
		TestServer server = this.servers.start();
		assertThat(server.http().upgrade(server.target("transport=websocket")).header("Sec-WebSocket-Protocol"))
			.isNull();
	}

	@Test
	@Tag("EIO-69")
	@Tag("SEC-26")
	void shouldRefuseAnUpgradeToPolling() {
		TestServer server = this.servers.start();
		RawResponse response = server.http().upgrade(server.target("transport=polling"));
		assertThat(response.status()).isEqualTo(400);
		PollingClient client = server.polling();
		assertThat(server.http().upgrade(client.target()).status()).isEqualTo(400);
		assertThat(client.post("4still here").text()).isEqualTo("ok");
		assertThat(server.engine().clientsCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 13;Sec-WebSocket-Key: short",
			"Sec-WebSocket-Version: 7;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
			"Sec-WebSocket-Version: 8;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
			"Sec-WebSocket-Version: 12;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
			"Sec-WebSocket-Version: 99;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" })
	@Tag("EIO-70")
	@Tag("SEC-26")
	void shouldRefuseBadKeysAndVersions(String headers) {
		TestServer server = this.servers.start();
		String[] lines = ("Connection: Upgrade;Upgrade: websocket;" + headers).split(";");
		RawResponse response = server.http().get(server.target("transport=websocket"), lines);
		assertThat(response.status()).isIn(400, 426);
		assertThat(server.engine().clientsCount()).isZero();
		PollingClient client = server.polling();
		response = server.http().get(server.target("transport=websocket&sid=" + client.sid()), lines);
		assertThat(response.status()).isIn(400, 426);
		client.upgrade();
		assertThat(client.session().transportType()).isEqualTo(TransportType.WEBSOCKET);
	}

	@Test
	@Tag("SEC-26")
	void shouldTakeAnUpgradeAmongOtherConnectionOptions() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		RawResponse response = http.get(server.target("transport=websocket"), "Connection: keep-alive, Upgrade",
				"Upgrade: WebSocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
		assertThat(response.status()).isEqualTo(101);
		assertThat(new RawWebSocket(http.connection()).readText()).startsWith("0{");
	}

	@Test
	@Tag("SEC-26")
	void shouldRefuseAnUpgradeThatIsNoUpgradeOrNoGet() {
		TestServer server = this.servers.start();
		RawResponse response = server.http()
			.get(server.target("transport=websocket"), "Upgrade: websocket", "Sec-WebSocket-Version: 13",
					"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
		assertThat(response.status()).isEqualTo(400);
		RawResponse post = server.http()
			.exchange("POST", server.target("transport=websocket"), null,
					RawWebSocket.handshakeHeaders().toArray(String[]::new));
		assertThat(post.status()).isEqualTo(400);
		assertThat(server.http().upgrade(server.target("")).text()).isEqualTo("Transport unknown");
		assertThat(server.engine().clientsCount()).isZero();
	}

	@Test
	@Tag("SEC-28")
	void shouldSurviveAResetDuringTheHandshake() {
		TestServer server = this.servers.start();
		RawWebSocket healthy = server.openWebsocket();
		for (int i = 0; i < 20; i++) {
			RawHttp early = server.http();
			early.send("GET", server.target("transport=websocket"), null,
					RawWebSocket.handshakeHeaders().toArray(String[]::new));
			early.connection().reset();
			server.websocket("").connection().reset();
		}
		healthy.sendText("4still here");
		assertThat(healthy.readText()).isEqualTo("4still here");
	}

	@Test
	@Tag("SEC-29")
	void shouldTakeFramesRightBehindTheUpgrade() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		http.connection()
			.write(join(upgradeRequest(server),
					RawWebSocket.frame(RawWebSocket.TEXT, "4early".getBytes(StandardCharsets.UTF_8))));
		assertThat(http.read().status()).isEqualTo(101);
		RawWebSocket websocket = new RawWebSocket(http.connection());
		assertThat(websocket.readText()).startsWith("0{");
		assertThat(websocket.readText()).isEqualTo("4early");
	}

	static Stream<Arguments> badFrames() {
		byte[] text = { '4', 'x' };
		return Stream.of(Arguments.of("reserved bit", RawWebSocket.frame(0xa1, true, text)),
				Arguments.of("compressed, but not negotiated", RawWebSocket.frame(0xc1, true, text)),
				Arguments.of("not masked", RawWebSocket.frame(0x81, false, text)),
				Arguments.of("reserved opcode", RawWebSocket.frame(0x83, true, text)),
				Arguments.of("reserved control opcode", RawWebSocket.frame(0x8b, true, text)),
				Arguments.of("large ping", RawWebSocket.frame(0x89, true, new byte[126])),
				Arguments.of("fragmented ping", RawWebSocket.frame(0x09, true, text)),
				Arguments.of("continuation of nothing", RawWebSocket.frame(0x80, true, text)),
				Arguments.of("text within a text",
						join(RawWebSocket.frame(0x01, true, text), RawWebSocket.frame(0x81, true, text))),
				Arguments.of("half a close code", RawWebSocket.frame(0x88, true, new byte[] { 3 })),
				Arguments.of("close code 1004", RawWebSocket.frame(0x88, true, new byte[] { 3, (byte) 0xec })),
				Arguments.of("close code 1015", RawWebSocket.frame(0x88, true, new byte[] { 3, (byte) 0xf7 })),
				Arguments.of("close code 2999", RawWebSocket.frame(0x88, true, new byte[] { 11, (byte) 0xb7 })),
				Arguments.of("close code 5000", RawWebSocket.frame(0x88, true, new byte[] { 19, (byte) 0x88 })),
				Arguments.of("close code 65535",
						RawWebSocket.frame(0x88, true, new byte[] { (byte) 0xff, (byte) 0xff })),
				Arguments.of("close code 1005", RawWebSocket.frame(0x88, true, new byte[] { 3, (byte) 0xed })),
				Arguments.of("close code 999", RawWebSocket.frame(0x88, true, new byte[] { 3, (byte) 0xe7 })));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badFrames")
	@Tag("SEC-29")
	void shouldCloseWhenAFrameBreaksTheProtocol(String name, byte[] frames) {
		TestServer server = this.servers.start();
		RawWebSocket healthy = server.openWebsocket();
		server.recorder().awaitSession();
		RawHttp http = server.http();
		// the open packet may or may not come before
		http.connection().write(join(upgradeRequest(server), frames));
		assertThat(http.read().status()).isEqualTo(101);
		RawWebSocket websocket = new RawWebSocket(http.connection());
		assertThat(websocket.readCloseAfterTexts()).isIn(1002, 1007);
		server.recorder().awaitClose(server.recorder().awaitSession().id());
		healthy.sendText("4still here");
		assertThat(healthy.readText()).isEqualTo("4still here");
		assertThat(server.recorder().awaitMessage()).isEqualTo("still here");
	}

	private static byte[] upgradeRequest(TestServer server) {
		String head = "GET " + server.target("transport=websocket") + " HTTP/1.1\r\nHost: localhost\r\n"
				+ String.join("\r\n", RawWebSocket.handshakeHeaders()) + "\r\n\r\n";
		return head.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

	@Test
	@Tag("EIO-31")
	@Tag("SEC-35")
	void shouldServeWebsocketsAlone() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.transports(Set.of(TransportType.WEBSOCKET))));
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

}
