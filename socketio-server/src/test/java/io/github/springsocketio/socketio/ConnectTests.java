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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connecting to a namespace (section 3).
 */
class ConnectTests {

	private final TestServer server = new TestServer();

	@Test
	@Tag("SIO-21")
	void connectIsAnsweredWithAFreshId() {
		TestSession client = this.server.open();
		client.receive("0{\"token\":\"x\"}");
		List<String> answers = client.sent();
		assertThat(answers).singleElement().asString().matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
		assertThat(answers.get(0)).doesNotContain(client.id());
		assertThat(this.server.io.sockets().sockets()).hasSize(1);
	}

	@Test
	@Tag("SIO-22")
	void eachNamespaceHasItsOwnId() {
		this.server.io.of("/admin");
		TestSession client = this.server.open();
		String main = client.connect();
		client.receive("0/admin,{\"t\":1}");
		assertThat(client.sent()).singleElement()
			.asString()
			.matches("0/admin,\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}")
			.doesNotContain(main);
		assertThat(this.server.io.of("/admin").sockets()).hasSize(1).doesNotContainKey(main);
	}

	@Test
	@Tag("SIO-23")
	void authPayloadIsInTheHandshake() {
		List<Map<String, Object>> seen = new ArrayList<>();
		this.server.io.sockets().onConnection((socket) -> seen.add(socket.handshake().auth()));
		this.server.open().connect("0{\"token\":\"x\",\"n\":1}");
		this.server.open().connect("0");
		assertThat(seen).containsExactly(Map.of("token", "x", "n", 1), Map.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "0null", "0[]", "0\"x\"", "01[]" })
	@Tag("SIO-23")
	@Tag("SEC-45")
	void authPayloadMustBeAnObject(String packet) {
		TestSession client = this.server.open();
		client.receive(packet);
		assertThat(client.isClosed()).isTrue();
		assertThat(client.sent()).isEmpty();
	}

