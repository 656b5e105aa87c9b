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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Clients that send the head of a request slowly, and those that only look like it.
 */
@Tag("SEC-17")
class RequestHeadTimeoutWireTests {

	private static final Duration TIMEOUT = Duration.ofMillis(200);

	private static final Duration LONGER = TIMEOUT.multipliedBy(2);

	private final AtomicInteger exceeded = new AtomicInteger();

	@RegisterExtension
	private final TestServers servers = new TestServers(
			(spec) -> spec.http((http) -> RequestHeadTimeout.apply(http, TIMEOUT, this.exceeded::incrementAndGet)));

	@ParameterizedTest
	@ValueSource(strings = { "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: localhost\r\n", "G", " ", "\r\nG" })
	void shouldEndTheConnectionOfASlowHead(String head) {
		TestServer server = this.servers.start();
		RawConnection connection = server.http().connection();
		byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < Math.min(3, bytes.length); i++) {
			connection.write(new byte[] { bytes[i] });
		}
		assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408 ");
		assertThat(this.exceeded).hasValue(1);
	}

	@Test
	void shouldNotBeMovedByMoreBytes() {
		TestServer server = this.servers.start();
		RawConnection connection = server.http().connection();
		connection.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
		CompletableFuture<String> end = CompletableFuture.supplyAsync(connection::readToEnd,
				(task) -> new Thread(task, "reader").start());
		long limit = System.nanoTime() + Await.LIMIT.toNanos();
		while (!end.isDone() && System.nanoTime() < limit) {
			writeQuietly(connection, "x");
			Await.pass(Duration.ofMillis(10));
		}
		assertThat(end).isDone();
		assertThat(this.exceeded).hasValue(1);
	}

	@Test
	void shouldEndASlowHeadBehindAnotherRequest() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		assertThat(http.get("/other").status()).isEqualTo(404);
		http.connection().write("GET /other HT");
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
	}

	@Test
	void shouldCloseSlowConnectionsUnderTls() {
		TestServer server = this.servers.start((spec) -> spec.tls());
		RawHttp http = server.http();
		assertThat(http.get("/other").status()).isEqualTo(404);
		http.connection().write("GET /other HT");
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
	}

	@Test
	void shouldEndSlowHeadsWhereHttp2WouldBeSpokenUnderTls() {
		TestServer server = this.servers.start((spec) -> spec.http2());
		RawHttp http = server.http();
		assertThat(http.get("/other").status()).isEqualTo(404);
		http.connection().write("GET /other HT");
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
		RawConnection fresh = server.http().connection();
		fresh.write("G");
		assertThat(fresh.readToEnd()).startsWith("HTTP/1.1 408 ");
		assertThat(this.exceeded).hasValue(2);
	}

	@Test
	void shouldEndSlowHeadsWhereHttp2WouldBeSpokenWithoutTls() {
		TestServer server = startH2c();
		RawHttp http = server.http();
		assertThat(http.get("/other").status()).isEqualTo(404);
		http.connection().write("GET /other HT");
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
		RawConnection preface = server.http().connection();
		preface.write("PRI * HT");
		assertThat(preface.readToEnd()).startsWith("HTTP/1.1 408 ");
		assertThat(this.exceeded).hasValue(2);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void shouldLeaveHttp2Alone(boolean tls) throws Exception {
		TestServer server = tls ? this.servers.start((spec) -> spec.http2()) : startH2c();
		HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2);
		HttpClient client = (tls ? builder.sslContext(server.tls()) : builder).build();
		HttpRequest request = HttpRequest
			.newBuilder(URI.create((tls ? "https" : "http") + "://localhost:" + server.port() + "/other"))
			.timeout(Await.LIMIT)
			.build();
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
			Await.pass(LONGER);
		}
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldEndTheConnectionWhateverHappensToTheNews() {
		TestServer server = this.servers
			.start((spec) -> spec.http((http) -> RequestHeadTimeout.apply(http, TIMEOUT, () -> {
				throw new IllegalStateException("no metrics");
			})));
		RawConnection connection = server.http().connection();
		connection.write("GET / HT");
		assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408 ");
	}

	@Test
	void shouldServeAHeadThatComesInPiecesInTime() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		for (int i = 0; i < 3; i++) {
			for (String piece : "GET /other HTTP/1.1|\r\nHost: loc|alhost\r\n\r|\n".split("\\|")) {
				http.connection().write(piece);
			}
			assertThat(http.read().status()).isEqualTo(404);
		}
		Await.pass(LONGER);
		assertThat(http.get("/other").status()).isEqualTo(404);
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldLeaveIdleConnectionsAlone() {
		TestServer server = this.servers.start();
		RawHttp fresh = server.http();
		RawHttp used = server.http();
		assertThat(used.get("/other").status()).isEqualTo(404);
		used.connection().write("\r\n");
		PollingClient client = server.polling();
		RawWebSocket websocket = server.openWebsocket();
		CompletableFuture<RawResponse> poll = client.hang();
		Await.pass(LONGER);
		assertThat(fresh.get("/other").status()).isEqualTo(404);
		assertThat(used.get("/other").status()).isEqualTo(404);
		client.session().send("hello");
		assertThat(Await.get("the poll", poll).text()).isEqualTo("4hello");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldLeaveRequestsThatTakeLongAlone() {
		TestServer server = this.servers.start((spec) -> spec
			.webFilter((exchange, chain) -> Mono.delay(LONGER).then(Mono.defer(() -> chain.filter(exchange)))));
		RawHttp http = server.http();
		assertThat(http.get("/slow").status()).isEqualTo(404);
		// the next head begins while the request before it is under way
		http.send("GET", "/slow", null);
		http.connection().write("GET /sl");
		assertThat(http.read().status()).isEqualTo(404);
		http.connection().write("ow HTTP/1.1\r\nHost: localhost\r\n\r\n");
		assertThat(http.read().status()).isEqualTo(404);
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldLeaveBodiesToTheirOwnLimit() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.beginPost(6, "4he");
		Await.pass(LONGER);
		client.posts().connection().write("llo");
		assertThat(client.posts().read().text()).isEqualTo("ok");
		RawWebSocket websocket = client.upgrade();
		assertThat(websocket.readText()).isEqualTo("4hello");
		websocket.send(new byte[] { (byte) 0x81 });
		Await.pass(LONGER);
		assertThat(client.isAlive()).isTrue();
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldRefuseALimitOfNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RequestHeadTimeout.apply(HttpServer.create(), Duration.ZERO, () -> {
			}));
	}

	private TestServer startH2c() {
		return this.servers.start((spec) -> spec.http((http) -> RequestHeadTimeout
			.apply(http.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C), TIMEOUT, this.exceeded::incrementAndGet)));
	}

	private static void writeQuietly(RawConnection connection, String text) {
		try {
			connection.write(text);
		}
		catch (UncheckedIOException ex) {
			// ended
		}
	}

}
