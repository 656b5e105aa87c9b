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

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.AckSpec;
import io.github.springsocketio.test.HandshakeSpec;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.CookieStore;
import io.github.springsocketio.test.client.HandshakeResponse;
import io.github.springsocketio.test.client.SetCookie;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;
import org.springframework.web.server.session.WebSessionStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the how-tos on express-session and JWT do, with the {@link WebSession} of WebFlux
 * (CK section 7).
 */
@Timeout(60)
class WebSessionApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	@RegisterExtension
	static final SharedApplication applications = new SharedApplication();

	@ParameterizedTest
	@ValueSource(strings = { "web-filter", "engine-filter", "allow-request", "initial-headers", "headers" })
	@Tag("CK-100")
	void newSessionIsOnTheAnswerToTheHandshakeBehindTheStickyCookie(String where) {
		TestApplication application = run("socketio.cookie.enabled=true");
		HttpResponse<String> response = application.get(POLLING + "&visit=" + where);
		assertThat(response.statusCode()).isEqualTo(200);
		List<String> cookies = TestApplication.cookies(response);
		assertThat(cookies).hasSize(2);
		assertThat(cookies.get(0)).startsWith("io=" + TestApplication.sid(response.body()) + ";");
		assertThat(cookies.get(1)).startsWith("SESSION=").contains("; Path=/").containsIgnoringCase("; HttpOnly");
	}

	@ParameterizedTest
	@ValueSource(strings = { "web-filter", "engine-filter", "allow-request", "initial-headers", "headers" })
	@Tag("CK-102")
	void newSessionIsOnThe101(String where) {
		TestApplication application = run("socketio.cookie.enabled=true", "socketio.cookie.send-on-websocket=true");
		SocketTester socket = application.tester().query("visit", where).connect();
		String sid = Objects.requireNonNull(socket.socket().io().sid());
		HandshakeSpec handshake = socket.handshake().expectStatus(101);
		assertThat(handshake.response().cookies()).extracting(SetCookie::name).containsExactly("io", "SESSION");
		handshake.expectCookie("io").valueEquals(sid);
		handshake.expectCookie("SESSION").httpOnly().path("/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "web-filter", "engine-filter", "headers" })
	@Tag("CK-101")
	void knownSessionIsNotSentAgain(String where) {
		TestApplication application = run();
		String session = login(application);
		SocketTester socket = application.tester()
			.query("visit", where)
			.header("Cookie", session)
			.transports(Transport.POLLING, Transport.WEBSOCKET)
			.connect();
		socket.expectUpgrade().expectStatus(101);
		List<HandshakeResponse> responses = socket.socket().io().responses();
		assertThat(responses).extracting(HandshakeResponse::status).contains(200, 101);
		assertThat(responses).extracting(HandshakeResponse::method).contains("POST");
		assertThat(responses).allSatisfy((response) -> assertThat(response.cookies()).isEmpty());
	}

	@Test
	@Tag("CK-103")
	@Tag("SEC-99")
	void onlyHandshakesAreAnsweredWithTheCookieOfTheSession() {
		TestApplication application = run("server.reactive.session.cookie.name=ID");
		String sid = TestApplication.sid(application.get(POLLING + "&visit=engine-filter").body());
		String target = POLLING + "&visit=engine-filter&sid=";
		assertThat(TestApplication.cookies(application.post(target + sid, "40"))).isEmpty();
		assertThat(TestApplication.cookies(application.get(target + sid))).isEmpty();
		assertThat(TestApplication.cookies(application.get(target + "unknown"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	@Tag("CK-104")
	void cookieOfAListenerAndOfTheSessionAreBothSent(String transport) {
		TestApplication application = run();
		HandshakeSpec handshake = application.tester()
			.transports(transport.equals("polling") ? Transport.POLLING : Transport.WEBSOCKET)
			.query("visit", "engine-filter")
			.query("uid", "1")
			.handshake();
		handshake.expectStatus(transport.equals("polling") ? 200 : 101);
		assertThat(handshake.response().headers("Set-Cookie")).hasSize(2)
			.contains("uid=1234; SameSite=Strict")
			.anyMatch((cookie) -> cookie.startsWith("SESSION="));
	}

	@ParameterizedTest
	@CsvSource({ "websocket, web-filter", "websocket, allow-request", "upgrade, web-filter", "upgrade, allow-request",
			"upgrade, headers" })
	@Tag("CK-105")
	void sessionAndAttributesOfTheHandshakeStayWithTheSocket(String how, String where) {
		// what a web filter asks for is asked for before the handshake begins
		TestApplication application = run("socketio.share-web-session=" + where.equals("web-filter"));
		String session = login(application);
		SocketIoTester visitor = application.tester().query("visit", where);
		SocketTester socket = how.equals("upgrade") ? upgrade(visitor, session) : connect(visitor, session);
		assertThat(socket.socket().io().transport()).isEqualTo(Transport.WEBSOCKET);
		socket.emitWithAck("whoami").expectAck().isEqualTo("jane", "seen by " + where);
	}

	@Test
	@Tag("CK-105")
	void propertyKeepsTheSessionThatNobodyAskedFor() {
		TestApplication application = run("socketio.share-web-session=true");
		String session = login(application);
		upgrade(application.tester(), session).emitWithAck("whoami").expectAck().isEqualTo("jane", null);
	}

	@Test
	@Tag("CK-106")
	void roomOfTheSessionHearsTheWebApplicationAndIsEmptiedByTheLogout() {
		TestApplication application = run("socketio.share-web-session=true");
		String session = login(application);
		String other = login(application);
		SocketTester first = connect(application.tester(), session);
		SocketTester second = upgrade(application.tester(), session);
		SocketTester stranger = connect(application.tester(), other);
		application.post("/notify", "", "Cookie", session);
		first.expectEvent("notice").isEqualTo();
		second.expectEvent("notice").isEqualTo();
		application.post("/logout", "", "Cookie", session);
		assertDisconnected(first);
		assertDisconnected(second);
		stranger.emitWithAck("whoami").expectAck().isEqualTo("jane", null);
		assertThat(stranger.socket().unread()).isEmpty();
	}

	@Test
	@Tag("CK-106")
	void logoutReachesAllNamespacesAndSessionsWithANewId() {
		TestApplication application = run();
		String session = login(application);
		String other = login(application);
		SocketIoServer io = application.bean(SocketIoServer.class);
		io.of("/chat");
		SocketTester first = connect(application.tester().namespace("/chat"), session);
		SocketTester stranger = connect(application.tester(), other);
		String changed = TestApplication
			.cookie(TestApplication.cookies(application.post("/change-id", "", "Cookie", session)), "SESSION");
		assertThat(changed).isNotEqualTo(session);
		SocketTester second = connect(application.tester(), changed);
		assertThat(io.sockets().rooms()).noneMatch((room) -> room.contains(":"));
		io.disconnectSession(changed.substring("SESSION=".length()));
		assertDisconnected(first);
		assertDisconnected(second);
		assertThat(io.sockets().sockets()).hasSize(1);
		assertThat(stranger.socket().connected()).isTrue();
	}

	@Test
	@Tag("CK-107")
	@Tag("SEC-99")
	void sessionOfTheHandshakeIsReadAgainToSeeWhatChanged() {
		TestApplication application = run("socketio.share-web-session=true");
		String session = login(application);
		SocketTester socket = connect(application.tester(), session);
		socket.emitWithAck("stored").expectAck().isEqualTo("jane");
		application.post("/rename", "", "Cookie", session);
		socket.emitWithAck("stored").expectAck().isEqualTo("mary");
	}

	@Test
	@Tag("CK-108")
	void connectionOfASessionThatIsGoneIsClosedWithoutADisconnect() {
		TestApplication application = run("socketio.share-web-session=true");
		String session = login(application);
		SocketTester socket = connect(application.tester(), session);
		socket.emitWithAck("check").expectAck().isEqualTo("alive");
		application.post("/expire", "", "Cookie", session);
		AckSpec check = socket.emitWithAck("check");
		// no packet says so, and the client comes back
		socket.expectDisconnect("transport close");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(check::expectAck);
	}

	@Test
	@Tag("CK-109")
	void pageOfAnotherSiteUsesTheSessionWithCredentials() {
		TestApplication application = run("socketio.cors.allowed-origins=https://app.example.com",
				"socketio.cors.allow-credentials=true", "server.reactive.session.cookie.same-site=none",
				"server.reactive.session.cookie.secure=true");
		HttpResponse<String> response = application.get(POLLING + "&visit=allow-request", "Origin",
				"https://app.example.com");
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example.com");
		assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
		assertThat(TestApplication.cookies(response)).hasSize(1)
			.allMatch((cookie) -> cookie.startsWith("SESSION=") && cookie.contains("; Secure")
					&& cookie.contains("; SameSite=None"));
	}

	@Test
	@Tag("CK-110")
	void bearerTokenIsAskedForAtTheHandshakeOnly() {
		TestApplication application = run();
		String target = POLLING + "&jwt=1";
		assertThat(application.get(target).body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
		assertThat(application.get(target, "Authorization", "Bearer wrong").statusCode()).isEqualTo(400);
		HttpResponse<String> handshake = application.get(target, "Authorization", "Bearer token-of-mary");
		assertThat(handshake.statusCode()).isEqualTo(200);
		String sid = TestApplication.sid(handshake.body());
		assertThat(application.post(target + "&sid=" + sid, "40").body()).isEqualTo("ok");
		assertThat(application.get(target + "&sid=" + sid).body()).startsWith("40{");
		String upgrade = "/socket.io/?EIO=4&transport=websocket&jwt=1&sid=" + sid;
		try (RawWebSocket websocket = application.websocket(upgrade)) {
			websocket.sendText("2probe");
			assertThat(websocket.readText()).isEqualTo("3probe");
			websocket.sendText("5");
			application.bean(SocketIoServer.class).in("user:mary").emit("hello");
			assertThat(websocket.readText()).isEqualTo("42[\"hello\"]");
		}
	}

	@Test
	@Tag("CK-110")
	void bearerTokenIsAskedForOnWebsocketsToo() {
		TestApplication application = run();
		SocketIoTester tester = application.tester().query("jwt", "1");
		tester.handshake().expectStatus(400);
		tester.header("Authorization", "Bearer wrong").handshake().expectStatus(400);
		tester.header("Authorization", "Bearer token-of-mary").handshake().expectStatus(101);
	}

	private static TestApplication run(String... properties) {
		return applications.run(Application.class, properties);
	}

	private static String login(TestApplication application) {
		return TestApplication.cookie(TestApplication.cookies(application.post("/login", "")), "SESSION");
	}

	private static SocketTester connect(SocketIoTester tester, String cookie) {
		return tester.header("Cookie", cookie).connect();
	}

	/**
	 * Begin with polling, and upgrade without the cookie, as the rest of the session does
	 * not need it.
	 */
	private static SocketTester upgrade(SocketIoTester tester, String cookie) {
		String[] session = cookie.split("=", 2);
		CookieStore cookies = CookieStore.create();
		cookies.set(URI.create("http://localhost"), session[0], session[1]);
		SocketTester socket = tester.cookies(cookies)
			.transports(Transport.POLLING, Transport.WEBSOCKET)
			.client((client) -> client.upgrade(false))
			.connect();
		cookies.clear();
		socket.expectUpgrade().expectStatus(101);
		return socket;
	}

	private static void assertDisconnected(SocketTester socket) {
		socket.expectDisconnect("io server disconnect");
		assertThat(socket.socket().connected()).isFalse();
		Await.until("the session has ended", () -> socket.socket().io().sid() == null);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		WebFilter webFilter() {
			return (exchange, chain) -> visit(exchange, "web-filter").then(Mono.defer(() -> chain.filter(exchange)));
		}

		@Bean
		EngineFilter engineFilter() {
			return (exchange, chain) -> visit(exchange, "engine-filter").then(Mono.defer(() -> chain.filter(exchange)));
		}

		@Bean
		AllowRequest allowRequest() {
			return AllowRequest.of((exchange) -> visit(exchange, "allow-request").thenReturn(true));
		}

		@Bean
		InitialHeadersListener initialHeaders() {
			return (headers, exchange) -> visit(exchange, "initial-headers");
		}

		@Bean
		HeadersListener headers() {
			return (headers, exchange) -> {
				if (exchange.getRequest().getQueryParams().containsKey("uid")) {
					headers.set("set-cookie", "uid=1234; SameSite=Strict");
				}
				return visit(exchange, "headers");
			};
		}

		/**
		 * As in the how-to: {@code io.engine.use}, for handshakes only.
		 */
		@Bean
		EngineFilter bearer() {
			return (exchange, chain) -> {
				boolean handshake = !exchange.getRequest().getQueryParams().containsKey("sid");
				if (handshake && exchange.getRequest().getQueryParams().containsKey("jwt")) {
					String authorization = exchange.getRequest().getHeaders().getFirst("Authorization");
					if (authorization == null || !authorization.startsWith("Bearer token-of-")) {
						return Mono.error(new IllegalArgumentException("invalid token"));
					}
					exchange.getAttributes().put("room", "user:" + authorization.substring(16));
				}
				return chain.filter(exchange);
			};
		}

		private static Mono<Void> visit(ServerWebExchange exchange, String where) {
			if (!where.equals(exchange.getRequest().getQueryParams().getFirst("visit"))) {
				return Mono.empty();
			}
			exchange.getAttributes().put("visit", "seen by " + where);
			return exchange.getSession().doOnNext(WebSession::start).then();
		}

		@Bean
		NamespaceConfigurer events(WebSessionManager manager) {
			WebSessionStore store = ((DefaultWebSessionManager) manager).getSessionStore();
			return (io) -> io.sockets()
				.onConnection(Application::join)
				.on("whoami",
						(socket, event) -> event.ack(session(socket).getAttribute("user"),
								socket.handshake().attributes().get("visit")))
				.on("stored",
						(socket, event) -> store.retrieveSession(session(socket).getId())
							.subscribe((session) -> event.ack(session.<String>getAttribute("user"))))
				.on("check", (socket,
						event) -> store.retrieveSession(session(socket).getId()).hasElement().subscribe((alive) -> {
							if (alive) {
								event.ack("alive");
							}
							else {
								socket.conn().close();
							}
						}));
		}

		private static void join(Socket socket) {
			if (socket.handshake().attributes().get(WebSession.class.getName()) instanceof WebSession session) {
				socket.join("session:" + session.getId());
			}
			if (socket.handshake().attributes().get("room") instanceof String room) {
				socket.join(room);
			}
		}

		private static WebSession session(Socket socket) {
			return (WebSession) socket.handshake().attributes().get(WebSession.class.getName());
		}

		@Bean
		RouterFunction<ServerResponse> pages(SocketIoServer io) {
			return RouterFunctions.route().POST("/login", (request) -> request.session().flatMap((session) -> {
				session.getAttributes().put("user", "jane");
				return ServerResponse.noContent().build();
			}))
				.POST("/change-id",
						(request) -> request.session()
							.flatMap(WebSession::changeSessionId)
							.then(ServerResponse.noContent().build()))
				.POST("/rename", (request) -> request.session().flatMap((session) -> {
					session.getAttributes().put("user", "mary");
					return ServerResponse.noContent().build();
				}))
				.POST("/notify", (request) -> request.session().flatMap((session) -> {
					io.in("session:" + session.getId()).emit("notice");
					return ServerResponse.noContent().build();
				}))
				.POST("/expire",
						(request) -> request.session()
							.flatMap(WebSession::invalidate)
							.then(ServerResponse.noContent().build()))
				.POST("/logout", (request) -> request.session().flatMap((session) -> {
					io.in("session:" + session.getId()).disconnectSockets(true);
					return session.invalidate().then(ServerResponse.noContent().build());
				}))
				.build();
		}

	}

}