	@Test
	@Tag("SIO-24")
	void unknownNamespaceIsRefused() {
		TestSession client = this.server.open();
		client.connect();
		client.receive("0/admin,");
		assertThat(client.sent()).containsExactly("4/admin,{\"message\":\"Invalid namespace\"}");
		assertThat(client.isClosed()).isFalse();
		assertThat(this.server.io.sockets().sockets()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ADMIN", "/admin/", "//admin", "/admin%00", "/admin?x=1" })
	@Tag("SIO-25")
	@Tag("SEC-72")
	void nameOfNamespaceMatchesExactly(String name) {
		this.server.io.of("/admin");
		TestSession client = this.server.open();
		client.receive("0" + name + ",");
		assertThat(client.sent()).containsExactly("4" + name + ",{\"message\":\"Invalid namespace\"}");
	}

	@Test
	@Tag("SIO-26")
	void leadingSlashIsAdded() {
		assertThat(this.server.io.of("admin")).isSameAs(this.server.io.of("/admin"));
		assertThat(this.server.io.of("admin").name()).isEqualTo("/admin");
		assertThat(this.server.io.of("")).isSameAs(this.server.io.sockets());
		assertThat(this.server.io.of("/")).isSameAs(this.server.io.sockets());
	}

	@Test
	@Tag("SIO-27")
	void sessionThatJoinsNothingIsClosed() {
		List<String> reasons = this.server.disconnections("/");
		TestSession client = this.server.open();
		client.receive("0/nope,");
		this.server.advance(Duration.ofMillis(44_999));
		assertThat(client.isClosed()).isFalse();
		this.server.advance(Duration.ofMillis(1));
		assertThat(client.isClosed()).isTrue();
		assertThat(reasons).isEmpty();
	}

	@Test
	@Tag("SIO-27")
	void sessionThatHasJoinedOnceIsNotClosed() {
		TestSession client = this.server.open();
		client.connect();
		client.receive("1");
		this.server.advance(Duration.ofHours(1));
		assertThat(client.isClosed()).isFalse();
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	@Tag("SIO-28")
	void middlewareRefusesWithMessageAndData() {
		this.server.io.sockets().use((socket) -> {
			Object token = socket.handshake().auth().get("token");
			if ("secret".equals(token)) {
				return Mono.empty();
			}
			return Mono.error((token != null) ? new ConnectErrorException("wrong token", Map.of("code", 401))
					: new ConnectErrorException("no token"));
		});
		TestSession client = this.server.open();
		client.receive("0").receive("0{\"token\":\"x\"}");
		assertThat(client.sent()).containsExactly("4{\"message\":\"no token\"}",
				"4{\"message\":\"wrong token\",\"data\":{\"code\":401}}");
		assertThat(client.isClosed()).isFalse();
		assertThat(client.connect("0{\"token\":\"secret\"}")).hasSize(20);
	}

	@Test
	@Tag("SIO-28")
	void refusalWhoseDataCannotBeWrittenIsSentWithoutIt() {
		Iterable<String> broken = () -> {
			throw new IllegalStateException("password=secret");
		};
		Sinks.Empty<Void> gate = Sinks.empty();
		this.server.io.of("/a").use((socket) -> Mono.error(new ConnectErrorException("no entry", broken)));
		this.server.io.of("/b")
			.use((socket) -> gate.asMono().then(Mono.error(new ConnectErrorException("no entry", broken))));
		TestSession client = this.server.open();
		client.receive("0/a,").receive("0/b,");
		gate.tryEmitEmpty();
		assertThat(client.sent()).containsExactly("4/a,{\"message\":\"no entry\"}", "4/b,{\"message\":\"no entry\"}");
		assertThat(client.isClosed()).isFalse();
	}

	@Test
	@Tag("SIO-30")
	void socketJoinsItsRoomThenIsAnsweredThenListenersAreCalled() {
		TestSession client = this.server.open();
		this.server.io.sockets().use((socket) -> {
			socket.emit("early");
			return Mono.empty();
		}).onConnection((socket) -> {
			assertThat(socket.rooms()).containsExactly(socket.id());
			socket.emit("late");
		});
		client.receive("0");
		assertThat(client.sent()).satisfiesExactly((first) -> assertThat(first).isEqualTo("2[\"early\"]"),
				(second) -> assertThat(second).startsWith("0{\"sid\""),
				(third) -> assertThat(third).isEqualTo("2[\"late\"]"));
	}

	@Test
	@Tag("SIO-31")
	void clientThatGoesDuringMiddlewaresLeavesNothing() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<String> seen = this.server.disconnections("/");
		this.server.io.sockets().use((socket) -> {
			socket.join("r");
			return gate.asMono();
		}).onConnection((socket) -> seen.add("connection"));
		TestSession client = this.server.open();
		client.receive("0");
		client.lose();
		gate.tryEmitEmpty();
		assertThat(seen).isEmpty();
		assertThat(client.sent()).isEmpty();
		assertThat(this.server.io.sockets().sockets()).isEmpty();
		assertThat(this.server.io.sockets().rooms()).isEmpty();
		assertThat(gate.currentSubscriberCount()).isZero();
	}

	@Test
	@Tag("SIO-32")
	void eventDuringMiddlewaresClosesTheSession() {
		List<String> seen = new ArrayList<>();
		this.server.io.sockets().use((socket) -> Mono.never()).onAny((socket, event) -> seen.add(event.name()));
		TestSession client = this.server.open();
		client.receive("0").receive("2[\"x\"]");
		assertThat(client.isClosed()).isTrue();
		assertThat(seen).isEmpty();
	}

	@Test
	@Tag("SEC-50")
	void namespaceCanBeLeftAndJoinedManyTimes() {
		TestSession client = this.server.open();
		for (int i = 0; i < 1000; i++) {
			client.connect();
			client.receive("1");
		}
		assertThat(client.isClosed()).isFalse();
		assertThat(this.server.io.sockets().sockets()).isEmpty();
		assertThat(this.server.io.sockets().rooms()).isEmpty();
	}

	@Test
	@Tag("SIO-33")
	void middlewaresOfOneNamespaceRunInOrderAndForItOnly() {
		List<String> runs = new ArrayList<>();
		this.server.io.sockets()
			.use((socket) -> Mono.<Void>fromRunnable(() -> runs.add("first")))
			.use((socket) -> Mono.<Void>empty().doOnSubscribe((subscription) -> runs.add("second")));
		this.server.io.of("/admin").use((socket) -> Mono.fromRunnable(() -> runs.add("admin")));
		this.server.open().connect("0/admin,");
		assertThat(runs).containsExactly("admin");
		this.server.open().connect();
		assertThat(runs).containsExactly("admin", "first", "second");
	}

	@Test
	@Tag("SIO-33")
	void laterMiddlewaresAreNotAskedAfterARefusal() {
		List<String> runs = new ArrayList<>();
		this.server.io.sockets().use((socket) -> Mono.error(new ConnectErrorException("no"))).use((socket) -> {
			runs.add("second");
			return Mono.empty();
		});
		this.server.open().receive("0");
		assertThat(runs).isEmpty();
	}

	@Test
	@Tag("SIO-34")
	@Tag("SEC-73")
	void failureOfAMiddlewareDoesNotLeak() {
		this.server.io.of("/a").use((socket) -> {
			throw new IllegalStateException("password=secret");
		});
		this.server.io.of("/b").use((socket) -> Mono.error(new IllegalStateException("password=secret")));
		this.server.io.of("/c").use((socket) -> {
			throw new StackOverflowError("password=secret");
		});
		Sinks.Empty<Void> first = Sinks.empty();
		this.server.io.of("/d").use((socket) -> first.asMono()).use((socket) -> {
			throw new NoClassDefFoundError("password=secret");
		});
		TestSession client = this.server.open();
		client.receive("0/a,").receive("0/b,").receive("0/c,").receive("0/d,");
		first.tryEmitEmpty();
		assertThat(client.sent()).containsExactly("4/a,{\"message\":\"Internal server error\"}",
				"4/b,{\"message\":\"Internal server error\"}", "4/c,{\"message\":\"Internal server error\"}",
				"4/d,{\"message\":\"Internal server error\"}");
		assertThat(client.isClosed()).isFalse();
	}

	@Test
	@Tag("SIO-35")
	void middlewareMayJoinRoomsAndKeepData() {
		this.server.io.sockets().use((socket) -> {
			assertThat(socket.connected()).isFalse();
			assertThat(socket.rooms()).isEmpty();
			socket.join("r");
			socket.data().put("user", "ada");
			this.server.io.emit("not-yet");
			return Mono.empty();
		});
		TestSession client = this.server.open();
		Socket socket = this.server.io.sockets().sockets().get(client.connect());
		assertThat(socket.connected()).isTrue();
		assertThat(socket.rooms()).containsExactly(socket.id(), "r");
		assertThat(socket.data()).containsEntry("user", "ada");
		assertThat(client.sent()).isEmpty();
	}

	@Test
	void asynchronousMiddlewareGoesOnInTheTurnOfTheSession() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.server.io.sockets().use((socket) -> gate.asMono());
		TestSession client = this.server.open();
		client.receive("0");
		assertThat(client.sent()).isEmpty();
		client.execute(() -> {
			gate.tryEmitEmpty();
			assertThat(client.sent()).isEmpty();
		});
		assertThat(client.sent()).hasSize(1);
	}

	@Test
	@Tag("SEC-70")
	void namespaceWhoseMiddlewaresAreAskedCountsOnce() {
		TestServer limited = new TestServer((options) -> options.maxNamespacesPerSession(3));
		Sinks.Empty<Void> gate = Sinks.empty();
		for (String name : List.of("/a", "/b", "/c")) {
			limited.io.of(name).use((socket) -> gate.asMono());
		}
		// waits for a matcher, and has no socket yet
		limited.io.of((name, auth) -> Mono.<Boolean>never());
		TestSession client = limited.open();
		client.receive("0/a,").receive("0/b,").receive("0/d,").receive("0/c,");
		assertThat(client.sent()).containsExactly("4/c,{\"message\":\"Too many namespaces\"}");
		gate.tryEmitEmpty();
		assertThat(client.sent()).hasSize(2).allSatisfy((answer) -> assertThat(answer).startsWith("0/"));
	}

	@Test
	@Tag("SEC-70")
	void clientJoinsALimitedNumberOfNamespaces() {
		TestServer limited = new TestServer((options) -> options.maxNamespacesPerSession(2));
		limited.io.of("/a");
		limited.io.of("/b");
		TestSession client = limited.open();
		client.connect();
		client.connect("0/a,");
		client.receive("0/b,");
		assertThat(client.sent()).containsExactly("4/b,{\"message\":\"Too many namespaces\"}");
		client.receive("1/a,");
		assertThat(client.connect("0/b,")).hasSize(20);
	}

}
