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

package io.github.springsocketio.autoconfigure;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestCertificate;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerState;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RequestHeadTimeout} with clients that send the head of a request
 * slowly, and with some that only seem to.
 */
@Tag("SEC-17")
class RequestHeadTimeoutTests {

	private static final Duration TIMEOUT = Duration.ofMillis(200);

	private static final String ENDPOINT = "/socket.io/?EIO=4&transport=";

	private static final Duration LONGER = TIMEOUT.multipliedBy(2);

	private final AtomicInteger exceeded = new AtomicInteger();

	private final AtomicInteger reads = new AtomicInteger();

	private final EngineServer engine = EngineServer.create(EngineOptions.defaults());

	private final List<RawHttp> clients = new ArrayList<>();

	private DisposableServer server;

	@AfterEach
	void stop() {
		for (RawHttp client : this.clients) {
			client.close();
		}
		this.engine.close().block(Await.LIMIT);
		if (this.server != null) {
			this.server.disposeNow(Await.LIMIT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: localhost\r\n", "G", " ", "\r\nG" })
	void shouldEndTheConnectionOfASlowHead(String head) {
		start();
		RawConnection connection = http().connection();
		byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < Math.min(3, bytes.length); i++) {
			connection.write(new byte[] { bytes[i] });
		}
		assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408 ");
		assertThat(this.exceeded).hasValue(1);
	}

	@Test
	void shouldNotBeMovedByMoreBytes() {
		start();
		RawConnection connection = http().connection();
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
		start();
		RawHttp http = http();
		assertThat(http.get("/other").status()).isEqualTo(404);
		http.connection().write("GET /other HT");
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
	}

	@Test
	void shouldCloseSlowConnectionsUnderTls() {
		start((http) -> secure(http, Http11SslContextSpec.forServer(TestCertificate.get().keyManagers())));
		RawHttp http = https();
		assertThat(http.get("/other").status()).isEqualTo(404);
		http.connection().write("GET /other HT");
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
	}

	@Test
	void shouldEndSlowHeadsWhereHttp2WouldBeSpokenUnderTls() {
		start(RequestHeadTimeoutTests::http2);
		RawHttp http = https();
		assertThat(http.get("/other").status()).isEqualTo(404);
		http.connection().write("GET /other HT");
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
		RawConnection fresh = https().connection();
		fresh.write("G");
		assertThat(fresh.readToEnd()).startsWith("HTTP/1.1 408 ");
		assertThat(this.exceeded).hasValue(2);
	}

	@Test
	void shouldEndSlowHeadsWhereHttp2WouldBeSpokenWithoutTls() {
		start(RequestHeadTimeoutTests::h2c);
		RawHttp http = http();
		assertThat(http.get("/other").status()).isEqualTo(404);
		http.connection().write("GET /other HT");
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
		RawConnection preface = http().connection();
		preface.write("PRI * HT");
		assertThat(preface.readToEnd()).startsWith("HTTP/1.1 408 ");
		assertThat(this.exceeded).hasValue(2);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void shouldLeaveHttp2Alone(boolean tls) throws Exception {
		start(tls ? RequestHeadTimeoutTests::http2 : RequestHeadTimeoutTests::h2c);
		HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2);
		HttpClient client = (tls ? builder.sslContext(TestCertificate.get().client()) : builder).build();
		HttpRequest request = HttpRequest
			.newBuilder(URI.create((tls ? "https" : "http") + "://localhost:" + this.server.port() + "/other"))
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
	void shouldEndASlowHeadThatBeganBehindARequestInProgress() {
		start();
		RawHttp http = http();
		http.send("GET", "/slow", null);
		http.connection().write("GET /other HT");
		assertThat(http.read().status()).isEqualTo(404);
		assertThat(http.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
		RawHttp together = http();
		together.connection().write("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n");
		assertThat(together.read().status()).isEqualTo(404);
		assertThat(together.connection().readToEnd()).startsWith("HTTP/1.1 408 ");
		assertThat(this.exceeded).hasValue(2);
	}

	@Test
	void shouldEndTheOldestHeadsWhenAllOfThemTakeTooMuch() {
		LoopResources one = LoopResources.create("one", 1, true);
		serve(one, Mono.empty());
		List<RawConnection> connections = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			RawConnection connection = http().connection();
			connection.write(incompleteHead());
			connections.add(connection);
		}
		for (RawConnection connection : connections.subList(0, 3)) {
			assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408 ");
		}
		assertThat(this.exceeded).hasValue(3);
		for (RawConnection connection : connections.subList(3, 5)) {
			connection.write("\r\n");
			assertThat(connection.readLine()).isEqualTo("HTTP/1.1 200 OK");
		}
		stop(one);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "|", "GET / HTTP/1.1\r\nHo|st: localhost\r\n\r\n" })
	void shouldCountHeadsBehindRequestsInProgress(String between) {
		LoopResources one = LoopResources.create("one", 1, true);
		Sinks.Empty<Void> response = Sinks.empty();
		serve(one, response.asMono());
		List<RawConnection> connections = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			RawConnection connection = http().connection();
			String bytes = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + between + incompleteHead();
			for (String piece : bytes.split("\\|")) {
				int begun = this.reads.get();
				connection.write(piece);
				Await.until("the bytes", () -> this.reads.get() > begun);
			}
			connections.add(connection);
		}
		for (RawConnection connection : connections.subList(0, 3)) {
			assertThat(connection.readToEnd()).isEmpty();
		}
		assertThat(this.exceeded).hasValue(3);
		response.tryEmitEmpty();
		for (RawConnection connection : connections.subList(3, 5)) {
			assertThat(connection.readLine()).isEqualTo("HTTP/1.1 200 OK");
		}
		stop(one);
	}

	@Test
	void shouldNotReportConnectionsThatEndWithinAHeadAsBrokenRequests() {
		LoopResources one = LoopResources.create("one", 1, true);
		CountDownLatch closed = new CountDownLatch(2);
		AtomicInteger broken = new AtomicInteger();
		start((http) -> http.runOn(one).childObserve((connection, state) -> {
			if (state == HttpServerState.REQUEST_DECODING_FAILED) {
				broken.incrementAndGet();
			}
		})
			.doOnChannelInit(
					(observer, channel, remote) -> channel.closeFuture().addListener((end) -> closed.countDown())));
		RawConnection connection = http().connection();
		connection.write("GET / HTTP/1.1\r\nHost: loc");
		RawHttp pipelined = http();
		pipelined.send("GET", "/slow", null);
		pipelined.connection().write("GET / HTTP/1.1\r\nHost: loc");
		// the bytes have been read once another connection has its response
		RawHttp other = http();
		assertThat(other.get("/other").status()).isEqualTo(404);
		connection.close();
		pipelined.close();
		Await.on("the end", closed);
		assertThat(other.get("/other").status()).isEqualTo(404);
		assertThat(broken).hasValue(0);
		RawConnection invalid = http().connection();
		invalid.write("GET / HTTP/invalid\r\n\r\n");
		Await.until("the broken request", () -> broken.get() == 1);
		stop(one);
	}

	@Test
	void shouldEndTheConnectionWhateverHappensToTheNews() {
		start(UnaryOperator.identity(), () -> {
			throw new IllegalStateException("no metrics");
		});
		RawConnection connection = http().connection();
		connection.write("GET / HT");
		assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408 ");
	}

	@Test
	void shouldServeAHeadThatComesInPiecesInTime() {
		start();
		RawHttp http = http();
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
		start();
		RawHttp fresh = http();
		RawHttp used = http();
		assertThat(used.get("/other").status()).isEqualTo(404);
		used.connection().write("\r\n");
		RawHttp blank = http();
		blank.connection().write("GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n\r\n");
		assertThat(blank.read().status()).isEqualTo(404);
		RawHttp polling = http();
		EngineSession session = handshake(polling);
		polling.send("GET", ENDPOINT + "polling&sid=" + session.id(), null);
		CompletableFuture<RawResponse> poll = polling.pending();
		RawHttp http = http();
		assertThat(http.upgrade(ENDPOINT + "websocket").status()).isEqualTo(101);
		RawWebSocket websocket = new RawWebSocket(http.connection());
		assertThat(websocket.readText()).startsWith("0{");
		Await.pass(LONGER);
		assertThat(fresh.get("/other").status()).isEqualTo(404);
		assertThat(used.get("/other").status()).isEqualTo(404);
		assertThat(blank.get("/other").status()).isEqualTo(404);
		session.send("hello");
		assertThat(Await.get("the poll", poll).text()).isEqualTo("4hello");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		Await.pass(LONGER);
		websocket.sendText("4again");
		assertThat(websocket.readText()).isEqualTo("4again");
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldLeaveRequestsThatTakeLongAlone() {
		start();
		RawHttp http = http();
		assertThat(http.get("/slow").status()).isEqualTo(404);
		// the next head takes longer than the limit, but the request before it is in
		// progress
		http.send("GET", "/slow", null);
		http.connection().write("GET /sl");
		Await.pass(LONGER.minus(TIMEOUT.dividedBy(2)));
		http.connection().write("ow HTTP/1.1\r\nHost: localhost\r\n\r\n");
		assertThat(http.read().status()).isEqualTo(404);
		assertThat(http.read().status()).isEqualTo(404);
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldLeaveBodiesToTheirOwnLimit() {
		start();
		RawHttp http = http();
		EngineSession session = handshake(http);
		http.sendHead("POST", ENDPOINT + "polling&sid=" + session.id(), 6);
		http.connection().write("4he");
		Await.pass(LONGER);
		http.connection().write("llo");
		assertThat(http.read().text()).isEqualTo("ok");
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldLeaveTheBodyOfARequestThatHasItsResponseAlone() {
		start();
		RawHttp http = http();
		http.sendHead("POST", "/other", 3);
		assertThat(http.read().status()).isEqualTo(404);
		for (int i = 0; i < 3; i++) {
			http.connection().write("x");
			Await.pass(LONGER);
		}
		assertThat(http.get("/other").status()).isEqualTo(404);
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void shouldRefuseALimitOfNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RequestHeadTimeout.apply(HttpServer.create(), Duration.ZERO, () -> {
			}));
	}

	private void start() {
		start(UnaryOperator.identity());
	}

	private void start(UnaryOperator<HttpServer> customizer) {
		start(customizer, this.exceeded::incrementAndGet);
	}

	private void start(UnaryOperator<HttpServer> customizer, Runnable exceeded) {
		this.engine.setConnectionHandler((session) -> new EngineSessionHandler() {

			@Override
			public void onText(byte[] data, int offset, int length) {
				session.send(new String(data, offset, length, StandardCharsets.UTF_8));
			}

			@Override
			public void onBinary(byte[] data) {
			}

			@Override
			public void onClose(CloseReason reason, String detail) {
			}

		});
		HttpServer http = customizer.apply(HttpServer.create().host("localhost").port(0));
		this.server = RequestHeadTimeout.apply(http, TIMEOUT, exceeded)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(RequestHeadTimeoutTests::notFound)
				.filter(EngineWebFilter.builder(this.engine).build())
				.build()))
			.bindNow(Await.LIMIT);
	}

	/**
	 * Serve with room for two incomplete heads, for which there is enough time.
	 */
	private void serve(LoopResources loops, Mono<Void> due) {
		HttpServer http = HttpServer.create().host("localhost").port(0).runOn(loops);
		HttpServer limited = RequestHeadTimeout.apply(http, Await.LIMIT.multipliedBy(10),
				this.exceeded::incrementAndGet, 10_000);
		this.server = limited.doOnChannelInit(
				(observer, channel, remote) -> channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {

					@Override
					public void channelReadComplete(ChannelHandlerContext context) {
						context.fireChannelReadComplete();
						RequestHeadTimeoutTests.this.reads.incrementAndGet();
					}

				}))
			.handle((request, response) -> due.then(response.header("Content-Length", "0").sendHeaders().then()))
			.bindNow(Await.LIMIT);
	}

