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
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.testsupport.Await;
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
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Polling with scripts and forms (EIO section 15). What is expected was printed by the
 * npm package engine.io, but for the type of the scripts.
 */
class JsonpWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers(
			(spec) -> spec.engine((engine) -> engine.allowEio3(true)).web((web) -> web.jsonp(true)));

	@ParameterizedTest
	@CsvSource({ "0, 0", "'', ''", "12, 12", "alert(1), 1", "0;x, 0", "%22]%3Balert(1)%2F%2F, 1", "x, ''" })
	@Tag("EIO-12")
	@Tag("EIO-117")
	@Tag("SEC-110")
	void shouldAnswerWithAScript(String index, String digits) {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=" + index);
		String text = client.handshake.text();
		assertThat(text).isEqualTo("___eio[" + digits + "](\"0{\\\"sid\\\":\\\"" + client.sid
				+ "\\\",\\\"upgrades\\\":[\\\"websocket\\\"],\\\"pingInterval\\\":25000,\\\"pingTimeout\\\":20000,"
				+ "\\\"maxPayload\\\":1000000}\");");
		assertThat(client.handshake.header("Content-Type")).isEqualTo("text/javascript; charset=UTF-8");
		assertThat(client.handshake.header("Content-Length")).isEqualTo("" + text.length());
		assertThat(client.handshake.header("cache-control")).isEqualTo("no-store");
		client.close();
	}

	@Test
	@Tag("EIO-117")
	void shouldEscapeWhatAScriptMustNotHold() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=0");
		client.session().send("\"\\\b\f\n\r\t\u0000\u2028\u2029é😀</script>");
		client.session().send("next");
		assertThat(client.poll().text())
			.isEqualTo("___eio[0](\"4\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u2028\\u2029é😀</script>\\u001e4next\");");
		client.close();
	}

	@ParameterizedTest
	@CsvSource({ "d=4hello, hello", "d=4a%20b%2Bc+d, a b+c d", "x=1&d=4%C3%A9%E2%82%AC&y, é€", "d=4a%5C%5Cnb, a\\nb" })
	@Tag("EIO-118")
	void shouldReadAFormField(String form, String message) {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=0");
		RawResponse response = client.post(form);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Type")).isEqualTo("text/html");
		assertThat(response.text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo(message);
		client.close();
	}

	@Test
	@Tag("EIO-118")
	void shouldUnescapeLineBreaks() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=0");
		assertThat(client.post("d=4a%5Cnb").text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("a\nb");
		assertThat(client.poll().text()).isEqualTo("___eio[0](\"4a\\nb\");");
		client.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x=1", "d=4a&d=4b", "&&&" })
	@Tag("EIO-118")
	void shouldDeliverNothingWithoutTheField(String form) {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=0");
		assertThat(client.post(form).text()).isEqualTo("ok");
		assertThat(client.post("d=4next").text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("next");
		client.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "d=", "d", "d=9", "d=4a%1E" })
	@Tag("EIO-118")
	@Tag("SEC-110")
	void shouldCloseTheSessionWhenTheFieldDoesNotParse(String form) {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=0");
		assertThat(client.post(form).status()).isEqualTo(400);
		assertThat(server.recorder().awaitClose(client.sid).reason()).isEqualTo(CloseReason.PARSE_ERROR);
	}

	@Test
	@Tag("EIO-46")
	void shouldRefuseOctets() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=0");
		RawResponse response = client.post("d=4a", "Content-Type: application/octet-stream");
		assertThat(response.status()).isEqualTo(400);
		assertThat(server.recorder().awaitClose(client.sid).detail()).isEqualTo("invalid content");
	}

	@Test
	@Tag("EIO-119")
	void shouldKeepToWhatTheFirstRequestAskedFor() {
		TestServer server = this.servers.start();
		Client scripts = new Client(server, "EIO=4&j=7");
		scripts.session().send("hello");
		assertThat(server.http().get(server.target("transport=polling&sid=" + scripts.sid)).text())
			.isEqualTo("___eio[7](\"4hello\");");
		scripts.close();
		PollingClient plain = server.polling();
		plain.session().send("hello");
		assertThat(server.http().get(plain.target() + "&j=7").text()).isEqualTo("4hello");
		assertThat(server.http().post(plain.target() + "&j=7", "4d=x").text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("d=x");
	}

	@Test
	@Tag("EIO-117")
	@Tag("EIO-110")
	@Tag("EIO-112")
	void shouldCarryPayloadsOfProtocol3AsText() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=3&j=0");
		assertThat(client.handshake.text()).startsWith("___eio[0](\"118:0{");
		assertThat(client.post("d=" + encode("3:4é€8:b4AQIDBA")).text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("___eio[0](\"3:4é€10:b4AQIDBA==\");");
		assertThat(client.post("d=" + encode("1:1")).text()).isEqualTo("ok");
		assertThat(server.recorder().awaitClose(client.sid).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@Tag("EIO-103")
	@Tag("EIO-117")
	void shouldCompressLargeScripts() throws IOException {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=0");
		client.session().send("x".repeat(2000));
		RawResponse response = client.poll("Accept-Encoding: gzip");
		assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()).asString()
			.isEqualTo("___eio[0](\"4" + "x".repeat(2000) + "\");");
		client.close();
	}

	@Test
	@Tag("EIO-12")
	void shouldUpgradeASessionWithScripts() {
		TestServer server = this.servers.start();
		Client client = new Client(server, "EIO=4&j=0");
		EngineSession session = client.session();
		RawWebSocket websocket = server.websocket("sid=" + client.sid);
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		assertThat(client.poll().text()).isEqualTo("___eio[0](\"6\");");
		websocket.sendText("5");
		Await.until("the session is upgraded", () -> session.transportType() == TransportType.WEBSOCKET);
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-12")
	@Tag("SEC-110")
	void shouldRefuseScriptsByDefault() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.jsonp(false)));
		RawResponse response = server.http().get(server.path() + "?transport=polling&EIO=4&j=0");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
		assertThat(server.engine().clientsCount()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "Origin: https://evil.example, 403", "Origin: null, 403", "Origin: https://app.example, 200",
			"Origin: http://localhost, 200", "Referer: https://evil.example/localhost, 403", "Referer: x, 403",
			"Referer: https://app.example/page?q#f, 200", "Referer: http://localhost/page, 200",
			"Cookie: SESSION=1, 403", "Authorization: Basic eDp5, 403", "Authorization: Bearer x, 200",
			"Accept: */*, 200" })
	@Tag("SEC-110")
	void shouldCheckTheOriginOfScripts(String header, int status) {
		this.servers.expectErrors();
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.jsonp(true)
			.cors(CorsOptions.builder().allowedOrigins(List.of("https://app.example")).build())));
		Client client = new Client(server, "EIO=4&j=0");
		assertThat(client.handshake.header("X-Content-Type-Options")).isEqualTo("nosniff");
		client.session().send("secret");
		RawResponse handshake = server.http().get(server.path() + "?transport=polling&EIO=4&j=0", header);
		assertThat(handshake.status()).isEqualTo(status);
		RawResponse post = client.post("d=4hello", header);
		assertThat(post.status()).isEqualTo(status);
		RawResponse poll = client.poll(header);
		assertThat(poll.status()).isEqualTo(status);
		for (RawResponse response : List.of(handshake, post, poll)) {
			assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
		}
		closeSession(server, client.handshake);
		closeSession(server, handshake);
	}

	@Test
	@Tag("SEC-110")
	void shouldAskTheResolverAboutTheReferer() {
		this.servers.expectErrors();
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.jsonp(true)
			.cors(CorsOptions.builder()
				.originResolver((origin, exchange) -> Mono.just(origin.equals("https://app.example:8443")))
				.build())));
		String target = server.path() + "?transport=polling&EIO=4&j=0";
		RawResponse allowed = server.http().get(target, "Referer: https://app.example:8443/");
		assertThat(allowed.status()).isEqualTo(200);
		closeSession(server, allowed);
		assertThat(server.http().get(target, "Referer: https://app.example/").status()).isEqualTo(403);
	}

	private static void closeSession(TestServer server, RawResponse handshake) {
		if (handshake.status() == 200) {
			server.session(PollingClient.sid(handshake.text().replace("\\", ""))).closeNow();
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * A session with scripts and forms.
	 */
	private static final class Client {

		private final TestServer server;

		private final RawHttp http;

		private final String query;

		private final RawResponse handshake;

		private final String sid;

		Client(TestServer server, String query) {
			this.server = server;
			this.http = server.http();
			this.query = query;
			this.handshake = this.http.get(server.path() + "?transport=polling&" + query);
			this.sid = PollingClient.sid(this.handshake.text().replace("\\", ""));
		}

		private String target() {
			return this.server.path() + "?transport=polling&" + this.query + "&sid=" + this.sid;
		}

		EngineSession session() {
			return this.server.session(this.sid);
		}

		RawResponse poll(String... headers) {
			return this.http.get(target(), headers);
		}

		RawResponse post(String form, String... headers) {
			return this.http.post(target(), form, headers);
		}

		void close() {
			assertThat(post("d=1").text()).isEqualTo("ok");
		}

	}

}
