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
import java.util.Base64;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Deflated;
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
			.web((web) -> web.httpCompression(threshold(1))));
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
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.httpCompression(null)));
		PollingClient client = server.polling();
		client.session().send(LARGE.repeat(10));
		assertThat(client.poll("Accept-Encoding: gzip").names()).doesNotContain("content-encoding");
	}

	@Test
	@Tag("EIO-103")
	void shouldCompressFromTheThresholdOfTheOption() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.httpCompression(threshold(10))));
		PollingClient client = server.polling();
		client.session().send("123456789");
		assertThat(client.poll("Accept-Encoding: gzip").header("Content-Encoding")).isEqualTo("gzip");
		client.session().send("12345678");
		assertThat(client.poll("Accept-Encoding: gzip").header("Content-Encoding")).isNull();
	}

	@Test
	@Tag("EIO-103")
	void shouldNeverCompressTheAnswerOfAPost() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.httpCompression(threshold(0))));
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
	@CsvSource({ "permessage-deflate,true", "permessage-deflate; client_max_window_bits,true",
			"'x-unknown, permessage-deflate',true", "permessage-deflate,false" })
	@Tag("EIO-107")
	@Tag("EIO-108")
	void shouldCompressEveryMessageWhenSwitchedOn(String offer, boolean nativeWebsocket) throws DataFormatException {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.nativeWebsocket(nativeWebsocket)
			.websocketCompression(WebSocketCompressionOptions.defaults())));
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"), "Sec-WebSocket-Extensions: " + offer);
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.header("Sec-WebSocket-Extensions")).isEqualTo("permessage-deflate");
		RawWebSocket websocket = new RawWebSocket(http.connection());
		Inflater inflater = new Inflater(true);
		assertThat(inflated(inflater, websocket.read())).startsWith("0{");
		websocket.send(RawWebSocket.frame(0xc1, true, Deflated.of("4hello hello hello")));
		assertThat(inflated(inflater, websocket.read())).isEqualTo("4hello hello hello");
		server.recorder().awaitSession().send(EncodedMessage.text("4small").compress(false));
		assertThat(inflated(inflater, websocket.read())).isEqualTo("4small");
		// and the client need not compress
		websocket.sendText("4plain");
		assertThat(inflated(inflater, websocket.read())).isEqualTo("4plain");
		inflater.end();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", value = { "permessage-deflate|permessage-deflate",
			"permessage-deflate; client_max_window_bits|permessage-deflate",
			"permessage-deflate; client_max_window_bits=10|permessage-deflate; client_max_window_bits=10",
			"permessage-deflate; server_max_window_bits=10|permessage-deflate; server_max_window_bits=10",
			"permessage-deflate; server_max_window_bits=\"15\"|permessage-deflate; server_max_window_bits=15",
			"permessage-deflate; server_no_context_takeover|permessage-deflate; server_no_context_takeover",
			"permessage-deflate;client_no_context_takeover|permessage-deflate; client_no_context_takeover",
			"permessage-deflate; x, permessage-deflate; server_max_window_bits=9|permessage-deflate; server_max_window_bits=9",
			"x-unknown; a=b, permessage-deflate|permessage-deflate", "x-webkit-deflate-frame|none",
			"permessage-deflate; x|none", "permessage-deflate; server_max_window_bits|none",
			"permessage-deflate; server_max_window_bits=7|none", "permessage-deflate; server_max_window_bits=16|none",
			"permessage-deflate; client_max_window_bits=08|none",
			"permessage-deflate; client_max_window_bits=99999999999|none",
			"permessage-deflate; server_no_context_takeover=1|none",
			"permessage-deflate; server_no_context_takeover; server_no_context_takeover|none",
			"Permessage-Deflate|none" })
	@Tag("EIO-107")
	void shouldAcceptTheFirstValidOffer(String offer, String response) {
		assertThat(negotiated(offer, (compression) -> {
		})).isEqualTo(response);
	}

	@Test
	@Tag("EIO-107")
	void shouldTellWhatWasNotAskedFor() {
		String browser = "permessage-deflate; client_max_window_bits";
		assertThat(negotiated(browser, (compression) -> compression.serverNoContext(true)))
			.isEqualTo("permessage-deflate; server_no_context_takeover");
		assertThat(
				negotiated(browser, (compression) -> compression.serverNoContext(true).preferredClientNoContext(true)))
			.isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
		assertThat(negotiated(browser, (compression) -> compression.serverMaxWindowBits(9)))
			.isEqualTo("permessage-deflate; server_max_window_bits=9");
		assertThat(negotiated("permessage-deflate; server_max_window_bits=12",
				(compression) -> compression.serverMaxWindowBits(9)))
			.isEqualTo("permessage-deflate; server_max_window_bits=9");
		assertThat(negotiated("permessage-deflate; server_max_window_bits=8",
				(compression) -> compression.serverMaxWindowBits(9)))
			.isEqualTo("permessage-deflate; server_max_window_bits=8");
		assertThat(negotiated(browser, (compression) -> compression.clientMaxWindowBits(10)))
			.isEqualTo("permessage-deflate; client_max_window_bits=10");
		assertThat(negotiated(browser + "=9", (compression) -> compression.clientMaxWindowBits(10)))
			.isEqualTo("permessage-deflate; client_max_window_bits=9");
		// a client that does not offer it must not be told
		assertThat(negotiated("permessage-deflate", (compression) -> compression.clientMaxWindowBits(10)))
			.isEqualTo("permessage-deflate");
	}

	private String negotiated(String offer, Consumer<WebSocketCompressionOptions.Builder> options) {
		WebSocketCompressionOptions.Builder compression = WebSocketCompressionOptions.builder();
		options.accept(compression);
		String header = null;
		for (boolean nativeWebsocket : new boolean[] { true, false }) {
			TestServer server = this.servers.start((spec) -> spec
				.web((web) -> web.nativeWebsocket(nativeWebsocket).websocketCompression(compression.build())));
			RawResponse response = server.http()
				.upgrade(server.target("transport=websocket"), "Sec-WebSocket-Extensions: " + offer);
			assertThat(response.status()).isEqualTo(101);
			String current = response.header("Sec-WebSocket-Extensions");
			assertThat(current).isEqualTo(nativeWebsocket ? current : header);
			header = current;
		}
		return header;
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("EIO-107")
	@Tag("EIO-108")
	void shouldCompressEachMessageByItselfWhereNoContextIsKept(boolean nativeWebsocket) throws DataFormatException {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.nativeWebsocket(nativeWebsocket)
			.websocketCompression(WebSocketCompressionOptions.builder().serverNoContext(true).build())));
		RawWebSocket websocket = server.websocket("",
				"Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover");
		// smaller than the threshold
		assertThat(websocket.readText()).startsWith("0{");
		EngineSession session = server.recorder().awaitSession();
		for (int i = 0; i < 3; i++) {
			session.send(LARGE);
			session.send(LARGE.substring(1));
			assertThat(inflated(websocket.read())).isEqualTo("4" + LARGE);
			assertThat(websocket.readText()).hasSize(1023);
			websocket.send(RawWebSocket.frame(0xc1, true, Deflated.of("4hello hello hello")));
			assertThat(websocket.readText()).isEqualTo("4hello hello hello");
		}
		if (nativeWebsocket) {
			session.send(EncodedMessage.text("4" + LARGE).compress(false));
			assertThat(websocket.readText()).hasSize(1024);
		}
	}

	@Test
	@Tag("EIO-107")
	void shouldCompressABroadcastOnce() throws DataFormatException {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web
			.websocketCompression(WebSocketCompressionOptions.builder().serverNoContext(true).build())));
		EncodedMessage message = EncodedMessage.of(("4" + LARGE).getBytes(StandardCharsets.UTF_8), new byte[2000]);
		Object kept = null;
		for (int i = 0; i < 5; i++) {
			RawWebSocket websocket = server.websocket("", "Sec-WebSocket-Extensions: permessage-deflate");
			websocket.readText();
			server.recorder().awaitSession().send(message);
			assertThat(inflated(websocket.read())).isEqualTo("4" + LARGE);
			assertThat(websocket.read().first()).isEqualTo(0xc0 | RawWebSocket.BINARY);
			kept = (kept != null) ? kept : message.kept();
			assertThat(message.kept()).isNotNull().isSameAs(kept);
		}
	}

	@ParameterizedTest
	@CsvSource({ "EIO=4,true", "EIO=4,false", "EIO=3,true", "EIO=3,false", "EIO=4&b64=1,true", "EIO=3&b64=1,false" })
	@Tag("EIO-107")
	void shouldCompressBinaryPacketsInAllTheirForms(String query, boolean serverNoContext) throws DataFormatException {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.allowEio3(true))
			.web((web) -> web.websocketCompression(
					WebSocketCompressionOptions.builder().serverNoContext(serverNoContext).threshold(0).build())));
		RawWebSocket websocket = server.websocket(query, "Sec-WebSocket-Extensions: permessage-deflate");
		Inflater inflater = new Inflater(true);
		assertThat(inflated(inflater, websocket.read())).startsWith("0{");
		byte[] data = { 1, 2, 3, 1, 2, 3, 1, 2, 3 };
		server.recorder().awaitSession().send(data);
		RawWebSocket.Frame frame = websocket.read();
		boolean text = query.contains("b64");
		assertThat(frame.first()).isEqualTo(0xc0 | (text ? RawWebSocket.TEXT : RawWebSocket.BINARY));
		String prefix = query.contains("EIO=3") ? "4" : "";
		String expected = text ? "b" + prefix + Base64.getEncoder().encodeToString(data)
				: (prefix.isEmpty() ? "" : "\u0004") + new String(data, StandardCharsets.ISO_8859_1);
		assertThat(inflate(inflater, frame)).isEqualTo(expected);
		inflater.end();
	}

	@Test
	@Tag("EIO-107")
	void shouldCompressWithASmallWindow() throws DataFormatException {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.websocketCompression(WebSocketCompressionOptions.defaults())));
		RawWebSocket websocket = server.websocket("",
				"Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8");
		Inflater inflater = new Inflater(true);
		assertThat(inflated(inflater, websocket.read())).startsWith("0{");
		server.recorder().awaitSession().send(LARGE.repeat(20));
		RawWebSocket.Frame frame = websocket.read();
		assertThat(frame.payload().length).isLessThan(2000);
		assertThat(inflated(inflater, frame)).isEqualTo("4" + LARGE.repeat(20));
		inflater.end();
	}

	@Test
	@Tag("EIO-107")
	void shouldNotCompressWhenTheClientDoesNotOffer() {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.websocketCompression(WebSocketCompressionOptions.defaults())));
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"));
		assertThat(response.names()).doesNotContain("sec-websocket-extensions");
		assertThat(new RawWebSocket(http.connection()).readText()).startsWith("0{");
	}

	@Test
	@Tag("EIO-107")
	void shouldCompressTheWebsocketOfAnUpgradedSession() throws DataFormatException {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.websocketCompression(WebSocketCompressionOptions.defaults())));
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

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("EIO-62")
	@Tag("SEC-106")
	void shouldLimitMessagesAfterInflation(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(1000))
			.web((web) -> web.nativeWebsocket(nativeWebsocket)
				.websocketCompression(WebSocketCompressionOptions.defaults())));
		RawWebSocket websocket = server.websocket("", "Sec-WebSocket-Extensions: permessage-deflate");
		String sid = server.recorder().awaitSession().id();
		websocket.read();
		websocket.send(RawWebSocket.frame(0xc1, true, Deflated.of("4" + "0".repeat(999))));
		assertThat(websocket.read().opcode()).isEqualTo(RawWebSocket.TEXT);
		byte[] bomb = Deflated.of("4" + "0".repeat(100000));
		assertThat(bomb.length).isLessThan(1000);
		websocket.send(RawWebSocket.frame(0xc1, true, bomb));
		assertThat(websocket.readClose()).isEqualTo(1009);
		assertThat(server.recorder().awaitClose(sid))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "message too large"));
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("EIO-107")
	void shouldNotTakeMalformedDataForALargeMessage(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.nativeWebsocket(nativeWebsocket)
			.websocketCompression(WebSocketCompressionOptions.defaults())));
		RawWebSocket websocket = server.websocket("", "Sec-WebSocket-Extensions: permessage-deflate");
		String sid = server.recorder().awaitSession().id();
		websocket.read();
		websocket.send(RawWebSocket.frame(0xc2, true, new byte[] { 6, -1, -1 }));
		assertThat(websocket.readClose()).isEqualTo(1007);
		assertThat(server.recorder().awaitClose(sid))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "invalid frame"));
	}

	@ParameterizedTest(name = "first byte: {0}")
	@ValueSource(ints = { 0xa1, 0x91, 0xe1, 0xd1, 0xf1, 0xa9 })
	@Tag("EIO-107")
	void shouldRefuseReservedBitsThatTheExtensionDoesNotUse(int first) {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.websocketCompression(WebSocketCompressionOptions.defaults())));
		RawWebSocket websocket = server.websocket("", "Sec-WebSocket-Extensions: permessage-deflate");
		String sid = server.recorder().awaitSession().id();
		websocket.read();
		websocket.send(RawWebSocket.frame(first, true, new byte[] { '4', 'x' }));
		assertThat(websocket.readClose()).isEqualTo(1002);
		assertThat(server.recorder().awaitClose(sid))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "invalid frame"));
	}

	private static HttpCompressionOptions threshold(int bytes) {
		return HttpCompressionOptions.builder().threshold(bytes).build();
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
	 * Inflate a frame without those before.
	 */
	private static String inflated(RawWebSocket.Frame frame) throws DataFormatException {
		Inflater inflater = new Inflater(true);
		try {
			return inflated(inflater, frame);
		}
		finally {
			inflater.end();
		}
	}

	private static String inflated(Inflater inflater, RawWebSocket.Frame frame) throws DataFormatException {
		assertThat(frame.first()).isEqualTo(0xc0 | RawWebSocket.TEXT);
		return inflate(inflater, frame);
	}

	private static String inflate(Inflater inflater, RawWebSocket.Frame frame) throws DataFormatException {
		ByteArrayOutputStream input = new ByteArrayOutputStream();
		input.writeBytes(frame.payload());
		input.writeBytes(new byte[] { 0, 0, (byte) 0xff, (byte) 0xff });
		inflater.setInput(input.toByteArray());
		byte[] buffer = new byte[100000];
		int length = inflater.inflate(buffer);
		return new String(buffer, 0, length, StandardCharsets.UTF_8);
	}

}
