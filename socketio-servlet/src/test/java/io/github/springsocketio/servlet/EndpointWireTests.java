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

package io.github.springsocketio.servlet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.SessionCookieOptions;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint below a context path and behind a filter, wherever it runs.
 */
abstract class EndpointWireTests {

	private static final String CONTEXT = "/app";

	private static final String PATH = CONTEXT + "/socket.io/?EIO=4&transport=";

	private static final int MAX_MESSAGE = 100000;

	final EchoHandler handler = new EchoHandler();

	private final EngineServer engine = EngineServer
		.create(EngineOptions.builder().allowEio3(true).maxHttpBufferSize(MAX_MESSAGE).build());

	private final AtomicReference<Mono<AllowRequest.Decision>> decision = new AtomicReference<>(
			Mono.just(AllowRequest.Decision.accept()));

	private final List<AutoCloseable> clients = new ArrayList<>();

	private final WireServer server = server();

	abstract WireServer server();

	/**
	 * Return the cookies of a handshake, of which that of the filter is one.
	 */
	List<String> handshakeCookies(String ofFilter, String ofSession, String ofListener) {
		return List.of(ofFilter, ofSession, ofListener);
	}

	/**
	 * Read a binary message without content.
	 */
	void readEmptyBinary(RawWebSocket websocket) {
		// a container may send no empty frame
		assertThat(websocket.readText()).isEqualTo("b");
	}

	/**
	 * Return the code of a close frame where there is nothing to tell.
	 */
	int plainCloseCode() {
		// a container cannot send a close frame without a code
		return 1000;
	}

	@BeforeEach
	void start(@TempDir Path directory) throws Exception {
		this.engine.setConnectionHandler(this.handler);
		HeadersListener every = (headers, exchange) -> Mono.fromRunnable(() -> {
			headers.set("X-Every", "1");
			headers.add("Set-Cookie", "listener=1");
		});
		EngineWebFilter.Builder endpoint = EngineWebFilter.builder(this.engine)
			.options(EngineWebOptions.builder()
				.jsonp(true)
				.cookie(SessionCookieOptions.builder().sendOnWebSocket(true).build())
				.build())
			.allowRequests(List.of((exchange) -> Mono.defer(this.decision::get)))
			.headersListeners(List.of(every));
		this.server.start(this.engine, endpoint, CONTEXT, directory);
	}

	@AfterEach
	void stop() throws Exception {
		Await.get("the end of the engine", this.engine.close().toFuture());
		for (AutoCloseable client : this.clients) {
			client.close();
		}
		this.server.close();
		assertThat(this.engine.clientsCount()).isZero();
	}

	private RawHttp http() {
		RawHttp http = new RawHttp(this.server.port());
		this.clients.add(http);
		return http;
	}

