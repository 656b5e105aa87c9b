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

package io.github.springsocketio.socketio;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authentication by the auth payload: when clients connect, recover and renew it.
 */
class SocketAuthenticatorTests {

	private static final String INVALID = "{\"message\":\"Invalid token\",\"data\":{\"code\":\"invalid-token\"}}";

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private @Nullable Instant expiresAt;

	private TestServer start(Consumer<SecurityOptions.Builder> security, Consumer<SocketIoOptions.Builder> options) {
		SecurityOptions.Builder builder = SecurityOptions.builder().authenticators(List.of(this::authenticate));
		security.accept(builder);
		return new TestServer((all) -> options.accept(all.security(builder.build())));
	}

	private TestServer start() {
		return start((security) -> {
		}, (options) -> {
		});
	}

	/**
	 * Take a token for the name of the user.
	 */
	private Mono<SocketAuthentication> authenticate(String namespace, Handshake handshake) {
		Object token = handshake.auth().get("token");
		this.calls.add(namespace + " " + token + " " + name(handshake.principal()));
		if (token == null) {
			return Mono.empty();
		}
		return token.equals("bad") ? Mono.error(ConnectErrorException.withCode("Invalid token", "invalid-token"))
				: Mono.just(SocketAuthentication.of(token::toString).withExpiresAt(this.expiresAt));
	}

	private static @Nullable String name(@Nullable Principal principal) {
		return (principal != null) ? principal.getName() : null;
	}

	private static TestSession open(TestServer server, @Nullable String user) {
		return server.engine.open(4, TestRequest.of(user));
	}

	@Test
	void principalOfTheTokenIsThatOfTheSocketFromTheMiddlewaresOn() {
		TestServer server = start((security) -> {
		}, (options) -> options.handlers((handlers) -> handlers.reactorContextCustomizers(
				List.of((context, socket) -> context.put("user", String.valueOf(name(socket.principal())))))));
		List<String> seen = new ArrayList<>();
		server.io
			.use((socket) -> Mono
				.deferContextual((context) -> Mono.fromRunnable(() -> seen.add("middleware " + context.get("user")))))
			.onConnection((socket) -> seen.add("connection " + name(socket.handshake().principal())))
			.handle("who", (socket, event) -> Mono.deferContextual((context) -> Mono.just(context.get("user"))));
		TestSession client = open(server, "ada");
		client.connect("0{\"token\":\"eve\"}");
		client.receive("21[\"who\"]");
		assertThat(client.sent()).containsExactly("31[\"eve\"]");
		assertThat(seen).containsExactly("middleware eve", "connection eve");
		assertThat(this.calls).containsExactly("/ eve ada");
	}

	@Test
	void eachNamespaceIsAuthenticatedByItsOwnPayload() {
		TestServer server = start();
		server.io.of("/chat");
		TestSession client = open(server, null);
		client.connect("0{\"token\":\"ada\"}");
		client.connect("0/chat,{\"token\":\"eve\"}");
		assertThat(name(socket(server.io.sockets()).principal())).isEqualTo("ada");
		assertThat(name(socket(server.io.of("/chat")).principal())).isEqualTo("eve");
	}

	private static Socket socket(Namespace namespace) {
		assertThat(namespace.sockets()).hasSize(1);
		return namespace.sockets().values().iterator().next();
	}

	@Test
	void withoutAValueTheSocketKeepsThePrincipalOfTheRequest() {
		TestServer server = start();
		open(server, "ada").connect();
		assertThat(name(socket(server.io.sockets()).principal())).isEqualTo("ada");
	}

	@Test
	void refusedClientGetsMessageAndCodeAndReachesNothing() {
		TestServer server = start();
		server.io.use((socket) -> Mono.fromRunnable(() -> this.calls.add("middleware")));
		server.io.of(Pattern.compile("/dyn-\\d")).use((socket) -> Mono.fromRunnable(() -> this.calls.add("family")));
		TestSession client = open(server, "ada");
		client.receive("0{\"token\":\"bad\"}").receive("0/dyn-1,{\"token\":\"bad\"}");
		assertThat(client.sent()).containsExactly("4" + INVALID, "4/dyn-1," + INVALID);
		assertThat(this.calls).containsExactly("/ bad ada", "/dyn-1 bad ada");
		assertThat(server.io.namespaces()).hasSize(1);
		assertThat(server.io.sockets().sockets()).isEmpty();
		client.connect("0{\"token\":\"eve\"}");
	}

	@Test
	void refusedClientLosesTheSocketThatItHad() {
		TestServer server = start();
		TestSession client = open(server, "ada");
		client.connect("0{\"token\":\"ada\"}");
		client.receive("0{\"token\":\"bad\"}");
		assertThat(client.sent()).containsExactly("4" + INVALID);
		assertThat(server.io.sockets().sockets()).isEmpty();
	}

