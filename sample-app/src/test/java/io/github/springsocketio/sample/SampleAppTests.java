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

package io.github.springsocketio.sample;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.sample.ChatController.Members;
import io.github.springsocketio.sample.MessageController.Stamp;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.autoconfigure.AutoConfigureSocketIoTester;
import io.github.springsocketio.test.client.CookieStore;
import io.github.springsocketio.test.client.HandshakeResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the sample does over HTTP: handshakes, cookies and logins.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "60s")
@AutoConfigureSocketIoTester(timeout = "60s")
class SampleAppTests {

	private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

	@Autowired
	private WebTestClient client;

	@Autowired
	private SocketIoTester tester;

	@LocalServerPort
	private int port;

	@Test
	@Tag("CK-06")
	void handshakeSendsTheSessionCookieAndTheOpenPacket() {
		HandshakeResponse response = this.tester.handshake()
			.expectStatus(200)
			.expectCookie("io")
			.path("/")
			.httpOnly()
			.sameSite("Lax")
			.maxAge(null)
			.and()
			.response();
		String sid = response.cookies().get(0).value();
		assertThat(response.body()).isEqualTo("0{\"sid\":\"" + sid + "\",\"upgrades\":[\"websocket\"],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":2097152}");
	}

	@Test
	@Tag("CK-59")
	void uidIsSentOncePerSessionAndStaysTheSame() {
		SocketIoTester browser = this.tester.cookies(CookieStore.create());
		String uid = browser.handshake().expectCookie("uid").path("/").sameSite("Strict").cookie().value();
		assertThat(uid).matches("\\w{8}");
		SocketTester socket = browser.connect();
		socket.handshake().expectCookie("uid").valueEquals(uid);
		socket.expectUpgrade().expectNoCookie("uid");
	}

	@Test
	@Tag("CK-59")
	void randomIdIsSentWithAnyResponseToClientsThatHaveCookiesButNotThisOne() {
		EntityExchangeResult<String> handshake = handshake("theme=dark");
		assertThat(setCookies(handshake)).hasSize(3)
			.last()
			.asString()
			.matches("randomId=\\w{8}; Path=/; Max-Age=86400; Expires=[^;]+");
		String session = HANDSHAKE + "&sid=" + sidOf(handshake);
		assertThat(setCookies(post(session, "40", "theme=dark"))).singleElement().asString().startsWith("randomId=");
		assertThat(setCookies(get(session, "theme=dark"))).singleElement().asString().startsWith("randomId=");
		assertThat(setCookies(post(session, "41", "theme=dark; randomId=x"))).isEmpty();
	}

	@Test
	@Tag("CK-65")
	void handshakeWithADeadSessionIsRefusedAndTheCookieTakenBack() {
		browser("SESSION=not-alive").handshake()
			.expectStatus(403)
			.expectBody("{\"code\":4,\"message\":\"session expired\"}")
			.expectNoCookie("io")
			.expectCookie("SESSION")
			.maxAge(Duration.ZERO);
	}

	@Test
	@Tag("CK-65")
	void handshakeFromAnotherOriginIsRefused() {
		this.tester.origin("https://elsewhere.example")
			.handshake()
			.expectStatus(403)
			.expectBody("{\"code\":4,\"message\":\"cross-origin request\"}");
		this.tester.origin("http://localhost:" + this.port).handshake().expectStatus(200);
	}

	@Test
	void chatRefusesAnonymousUsersAndTheLobbyDoesNot() {
		this.tester.namespace("/chat").expectConnectError().expectMessage("log in first").expectCode("unauthenticated");
		SocketTester lobby = this.tester.connect();
		lobby.emit("rooms");
		lobby.expectEvent("rooms");
	}

	@Test
	void chatWelcomesMembers() {
		browser(login("Ada")).namespace("/chat")
			.connect()
			.expectEvent("welcome")
			.isEqualTo("Ada", MessageController.MAX_PICTURE);
	}

	@Test
	void membersTalkInARoom() {
		SocketTester ada = member("Ada");
		SocketTester bob = member("Bob");
		for (SocketTester socket : List.of(ada, bob)) {
			socket.emitWithAck("join", "java").expectEmptyAck();
		}
		bob.emit("typing", "java");
		ada.expectEvent("typing").isEqualTo("java", "Bob");
		bob.expectNoEvent("typing", Duration.ofMillis(50));
		bob.emitWithAck("message", "java", "hello")
			.expectAck(Stamp.class)
			.satisfies((stamp) -> assertThat(stamp.from()).isEqualTo("Bob"));
		ada.expectEvent("message").argument(1, String.class).isEqualTo("hello");
	}