	private RawWebSocket websocket(String query, String... headers) {
		RawHttp http = http();
		RawResponse response = http.upgrade(PATH + "websocket" + query, headers);
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.header("X-Every")).isEqualTo("1");
		assertThat(response.header("Sec-WebSocket-Accept")).isEqualTo(RawWebSocket.ACCEPT);
		assertThat(response.header("Sec-WebSocket-Extensions")).isNull();
		assertThat(response.cookies()).contains("filter=1", "listener=1");
		return new RawWebSocket(http.connection());
	}

	RawWebSocket openWebsocket() {
		RawWebSocket websocket = websocket("");
		assertThat(websocket.readText()).startsWith("0{\"sid\":");
		return websocket;
	}

	private static String sid(String open) {
		return open.replaceAll("(?s).*\"sid\":\"([^\"]*)\".*", "$1");
	}

	private String openPolling(RawHttp http) {
		RawResponse handshake = http.get(PATH + "polling");
		assertThat(handshake.status()).as(handshake.toString()).isEqualTo(200);
		return PATH + "polling&sid=" + sid(handshake.text());
	}

	@Test
	@Tag("EIO-29")
	@Tag("EIO-37")
	@Tag("EIO-44")
	void shouldServePolling() {
		RawHttp gets = http();
		RawResponse handshake = gets.get(PATH + "polling");
		String sid = sid(handshake.text());
		assertThat(handshake.cookies())
			.isEqualTo(handshakeCookies("filter=1", "io=" + sid + "; Path=/; HttpOnly; SameSite=Lax", "listener=1"));
		assertThat(handshake.header("Cache-Control")).isEqualTo("no-store");
		String target = PATH + "polling&sid=" + sid;
		gets.send("GET", target, null);
		CompletableFuture<RawResponse> hanging = gets.pending();
		RawHttp posts = http();
		assertThat(posts.post(target, "4zwölf €").text()).isEqualTo("ok");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("4zwölf €");
		assertThat(posts.post(target, "4" + "x".repeat(MAX_MESSAGE - 1)).text()).isEqualTo("ok");
		assertThat(gets.get(target).text()).hasSize(MAX_MESSAGE);
		assertThat(posts.post(target, "4a\u001ebAQI=").text()).isEqualTo("ok");
		assertThat(gets.get(target).text()).isEqualTo("4a\u001ebAQI=");
	}

	@Test
	@Tag("EIO-48")
	void shouldRefuseLargeBodies() {
		String target = openPolling(http());
		assertThat(http().post(target, "4" + "x".repeat(MAX_MESSAGE)).status()).isEqualTo(413);
		RawHttp chunked = http();
		chunked.sendHead("POST", target, -1, "Transfer-Encoding: chunked");
		String chunk = "x".repeat(50000);
		String size = Integer.toHexString(chunk.length());
		for (int i = 0; i < 3; i++) {
			chunked.connection().write(size + "\r\n" + chunk + "\r\n");
		}
		assertThat(chunked.read("POST").status()).isEqualTo(413);
	}

	@Test
	@Tag("EIO-15")
	void shouldRefuseUnknownRequests() {
		RawHttp http = http();
		assertThat(http.get(CONTEXT + "/socket.io").status()).isEqualTo(404);
		assertThat(http.get(CONTEXT + "/socket.io?EIO=4&transport=polling").status()).isEqualTo(404);
		RawResponse refused = http.get(PATH + "polling&sid=unknown");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.text()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
		assertThat(refused.cookies()).containsExactly("filter=1");
		RawResponse websocket = http().upgrade(PATH + "websocket&sid=unknown");
		assertThat(websocket.status()).isEqualTo(400);
		assertThat(websocket.text()).isEqualTo("Session ID unknown");
	}

	@Test
	@Tag("CK-80")
	void shouldWaitForDecisions() {
		Sinks.One<AllowRequest.Decision> refusal = Sinks.one();
		this.decision.set(refusal.asMono());
		RawHttp polling = http();
		polling.send("GET", PATH + "polling", null);
		RawHttp upgrading = http();
		upgrading.send("GET", PATH + "websocket", null, RawWebSocket.handshakeHeaders().toArray(String[]::new));
		Await.until("both wait", () -> refusal.currentSubscriberCount() == 2);
		refusal.tryEmitValue(AllowRequest.Decision.reject("later"));
		assertThat(polling.read().text()).isEqualTo("{\"code\":4,\"message\":\"later\"}");
		RawResponse refused = upgrading.read();
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.text()).isEqualTo("later");
		Sinks.One<AllowRequest.Decision> acceptance = Sinks.one();
		this.decision.set(acceptance.asMono());
		RawHttp accepted = http();
		accepted.send("GET", PATH + "websocket", null, RawWebSocket.handshakeHeaders().toArray(String[]::new));
		Await.until("it waits", () -> acceptance.currentSubscriberCount() == 1);
		acceptance.tryEmitValue(AllowRequest.Decision.accept());
		assertThat(accepted.read().status()).isEqualTo(101);
		RawWebSocket websocket = new RawWebSocket(accepted.connection());
		assertThat(websocket.readText()).startsWith("0{\"sid\":");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-61")
	void shouldServeWebsockets() {
		RawWebSocket websocket = openWebsocket();
		websocket.sendText("4zwölf €");
		assertThat(websocket.readText()).isEqualTo("4zwölf €");
		websocket.sendBinary(new byte[] { 1, 2 });
		assertThat(websocket.readBinary()).containsExactly(1, 2);
		websocket.sendText("4" + "€".repeat(30000));
		assertThat(readFragments(websocket)).isEqualTo(90001);
		websocket.sendBinary(new byte[MAX_MESSAGE]);
		assertThat(readFragments(websocket)).isEqualTo(MAX_MESSAGE);
		EngineSession session = this.handler.awaitSession();
		session.send(EncodedMessage.of(new byte[] { '4', 'a' }, new byte[] { 3 }, new byte[0]));
		assertThat(websocket.readText()).isEqualTo("4a");
		assertThat(websocket.readBinary()).containsExactly(3);
		readEmptyBinary(websocket);
	}

	@Test
	@Tag("EIO-61")
	void shouldKeepTheOrderOfManyMessages() {
		RawWebSocket websocket = openWebsocket();
		for (int i = 0; i < 500; i++) {
			websocket.sendText("4message " + i);
		}
		for (int i = 0; i < 500; i++) {
			assertThat(websocket.readText()).isEqualTo("4message " + i);
		}
	}

	private static int readFragments(RawWebSocket websocket) {
		RawWebSocket.Frame frame = websocket.read();
		int length = frame.payload().length;
		while ((frame.first() & 0x80) == 0) {
			frame = websocket.read();
			length += frame.payload().length;
		}
		return length;
	}

	@Test
	@Tag("EIO-61")
	void shouldAssembleFragments() {
		RawWebSocket websocket = openWebsocket();
		websocket.send(RawWebSocket.frame(RawWebSocket.TEXT, true, "4ab".getBytes()));
		websocket.send(RawWebSocket.frame(RawWebSocket.CONTINUATION, true, new byte[0]));
		websocket.send(RawWebSocket.frame(0x80, true, "cd".getBytes()));
		assertThat(websocket.readText()).isEqualTo("4abcd");
	}

	@Test
	@Tag("EIO-72")
	@Tag("EIO-74")
	void shouldUpgrade() {
		RawHttp gets = http();
		String target = openPolling(gets);
		EngineSession session = this.handler.awaitSession();
		gets.send("GET", target, null);
		CompletableFuture<RawResponse> hanging = gets.pending();
		RawWebSocket websocket = websocket("&sid=" + session.id());
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("6");
		websocket.sendText("5");
		Await.until("the session is upgraded", () -> session.transportType() == TransportType.WEBSOCKET);
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-96")
	void shouldCloseAndNoticeThatItIsClosed() {
		RawWebSocket closing = openWebsocket();
		EngineSession session = this.handler.awaitSession();
		session.send("last");
		session.close();
		assertThat(closing.readText()).isEqualTo("4last");
		assertThat(closing.readClose()).isEqualTo(plainCloseCode());
		assertThat(this.handler.awaitClose()).isEqualTo("forced close");
		RawWebSocket closed = openWebsocket();
		closed.sendClose(1001);
		assertThat(this.handler.awaitClose()).isEqualTo("transport close");
		RawWebSocket lost = openWebsocket();
		lost.connection().reset();
		assertThat(this.handler.awaitClose()).isEqualTo("transport close");
	}

	@Test
	@Tag("EIO-62")
	@Tag("EIO-64")
	void shouldCloseWebsocketsThatBreakTheRules() {
		RawWebSocket large = openWebsocket();
		large.sendText("4" + "x".repeat(MAX_MESSAGE));
		assertThat(large.readClose()).isEqualTo(1009);
		assertThat(this.handler.awaitClose()).isEqualTo("transport error: message too large");
		RawWebSocket unknown = openWebsocket();
		unknown.sendText("x");
		assertThat(unknown.readClose()).isEqualTo(plainCloseCode());
		assertThat(this.handler.awaitClose()).isEqualTo("parse error");
		RawWebSocket unmasked = openWebsocket();
		unmasked.send(RawWebSocket.frame(0x80 | RawWebSocket.TEXT, false, "4a".getBytes()));
		assertThat(unmasked.readClose()).isEqualTo(1002);
		this.handler.awaitClose();
		RawWebSocket invalid = openWebsocket();
		invalid.send(RawWebSocket.frame(RawWebSocket.TEXT, new byte[] { '4', (byte) 0xff }));
		assertThat(invalid.readClose()).isEqualTo(1007);
		this.handler.awaitClose();
	}

	@Test
	@Tag("EIO-41")
	void shouldEndPollsWhenTheEngineCloses() {
		RawHttp gets = http();
		String target = openPolling(gets);
		EngineSession session = this.handler.awaitSession();
		gets.send("GET", target, null);
		CompletableFuture<RawResponse> hanging = gets.pending();
		Await.until("the poll hangs", session::isWritable);
		session.close();
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1");
		assertThat(this.handler.awaitClose()).isEqualTo("forced close");
		// The connection is kept alive
		assertThat(gets.get(target).status()).isEqualTo(400);
	}

	@Test
	@Tag("EIO-100")
	void shouldServeProtocol3AndScripts() {
		RawHttp http = http();
		RawResponse old = http.get(CONTEXT + "/socket.io/?EIO=3&transport=polling&b64=1");
		assertThat(old.text()).contains(":0{\"sid\":");
		RawResponse script = http.get(PATH + "polling&j=0");
		assertThat(script.text()).startsWith("___eio[0](\"0{");
		String target = PATH + "polling&j=0&sid="
				+ script.text().replaceAll("(?s).*\\\\\"sid\\\\\":\\\\\"([^\\\\]*).*", "$1");
		RawResponse posted = http.post(target, "d=4hello", "Content-Type: application/x-www-form-urlencoded");
		assertThat(posted.text()).isEqualTo("ok");
		assertThat(http.get(target).text()).isEqualTo("___eio[0](\"4hello\");");
	}

	@Test
	@Tag("SEC-14")
	void shouldNoticeBodiesThatEndEarly() {
		String target = openPolling(http());
		RawHttp posts = http();
		posts.sendHead("POST", target, 1000);
		posts.connection().write("4hello");
		posts.connection().reset();
		assertThat(this.handler.awaitClose()).isEqualTo("transport error: data request connection closed prematurely");
	}

	@Test
	@Tag("EIO-50")
	void shouldHoldBackWhatIsNotRead() {
		RawWebSocket websocket = openWebsocket();
		EngineSession session = this.handler.awaitSession();
		session.pauseReading(true);
		// more than the session holds, and less than may wait in addition where the
		// container cannot stop
		String filler = "x".repeat(1000);
		for (int i = 0; i < 310; i++) {
			websocket.sendText("4" + filler + i);
		}
		session.pauseReading(false);
		for (int i = 0; i < 310; i++) {
			assertThat(websocket.readText()).isEqualTo("4" + filler + i);
		}
	}

	@Test
	@Tag("SEC-16")
	void shouldNotWaitForSlowReaders() {
		RawHttp slow = new RawHttp(new RawConnection(this.server.port(), null, 4096));
		this.clients.add(slow);
		String target = openPolling(slow);
		EngineSession polling = this.handler.awaitSession();
		String large = "x".repeat(3_000_000);
		slow.send("GET", target, null);
		Await.until("the poll hangs", polling::isWritable);
		polling.send(large);
		RawHttp connection = new RawHttp(new RawConnection(this.server.port(), null, 4096));
		this.clients.add(connection);
		assertThat(connection.upgrade(PATH + "websocket").status()).isEqualTo(101);
		RawWebSocket websocket = new RawWebSocket(connection.connection());
		assertThat(websocket.readText()).startsWith("0{");
		EngineSession session = this.handler.awaitSession();
		session.send(large);
		session.send("after");
		// this thread has got here, and others are served
		assertThat(http().post(target, "4hello").text()).isEqualTo("ok");
		assertThat(slow.read().text()).hasSize(large.length() + 1);
		assertThat(slow.get(target).text()).isEqualTo("4hello");
		assertThat(readFragments(websocket)).isEqualTo(large.length() + 1);
		assertThat(websocket.readText()).isEqualTo("4after");
	}

}