	@Test
	@Tag("SEC-111")
	void clientsOfProtocol3AreAuthenticatedToo() {
		TestServer server = start((security) -> security.authenticationRequired(true), (options) -> {
		});
		TestSession client = server.engine.open(3, TestRequest.of(null));
		assertThat(client.sent()).containsExactly("4{\"code\":\"unauthenticated\"}");
		assertThat(server.io.sockets().sockets()).isEmpty();
	}

	@Test
	void requiredAuthenticationRefusesStrangers() {
		TestServer server = start((security) -> security.authenticationRequired(true), (options) -> {
		});
		TestSession client = open(server, null);
		client.receive("0");
		assertThat(client.sent())
			.containsExactly("4{\"message\":\"Authentication is required\",\"data\":{\"code\":\"unauthenticated\"}}");
		client.connect("0{\"token\":\"eve\"}");
		open(server, "ada").connect();
		assertThat(server.io.sockets().sockets()).hasSize(2);
	}

	@Test
	void errorsThatAreNoRefusalsSayNothingAndAreLogged() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);
		logger.addAppender(log);
		List<SocketAuthenticator> failing = List
			.of((namespace, handshake) -> Mono.error(new IllegalStateException("secret")), (namespace, handshake) -> {
				throw new IllegalStateException("secret");
			}, (namespace, handshake) -> {
				throw new NoClassDefFoundError("secret");
			}, (namespace, handshake) -> null);
		for (SocketAuthenticator authenticator : failing) {
			Sinks.Empty<SocketAuthentication> first = Sinks.empty();
			TestServer server = start(
					(security) -> security
						.authenticators(List.of((namespace, handshake) -> first.asMono(), authenticator)),
					(options) -> {
					});
			TestSession client = server.open();
			client.receive("0");
			first.tryEmitEmpty();
			assertThat(client.sent()).containsExactly("4{\"message\":\"Internal server error\"}");
			assertThat(server.io.sockets().sockets()).isEmpty();
		}
		logger.detachAppender(log);
		assertThat(log.list).hasSize(4).allMatch((event) -> event.getLevel() == Level.ERROR);
	}

	@Test
	void authenticatorsAreAskedInOrderUntilOneHasAValue() {
		TestServer server = start((security) -> security.authenticators(List.of(this::authenticate,
				(namespace, handshake) -> Mono.just(SocketAuthentication.of(() -> "second")),
				(namespace, handshake) -> Mono.error(new IllegalStateException("not asked")))), (options) -> {
				});
		open(server, "ada").connect();
		assertThat(name(socket(server.io.sockets()).principal())).isEqualTo("second");
		assertThat(this.calls).containsExactly("/ null ada");
	}

	@Test
	void clientThatLeavesIsNotAuthenticatedAnyLonger() {
		Sinks.One<SocketAuthentication> result = Sinks.one();
		TestServer server = start(
				(security) -> security.authenticators(List
					.of((namespace, handshake) -> result.asMono().doOnCancel(() -> this.calls.add("canceled")))),
				(options) -> {
				});
		TestSession client = server.open();
		client.receive("0").receive("1");
		assertThat(this.calls).containsExactly("canceled");
		client.receive("0");
		result.tryEmitValue(SocketAuthentication.of(() -> "ada"));
		assertThat(client.sent()).singleElement().asString().startsWith("0{\"sid\"");
	}

	// Recovery

	@Test
	@Tag("SEC-115")
	void recoveryIsBoundToThePrincipalOfTheToken() {
		TestServer server = start((security) -> {
		}, (options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		List<RecoveryOutcome> outcomes = new ArrayList<>();
		server.io.onRecovery((namespace, outcome) -> outcomes.add(outcome));
		TestSession client = open(server, null);
		String pid = connectForPid(client, "0{\"token\":\"ada\"}");
		client.lose();
		this.calls.clear();
		String recover = "0{\"pid\":\"" + pid + "\",\"token\":\"%s\"}";
		assertThat(open(server, null).receive(recover.formatted("bad")).sent()).containsExactly("4" + INVALID);
		assertThat(open(server, "ada").receive(recover.formatted("eve")).sent()).singleElement()
			.asString()
			.doesNotContain(pid);
		assertThat(open(server, null).receive(recover.formatted("ada")).sent()).singleElement()
			.asString()
			.contains(pid);
		assertThat(outcomes).containsExactly(RecoveryOutcome.REFUSED, RecoveryOutcome.RECOVERED);
		assertThat(this.calls).containsExactly("/ bad null", "/ eve ada", "/ ada null");
	}

	@Test
	@Tag("SEC-115")
	void clientThatTakesOverItsSocketIsAuthenticatedAnew() {
		this.expiresAt = Instant.now().plusSeconds(600);
		TestServer server = start((security) -> {
		}, (options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		TestSession client = open(server, null);
		String pid = connectForPid(client, "0{\"token\":\"ada\"}");
		Socket socket = socket(server.io.sockets());
		String recover = "0{\"pid\":\"" + pid + "\",\"token\":\"%s\"}";
		assertThat(open(server, null).receive(recover.formatted("bad")).sent()).containsExactly("4" + INVALID);
		open(server, null).receive(recover.formatted("eve"));
		assertThat(socket.conn()).isSameAs(client);
		int timers = server.engine.liveTimers();
		TestSession next = open(server, null);
		next.receive(recover.formatted("ada"));
		assertThat(server.engine.liveTimers()).as("the expiry is watched once").isEqualTo(timers);
		assertThat(socket.conn()).isSameAs(next);
		assertThat(name(socket.principal())).isEqualTo("ada");
		server.io.user("ada").emit("x");
		assertThat(next.sent()).last().asString().startsWith("2[\"x\"");
	}

	private static String connectForPid(TestSession client, String packet) {
		String response = client.receive(packet).sent().get(0);
		return response.substring(response.indexOf("\"pid\":\"") + 7, response.length() - 2);
	}

	// Expiry and renewal

	@Test
	void clientIsToldOfTheExpiryAndDisconnectedAfterwards() {
		this.expiresAt = Instant.now().plusSeconds(60);
		TestServer server = start();
		List<String> disconnections = new CopyOnWriteArrayList<>();
		server.io.onDisconnect((socket, reason, detail) -> disconnections.add(reason.text() + ", " + detail));
		TestSession client = open(server, null);
		client.connect("0{\"token\":\"ada\"}");
		client.connect("0");
		client.receive("1");
		assertThat(server.engine.liveTimers()).as("no timer is left").isZero();
		client.connect("0{\"token\":\"ada\"}");
		disconnections.clear();
		server.advance(Duration.ofSeconds(29));
		assertThat(client.sent()).isEmpty();
		server.advance(Duration.ofSeconds(2));
		client.awaitSomethingSent();
		assertThat(client.sent()).singleElement()
			.asString()
			.startsWith("2[\"auth:expiring\",{")
			.contains("\"expiresAt\":" + this.expiresAt.toEpochMilli())
			.containsPattern("\"disconnectIn\":[67]\\d{4}[,}]");
		assertThat(disconnections).isEmpty();
		server.advance(Duration.ofSeconds(71));
		client.awaitSent("1");
		Await.until("the socket is disconnected", () -> !disconnections.isEmpty());
		assertThat(disconnections).containsExactly("server namespace disconnect, authentication expired");
		assertThat(client.isClosed()).isFalse();
		assertThat(server.engine.liveTimers()).as("no timer is left").isZero();
	}

	@Test
	void renewalPutsOffTheExpiry() {
		this.expiresAt = Instant.now().plusSeconds(60);
		TestServer server = start();
		server.io.handle("who",
				(socket, event) -> Mono.just(socket.principal() instanceof Token token && token.renewed));
		server.io.use((socket, event) -> Mono.fromRunnable(() -> this.calls.add(event.name())).thenReturn(event));
		TestSession client = open(server, null);
		client.connect("0{\"token\":\"ada\"}");
		Instant renewed = this.expiresAt.plusSeconds(3600);
		this.expiresAt = renewed;
		this.calls.clear();
		int timers = server.engine.liveTimers();
		client.receive("27[\"auth:renew\",{\"token\":\"ada\"}]");
		assertThat(client.sent()).containsExactly("37[{\"expiresAt\":" + renewed.toEpochMilli() + "}]");
		assertThat(this.calls).containsExactly("/ ada null");
		assertThat(server.engine.liveTimers()).isEqualTo(timers);
		server.advance(Duration.ofSeconds(120));
		assertThat(client.receive("28[\"who\"]").sent()).containsExactly("38[false]");
	}

	@Test
	void renewalIsSeenByWhatIsCalledFromThenOn() {
		List<SocketAuthenticator> counting = List.of((namespace, handshake) -> Mono
			.just(SocketAuthentication.of(new Token("ada", handshake.auth().containsKey("again")))));
		TestServer server = start((security) -> security.authenticators(counting),
				(options) -> options.handlers((handlers) -> handlers.reactorContextCustomizers(
						List.of((context, socket) -> context.put("renewed", ((Token) socket.principal()).renewed)))));
		server.io.handle("renewed",
				(socket, event) -> Mono.deferContextual((context) -> Mono.just(context.get("renewed"))));
		TestSession client = server.open();
		client.connect();
		client.receive("21[\"renewed\"]").receive("22[\"auth:renew\",{\"again\":1}]").receive("23[\"renewed\"]");
		assertThat(client.sent()).containsExactly("31[false]", "32[{}]", "33[true]");
	}

	@Test
	void renewalThatFailsLeavesTheSocketAsItIs() {
		this.expiresAt = Instant.now().plusSeconds(600);
		TestServer server = start();
		TestSession client = open(server, null);
		client.connect("0{\"token\":\"ada\"}");
		client.receive("21[\"auth:renew\",{\"token\":\"bad\"}]")
			.receive("22[\"auth:renew\",{\"token\":\"eve\"}]")
			.receive("23[\"auth:renew\"]")
			.receive("24[\"auth:renew\",7]")
			.receive("2[\"auth:renew\",{\"token\":\"eve\"}]");
		assertThat(client.sent()).containsExactly(
				"31[{\"error\":{\"code\":\"invalid-token\",\"message\":\"Invalid token\"}}]",
				"32[{\"error\":{\"code\":\"principal-mismatch\",\"message\":\"The principal is another one\"}}]",
				"33[{\"error\":{\"code\":\"unauthenticated\",\"message\":\"No credentials\"}}]",
				"34[{\"error\":{\"code\":\"unauthenticated\",\"message\":\"No credentials\"}}]");
		assertThat(name(socket(server.io.sockets()).principal())).isEqualTo("ada");
	}

	@Test
	void oneRenewalIsMadeAtATime() {
		Sinks.One<SocketAuthentication> second = Sinks.one();
		TestServer server = start(
				(security) -> security.authenticators(List.of((namespace, handshake) -> handshake.auth().isEmpty()
						? Mono.just(SocketAuthentication.of(() -> "ada")) : second.asMono())),
				(options) -> {
				});
		TestSession client = server.open();
		client.connect();
		client.receive("21[\"auth:renew\",{\"a\":1}]").receive("22[\"auth:renew\",{\"a\":1}]");
		assertThat(client.sent()).containsExactly(
				"32[{\"error\":{\"code\":\"renewal-in-progress\",\"message\":\"Another renewal is in progress\"}}]");
		second.tryEmitValue(SocketAuthentication.of(() -> "ada"));
		client.receive("23[\"auth:renew\",{\"a\":1}]");
		assertThat(client.sent()).containsExactly("31[{}]", "33[{}]");
	}

	@Test
	void withoutAuthenticatorsTheEventIsOneOfTheApplication() {
		TestServer server = new TestServer();
		server.io.on("auth:renew", (socket, event) -> event.ack("mine"));
		TestSession client = server.open();
		client.connect();
		assertThat(client.receive("21[\"auth:renew\"]").sent()).containsExactly("31[\"mine\"]");
	}

	// Addressing

	@Test
	void usersAreAddressedByThePrincipalOfTheirSockets() {
		TestServer server = start();
		server.io.of("/chat");
		TestSession ada = open(server, "eve");
		ada.connect("0{\"token\":\"ada\"}");
		ada.connect("0/chat,{\"token\":\"ada\"}");
		TestSession eve = open(server, "eve");
		eve.connect();
		eve.connect("0/chat,");
		server.io.user("ada").emit("a");
		server.io.toUser("ada").emit("b");
		server.io.of("/chat").toUser("ada").toUser("eve").exceptUser("eve").emit("c");
		assertThat(ada.sent()).containsExactlyInAnyOrder("2[\"a\"]", "2/chat,[\"a\"]", "2[\"b\"]", "2/chat,[\"c\"]");
		assertThat(eve.sent()).isEmpty();
		server.io.disconnectUser("ada");
		assertThat(ada.isClosed()).isTrue();
		assertThat(eve.isClosed()).isFalse();
	}

	@Test
	void sessionsAreAddressedInAllNamespaces() {
		TestServer server = new TestServer();
		server.io.of("/chat");
		TestSession client = server.engine.open(4, new TestRequest().webSession("s1"));
		client.connect();
		client.connect("0/chat,");
		TestSession other = server.engine.open(4, new TestRequest().webSession("s2"));
		other.connect();
		server.io.session("s1").emit("a");
		server.io.toSession("s1").emit("b");
		server.io.changeSessionId("s1", "s3");
		server.io.session("s1").emit("c");
		server.io.session("s3").except("none").emit("d");
		assertThat(client.sent()).containsExactlyInAnyOrder("2[\"a\"]", "2/chat,[\"a\"]", "2[\"b\"]", "2[\"d\"]",
				"2/chat,[\"d\"]");
		assertThat(other.sent()).isEmpty();
	}

	private static final class Token implements Principal {

		private final String name;

		private final boolean renewed;

		private Token(String name, boolean renewed) {
			this.name = name;
			this.renewed = renewed;
		}

		@Override
		public String getName() {
			return this.name;
		}

	}

}