	@Test
	void membersSeeWhoIsInTheirRooms() {
		SocketTester ada = member("Ada");
		SocketTester bob = member("Bob");
		bob.emitWithAck("members", "kitchen").expectEmptyAck();
		ada.emitWithAck("join", "kitchen").expectEmptyAck();
		ada.emit("members", "kitchen");
		ada.expectEvent("members", Members.class).isEqualTo(new Members("kitchen", Map.of("Ada", 1L)));
		bob.emitWithAck("join", "kitchen").expectEmptyAck();
		ada.expectEvent("members", Members.class).isEqualTo(new Members("kitchen", Map.of("Ada", 1L, "Bob", 1L)));
		bob.emitWithAck("leave", "kitchen").expectEmptyAck();
		ada.expectEvent("members", Members.class).isEqualTo(new Members("kitchen", Map.of("Ada", 1L)));
		bob.expectNoEvent("members", Duration.ofMillis(50));
	}

	@Test
	void whatIsNotValidIsRefusedWithAReason() {
		SocketTester ada = member("Ada");
		byte[] text = "text".getBytes(StandardCharsets.UTF_8);
		ada.emitWithAck("join").expectError("missing-argument");
		ada.emitWithAck("join", "<b>").expectError("validation").expectField("room");
		ada.emitWithAck("message", "cellar", "hello").expectError("not-in-room");
		ada.emitWithAck("join", "cellar").expectEmptyAck();
		ada.emitWithAck("message", "cellar", " ").expectError("validation").expectField("text");
		ada.emitWithAck("picture", "cellar", text).expectError("no-picture");
	}

