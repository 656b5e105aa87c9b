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

package io.github.springsocketio.autoconfigure.security;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.CodeBlock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recipes of docs/security.md, on a real server.
 */
@Timeout(60)
class SecurityRecipesTests {

	private static final String REQUIRED = "socketio.security.authentication-required=true";

	private @Nullable Application application;

	private Application run(Class<?> recipe, String... properties) {
		this.application = Application.run(recipe, properties);
		return this.application;
	}

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	private static void assertIs(SocketTester socket, String user) {
		socket.emitWithAck("who").expectAck(String.class).isEqualTo(user);
	}

	private static void assertRefused(SocketIoTester tester) {
		tester.handshake().expectStatus(401).expectNoHeader("WWW-Authenticate");
	}

	@Test
	void blocksOfTheDocumentationAreCopiesOfTheRecipes() {
		String source = CodeBlock
			.read(Path.of("src/test/java", SecurityRecipes.class.getName().replace('.', '/') + ".java"));
		List<CodeBlock> blocks = CodeBlock.of(Path.of("../docs/security.md"))
			.stream()
			.filter((block) -> block.language().equals("java"))
			.toList();
		assertThat(blocks).hasSizeGreaterThan(5)
			.allSatisfy((block) -> assertThat(block.partsMissingIn(source)).isEmpty());
	}

	// Form login

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket", "upgrade" })
	@Tag("CK-111")
	void formLogin(String transport) {
		Application application = run(SecurityRecipes.FormLogin.class);
		assertRefused(application.browser());
		application.login("jane");
		SocketIoTester browser = application.browser();
		if (!transport.equals("upgrade")) {
			browser = browser.transports(Transport.valueOf(transport.toUpperCase(Locale.ROOT)));
		}
		SocketTester socket = browser.connect();
		assertIs(socket, "jane");
		SocketIoServer server = application.bean(SocketIoServer.class);
		server.user("jane").emit("hello");
		socket.expectEvent("hello");
		Await.until("the next poll is waiting",
				() -> server.of("/").sockets().values().stream().allMatch((other) -> other.conn().isWritable()));
		assertThat(application.form("/logout", "/logout", "").statusCode()).isEqualTo(302);
		socket.expectDisconnect("io server disconnect");
		assertRefused(application.browser());
	}

