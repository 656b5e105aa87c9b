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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
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
 * Compression of polls and websockets (EIO section 13).
 */
class CompressionWireTests {

	private static final String LARGE = "x".repeat(1023);

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("EIO-103")
	@Tag("EIO-105")
	@Tag("EIO-106")
	@Tag("SEC-107")
	void shouldCompressAPollFromTheThresholdOn() throws IOException {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().send(LARGE);
		RawResponse large = client.poll("Accept-Encoding: gzip");
		assertThat(large.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(large.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
		assertThat(large.header("Transfer-Encoding")).isEqualTo("chunked");
		assertThat(large.names()).doesNotContain("content-length", "vary");
		assertThat(large.body().length).isLessThan(1024);
		assertThat(text(new GZIPInputStream(new ByteArrayInputStream(large.body())))).isEqualTo("4" + LARGE);
		client.session().send(LARGE.substring(1));
		RawResponse small = client.poll("Accept-Encoding: gzip");
		assertThat(small.names()).doesNotContain("content-encoding");
		assertThat(small.header("Content-Length")).isEqualTo("1023");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none",
			value = { "gzip|gzip", "deflate|deflate", "gzip, deflate, br|gzip", "deflate, gzip|deflate",
					"gzip;q=0.5, deflate;q=0.8|deflate", "gzip;q=0.8, deflate;q=0.8|gzip",
					"deflate;q=0.8, gzip;q=0.8|deflate", "*|gzip", "GZIP|gzip", "gzip;q=0, deflate|deflate",
					"gzip;q=0|none", "br|none", "identity|none", "none|none", "*;q=0|none", "br;q=1.0, gzip;q=0.1|gzip",
					"deflate;q=0, *|gzip", ";|none", ";;, ,gzip;|gzip" })
	@Tag("EIO-104")
	void shouldChooseTheEncodingThatTheClientLikesBest(String accepted, String encoding) throws IOException {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().send(LARGE);
		RawResponse response = (accepted != null) ? client.poll("Accept-Encoding: " + accepted) : client.poll();
		assertThat(response.header("Content-Encoding")).isEqualTo(encoding);
		assertThat(text(decoded(response))).isEqualTo("4" + LARGE);
	}

	@Test
	@Tag("SEC-107")
	void shouldNotCompressTheSecretOfTheHandshake() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.initialPacket(LARGE))
			.web((web) -> web.httpCompressionThreshold(1)));
		RawResponse response = server.polling("Accept-Encoding: gzip").handshake();
		assertThat(response.names()).doesNotContain("content-encoding");
		assertThat(response.text()).startsWith("0{").endsWith(LARGE);
	}

	@Test
	@Tag("EIO-103")
	@Tag("SEC-107")
	void shouldNotCompressWhenNoPacketWantsIt() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		EncodedMessage plain = EncodedMessage.text("4" + LARGE).compress(false);
		client.session().send(plain);
		client.session().send(plain);
		assertThat(client.poll("Accept-Encoding: gzip").names()).doesNotContain("content-encoding");
		client.session().send(plain);
		client.session().send("y");
		assertThat(client.poll("Accept-Encoding: gzip").header("Content-Encoding")).isEqualTo("gzip");
	}

	@Test
	@Tag("EIO-103")
	void shouldNotCompressWhenSwitchedOff() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.httpCompression(false)));
		PollingClient client = server.polling();
		client.session().send(LARGE.repeat(10));
		assertThat(client.poll("Accept-Encoding: gzip").names()).doesNotContain("content-encoding");
	}

	@Test
	@Tag("EIO-103")
	void shouldCompressFromTheThresholdOfTheOption() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.httpCompressionThreshold(10)));
		PollingClient client = server.polling();
		client.session().send("123456789");
		assertThat(client.poll("Accept-Encoding: gzip").header("Content-Encoding")).isEqualTo("gzip");
		client.session().send("12345678");
		assertThat(client.poll("Accept-Encoding: gzip").header("Content-Encoding")).isNull();
	}

	@Test
	@Tag("EIO-103")
	void shouldNeverCompressTheAnswerOfAPost() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.httpCompressionThreshold(0)));
		PollingClient client = server.polling();
		RawResponse response = client.post("4x", "Accept-Encoding: gzip");
		assertThat(response.names()).doesNotContain("content-encoding");
		assertThat(response.text()).isEqualTo("ok");
	}

	@Test
	@Tag("EIO-107")
	void shouldNotNegotiateWebsocketCompressionByDefault() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"),
				"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.names()).doesNotContain("sec-websocket-extensions");
		RawWebSocket.Frame open = new RawWebSocket(http.connection()).read();
		assertThat(open.first()).isEqualTo(0x80 | RawWebSocket.TEXT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate", "permessage-deflate; client_max_window_bits",
			"x-unknown, permessage-deflate" })
	@Tag("EIO-107")
	@Tag("EIO-108")
	void shouldCompressEveryMessageWhenSwitchedOn(String offer) throws DataFormatException {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.websocketCompression(true)));
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"), "Sec-WebSocket-Extensions: " + offer);
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.header("Sec-WebSocket-Extensions")).isEqualTo("permessage-deflate");
		RawWebSocket websocket = new RawWebSocket(http.connection());
		Inflater inflater = new Inflater(true);
		assertThat(inflated(inflater, websocket.read())).startsWith("0{");
		websocket.send(RawWebSocket.frame(0xc1, true, deflated("4hello hello hello")));
		assertThat(inflated(inflater, websocket.read())).isEqualTo("4hello hello hello");
		server.recorder().awaitSession().send(EncodedMessage.text("4small").compress(false));
		assertThat(inflated(inflater, websocket.read())).isEqualTo("4small");
		// and the client need not compress
		websocket.sendText("4plain");
		assertThat(inflated(inflater, websocket.read())).isEqualTo("4plain");
		inflater.end();
	}

	@Test
	@Tag("EIO-107")
	void shouldNotCompressWhenTheClientDoesNotOffer() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.websocketCompression(true)));
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"));
		assertThat(response.names()).doesNotContain("sec-websocket-extensions");
		assertThat(new RawWebSocket(http.connection()).readText()).startsWith("0{");
	}

	@Test
	@Tag("EIO-107")
	void shouldCompressTheWebsocketOfAnUpgradedSession() throws DataFormatException {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.websocketCompression(true)));
		PollingClient client = server.polling();
		RawWebSocket websocket = server.websocket("sid=" + client.sid(),
				"Sec-WebSocket-Extensions: permessage-deflate");
		Inflater inflater = new Inflater(true);
		websocket.sendText("2probe");
		assertThat(inflated(inflater, websocket.read())).isEqualTo("3probe");
		websocket.sendText("5");
		client.session().send(LARGE);
		assertThat(inflated(inflater, websocket.read())).isEqualTo("4" + LARGE);
		inflater.end();
	}

	@Test
	@Tag("EIO-62")
	@Tag("SEC-106")
	void shouldLimitMessagesAfterInflation() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(1000))
			.web((web) -> web.websocketCompression(true)));
		RawWebSocket websocket = server.websocket("", "Sec-WebSocket-Extensions: permessage-deflate");
		String sid = server.recorder().awaitSession().id();
		websocket.read();
		websocket.send(RawWebSocket.frame(0xc1, true, deflated("4" + "0".repeat(999))));
		assertThat(websocket.read().opcode()).isEqualTo(RawWebSocket.TEXT);
		byte[] bomb = deflated("4" + "0".repeat(100000));
		assertThat(bomb.length).isLessThan(1000);
		websocket.send(RawWebSocket.frame(0xc1, true, bomb));
		assertThat(websocket.readClose()).isEqualTo(1009);
		assertThat(server.recorder().awaitClose(sid).reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	private static InputStream decoded(RawResponse response) throws IOException {
		InputStream body = new ByteArrayInputStream(response.body());
		String encoding = response.header("Content-Encoding");
		if ("gzip".equals(encoding)) {
			return new GZIPInputStream(body);
		}
		return "deflate".equals(encoding) ? new InflaterInputStream(body) : body;
	}

	private static String text(InputStream stream) throws IOException {
		return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * As RFC 7692 says: without the four bytes at the end.
	 */
	private static byte[] deflated(String text) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
		byte[] buffer = new byte[100000];
		int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
		deflater.end();
		return Arrays.copyOf(buffer, length - 4);
	}

	private static String inflated(Inflater inflater, RawWebSocket.Frame frame) throws DataFormatException {
		assertThat(frame.first()).isEqualTo(0xc0 | RawWebSocket.TEXT);
		ByteArrayOutputStream input = new ByteArrayOutputStream();
		input.writeBytes(frame.payload());
		input.writeBytes(new byte[] { 0, 0, (byte) 0xff, (byte) 0xff });
		inflater.setInput(input.toByteArray());
		byte[] buffer = new byte[100000];
		int length = inflater.inflate(buffer);
		return new String(buffer, 0, length, StandardCharsets.UTF_8);
	}

}
