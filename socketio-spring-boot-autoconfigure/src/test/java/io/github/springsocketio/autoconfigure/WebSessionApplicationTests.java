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

import java.net.http.HttpResponse;
import java.util.List;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

/**
 * What the how-tos on express-session and JWT do, with the {@link WebSession} of WebFlux
 * (CK section 7).
 */
@Timeout(60)
class WebSessionApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private @Nullable TestApplication application;

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

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
		try (WireWebSocket websocket = application.websocket(WEBSOCKET + "&visit=" + where)) {
			assertThat(websocket.status()).isEqualTo(101);
			String sid = TestApplication.sid(receive(websocket));
			assertThat(websocket.cookies()).hasSize(2);
			assertThat(websocket.cookies().get(0)).startsWith("io=" + sid + ";");
			assertThat(websocket.cookies().get(1)).startsWith("SESSION=");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "web-filter", "engine-filter", "headers" })
	@Tag("CK-101")
	void knownSessionIsNotSentAgain(String where) {
		TestApplication application = run();
		String session = login(application);
		HttpResponse<String> handshake = application.get(POLLING + "&visit=" + where, "Cookie", session);
		assertThat(TestApplication.cookies(handshake)).isEmpty();
		String query = "&visit=" + where + "&sid=" + TestApplication.sid(handshake.body());
		assertThat(TestApplication.cookies(application.post(POLLING + query, "40", "Cookie", session))).isEmpty();
		assertThat(TestApplication.cookies(application.get(POLLING + query, "Cookie", session))).isEmpty();
		try (WireWebSocket websocket = application.websocket(WEBSOCKET + query, "Cookie", session)) {
			assertThat(websocket.status()).isEqualTo(101);
			assertThat(websocket.cookies()).isEmpty();
		}
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
		String query = "&visit=engine-filter&uid=1";
		if (transport.equals("polling")) {
			assertBoth(TestApplication.cookies(application.get(POLLING + query)));
		}
		else {
			try (WireWebSocket websocket = application.websocket(WEBSOCKET + query)) {
				assertBoth(websocket.cookies());
			}
		}
	}

	private static void assertBoth(List<String> cookies) {
		assertThat(cookies).hasSize(2)
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
		try (WireWebSocket websocket = how.equals("upgrade") ? upgrade(application, "&visit=" + where, session)
				: connect(application, "&visit=" + where, session)) {
			websocket.send("420[\"whoami\"]");
			assertThat(websocket.receive()).isEqualTo("430[\"jane\",\"seen by " + where + "\"]");
		}
	}

	@Test
	@Tag("CK-105")
	void propertyKeepsTheSessionThatNobodyAskedFor() {
		TestApplication application = run("socketio.share-web-session=true");
		String session = login(application);
		try (WireWebSocket websocket = upgrade(application, "", session)) {
			websocket.send("420[\"whoami\"]");
			assertThat(websocket.receive()).isEqualTo("430[\"jane\",null]");
		}
	}

	@Test
	@Tag("CK-106")
	void roomOfTheSessionHearsTheWebApplicationAndIsEmptiedByTheLogout() {
		TestApplication application = run("socketio.share-web-session=true");
		String session = login(application);
		String other = login(application);
		try (WireWebSocket first = connect(application, "", session);
				WireWebSocket second = upgrade(application, "", session);
				WireWebSocket stranger = connect(application, "", other)) {
			application.post("/notify", "", "Cookie", session);
			assertThat(first.receive()).isEqualTo("42[\"notice\"]");
			assertThat(second.receive()).isEqualTo("42[\"notice\"]");
			application.post("/logout", "", "Cookie", session);
			for (WireWebSocket websocket : List.of(first, second)) {
				assertThat(websocket.receive()).isEqualTo("41");
				assertThat(websocket.receive()).isNull();
			}
			stranger.send("420[\"whoami\"]");
			assertThat(stranger.receive()).isEqualTo("430[\"jane\",null]");
		}
	}

	@Test
	@Tag("CK-106")
	void logoutReachesAllNamespacesAndSessionsWithANewId() {
		TestApplication application = run();
		String session = login(application);
		String other = login(application);
		SocketIoServer io = application.bean(SocketIoServer.class);
		io.of("/chat");
		try (WireWebSocket first = application.websocket(WEBSOCKET, "Cookie", session);
				WireWebSocket stranger = connect(application, "", other)) {
			assertThat(first.receive()).startsWith("0{");
			first.send("40/chat,");
			assertThat(first.receive()).startsWith("40/chat,{");
			String changed = TestApplication
				.cookie(TestApplication.cookies(application.post("/change-id", "", "Cookie", session)), "SESSION");
			assertThat(changed).isNotEqualTo(session);
			try (WireWebSocket second = connect(application, "", changed)) {
				assertThat(io.sockets().rooms()).noneMatch((room) -> room.contains(":"));
				io.disconnectSession(changed.substring("SESSION=".length()));
				assertThat(first.receive()).isEqualTo("41/chat,");
				assertThat(first.receive()).isNull();
				assertThat(second.receive()).isEqualTo("41");
				assertThat(second.receive()).isNull();
			}
			assertThat(io.sockets().sockets()).hasSize(1);
			assertThat(stranger.status()).isEqualTo(101);
		}
	}

	@Test
	@Tag("CK-107")
	@Tag("SEC-99")
	void sessionOfTheHandshakeIsReadAgainToSeeWhatChanged() {
		TestApplication application = run("socketio.share-web-session=true");
		String session = login(application);
		try (WireWebSocket websocket = connect(application, "", session)) {
			websocket.send("420[\"stored\"]");
			assertThat(websocket.receive()).isEqualTo("430[\"jane\"]");
			application.post("/rename", "", "Cookie", session);
			websocket.send("420[\"stored\"]");
			assertThat(websocket.receive()).isEqualTo("430[\"mary\"]");
		}
	}

	@Test
	@Tag("CK-108")
	void connectionOfASessionThatIsGoneIsClosedWithoutADisconnect() {
		TestApplication application = run("socketio.share-web-session=true");
		String session = login(application);
		try (WireWebSocket websocket = connect(application, "", session)) {
			websocket.send("420[\"check\"]");
			assertThat(websocket.receive()).isEqualTo("430[\"alive\"]");
			application.post("/expire", "", "Cookie", session);
			websocket.send("421[\"check\"]");
			// no packet 41, so that the client comes back
			assertThat(websocket.receive()).isNull();
		}
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
		try (WireWebSocket websocket = application.websocket(WEBSOCKET + "&jwt=1&sid=" + sid)) {
			probe(websocket);
			application.bean(SocketIoServer.class).in("user:mary").emit("hello");
			assertThat(websocket.receive()).isEqualTo("42[\"hello\"]");
		}
	}

	@Test
	@Tag("CK-110")
	void bearerTokenIsAskedForOnWebsocketsToo() {
		TestApplication application = run();
		try (WireWebSocket refused = application.websocket(WEBSOCKET + "&jwt=1");
				WireWebSocket accepted = application.websocket(WEBSOCKET + "&jwt=1", "Authorization",
						"Bearer token-of-mary")) {
			assertThat(refused.status()).isEqualTo(400);
			assertThat(accepted.status()).isEqualTo(101);
		}
	}

	private TestApplication run(String... properties) {
		this.application = TestApplication.run(Application.class, properties);
		return this.application;
	}

	private static String login(TestApplication application) {
		return TestApplication.cookie(TestApplication.cookies(application.post("/login", "")), "SESSION");
	}

	private static WireWebSocket connect(TestApplication application, String query, String cookie) {
		WireWebSocket websocket = application.websocket(WEBSOCKET + query, "Cookie", cookie);
		assertThat(websocket.receive()).startsWith("0{");
		websocket.send("40");
		assertThat(websocket.receive()).startsWith("40{");
		return websocket;
	}

	private static WireWebSocket upgrade(TestApplication application, String query, String cookie) {
		String target = POLLING + query;
		String sid = TestApplication.sid(application.get(target, "Cookie", cookie).body());
		application.post(target + "&sid=" + sid, "40", "Cookie", cookie);
		assertThat(application.get(target + "&sid=" + sid, "Cookie", cookie).body()).startsWith("40{");
		// the rest of the session does not need the cookie
		WireWebSocket websocket = application.websocket(WEBSOCKET + "&sid=" + sid);
		probe(websocket);
		return websocket;
	}

	private static void probe(WireWebSocket websocket) {
		assertThat(websocket.status()).isEqualTo(101);
		websocket.send("2probe");
		assertThat(websocket.receive()).isEqualTo("3probe");
		websocket.send("5");
	}

	private static String receive(WireWebSocket websocket) {
		String text = websocket.receive();
		assertThat(text).isNotNull();
		return String.valueOf(text);
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
