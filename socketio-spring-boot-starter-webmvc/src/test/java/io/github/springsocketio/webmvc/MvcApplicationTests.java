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

import java.util.Arrays;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A servlet application with the starter and nothing else, on each container.
 */
class MvcApplicationTests {

	private static MvcApplication run(Container container, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = container.exclusions();
		return MvcApplication.run(Chat.class, all);
	}

	@ParameterizedTest
	@EnumSource
	void starterIsEnough(Container container) {
		try (MvcApplication application = run(container, "server.shutdown=graceful")) {
			assertThat(application.server()).containsIgnoringCase(container.name());
			for (Transport transport : Transport.values()) {
				SocketTester socket = application.tester().transports(transport).connect();
				exchange(application, socket);
			}
			SocketIoTester upgrading = application.tester();
			exchange(application, upgrading.connect());
			assertThat(application.get("/socket.io/socket.io.js").body()).contains("Socket.IO");
			assertThat(application.get("/hello").body()).isEqualTo("hello");
			shutDown(application);
		}
	}

	private static void shutDown(MvcApplication application) {
		SocketTester polling = application.tester().transports(Transport.POLLING).connect();
		SocketTester websocket = application.tester().transports(Transport.WEBSOCKET).connect();
		// a session that has no poll pending
		application.get("/socket.io/?EIO=4&transport=polling");
		EngineServer engine = application.bean(EngineServer.class);
		application.stop();
		assertThat(engine.clientsCount()).isZero();
		polling.expectDisconnect("transport close");
		websocket.expectDisconnect("transport close");
	}

	private static void exchange(MvcApplication application, SocketTester socket) {
		socket.emitWithAck("greet", "jane").expectAck(String.class).isEqualTo("Hello, jane");
		socket.emitWithAck("bytes", new byte[] { 1, 2, 3 })
			.expectAck(byte[].class)
			.satisfies((bytes) -> assertThat(bytes).containsExactly(3, 2, 1));
		assertThat(application.post("/note", "for all").statusCode()).isEqualTo(200);
		socket.expectEvent("note").isEqualTo("for all");
	}

	@ParameterizedTest
	@EnumSource
	void endpointIsBelowTheContextPathAndBesideTheDispatcherServlet(Container container) {
		try (MvcApplication application = run(container, "server.servlet.context-path=/app",
				"spring.mvc.servlet.path=/mvc", "socketio.path=/ws/io")) {
			assertThat(application.get("/app/mvc/hello").body()).isEqualTo("hello");
			assertThat(application.get("/app/ws/io/?EIO=4&transport=polling").body()).startsWith("0{");
			assertThat(application.get("/ws/io/?EIO=4&transport=polling").statusCode()).isEqualTo(404);
			assertThat(application.get("/app/ws/iox/?EIO=4&transport=polling").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@EnumSource
	void sessionOfTheHandshakeIsTheHttpSession(Container container) {
		try (MvcApplication application = run(container, "socketio.web-session.check-interval=20ms",
				"socketio.web-session.keep-alive=true", "socketio.security.expiry-grace=100ms")) {
			assertThat(application.get("/visit").body()).isEqualTo("1");
			SocketTester socket = application.browser().connect();
			socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(2);
			assertThat(application.get("/visit").body()).isEqualTo("3");
			application.post("/tell", "you");
			socket.expectEvent("told").isEqualTo("you");
			SocketTester stranger = application.tester().connect();
			stranger.emitWithAck("visit").expectAck(Integer.class).isEqualTo(-1);
			application.post("/rename", "");
			application.post("/tell", "again");
			socket.expectEvent("told").isEqualTo("again");
			socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(4);
			application.post("/end", "");
			socket.expectDisconnect("io server disconnect");
			stranger.emitWithAck("greet", "x").expectAck(String.class).isEqualTo("Hello, x");
			assertThat(application.get("/visit").body()).isEqualTo("1");
			SocketTester expiring = application.browser().transports(Transport.WEBSOCKET).connect();
			assertKeptAlive(application, expiring);
			assertExpires(application, expiring);
		}
	}

	private static void assertKeptAlive(MvcApplication application, SocketTester socket) {
		HttpSession session = application.bean(Pages.class).session;
		long before = session.getLastAccessedTime();
		Await.until("an event counts as an access", () -> {
			socket.emitWithAck("greet", "jane").expectAck(String.class).isEqualTo("Hello, jane");
			return session.getLastAccessedTime() > before;
		});
	}

	private static void assertExpires(MvcApplication application, SocketTester socket) {
		application.post("/expire", "");
		socket.expectEvent("auth:expiring");
		socket.expectDisconnect("transport close");
	}

	enum Container {

		TOMCAT("org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"),

		JETTY("org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration");

		private final String other;

		Container(String other) {
			this.other = other;
		}

		String exclusions() {
			return MvcApplication.UNSECURED + "," + this.other;
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Handlers.class, Pages.class })
	static class Chat {

		@Bean
		NamespaceConfigurer visits() {
			return (io) -> io.handle("visit", (socket, event) -> socket.handshake().session().map((session) -> {
				int visits = session.getAttributeOrDefault("visits", 0) + 1;
				session.getAttributes().put("visits", visits);
				return visits;
			}).defaultIfEmpty(-1));
		}

	}

	@SocketIoController
	static class Handlers {

		@OnEvent
		String greet(String name) {
			return "Hello, " + name;
		}

		@OnEvent
		Mono<byte[]> bytes(byte[] data) {
			byte[] reversed = new byte[data.length];
			for (int i = 0; i < data.length; i++) {
				reversed[i] = data[data.length - 1 - i];
			}
			return Mono.just(reversed);
		}

	}

	@RestController
	static class Pages {

		private final SocketIoServer io;

		private volatile HttpSession session;

		Pages(SocketIoServer io) {
			this.io = io;
		}

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@PostMapping("/note")
		void note(@RequestBody String text) {
			this.io.emit("note", text);
		}

		@GetMapping("/visit")
		int visit(HttpSession session) {
			this.session = session;
			Integer visits = (Integer) session.getAttribute("visits");
			session.setAttribute("visits", (visits != null) ? visits + 1 : 1);
			return (int) session.getAttribute("visits");
		}

		@PostMapping("/tell")
		void tell(HttpSession session, @RequestBody String text) {
			this.io.session(session.getId()).emit("told", text);
		}

		@PostMapping("/rename")
		void rename(HttpServletRequest request) {
			request.changeSessionId();
		}

		@PostMapping("/expire")
		void expire(HttpSession session) {
			session.setMaxInactiveInterval(1);
		}

		@PostMapping("/end")
		void end(HttpSession session) {
			session.invalidate();
		}

	}

}
