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

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
@AutoConfigureWebTestClient
@AutoConfigureSocketIoTester
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
		this.tester.cookies(loggedIn("SESSION=not-alive"))
			.handshake()
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
		this.tester.namespace("/chat").expectConnectError().expectMessage("log in first");
		this.tester.connect().expectEvent("lobby");
	}

	@Test
	void chatWelcomesMembers() {
		this.tester.namespace("/chat")
			.cookies(loggedIn(login("Ada")))
			.connect()
			.expectEvent("welcome")
			.satisfies((welcome) -> assertThat(welcome.require(0, Member.class).name()).isEqualTo("Ada"))
			.argument(1, Integer.class)
			.isEqualTo(Mail.MAX_PICTURE);
	}

	@Test
	void membersTalkInARoom() {
		SocketTester ada = this.tester.namespace("/chat").cookies(loggedIn(login("Ada"))).connect();
		SocketTester bob = this.tester.namespace("/chat").cookies(loggedIn(login("Bob"))).connect();
		ada.emitWithAck("join", "java").expectAck(Reply.class).isEqualTo(Reply.accepted());
		bob.emitWithAck("join", "java").expectAck(Reply.class).isEqualTo(Reply.accepted());
		bob.emit("typing", "java");
		ada.expectEvent("typing")
			.argument(1, Member.class)
			.satisfies((member) -> assertThat(member.name()).isEqualTo("Bob"));
		bob.expectNoEvent("typing", Duration.ofMillis(50));
		bob.emitWithAck("message", "java", "hello")
			.expectAck(Reply.class)
			.satisfies((reply) -> assertThat(reply.ok()).isTrue());
		ada.expectEvent("message");
	}

	@Test
	@Tag("CK-106")
	void logoutDisconnectsTheSocketsOfTheSession() {
		String cookie = login("Ada");
		SocketTester lobby = this.tester.cookies(loggedIn(cookie)).connect();
		SocketTester chat = lobby.connect("/chat");
		chat.expectEvent("welcome");
		SocketTester chatAlone = this.tester.namespace("/chat").cookies(loggedIn(cookie)).connect();
		EntityExchangeResult<String> logout = post("/logout", "", cookie);
		assertThat(logout.getStatus()).isEqualTo(HttpStatus.NO_CONTENT);
		assertThat(logout.getResponseCookies().getFirst("SESSION"))
			.satisfies((expired) -> assertThat(expired.getMaxAge()).isZero());
		for (SocketTester socket : List.of(lobby, chat, chatAlone)) {
			socket.expectDisconnect("io server disconnect");
		}
		assertThat(handshake(cookie).getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void logoutAndLoginRefusePagesOfOtherSites() {
		String cookie = login("Ada");
		for (String path : List.of("/logout", "/login")) {
			EntityExchangeResult<String> response = result(
					with(cookie, this.client.post().uri(path)).header(HttpHeaders.ORIGIN, "https://elsewhere.example"));
			assertThat(response.getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
		}
		assertThat(get("/me", cookie).getStatus()).isEqualTo(HttpStatus.OK);
	}

	@Test
	void responsesLimitWhatPagesMayDo() {
		for (String path : List.of("/", "/health", HANDSHAKE)) {
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
		while (response.getStatus() == HttpStatus.OK
				&& sessions.size() <= HandshakeConfiguration.MAX_SESSIONS_PER_ADDRESS) {
			sessions.add(HANDSHAKE + "&sid=" + sidOf(response));
			response = handshake(null);
		}
		sessions.forEach((session) -> post(session, "1", null));
		assertThat(response.getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(response.getResponseBody()).contains("too many sessions");
	}

	@Test
	void loginSetsASessionCookieThatScriptsDoNotSee() {
		ResponseCookie cookie = loginCookie("Ada");
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSameSite()).isEqualTo("Lax");
		assertThat(get("/me", "SESSION=" + cookie.getValue()).getResponseBody()).contains("\"name\":\"Ada\"");
		assertThat(get("/me", null).getStatus()).isEqualTo(HttpStatus.NO_CONTENT);
	}

	@Test
	void loginAgainEndsTheFormerSession() {
		String former = login("Ada");
		assertThat(loginResponse("Grace", former).getStatus()).isEqualTo(HttpStatus.OK);
		assertThat(handshake(former).getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void loginRefusesNamesThatAreNone() {
		for (String name : List.of("", " ", "<b>", "a".repeat(21))) {
			EntityExchangeResult<String> response = loginResponse(name, null);
			assertThat(response.getStatus()).isEqualTo(HttpStatus.BAD_REQUEST);
			assertThat(response.getResponseBody()).contains("A name has 1 to 20 letters or digits");
			assertThat(response.getResponseCookies()).isEmpty();
		}
	}

	@Test
	void loginRefusesForms() {
		this.client.post()
			.uri("/login")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue("name=Ada")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
			.expectBody(String.class);
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
		this.client.get().uri("/health").exchange().expectStatus().isOk().expectBody(String.class).isEqualTo("ok");
		this.client.head().uri("/health").exchange().expectStatus().isOk().expectBody().isEmpty();
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

	private String login(String name) {
		return "SESSION=" + loginCookie(name).getValue();
	}

	private ResponseCookie loginCookie(String name) {
		EntityExchangeResult<String> response = loginResponse(name, null);
		assertThat(response.getStatus()).isEqualTo(HttpStatus.OK);
		return response.getResponseCookies().getFirst("SESSION");
	}

	private EntityExchangeResult<String> loginResponse(String name, @Nullable String cookie) {
		return result(with(cookie, this.client.post().uri("/login").contentType(MediaType.APPLICATION_JSON))
			.bodyValue("{\"name\":\"%s\"}".formatted(name)));
	}

	private EntityExchangeResult<String> get(String uri, @Nullable String cookie) {
		return result(with(cookie, this.client.get().uri(uri)));
	}

	private EntityExchangeResult<String> post(String uri, String body, @Nullable String cookie) {
		return result(with(cookie, this.client.post().uri(uri).contentType(MediaType.TEXT_PLAIN)).bodyValue(body));
	}

	private CookieStore loggedIn(String cookie) {
		CookieStore cookies = CookieStore.create();
		cookies.set(URI.create("http://localhost:" + this.port), "SESSION", cookie.substring("SESSION=".length()));
		return cookies;
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

}
