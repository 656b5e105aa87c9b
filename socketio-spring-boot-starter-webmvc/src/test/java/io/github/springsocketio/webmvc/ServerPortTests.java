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

package io.github.springsocketio.webmvc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springsocketio.autoconfigure.SocketIoServerInitializedEvent;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The endpoint on a port of its own beside Tomcat.
 */
class ServerPortTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	@Test
	void endpointIsOnItsOwnPortOnly() throws Exception {
		SocketTester polling;
		SocketTester websocket;
		EngineServer engine;
		try (Port port = new Port(MvcApplication.run(Chat.class, MvcApplication.UNSECURED_ON_TOMCAT,
				"socketio.server.port=0", "server.servlet.context-path=/app"))) {
			MvcApplication application = port.application();
			assertThat(application.server()).contains("Tomcat");
			int number = application.bean(Environment.class).getRequiredProperty("local.socketio.port", Integer.class);
			assertThat(number).isNotEqualTo(application.port());
			assertThat(application.bean(Events.class).ports).containsExactly(number);
			assertThat(application.get("/app" + POLLING).statusCode()).isEqualTo(404);
			assertThat(port.get("/app/note").statusCode()).isEqualTo(404);
			assertThat(port.get("/socket.io/socket.io.js").body()).contains("Socket.IO");
			assertThat(port.get(POLLING).headers().firstValue("x-filtered")).hasValue("1");
			polling = port.tester().transports(Transport.POLLING).connect();
			websocket = port.tester().connect();
			websocket.expectUpgrade().expectStatus(101);
			assertThat(application.post("/app/note", "for all").statusCode()).isEqualTo(200);
			polling.expectEvent("note").isEqualTo("for all");
			websocket.expectEvent("note").isEqualTo("for all");
			assertOrigins(port);
			engine = application.bean(EngineServer.class);
			application.stop();
			assertThat(engine.clientsCount()).isZero();
			polling.expectDisconnect("transport close");
			websocket.expectDisconnect("transport close");
			assertThatException().isThrownBy(() -> port.get(POLLING));
		}
	}

	private static void assertOrigins(Port port) throws Exception {
		String own = "http://localhost:" + port.application().port();
		for (String origin : List.of(own, "http://localhost", "https://localhost")) {
			HttpResponse<String> response = port.get(POLLING, "Origin", origin);
			assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(origin);
			assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
			port.tester().header("Origin", origin).header("Cookie", "a=b").transports(Transport.WEBSOCKET).connect();
		}
		for (String origin : List.of("http://localhost:1", "http://example.com", "null", "ftp://localhost",
				own + ".example.com")) {
			assertThat(port.get(POLLING, "Origin", origin).headers().firstValue("Access-Control-Allow-Origin"))
				.isEmpty();
			port.tester()
				.header("Origin", origin)
				.header("Cookie", "a=b")
				.transports(Transport.WEBSOCKET)
				.handshake()
				.expectStatus(400);
		}
	}

	/**
	 * The clients of the endpoint's port.
	 */
	private static final class Port implements AutoCloseable {

		private final MvcApplication application;

		private final String url;

		private final HttpClient http = HttpClient.newHttpClient();

		private final SocketIoTester tester;

		Port(MvcApplication application) {
			this.application = application;
			this.url = "http://localhost:"
					+ application.bean(Environment.class).getRequiredProperty("local.socketio.port");
			this.tester = SocketIoTester.bindToServer(this.url).timeout(Await.LIMIT);
		}

		MvcApplication application() {
			return this.application;
		}

		SocketIoTester tester() {
			return this.tester;
		}

		HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + target));
			return this.http.send(((headers.length != 0) ? request.headers(headers) : request).build(),
					BodyHandlers.ofString());
		}

		@Override
		public void close() {
			this.tester.close();
			this.application.close();
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Notes.class, Events.class })
	static class Chat {

		@Bean
		WebFilter marking() {
			return (exchange, chain) -> {
				exchange.getResponse().getHeaders().set("x-filtered", "1");
				return chain.filter(exchange);
			};
		}

	}

	@RestController
	static class Notes {

		private final SocketIoServer io;

		Notes(SocketIoServer io) {
			this.io = io;
		}

		@PostMapping("/note")
		void note(@RequestBody String text) {
			this.io.emit("note", text);
		}

	}

	@Component
	static class Events {

		private final List<Integer> ports = new CopyOnWriteArrayList<>();

		@EventListener
		void started(SocketIoServerInitializedEvent event) {
			this.ports.add(event.getWebServer().getPort());
		}

	}

}
