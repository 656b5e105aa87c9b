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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.TomcatHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint on Tomcat: whatever WebFlux runs on will do.
 */
class TomcatWireTests {

	private static final String PATH = "/socket.io/?EIO=4&transport=";

	private final Recorder recorder = new Recorder();

	private final EngineServer engine = EngineServer.create(EngineOptions.builder().maxHttpBufferSize(100000).build());

	private final List<AutoCloseable> clients = new ArrayList<>();

	private final Tomcat tomcat = new Tomcat();

	@BeforeEach
	void start(@TempDir Path directory) throws LifecycleException {
		this.engine.setConnectionHandler(this.recorder);
		EngineWebFilter filter = EngineWebFilter.builder(this.engine)
			.options(EngineWebOptions.builder().cookie(SessionCookieOptions.builder().build()).build())
			.headersListeners(List.of((headers, exchange) -> Mono.fromRunnable(() -> headers.set("X-Every", "1"))))
			.build();
		HttpHandler handler = WebHttpHandlerBuilder.webHandler((exchange) -> Mono.empty()).filter(filter).build();
		this.tomcat.setBaseDir(directory.toString());
		this.tomcat.setHostname("localhost");
		this.tomcat.setPort(0);
		Context context = this.tomcat.addContext("", null);
		context.addServletContainerInitializer(new WsSci(), null);
		Tomcat.addServlet(context, "webflux", new TomcatHttpHandlerAdapter(handler)).setAsyncSupported(true);
		context.addServletMappingDecoded("/", "webflux");
		this.tomcat.getConnector();
		this.tomcat.start();
	}

	@AfterEach
	void stop() throws Exception {
		Await.get("the end of the engine", this.engine.close().toFuture());
		for (AutoCloseable client : this.clients) {
			client.close();
		}
		this.tomcat.stop();
		this.tomcat.destroy();
		assertThat(this.engine.clientsCount()).isZero();
	}

	private RawHttp http() {
		RawHttp http = new RawHttp(this.tomcat.getConnector().getLocalPort());
		this.clients.add(http);
		return http;
	}

	private RawWebSocket websocket(String query) {
		RawHttp http = http();
		RawResponse response = http.upgrade(PATH + "websocket" + query);
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.header("X-Every")).isEqualTo("1");
		return new RawWebSocket(http.connection());
	}

	private RawWebSocket openWebsocket() {
		RawWebSocket websocket = websocket("");
		assertThat(websocket.readText()).startsWith("0{\"sid\":");
		return websocket;
	}

	@Test
	@Tag("EIO-29")
	@Tag("EIO-37")
	@Tag("EIO-44")
	void shouldServePolling() {
		RawResponse handshake = http().get(PATH + "polling");
		String sid = PollingClient.sid(handshake.text());
		assertThat(handshake.cookies()).containsExactly("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
		RawHttp gets = http();
		gets.send("GET", PATH + "polling&sid=" + sid, null);
		CompletableFuture<RawResponse> hanging = gets.pending();
		assertThat(http().post(PATH + "polling&sid=" + sid, "4zwölf €").text()).isEqualTo("ok");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("4zwölf €");
	}

	@Test
	@Tag("EIO-61")
	void shouldServeWebsockets() {
		RawWebSocket websocket = openWebsocket();
		websocket.sendText("4zwölf €");
		assertThat(websocket.readText()).isEqualTo("4zwölf €");
		websocket.sendBinary(new byte[] { 1, 2 });
		assertThat(websocket.readBinary()).containsExactly(1, 2);
		websocket.sendText("4" + "x".repeat(99999));
		assertThat(readFragments(websocket)).isEqualTo(100000);
		EngineSession session = this.recorder.awaitSession();
		session.send(EncodedMessage.of(new byte[] { '4', 'a' }, new byte[] { 3 }, new byte[0]));
		assertThat(websocket.readText()).isEqualTo("4a");
		assertThat(websocket.readBinary()).containsExactly(3);
		// an empty binary message
		assertThat(websocket.readText()).isEqualTo("b");
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
	@Tag("EIO-72")
	@Tag("EIO-74")
	void shouldUpgrade() {
		String sid = PollingClient.sid(http().get(PATH + "polling").text());
		EngineSession session = this.recorder.awaitSession();
		RawWebSocket websocket = websocket("&sid=" + sid);
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		websocket.sendText("5");
		Await.until("the session is upgraded", () -> session.transportType() == TransportType.WEBSOCKET);
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-96")
	void shouldCloseAndNoticeThatItIsClosed() {
		RawWebSocket closing = openWebsocket();
		EngineSession session = this.recorder.awaitSession();
		session.send("last");
		session.close();
		assertThat(closing.readText()).isEqualTo("4last");
		// the container cannot send a close frame without a code
		assertThat(closing.readClose()).isEqualTo(1000);
		assertThat(this.recorder.awaitClose(session.id()).reason()).isEqualTo(CloseReason.FORCED_CLOSE);
		RawWebSocket closed = openWebsocket();
		session = this.recorder.awaitSession();
		closed.sendClose(1001);
		assertThat(this.recorder.awaitClose(session.id()).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		RawWebSocket lost = openWebsocket();
		session = this.recorder.awaitSession();
		lost.connection().reset();
		assertThat(this.recorder.awaitClose(session.id()).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@Tag("EIO-62")
	@Tag("EIO-64")
	void shouldCloseWebsocketsThatBreakTheRules() {
		RawWebSocket large = openWebsocket();
		large.sendText("4" + "x".repeat(100000));
		assertThat(large.readClose()).isEqualTo(1009);
		this.recorder.awaitClose(this.recorder.awaitSession().id());
		RawWebSocket unknown = openWebsocket();
		unknown.sendText("x");
		assertThat(unknown.readClose()).isEqualTo(1000);
		assertThat(this.recorder.awaitClose(this.recorder.awaitSession().id()).reason())
			.isEqualTo(CloseReason.PARSE_ERROR);
		assertThat(this.recorder.hasMessages()).isFalse();
	}

}