	private static String incompleteHead() {
		return "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(3000) + "\r\n";
	}

	private void stop(LoopResources loops) {
		this.server.disposeNow(Await.LIMIT);
		loops.disposeLater(Duration.ZERO, Await.LIMIT).block(Await.LIMIT);
	}

	private static HttpServer http2(HttpServer http) {
		return secure(http, Http2SslContextSpec.forServer(TestCertificate.get().keyManagers()))
			.protocol(HttpProtocol.HTTP11, HttpProtocol.H2);
	}

	private static HttpServer secure(HttpServer http, SslProvider.GenericSslContextSpec<?> context) {
		return http.secure((ssl) -> ssl.sslContext(context));
	}

	private static HttpServer h2c(HttpServer http) {
		return http.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C);
	}

	private static Mono<Void> notFound(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
		Mono<Void> complete = Mono.defer(exchange.getResponse()::setComplete);
		return exchange.getRequest().getPath().value().equals("/slow") ? Mono.delay(LONGER).then(complete) : complete;
	}

	private RawHttp http() {
		return track(new RawHttp(this.server.port()));
	}

	private RawHttp https() {
		return track(new RawHttp(this.server.port(), TestCertificate.get().client()));
	}

	private RawHttp track(RawHttp client) {
		this.clients.add(client);
		return client;
	}

	private EngineSession handshake(RawHttp http) {
		String sid = TestApplication.sid(http.get(ENDPOINT + "polling").text());
		EngineSession session = this.engine.session(sid);
		assertThat(session).isNotNull();
		return session;
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
