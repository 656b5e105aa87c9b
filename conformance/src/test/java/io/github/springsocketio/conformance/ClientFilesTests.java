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

package io.github.springsocketio.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bundles of the JavaScript client, as the starter serves them.
 */
class ClientFilesTests {

	private static final String VERSION = "\"4.8.4\"";

	private final HttpClient client = HttpClient.newHttpClient();

	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		this.context.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js" })
	@Tag("SIO-116")
	@Tag("SIO-117")
	void shouldServeTheBundlesAndTheirMaps(String name) throws Exception {
		start();
		HttpResponse<byte[]> script = get(name + "?t=1");
		assertThat(script.statusCode()).isEqualTo(200);
		assertThat(header(script, "Content-Type")).isEqualToIgnoringCase("application/javascript; charset=utf-8");
		assertThat(header(script, "Cache-Control")).isEqualTo("public, max-age=0");
		assertThat(header(script, "ETag")).isEqualTo(VERSION);
		assertThat(new String(script.body(), StandardCharsets.UTF_8)).contains("Socket.IO v4.8.4");
		HttpResponse<byte[]> map = get(name + ".map");
		assertThat(header(map, "Content-Type")).isEqualToIgnoringCase("application/json; charset=utf-8");
		assertThat(new String(map.body(), StandardCharsets.UTF_8)).startsWith("{");
	}

	@Test
	@Tag("SIO-116")
	@Tag("SEC-104")
	void shouldServeNothingElse() throws Exception {
		start();
		for (String name : new String[] { "version", "LICENSE", "socket.io.js/", "..%2fsocket-io.js", "socket.io.css",
				"%73ocket.io.js" }) {
			HttpResponse<byte[]> response = get(name);
			assertThat(response.statusCode()).as(name).isEqualTo(400);
			assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"code\":0");
		}
	}

	@Test
	@Tag("SIO-118")
	void shouldAnswerConditionalRequests() throws Exception {
		start();
		for (String known : new String[] { VERSION, "W/" + VERSION }) {
			HttpResponse<byte[]> response = get("socket.io.js", "If-None-Match", known);
			assertThat(response.statusCode()).isEqualTo(304);
			assertThat(response.body()).isEmpty();
			assertThat(response.headers().map()).doesNotContainKeys("etag", "cache-control", "content-type");
		}
		for (String other : new String[] { "*", "\"4.8.3\"", VERSION + ", \"x\"" }) {
			assertThat(get("socket.io.js", "If-None-Match", other).statusCode()).as(other).isEqualTo(200);
		}
	}

	@Test
	@Tag("SIO-119")
	void shouldCompressWhatTheClientCanRead() throws Exception {
		start();
		byte[] plain = get("socket.io.js").body();
		HttpResponse<byte[]> gzip = get("socket.io.js", "Accept-Encoding", "gzip, deflate, br");
		assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
		assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes()).isEqualTo(plain);
		HttpResponse<byte[]> deflate = get("socket.io.js", "Accept-Encoding", "deflate");
		assertThat(header(deflate, "Content-Encoding")).isEqualTo("deflate");
		assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes()).isEqualTo(plain);
	}

	/**
	 * The JDK cannot decompress it; the tests with Node.js do.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "br", "gzip;q=0.1, br;q=0.9", "*", "br, gzip" })
	@Tag("SIO-119")
	void shouldServeBrotliIfTheClientPrefersIt(String accepted) throws Exception {
		start();
		for (String name : new String[] { "socket.io.js", "socket.io.msgpack.min.js", "socket.io.min.js.map" }) {
			HttpResponse<byte[]> response = get(name, "Accept-Encoding", accepted);
			assertThat(header(response, "Content-Encoding")).isEqualTo("br");
			assertThat(response.body()).isEqualTo(bundle(name + ".br")).hasSizeLessThan(bundle(name).length / 3);
		}
	}

	@Test
	@Tag("SIO-116")
	void shouldNotServeCompressedFilesByTheirOwnNames() throws Exception {
		start();
		assertThat(get("socket.io.js.br").statusCode()).isEqualTo(400);
	}

	@Test
	@Tag("SIO-120")
	void shouldSendCorsHeadersWithTheFiles() throws Exception {
		start("socketio.cors.allowed-origins=http://app.example");
		HttpResponse<byte[]> response = get("socket.io.js", "Origin", "http://app.example");
		assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("http://app.example");
	}

	@Test
	@Tag("SIO-120")
	void shouldServeNoFilesIfSwitchedOff() throws Exception {
		start("socketio.serve-client=false");
		assertThat(new String(get("socket.io.js").body(), StandardCharsets.UTF_8)).contains("\"code\":0");
	}

	@Test
	@Tag("SIO-121")
	void shouldServeFilesToGetAndHeadBehindASlashOnly() throws Exception {
		start();
		HttpResponse<byte[]> head = send(request("socket.io.js").method("HEAD", HttpRequest.BodyPublishers.noBody()));
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		HttpResponse<byte[]> post = send(request("socket.io.js").POST(HttpRequest.BodyPublishers.ofString("x")));
		assertThat(post.statusCode()).isEqualTo(400);
		assertThat(send(HttpRequest.newBuilder(URI.create(base() + "/socket.ioXsocket.io.js"))).statusCode())
			.isEqualTo(404);
	}

	private void start(String... properties) {
		this.context = new SpringApplicationBuilder(Application.class)
			.properties("server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s", "spring.main.banner-mode=off",
					"logging.level.root=warn")
			.properties(properties)
			.run();
	}

	private String base() {
		return "http://localhost:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	private HttpRequest.Builder request(String name) {
		return HttpRequest.newBuilder(URI.create(base() + "/socket.io/" + name)).timeout(Duration.ofSeconds(20));
	}

	private HttpResponse<byte[]> get(String name, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = request(name);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request);
	}

	private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
	}

	private static byte[] bundle(String name) throws IOException {
		try (InputStream file = Objects
			.requireNonNull(ClientFilesTests.class.getResourceAsStream("/META-INF/socketio-client/" + name))) {
			return file.readAllBytes();
		}
	}

	private static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElse(null);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
