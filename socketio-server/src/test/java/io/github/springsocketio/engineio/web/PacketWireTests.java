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

import java.util.Arrays;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawWebSocket;
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
 * The encoding of packets and payloads (EIO section 7).
 */
class PacketWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("EIO-54")
	@Tag("EIO-55")
	@Tag("EIO-56")
	void shouldTakeTextAndBinaryInOnePayload() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		assertThat(client.post("4one\u001ebAQIDBA==\u001e4\\u001e {\"a\":[1]}").text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("one");
		assertThat(server.recorder().awaitMessage()).isEqualTo("[1, 2, 3, 4]");
		assertThat(server.recorder().awaitMessage()).isEqualTo("\\u001e {\"a\":[1]}");
		assertThat(client.poll().text()).isEqualTo("4one\u001ebAQIDBA==\u001e4\\u001e {\"a\":[1]}");
	}

	@Test
	@Tag("EIO-55")
	void shouldSendBinaryFramesAsTheyAre() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		websocket.sendBinary(bytes);
		assertThat(websocket.readBinary()).isEqualTo(bytes);
		websocket.sendBinary(new byte[0]);
		assertThat(websocket.readBinary()).isEmpty();
	}

	@Test
	@Tag("EIO-55")
	void shouldPadTheBase64OfPolling() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().send(new byte[] { (byte) 0xfb, (byte) 0xff });
		client.session().send(new byte[0]);
		client.session().send(new byte[] { 1 });
		assertThat(client.poll().text()).isEqualTo("b+/8=\u001eb\u001ebAQ==");
	}

	@Test
	@Tag("EIO-56")
	void shouldNotSplitWebsocketFrames() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4a\u001e4b");
		assertThat(server.recorder().awaitMessage()).isEqualTo("a\u001e4b");
		assertThat(websocket.readText()).isEqualTo("4a\u001e4b");
	}

	@ParameterizedTest
	@CsvSource({ "bAQIDBA==,'[1, 2, 3, 4]'", "bAQIDBA,'[1, 2, 3, 4]'", "b-_8=,'[-5, -1]'", "b+/8,'[-5, -1]'",
			"b,'[]'" })
	@Tag("EIO-58")
	@Tag("SEC-39")
	void shouldTakeBase64OnBothTransports(String packet, String bytes) {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText(packet);
		assertThat(server.recorder().awaitMessage()).isEqualTo(bytes);
		assertThat(Arrays.toString(websocket.readBinary())).isEqualTo(bytes);
		PollingClient client = server.polling();
		client.post(packet);
		assertThat(server.recorder().awaitMessage()).isEqualTo(bytes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "b!!!!", "bAQ=A", "bé", "bA", "bAQI D", "b====" })
	@Tag("EIO-58")
	@Tag("SEC-39")
	void shouldRefuseWhatIsNoBase64(String packet) {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.sendText(packet);
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.PARSE_ERROR);
		PollingClient client = server.polling();
		client.post(packet);
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PARSE_ERROR);
	}

	@Test
	@Tag("EIO-59")
	void shouldDeliverAMessageWithoutData() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.post("4");
		assertThat(server.recorder().awaitMessage()).isEmpty();
		assertThat(client.poll().text()).isEqualTo("4");
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4");
		assertThat(websocket.readText()).isEqualTo("4");
	}

	@Test
	@Tag("EIO-60")
	void shouldNotLimitWhatTheServerSends() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(100)));
		PollingClient client = server.polling();
		client.session().send("x".repeat(150000));
		client.session().send("y".repeat(150));
		assertThat(client.poll().text().equals("4" + "x".repeat(150000))).isTrue();
		assertThat(client.poll().text()).isEqualTo("4" + "y".repeat(150));
		RawWebSocket websocket = client.upgrade();
		client.session().send("z".repeat(150000));
		assertThat(websocket.readText().equals("4" + "z".repeat(150000))).isTrue();
	}

	@Test
	@Tag("EIO-54")
	void shouldCarryAnyTextUnchanged() {
		TestServer server = this.servers.start();
		String text = "é€😀\u0000\u2028\"\\\n\r\t";
		PollingClient client = server.polling();
		client.post("4" + text);
		assertThat(client.poll().text()).isEqualTo("4" + text);
		RawWebSocket websocket = client.upgrade();
		websocket.sendText("4" + text);
		assertThat(websocket.readText()).isEqualTo("4" + text);
	}

}
