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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The operations of a server, a namespace and a family of namespaces on their sockets.
 */
class OperatorTests {

	private static final Duration LIMIT = Await.LIMIT;

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final DynamicNamespace family = this.io.of(Pattern.compile("/dyn-\\d"));

	/** For each kind of operator three clients: in a, in a and b, in no room. */
	private final List<TestSession> clients = new ArrayList<>();

	private final List<Socket> sockets = new ArrayList<>();

	@BeforeEach
	void createNamespace() {
		this.io.of("/admin");
	}

	/**
	 * Connect three clients, and a fourth one where a socket is the operator, which does
	 * not select itself.
	 */
	private BroadcastOperator connect(Kind kind) {
		for (String name : kind.namespaces) {
			connect(name);
		}
		this.sockets.get(0).join(List.of("a"));
		this.sockets.get(1).join(Set.of("a", "b"));
		return switch (kind) {
			case SERVER -> this.io;
			case NAMESPACE -> this.io.of("/admin");
			case FAMILY -> this.family;
			case SOCKET -> this.io.sockets().sockets().get(this.server.open().connect()).broadcast();
		};
	}

	private void connect(String name) {
		TestSession client = this.server.open();
		String id = client.connect("/".equals(name) ? "0" : "0" + name + ",");
		this.clients.add(client);
		this.sockets.add(this.io.of(name).sockets().get(id));
	}

	/**
	 * Return which clients were sent exactly one event.
	 */
	private List<Integer> receivers() {
		List<Integer> result = new ArrayList<>();
		for (int i = 0; i < this.clients.size(); i++) {
			List<String> sent = this.clients.get(i).sent();
			assertThat(sent).hasSizeLessThan(2);
			if (!sent.isEmpty()) {
				result.add(i);
			}
		}
		return result;
	}

	private void acknowledge(int client, String json) {
		String sent = this.clients.get(client).sent().get(0);
		this.clients.get(client).receive(sent.replaceFirst("^2(/[^,]+,)?(\\d+).*", "3$1$2") + json);
	}

	@ParameterizedTest
	@EnumSource
	void roomsAreSelectedByNameOrCollection(Kind kind) {
		BroadcastOperator all = connect(kind);
		all.emit("x", 1);
		assertThat(receivers()).containsExactly(0, 1, 2);
		for (BroadcastOperator operator : List.of(all.to("b"), all.to(List.of("b")), all.in("b"), all.in(Set.of("b")),
				all.to("b", "b", "unknown"), all.in(List.of("a", "b")).except(this.sockets.get(0).id()))) {
			operator.emit("x");
			assertThat(receivers()).containsExactly(1);
		}
		all.except(List.of("b")).emit("x");
		assertThat(receivers()).containsExactly(0, 2);
		all.except("b").except(Set.of(this.sockets.get(2).id())).emit("x");
		assertThat(receivers()).containsExactly(0);
		all.to(List.of()).emit("x");
		assertThat(receivers()).isEmpty();
		all.to(List.of("a")).local().emit("x");
		assertThat(receivers()).containsExactly(0, 1);
	}

	@ParameterizedTest
	@EnumSource
	void flagsHold(Kind kind) {
		BroadcastOperator all = connect(kind);
		this.clients.get(0).writable = false;
		all.asVolatile().emit("x");
		assertThat(receivers()).containsExactly(1, 2);
		all.compress(false).send("hello");
		assertThat(this.clients).allSatisfy((client) -> {
			assertThat(client.messages()).last().matches((message) -> !message.isCompress());
			assertThat(client.sent()).singleElement().asString().endsWith("[\"message\",\"hello\"]");
		});
	}

