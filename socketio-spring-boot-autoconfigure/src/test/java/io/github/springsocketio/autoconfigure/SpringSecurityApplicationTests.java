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

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.security.SocketIoServerLogoutHandler;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.authentication.logout.DelegatingServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.SecurityContextServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.ServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security in front of the endpoint, configured as docs/handshake.md says
 * (CK-111).
 */
@Timeout(60)
class SpringSecurityApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	@RegisterExtension
	static final SharedApplication applications = new SharedApplication();

	@ParameterizedTest
	@ValueSource(strings = { "websocket", "upgrade" })
	@Tag("CK-111")
	@Tag("CK-73")
	void userIsAtTheHandshake(String how) {
		TestApplication application = run(MembersOnly.class);
		String session = login(application, page(application)).session();
		SocketTester socket = how.equals("upgrade") ? upgrade(application, session) : connect(application, session);
		assertThat(socket.socket().io().transport()).isEqualTo(Transport.WEBSOCKET);
		socket.emitWithAck("whoami").expectAck().isEqualTo("jane");
	}

	@Test
	@Tag("CK-111")
	void strangersAreRefusedBeforeTheEngineSeesThem() {
		TestApplication application = run(MembersOnly.class);
		HttpResponse<String> polling = application.get(POLLING);
		assertThat(polling.statusCode()).isEqualTo(401);
		assertThat(polling.body()).isEmpty();
		application.tester().handshake().expectStatus(401);
		assertThat(application.bean(EngineServer.class).clientsCount()).isZero();
	}

	@Test
	@Tag("CK-121")
	@Tag("CK-128")
	void pagesOfAllowedOriginsGetPreflightsAnsweredAndCanReadRefusals() {
		TestApplication application = run(MembersOnly.class, "socketio.cors.allowed-origins=https://a.example",
				"socketio.cors.allow-credentials=true");
		HttpResponse<String> preflight = application.options(POLLING, "Origin", "https://a.example",
				"Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization");
		assertThat(preflight.statusCode()).isEqualTo(204);
		assertThat(preflight.headers().allValues("Access-Control-Allow-Headers")).containsExactly("authorization");
		HttpResponse<String> refused = application.get(POLLING, "Origin", "https://a.example");
		assertThat(refused.statusCode()).isEqualTo(401);
		String session = login(application, page(application)).session();
		HttpResponse<String> accepted = application.get(POLLING, "Origin", "https://a.example", "Cookie", session);
		assertThat(accepted.statusCode()).isEqualTo(200);
		HttpResponse<String> file = application.get("/socket.io/socket.io.js", "Origin", "https://a.example", "Cookie",
				session);
		for (HttpResponse<String> response : List.of(preflight, refused, accepted, file)) {
			assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
				.containsExactly("https://a.example");
			assertThat(response.headers().allValues("Access-Control-Allow-Credentials")).containsExactly("true");
		}
		HttpResponse<String> foreign = application.get(POLLING, "Origin", "https://b.example");
		assertThat(foreign.statusCode()).isEqualTo(401);
		assertThat(foreign.headers().allValues("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	@Tag("CK-111")
	void laterRequestsOfASessionNeedTheUserToo() {
		TestApplication application = run(MembersOnly.class);
		String session = login(application, page(application)).session();
		String target = POLLING + "&sid=" + TestApplication.sid(application.get(POLLING, "Cookie", session).body());
		assertThat(application.get(target).statusCode()).isEqualTo(401);
		assertThat(application.post(target, "40").statusCode()).isEqualTo(401);
		assertThat(application.post(target, "40", "Cookie", session).statusCode()).isEqualTo(200);
	}

	@Test
	void pathIsExemptFromCsrfAndNothingElseIs() {
		TestApplication application = run(MembersOnly.class);
		String session = login(application, page(application)).session();
		String target = POLLING + "&sid=" + TestApplication.sid(application.get(POLLING, "Cookie", session).body());
		assertThat(application.post(target, "40", "Cookie", session).body()).isEqualTo("ok");
		assertThat(application.post("/logout", "", "Cookie", session).statusCode()).isEqualTo(403);
	}

	@Test
	void withoutTheExemptionPollsAreRefusedAndWebsocketsAreNot() {
		TestApplication application = run(NoExemption.class);
		String session = login(application, page(application)).session();
		String target = POLLING + "&sid=" + TestApplication.sid(application.get(POLLING, "Cookie", session).body());
		assertThat(application.post(target, "40", "Cookie", session).statusCode()).isEqualTo(403);
		connect(application, session).emitWithAck("whoami").expectAck().isEqualTo("jane");
	}

	@Test
	@Tag("CK-111")
	@Tag("CK-106")
	void logoutDisconnectsTheSocketsOfTheSession() {
		TestApplication application = run(MembersOnly.class);
		LoginPage login = login(application, page(application));
		String other = login(application, page(application)).session();
		SocketTester socket = connect(application, login.session());
		SocketTester stranger = connect(application, other);
		HttpResponse<String> logout = application.post("/logout", "_csrf=" + login.token(), "Cookie", login.session(),
				"Content-Type", "application/x-www-form-urlencoded");
		assertThat(logout.statusCode()).isEqualTo(302);
		assertThat(application.bean(LastHandler.class).sockets).as("still connected when the session ends")
			.isEqualTo(2);
		socket.expectDisconnect("io server disconnect");
		assertThat(socket.socket().connected()).isFalse();
		Await.until("the session has ended", () -> socket.socket().io().sid() == null);
		assertThat(application.get(POLLING, "Cookie", login.session()).statusCode()).isEqualTo(401);
		stranger.emitWithAck("whoami").expectAck().isEqualTo("jane");
		assertThat(application.bean(EngineServer.class).clientsCount()).isEqualTo(1);
	}

	@Test
	@Tag("SEC-99")
	void loginDoesNotChangeWhoASocketIsAndChangesTheSessionId() {
		TestApplication application = run(OpenToAll.class);
		LoginPage page = page(application);
		SocketTester before = connect(application, page.session());
		LoginPage loggedIn = login(application, page);
		assertThat(loggedIn.session()).isNotEqualTo(page.session());
		before.emitWithAck("whoami").expectAck().isEqualTo((Object) null);
		// the id from before the login is worth nothing
		connect(application, page.session()).emitWithAck("whoami").expectAck().isEqualTo((Object) null);
		connect(application, loggedIn.session()).emitWithAck("whoami").expectAck().isEqualTo("jane");
	}

	@ParameterizedTest
	@ValueSource(classes = { OpenToAll.class, WithoutRequestCache.class })
	@Tag("SEC-99")
	void pollsOfTheFormerSessionNeitherLearnNorDeleteTheSessionOfALogin(Class<?> configuration) {
		TestApplication application = run(configuration);
		LoginPage page = page(application);
		String sid = TestApplication.sid(application.get(POLLING, "Cookie", page.session()).body());
		EngineSession session = application.bean(EngineServer.class).sessions().iterator().next();
		CompletableFuture<HttpResponse<String>> poll = CompletableFuture
			.supplyAsync(() -> application.get(POLLING + "&sid=" + sid, "Cookie", page.session()));
		Await.until("the poll hangs", session::isWritable);
		login(application, page);
		session.send("x");
		HttpResponse<String> pending = poll.join();
		assertThat(pending.body()).isEqualTo("4x");
		assertThat(TestApplication.cookies(pending)).isEmpty();
		session.send("y");
		HttpResponse<String> late = application.get(POLLING + "&sid=" + sid, "Cookie", page.session());
		assertThat(late.body()).isEqualTo("4y");
		assertThat(TestApplication.cookies(late)).isEmpty();
	}

	private static TestApplication run(Class<?> application, String... properties) {
		return applications.run(application,
				StringUtils.addStringToArray(properties, "socketio.share-web-session=true"));
	}

	private static LoginPage page(TestApplication application, String... headers) {
		HttpResponse<String> page = application.get("/login", headers);
		Matcher matcher = TOKEN.matcher(page.body());
		assertThat(matcher.find()).as(page.body()).isTrue();
		String session = (headers.length > 0) ? headers[1]
				: TestApplication.cookie(TestApplication.cookies(page), "SESSION");
		return new LoginPage(session, URLEncoder.encode(matcher.group(1), StandardCharsets.UTF_8));
	}

	private static LoginPage login(TestApplication application, LoginPage page) {
		HttpResponse<String> login = application.post("/login", "username=jane&password=secret&_csrf=" + page.token(),
				"Cookie", page.session(), "Content-Type", "application/x-www-form-urlencoded");
		assertThat(login.headers().firstValue("Location")).hasValue("/");
		return page(application, "Cookie", TestApplication.cookie(TestApplication.cookies(login), "SESSION"));
	}

	private static SocketTester connect(TestApplication application, String session) {
		return application.tester().header("Cookie", session).connect();
	}

	private static SocketTester upgrade(TestApplication application, String session) {
		SocketTester socket = application.tester()
			.header("Cookie", session)
			.transports(Transport.POLLING, Transport.WEBSOCKET)
			.connect();
		socket.expectUpgrade().expectStatus(101);
		return socket;
	}

	private static void events(SocketIoServer io) {
		io.sockets().on("whoami", (socket, event) -> {
			Principal principal = socket.handshake().principal();
			event.ack((principal != null) ? principal.getName() : null);
		});
	}

	private static MapReactiveUserDetailsService onlyJane() {
		return new MapReactiveUserDetailsService(
				User.withUsername("jane").password("{noop}secret").roles("USER").build());
	}

	/**
	 * The page of a login.
	 *
	 * @param session the cookie of the session
	 * @param token the token that a form has to send
	 */
	private record LoginPage(String session, String token) {

	}

	/**
	 * The configuration of docs/handshake.md.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(EventsAndUsers.class)
	static class MembersOnly {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityWebFilterChain socketIo(ServerHttpSecurity http) {
			return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/socket.io/**"))
				.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.exceptionHandling((handling) -> handling
					.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)))
				.csrf(CsrfSpec::disable)
				.build();
		}

		@Bean
		SecurityWebFilterChain pages(ServerHttpSecurity http, SocketIoServerLogoutHandler disconnect,
				LastHandler last) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.formLogin(Customizer.withDefaults())
				.logout((logout) -> logout.logoutHandler(new DelegatingServerLogoutHandler(disconnect,
						new SecurityContextServerLogoutHandler(), new WebSessionServerLogoutHandler(), last)))
				.build();
		}

		@Bean
		LastHandler lastHandler(SocketIoServer io) {
			return new LastHandler(io);
		}

	}

	/**
	 * Counts the sockets at the end of a logout.
	 */
	static final class LastHandler implements ServerLogoutHandler {

		private final SocketIoServer io;

		private volatile int sockets;

		LastHandler(SocketIoServer io) {
			this.io = io;
		}

		@Override
		public Mono<Void> logout(WebFilterExchange exchange, Authentication authentication) {
			return Mono.fromRunnable(() -> this.sockets = this.io.sockets().sockets().size());
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(EventsAndUsers.class)
	static class NoExemption {

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.formLogin(Customizer.withDefaults())
				.build();
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(EventsAndUsers.class)
	static class OpenToAll {

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.formLogin(Customizer.withDefaults())
				.build();
		}

	}

	/**
	 * Nothing ahead of the endpoint asks for the session of a poll, but a listener for
	 * headers asks for the user.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(EventsAndUsers.class)
	static class WithoutRequestCache {

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.formLogin(Customizer.withDefaults())
				.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
				.build();
		}

		@Bean
		HeadersListener user() {
			return (headers, exchange) -> exchange.getPrincipal().then();
		}

	}

	static class EventsAndUsers {

		@Bean
		NamespaceConfigurer events() {
			return SpringSecurityApplicationTests::events;
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return onlyJane();
		}

	}

}