	@Test
	void csrfProtectionStaysOnForThePages() {
		Application application = run(SecurityRecipes.FormLogin.class);
		application.login("jane");
		assertThat(application.post("/logout", "").statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ws/", "/ws" })
	void matcherFollowsThePaths(String path) {
		Application application = run(SecurityRecipes.FormLogin.class, "socketio.path=" + path,
				"spring.webflux.base-path=/app");
		assertThat(application.get("/app/ws/?EIO=4&transport=polling").statusCode()).isEqualTo(401);
		// a page, whose requests are sent to the login
		assertThat(application.get("/app/wsx/?EIO=4&transport=polling").statusCode()).isEqualTo(302);
		assertThat(application.get("/app/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(302);
	}

	@Test
	@Tag("SEC-99")
	void requestsOfAnotherUserAreRefused() {
		Application application = run(SecurityRecipes.HttpBasic.class);
		String jane = basic("jane");
		SocketTester socket = application.tester()
			.header("Authorization", jane)
			.transports(Transport.POLLING)
			.connect();
		EngineSession session = application.bean(EngineServer.class).sessions().iterator().next();
		String target = "/socket.io/?EIO=4&transport=polling&sid=" + session.id();
		HttpResponse<String> foreign = application.post(target, "42[\"who\"]", "Authorization", basic("joe"));
		assertThat(foreign.statusCode()).isEqualTo(403);
		assertThat(foreign.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
		assertThat(application.post(target, "42[\"who\"]", "Authorization", jane).statusCode()).isEqualTo(200);
		assertIs(socket, "jane");
	}

	@Test
	@Tag("SEC-99")
	void anonymousIsNoUser() {
		Application application = run(SecurityRecipes.Anonymous.class);
		SocketTester socket = application.tester().transports(Transport.POLLING).connect();
		assertIs(socket, "anonymousUser");
		assertThat(application.bean(SocketIoServer.class).presence().users().block(Await.LIMIT)).isEmpty();
		EngineSession session = application.bean(EngineServer.class).sessions().iterator().next();
		String target = "/socket.io/?EIO=4&transport=polling&sid=" + session.id();
		assertThat(application.post(target, "42[\"who\"]", "Authorization", basic("joe")).statusCode()).isEqualTo(200);
		application.close();
		application = run(SecurityRecipes.Anonymous.class, REQUIRED);
		application.tester().expectConnectError().expectData(Map.of("code", "unauthenticated"));
		assertIs(application.tester().header("Authorization", basic("joe")).connect(), "joe");
	}

	// HTTP basic

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes());
	}

	@Test
	void httpBasic() {
		Application application = run(SecurityRecipes.HttpBasic.class);
		assertRefused(application.tester());
		assertRefused(application.tester().header("Authorization", basic("eve")));
		assertIs(application.tester().header("Authorization", basic("jane")).connect(), "jane");
	}

	// Tokens

	private static String token(String user, Duration validity) {
		return SecurityRecipes.token(user, Instant.now().plus(validity));
	}

	private static String token(String user) {
		return token(user, Duration.ofHours(1));
	}

	@Test
	void resourceServer() {
		Application application = run(SecurityRecipes.ResourceServer.class);
		application.tester().handshake().expectStatus(401);
		application.tester().header("Authorization", "Bearer x").handshake().expectStatus(401);
		SocketTester socket = application.tester().header("Authorization", "Bearer " + token("jane")).connect();
		assertIs(socket, "jane");
		socket.emitWithAck("secret").expectAck(String.class).isEqualTo("the secret");
	}

	@Test
	void tokenOfTheRequestExpires() {
		Application application = run(SecurityRecipes.ResourceServer.class, "socketio.security.expiry-grace=200ms");
		// within the tolerance of the decoder
		SocketTester socket = application.tester()
			.header("Authorization", "Bearer " + token("jane", Duration.ofSeconds(-5)))
			.connect();
		socket.expectEvent("auth:expiring");
		socket.expectDisconnect("io server disconnect");
	}

	@Test
	void tokenInAuth() {
		Application application = run(SecurityRecipes.TokenInAuth.class, REQUIRED);
		SocketIoTester tester = application.tester();
		tester.expectConnectError()
			.expectMessage("Authentication is required")
			.expectData(Map.of("code", "unauthenticated"));
		for (Object invalid : new Object[] { "x", "", 7, token("jane", Duration.ofHours(-1)) }) {
			tester.auth(Map.of("token", invalid))
				.expectConnectError()
				.expectMessage("Invalid token")
				.expectData(Map.of("code", "invalid-token"));
		}
		SocketTester socket = tester.auth(Map.of("token", token("jane"))).connect();
		assertIs(socket, "jane");
		socket.emitWithAck("secret").expectAck(String.class).isEqualTo("the secret");
		tester.namespace("/chat").expectConnectError().expectData(Map.of("code", "unauthenticated"));
		assertThat(application.bean(SocketIoServer.class).of("/chat").sockets()).isEmpty();
	}

	@Test
	void tokenInAuthExpiresUnlessItIsRenewed() {
		Application application = run(SecurityRecipes.TokenInAuth.class, "socketio.security.expiry-grace=1s");
		SocketTester socket = application.tester()
			.auth(Map.of("token", token("jane", Duration.ofMillis(1500))))
			.connect();
		socket.expectEvent("auth:expiring");
		Instant expiresAt = Instant.now().plusSeconds(3600);
		socket.emitWithAck("auth:renew", Map.of("token", token("joe")))
			.expectAck(Map.class)
			.isEqualTo(
					Map.of("error", Map.of("code", "principal-mismatch", "message", "The principal is another one")));
		socket.emitWithAck("auth:renew", Map.of("token", SecurityRecipes.token("jane", expiresAt)))
			.expectAck(Map.class)
			.satisfies((result) -> assertThat(((Number) result.get("expiresAt")).longValue() / 1000)
				.isEqualTo(expiresAt.getEpochSecond()));
		SocketTester other = application.tester()
			.auth(Map.of("token", token("jane", Duration.ofMillis(1500))))
			.connect();
		other.expectDisconnect("io server disconnect");
		assertIs(socket, "jane");
	}

	@Test
	void bearerTokensCanBeLeftToTheApplication() {
		Application application = run(SecurityRecipes.TokenInAuth.class,
				"socketio.security.bearer-token.enabled=false");
		assertIs(application.tester().auth(Map.of("token", "x")).connect(), "nobody");
	}

	@Test
	void ownManagerAndField() {
		Application application = run(SecurityRecipes.OwnManager.class, REQUIRED);
		SocketIoTester tester = application.tester();
		tester.auth(Map.of("token", token("jane"))).expectConnectError().expectData(Map.of("code", "unauthenticated"));
		assertIs(tester.auth(Map.of("accessToken", token("jane"))).connect(), "jane");
	}

	@Test
	void apiKeys() {
		Application application = run(SecurityRecipes.ApiKeys.class);
		assertIs(application.tester().auth(Map.of("key", "k1")).connect(), "robot");
		assertIs(application.tester().connect(), "nobody");
		application.tester()
			.auth(Map.of("key", "k2"))
			.expectConnectError()
			.expectMessage("Unknown key")
			.expectData(Map.of("code", "invalid-key"));
	}

	// Sessions

	@Test
	@Tag("CK-106")
	@Tag("CK-107")
	void sessionIsReadChangedAndSavedByHandlers() {
		Application application = run(SecurityRecipes.Sessions.class);
		assertThat(application.get("/visits").body()).isEqualTo("0");
		SocketTester socket = application.browser().connect();
		socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(1);
		assertThat(application.get("/visits").body()).isEqualTo("1");
		application.post("/visits/set", "7");
		socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(8);
		socket.emitWithAck("forget").expectEmptyAck();
		assertThat(application.get("/visits").body()).isEqualTo("0");
		SocketTester stranger = application.tester().connect();
		stranger.emitWithAck("visit").expectEmptyAck();
		stranger.emitWithAck("forget").expectAck(String.class).isEqualTo("AckErrorException");
	}

	@Test
	void controllersReachTheSocketsOfASessionAlsoAfterALogin() {
		Application application = run(SecurityRecipes.Sessions.class);
		application.get("/visits");
		SocketTester before = application.browser().connect();
		application.post("/login", "username=jane&password=secret", "Content-Type",
				"application/x-www-form-urlencoded");
		SocketTester after = application.browser().connect();
		assertIs(before, "nobody");
		assertIs(after, "jane");
		application.post("/note", "hello");
		before.expectEvent("note", String.class).isEqualTo("hello");
		after.expectEvent("note", String.class).isEqualTo("hello");
		application.tester().connect().expectNoEvent("note", Duration.ofMillis(50));
	}

	@Test
	@Tag("SEC-99")
	@Tag("CK-108")
	void connectionsOfASessionThatIsGoneAreClosed() {
		Application application = run(SecurityRecipes.Sessions.class, "socketio.web-session.check-interval=100ms",
				"socketio.security.expiry-grace=100ms");
		application.get("/visits");
		SocketTester socket = application.browser().connect();
		SocketTester stranger = application.tester().connect();
		application.post("/end", "");
		socket.expectEvent("auth:expiring");
		socket.expectDisconnect("transport close");
		assertIs(stranger, "nobody");
	}

	@Test
	@Tag("SEC-99")
	void eventsKeepASessionAliveIfWished() {
		Application application = run(SecurityRecipes.Sessions.class, "socketio.web-session.check-interval=50ms",
				"socketio.web-session.keep-alive=true", "socketio.security.expiry-grace=0", "spring.session.timeout=1s",
				"server.reactive.session.timeout=1s");
		application.get("/visits");
		SocketTester busy = application.browser().transports(Transport.WEBSOCKET).connect();
		Instant end = Instant.now().plusMillis(2500);
		Await.until("more than twice the time-out has passed", () -> {
			assertIs(busy, "nobody");
			return Instant.now().isAfter(end);
		});
		assertThat(application.get("/visits").headers().firstValue("Set-Cookie")).isEmpty();
		busy.expectDisconnect("transport close");
	}

}