	@ParameterizedTest
	@EnumSource
	void acknowledgementsOfAllAreCollected(Kind kind) {
		BroadcastOperator all = connect(kind);
		StepVerifier.create(all.emitWithAck("q", 1).map(OperatorTests::first)).then(() -> {
			acknowledge(2, "[\"c\"]");
			acknowledge(0, "[\"a\"]");
			acknowledge(1, "[]");
		})
			.assertNext((responses) -> assertThat(responses).containsExactlyInAnyOrder("c", "a", null))
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(all.to("b").emitWithAck("q").map(List::size))
			.then(() -> acknowledge(1, "[1]"))
			.expectNext(1)
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(all.to("nobody").emitWithAck("q")).expectNext(List.of()).expectComplete().verify(LIMIT);
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	private static List<Object> first(List<Arguments> responses) {
		return responses.stream().map((response) -> response.get(0)).toList();
	}

	@ParameterizedTest
	@EnumSource
	void acknowledgementsAreConverted(Kind kind) {
		BroadcastOperator all = connect(kind);
		StepVerifier.create(all.emitWithAck(Integer.class, "q").map(Set::copyOf)).then(() -> {
			acknowledge(0, "[1,\"ignored\"]");
			acknowledge(1, "[]");
			acknowledge(2, "[2]");
		}).expectNext(Set.of(1, 2)).expectComplete().verify(LIMIT);
		StepVerifier.create(all.to("b").emitWithAck(new ParameterizedTypeReference<List<Integer>>() {
		}, "q"))
			.then(() -> acknowledge(1, "[[1,2]]"))
			.expectNext(List.of(List.of(1, 2)))
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(all.to("b").emitWithAck(Integer.class, "q"))
			.then(() -> acknowledge(1, "[\"text\"]"))
			.expectErrorMessage("Argument 0 does not have the expected type")
			.verify(LIMIT);
	}

	@ParameterizedTest
	@EnumSource
	void missingAcknowledgementsAreNamed(Kind kind) {
		BroadcastOperator all = connect(kind);
		StepVerifier.create(all.timeout(Duration.ofMillis(100)).emitWithAck("q"))
			.then(() -> acknowledge(1, "[\"b\"]"))
			.then(() -> this.server.advance(Duration.ofMillis(100)))
			.expectErrorSatisfies(
					(error) -> assertThat(error).isInstanceOfSatisfying(AckTimeoutException.class, (timeout) -> {
						assertThat(first(timeout.responses())).containsExactly("b");
						assertThat(timeout.missing()).containsExactlyInAnyOrder(this.sockets.get(0).id(),
								this.sockets.get(2).id());
						assertThat(timeout).hasMessageContaining(this.sockets.get(2).id());
					}))
			.verify(LIMIT);
		Await.until("no acknowledgement is pending",
				() -> this.sockets.stream().allMatch((socket) -> ((DefaultSocket) socket).pendingAcks() == 0));
	}

	@ParameterizedTest
	@EnumSource
	void disconnectedSocketsAreNotWaitedFor(Kind kind) {
		BroadcastOperator all = connect(kind);
		StepVerifier.create(all.emitWithAck("q").map(OperatorTests::first)).then(() -> {
			this.clients.get(0).lose();
			acknowledge(1, "[\"b\"]");
			this.sockets.get(2).disconnect();
		}).expectNext(List.of("b")).expectComplete().verify(LIMIT);
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void broadcastIsPublished(Kind kind) {
		BroadcastOperator all = connect(kind);
		Mono<Void> cold = all.to("a").publish("x", 1);
		assertThat(receivers()).isEmpty();
		StepVerifier.create(cold).expectComplete().verify(LIMIT);
		assertThat(receivers()).containsExactly(0, 1);
		StepVerifier.create(cold).expectComplete().verify(LIMIT);
		assertThat(receivers()).containsExactly(0, 1);
		StepVerifier.create(all.to(List.of()).publish("x")).expectComplete().verify(LIMIT);
		assertThat(receivers()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void socketsAreFetchedAndManaged(Kind kind) {
		BroadcastOperator all = connect(kind);
		assertThat(ids(all)).containsExactlyInAnyOrderElementsOf(ids(this.sockets));
		assertThat(ids(all.in("a"))).containsExactlyInAnyOrderElementsOf(ids(this.sockets.subList(0, 2)));
		assertThat(ids(all.local().in(List.of("b")))).containsExactly(this.sockets.get(1).id());
		assertThat(ids(all.in(List.of()))).isEmpty();
		all.in("b").socketsJoin("c", "d");
		all.except("b").socketsJoin(List.of("c"));
		assertThat(this.sockets).allMatch((socket) -> socket.rooms().contains("c"));
		assertThat(this.sockets.get(1).rooms()).contains("d");
		all.in(List.of("a")).socketsLeave("c");
		all.socketsLeave(Set.of("d", "a"));
		assertThat(this.sockets.get(0).rooms()).containsExactly(this.sockets.get(0).id());
		assertThat(this.sockets.get(1).rooms()).containsExactlyInAnyOrder(this.sockets.get(1).id(), "b");
		assertThat(this.sockets.get(2).rooms()).contains("c");
		all.in("b").disconnectSockets();
		assertThat(this.sockets).extracting(Socket::connected).containsExactly(true, false, true);
		assertThat(this.clients.get(1).isClosed()).isFalse();
		all.disconnectSockets(true);
		assertThat(this.sockets).noneMatch(Socket::connected);
		assertThat(this.clients).extracting(TestSession::isClosed).containsExactly(true, false, true);
	}

	private static List<String> ids(BroadcastOperator operator) {
		return operator.fetchSockets().map(RemoteSocket::id).collectList().block(Await.LIMIT);
	}

	private static List<String> ids(List<Socket> sockets) {
		return sockets.stream().map(Socket::id).toList();
	}

	@Test
	void socketsJoinAndLeaveCollectionsOfRooms() {
		connect(Kind.SERVER);
		Socket socket = this.sockets.get(2);
		socket.join(List.of("c", "d"));
		socket.join(List.of());
		socket.leave(Set.of("c", "unknown"));
		assertThat(socket.rooms()).containsExactly(socket.id(), "d");
		assertThatIllegalArgumentException().isThrownBy(() -> socket.join((List<String>) null));
		assertThatIllegalArgumentException().isThrownBy(() -> socket.leave((List<String>) null));
	}

	@Test
	void socketSelectsTheOthers() {
		connect(Kind.SERVER);
		Socket socket = this.sockets.get(1);
		socket.to(List.of("a")).emit("x");
		assertThat(receivers()).containsExactly(0);
		socket.in(Set.of("a", "b")).emit("x");
		assertThat(receivers()).containsExactly(0);
		socket.except(List.of("a")).emit("x");
		assertThat(receivers()).containsExactly(2);
	}

	@Test
	void familyWithoutNamespacesSelectsNobody() {
		this.family.emit("x");
		StepVerifier.create(this.family.publish("x")).expectComplete().verify(LIMIT);
		StepVerifier.create(this.family.emitWithAck("x")).expectNext(List.of()).expectComplete().verify(LIMIT);
		StepVerifier.create(this.family.fetchSockets()).expectComplete().verify(LIMIT);
		StepVerifier.create(this.family.countSockets()).expectNext(0).expectComplete().verify(LIMIT);
		this.family.socketsJoin("r");
		this.family.disconnectSockets();
		assertThat(this.io.namespaces()).hasSize(2);
	}

	@Test
	void operatorOfAFamilyReachesNamespacesThatAreCreatedLater() {
		BroadcastOperator operator = this.family.to("a");
		Mono<Void> publish = operator.publish("x");
		connect(Kind.FAMILY);
		operator.emit("x");
		assertThat(receivers()).containsExactly(0, 1);
		publish.block(Await.LIMIT);
		assertThat(receivers()).containsExactly(0, 1);
	}

	@Test
	void otherNamespacesAreNotReached() {
		connect(Kind.FAMILY);
		TestSession other = this.server.open();
		other.connect();
		other.connect("0/admin,");
		this.family.emit("x");
		this.family.socketsJoin("r");
		this.family.disconnectSockets();
		assertThat(other.sent()).isEmpty();
		assertThat(this.io.sockets().rooms()).doesNotContain("r");
	}

	@ParameterizedTest
	@EnumSource
	void reservedNamesAreRefused(Kind kind) {
		BroadcastOperator all = connect(kind);
		Stream.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener")
			.forEach((name) -> {
				String message = "\"" + name + "\" is a reserved event name";
				assertThatIllegalArgumentException().isThrownBy(() -> all.emit(name)).withMessage(message);
				assertThatIllegalArgumentException().isThrownBy(() -> all.publish(name)).withMessage(message);
				assertThatIllegalArgumentException().isThrownBy(() -> all.emitWithAck(name)).withMessage(message);
				assertThatIllegalArgumentException().isThrownBy(() -> all.to(List.of()).publish(name))
					.withMessage(message);
			});
		assertThat(receivers()).isEmpty();
	}

	/**
	 * What is an operator.
	 */
	enum Kind {

		SERVER("/", "/", "/"), NAMESPACE("/admin", "/admin", "/admin"), FAMILY("/dyn-1", "/dyn-2", "/dyn-2"),
		SOCKET("/", "/", "/");

		private final String[] namespaces;

		Kind(String... namespaces) {
			this.namespaces = namespaces;
		}

	}

}
