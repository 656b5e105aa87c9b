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
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that no honest client sends.
 */
class HostileHttpWireTests {

	private static final String NEXT = "GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("SEC-20")
	void shouldAnswerPipelinedRequestsInTheirOrder() {
		TestServer server = this.servers.start();
		StringBuilder requests = new StringBuilder();
		for (int i = 0; i < 500; i++) {
			requests.append("GET ")
				.append(server.target("transport=t" + i))
				.append(" HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.append("GET ")
				.append(server.target("transport=polling&sid=none"))
				.append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
		}
		RawHttp http = server.http();
		http.connection().write(requests.toString());
		for (int i = 0; i < 500; i++) {
			assertThat(http.read().text()).contains("\"code\":0");
			assertThat(http.read().text()).contains("\"code\":1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 2\r\nContent-Length: 3\r\n\r\n4a", "Content-Length: -1\r\n\r\n",
			"Content-Length: 1x\r\n\r\n4", "Transfer-Encoding: chunked\r\n\r\nzz\r\n4a\r\n0\r\n\r\n" })
	@Tag("SEC-24")
	void shouldServeNothingBehindARequestWithoutAClearEnd(String rest) {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.handshake();
		RawHttp http = server.http();
		http.connection().write("POST " + client.target() + " HTTP/1.1\r\nHost: localhost\r\n" + rest + NEXT);
		String answer = http.connection().readToEnd();
		assertThat(answer).doesNotContain("404").doesNotContain("HTTP/1.1 200");
		if (client.isAlive()) {
			client.session().closeNow();
		}
	}

	@Test
	@Tag("SEC-24")
	void shouldNotReadASecondRequestOutOfAChunkedOneWithALength() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.handshake();
		RawHttp http = server.http();
		http.connection()
			.write("POST " + client.target() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
					+ "Transfer-Encoding: chunked\r\n\r\n2\r\n4a\r\n0\r\n\r\n");
		RawResponse response = http.read("POST");
		assertThat(response.status()).isIn(200, 400);
		client.session().closeNow();
	}

	@Test
	@Tag("SEC-27")
	void shouldReadHostileWebSocketHeadersInBoundedTime() {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.websocketCompression(WebSocketCompressionOptions.defaults())));
		for (String value : List.of("constructor, __proto__; a=1;;;", ";".repeat(6000), ",".repeat(6000),
				"permessage-deflate;", "permessage-deflate,", "permessage-deflate, ; x", "permessage-deflate; ; x")) {
			assertThat(upgrade(server, "Sec-WebSocket-Extensions: " + value).status()).isEqualTo(400);
		}
		assertThat(upgrade(server, "Sec-WebSocket-Extensions: constructor, __proto__; a=1").status()).isEqualTo(101);
		assertThat(upgrade(server, "Sec-WebSocket-Protocol: " + " ".repeat(6000) + "a").status()).isIn(101, 400);
		assertThat(upgrade(server, "Sec-WebSocket-Protocol: " + " ".repeat(50000) + "a").status()).isIn(400, 413, 431);
		assertThat(server.polling().handshake().status()).isEqualTo(200);
	}

	private static RawResponse upgrade(TestServer server, String header) {
		return server.http().upgrade(server.target("transport=websocket"), header);
	}

	@Test
	@Tag("SEC-102")
	void shouldNotTellWhatItIs() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		for (RawResponse response : new RawResponse[] { server.polling().handshake(),
				http.get(server.target("transport=foo")), upgrade(server, "X-A: 1") }) {
			assertThat(response.names()).doesNotContain("server", "x-powered-by", "via");
		}
	}

	@Test
	@Tag("SEC-105")
	void shouldNotInflateRequests() throws IOException {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.handshake();
		RawResponse response = client.posts()
			.exchange("POST", client.target(), gzip(5_000_000), "Content-Encoding: gzip");
		assertThat(response.status()).isEqualTo(400);
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PARSE_ERROR);
	}

	private static byte[] gzip(int size) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write('4');
			gzip.write(new byte[size]);
		}
		return bytes.toByteArray();
	}

}