	@Test
	@Tag("CK-106")
	void logoutDisconnectsTheSocketsOfTheSession() {
		String session = login("Ada");
		SocketTester lobby = browser(session).connect();
		SocketTester chat = lobby.connect("/chat");
		chat.expectEvent("welcome");
		SocketTester chatAlone = browser(session).namespace("/chat").connect();
		EntityExchangeResult<String> logout = postForm("/logout", "", session);
		assertThat(logout.getStatus()).isEqualTo(HttpStatus.NO_CONTENT);
		assertThat(logout.getResponseCookies().getFirst("SESSION"))
			.satisfies((expired) -> assertThat(expired.getMaxAge()).isZero());
		for (SocketTester socket : List.of(lobby, chat, chatAlone)) {
			socket.expectDisconnect("io server disconnect");
		}
		assertThat(handshake(session).getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void logoutAndLoginRefusePagesOfOtherSites() {
		String session = login("Ada");
		for (String path : List.of("/logout", "/login")) {
			assertThat(post(path, "", session).getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
		}
		assertThat(get("/me", session).getResponseBody()).isEqualTo("Ada");
		assertThat(get("/me", null).getResponseBody()).isNull();
	}

	@Test
	void responsesLimitWhatPagesMayDo() {
		for (String path : List.of("/", "/actuator/health", HANDSHAKE)) {
			HttpHeaders headers = get(path, null).getResponseHeaders();
			assertThat(headers.getFirst("Content-Security-Policy")).contains("default-src 'none'",
					"frame-ancestors 'none'");
			assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(headers.getFirst("X-Frame-Options")).isEqualTo("DENY");
		}
	}

	@Test
	void addressesHaveALimitOfSessions() {
		List<String> sessions = new ArrayList<>();
		EntityExchangeResult<String> response = handshake(null);
		while (response.getStatus() == HttpStatus.OK && sessions.size() <= 100) {
			sessions.add(HANDSHAKE + "&sid=" + sidOf(response));
			response = handshake(null);
		}
		sessions.forEach((session) -> post(session, "1", null));
		assertThat(response.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
	}

	@Test
	void loginSetsASessionCookieThatScriptsDoNotSee() {
		ResponseCookie cookie = loginResponse("Ada", "secret", null).getResponseCookies().getFirst("SESSION");
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSameSite()).isEqualTo("Lax");
		assertThat(get("/", null).getResponseCookies()).isEmpty();
	}

	@Test
	void loginAgainEndsTheFormerSession() {
		String former = login("Ada");
		assertThat(loginResponse("Grace", "secret", former).getResponseCookies()).containsKey("SESSION");
		assertThat(handshake(former).getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void loginRefusesWrongPasswordsAndNamesThatAreNone() {
		for (String name : List.of("", " ", "<b>", "a".repeat(21))) {
			assertThat(loginResponse(name, "secret", null).getStatus()).isEqualTo(HttpStatus.UNAUTHORIZED);
		}
		assertThat(loginResponse("Ada", "guess", null).getStatus()).isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void cookiesOfOthersAreMasked() {
		assertThat(get("/cookies?sid=0123456789", "SESSION=0123456789abcdef; io=0123456789; uid=u1").getResponseBody())
			.isEqualTo("[{\"name\":\"SESSION\",\"value\":\"0123…\",\"current\":false},"
					+ "{\"name\":\"io\",\"value\":\"0123…\",\"current\":true},"
					+ "{\"name\":\"uid\",\"value\":\"u1\",\"current\":false}]");
	}

	@Test
	@Tag("CK-146")
	void healthAnswersGetAndHead() {
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP");
		this.client.head().uri("/actuator/health").exchange().expectStatus().isOk().expectBody().isEmpty();
	}

	@Test
	void metricsAreForUsers() {
		String path = "/actuator/metrics/socketio.sessions";
		assertThat(get(path, null).getStatus()).isEqualTo(HttpStatus.UNAUTHORIZED);
		assertThat(get(path, login("Ada")).getResponseBody()).contains("socketio.sessions");
	}

	@Test
	@Tag("SIO-116")
	void pageAndClientAreServedByTheSameServer() {
		assertThat(get("/", null).getResponseBody()).contains("<script src=\"/socket.io/socket.io.js\" defer>");
		assertThat(get("/socket.io/socket.io.js", null).getResponseBody()).contains("Socket.IO v4");
	}

	private EntityExchangeResult<String> handshake(@Nullable String cookie) {
		return get(HANDSHAKE, cookie);
	}

	private SocketTester member(String name) {
		return browser(login(name)).namespace("/chat").connect();
	}

	private SocketIoTester browser(String session) {
		return this.tester.header(HttpHeaders.COOKIE, session);
	}

	private String login(String name) {
		EntityExchangeResult<String> response = loginResponse(name, "secret", null);
		return "SESSION=" + response.getResponseCookies().getFirst("SESSION").getValue();
	}

	private EntityExchangeResult<String> loginResponse(String name, String password, @Nullable String cookie) {
		return postForm("/login",
				"username=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&password=" + password, cookie);
	}

	private EntityExchangeResult<String> postForm(String path, String form, @Nullable String cookie) {
		EntityExchangeResult<CsrfToken> token = with(cookie, this.client.get().uri("/csrf")).exchange()
			.expectBody(CsrfToken.class)
			.returnResult();
		String csrf = "XSRF-TOKEN=" + token.getResponseCookies().getFirst("XSRF-TOKEN").getValue();
		return result(with((cookie != null) ? cookie + "; " + csrf : csrf, this.client.post().uri(path))
			.header(token.getResponseBody().headerName(), token.getResponseBody().token())
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue(form));
	}

	private EntityExchangeResult<String> get(String uri, @Nullable String cookie) {
		return result(with(cookie, this.client.get().uri(uri)));
	}

	private EntityExchangeResult<String> post(String uri, String body, @Nullable String cookie) {
		return result(with(cookie, this.client.post().uri(uri).contentType(MediaType.TEXT_PLAIN)).bodyValue(body));
	}

	private static <S extends WebTestClient.RequestHeadersSpec<?>> S with(@Nullable String cookie, S request) {
		if (cookie != null) {
			request.header(HttpHeaders.COOKIE, cookie);
		}
		return request;
	}

	private static EntityExchangeResult<String> result(WebTestClient.RequestHeadersSpec<?> request) {
		return request.exchange().expectBody(String.class).returnResult();
	}

	private static String sidOf(EntityExchangeResult<String> handshake) {
		return handshake.getResponseCookies().getFirst("io").getValue();
	}

	private static List<String> setCookies(EntityExchangeResult<String> response) {
		return response.getResponseHeaders().getOrDefault(HttpHeaders.SET_COOKIE, List.of());
	}

	record CsrfToken(String headerName, String token) {

	}

}
