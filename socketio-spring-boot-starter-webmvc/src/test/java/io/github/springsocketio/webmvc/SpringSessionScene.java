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

import java.time.Instant;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Session shares between requests and sockets, whatever stores the sessions.
 */
abstract class SpringSessionScene {

	/**
	 * Run the application, with Spring Session.
	 */
	abstract MvcApplication run(String... properties);

	/**
	 * Connect by a websocket, as the cookies of a client on polling are not changed by
	 * what the browser does.
	 */
	private static SocketTester connect(MvcApplication application, String namespace) {
		return application.browser().namespace(namespace).transports(Transport.WEBSOCKET).connect();
	}

	@Test
	@Tag("CK-106")
	void handlersReadChangeAndSaveTheSession() {
		try (MvcApplication application = run()) {
			application.login("jane");
			assertThat(application.get("/visit").body()).isEqualTo("1");
			SocketTester socket = connect(application, "/");
			socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(2);
			assertThat(application.get("/visit").body()).isEqualTo("3");
			application.get("/rename");
			socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(4);
			assertThat(application.get("/visit").body()).isEqualTo("5");
			application.get("/tell");
			socket.expectEvent("told");
		}
	}

	@Test
	@Tag("CK-106")
	void logoutDisconnectsInAllNamespaces() {
		try (MvcApplication application = run()) {
			application.login("jane");
			SocketTester renamed = connect(application, "/");
			SocketTester chat = connect(application, "/chat");
			application.get("/rename");
			SocketTester socket = connect(application, "/");
			assertThat(application.form("/logout", "/logout", "").statusCode()).isEqualTo(302);
			renamed.expectDisconnect("io server disconnect");
			chat.expectDisconnect("io server disconnect");
			socket.expectDisconnect("io server disconnect");
			application.login("jane");
			SocketTester replaced = connect(application, "/");
			application.get("/replace");
			replaced.expectDisconnect("io server disconnect");
		}
	}

	@Test
	@Tag("SEC-99")
	void eventsKeepTheSessionAliveAndItsEndClosesConnections() {
		try (MvcApplication application = run("socketio.web-session.check-interval=20ms",
				"socketio.web-session.keep-alive=true", "socketio.security.expiry-grace=100ms")) {
			application.login("jane");
			application.get("/visit");
			SocketTester socket = connect(application, "/");
			String id = application.bean(Pages.class).id;
			Instant before = lastAccess(application, id);
			Await.until("an event counts as an access", () -> {
				socket.emitWithAck("who").expectAck(String.class).isEqualTo("jane");
				return lastAccess(application, id).isAfter(before);
			});
			application.get("/expire");
			socket.expectEvent("auth:expiring");
			socket.expectDisconnect("transport close");
		}
	}

	private static Instant lastAccess(MvcApplication application, String id) {
		Session session = application.bean(SessionRepository.class).findById(id);
		assertThat(session).isNotNull();
		return session.getLastAccessedTime();
	}

	/**
	 * A session that handlers and requests share.
	 */
	@Import({ MvcSecurityTests.FormLogin.class, Pages.class })
	static class Visits {

		@Bean
		NamespaceConfigurer visits() {
			return (io) -> {
				io.of("/chat");
				io.handle("visit", (socket, event) -> socket.handshake().session().flatMap((session) -> {
					int visits = session.getAttributeOrDefault("visits", 0) + 1;
					session.getAttributes().put("visits", visits);
					return session.save().thenReturn(visits);
				}));
			};
		}

	}

	@RestController
	static class Pages {

		private final SocketIoServer io;

		private volatile String id = "";

		Pages(SocketIoServer io) {
			this.io = io;
		}

		@GetMapping("/visit")
		int visit(HttpSession session) {
			this.id = session.getId();
			Integer visits = (Integer) session.getAttribute("visits");
			session.setAttribute("visits", (visits != null) ? visits + 1 : 1);
			return (int) session.getAttribute("visits");
		}

		@GetMapping("/tell")
		void tell(HttpSession session) {
			this.io.session(session.getId()).emit("told");
		}

		@GetMapping("/rename")
		void rename(HttpServletRequest request) {
			request.changeSessionId();
		}

		@GetMapping("/replace")
		void replace(HttpServletRequest request) {
			request.getSession().invalidate();
			request.getSession();
		}

		@GetMapping("/expire")
		void expire(HttpSession session) {
			session.setMaxInactiveInterval(1);
		}

	}

}
