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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.ReadyState;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that connect anew while the server still holds their old connection (section
 * 12).
 */
@Tag("SIO-97")
class TakeoverTests {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final TestServer server = new TestServer(
			(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));

	private final SocketIoServer io = this.server.io;

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final List<RecoveryOutcome> outcomes = new CopyOnWriteArrayList<>();

	private TestSession old;

	private RecoveringPeer peer;

	@BeforeEach
	void connect() {
		this.io.onConnection((socket) -> this.calls.add("connection"))
			.onRecovered((socket) -> this.calls.add("recovered"))
			.onDisconnect((socket, reason, detail) -> this.calls.add(reason.text()));
		this.io.onRecovery((namespace, outcome) -> this.outcomes.add(outcome));
		this.old = this.server.open();
		this.peer = RecoveringPeer.join(this.io, this.old, "/");
		this.calls.clear();
	}

	private String lastOffset() {
		return this.peer.lastOffset(this.old);
	}

	private TestSession comeBack(@Nullable String offset) {
		return this.peer.comeBack(this.server.open(), offset);
	}

	@Test
	void socketLivesOnWithItsIdRoomsDataAndHandlers() {
		Socket socket = this.peer.socket();
		socket.join("r");
		socket.data().put("user", "ada");
		socket.on("own", (self, event) -> this.calls.add("own " + (self == socket)));
		String offset = lastOffset();
		this.io.emit("lost", 1);
		TestSession next = this.server.engine.open(4, new TestRequest(Map.of("user-agent", List.of("new"))));
		this.peer.comeBack(next, offset);
		assertThat(next.sent()).satisfiesExactly((packet) -> assertThat(packet).startsWith("2[\"lost\",1,"),
				(packet) -> assertThat(packet).isEqualTo(this.peer.answer()));
		assertThat(this.calls).containsExactly("recovered");
		assertThat(this.outcomes).containsExactly(RecoveryOutcome.RECOVERED);
		assertThat(this.io.sockets().sockets()).containsOnly(Map.entry(this.peer.sid(), socket));
		assertThat(socket.connected()).isTrue();
		assertThat(socket.recovered()).isTrue();
		assertThat(socket.conn()).isSameAs(next);
		assertThat(socket.handshake().header("user-agent")).isEqualTo("new");
		assertThat(socket.handshake().auth()).containsKey("pid");
		assertThat(socket.rooms()).containsExactly(this.peer.sid(), "r");
		assertThat(socket.data()).isEqualTo(Map.of("user", "ada"));
		assertThat(this.old.state).isEqualTo(ReadyState.CLOSED);
		next.receive("2[\"own\"]");
		assertThat(this.calls).containsExactly("recovered", "own true");
		socket.emit("live");
		this.io.to("r").emit("live");
		assertThat(next.sent()).hasSize(2);
		next.lose();
		assertThat(this.calls).endsWith("transport close");
	}

	@Test
	void clientMayComeBackAgainAndAgain() {
		String offset = lastOffset();
		TestSession current = this.old;
		for (int i = 0; i < 10; i++) {
			this.server.advance(PAUSE);
			this.io.emit("n", i);
			TestSession next = comeBack(offset);
			List<String> sent = next.sent();
			assertThat(sent).hasSize(2).last().isEqualTo(this.peer.answer());
			assertThat(sent.get(0)).startsWith("2[\"n\"," + i + ",");
			offset = sent.get(0).substring(sent.get(0).lastIndexOf(",\"") + 2, sent.get(0).length() - 2);
			assertThat(current.state).isEqualTo(ReadyState.CLOSED);
			current = next;
		}
		assertThat(this.calls).hasSize(10).containsOnly("recovered");
	}

	@Test
	@Tag("SIO-95")
	void clientThatHasReceivedNothingTakesOver() {
		this.io.emit("lost");
		assertThat(comeBack(null).sent()).hasSize(2).last().isEqualTo(this.peer.answer());
		this.server.advance(PAUSE);
		this.io.emit("lost too");
		assertThat(comeBack(null).sent()).hasSize(3).last().isEqualTo(this.peer.answer());
		assertThat(this.calls).containsExactly("recovered", "recovered");
	}

	@Test
	void clientThatIsQuietForLongTakesOver() {
		String offset = lastOffset();
		for (int i = 0; i < 100; i++) {
			this.server.advance(Duration.ofMinutes(1));
		}
		TestSession next = comeBack(offset);
		// the order of the adapter may be busy with what is due
		next.awaitSomethingSent();
		assertThat(next.sent()).containsExactly(this.peer.answer());
	}

	@Test
	void acknowledgementsThatArePendingStay() {
		Sinks.One<String> result = Sinks.one();
		this.io.handle("slow", (socket, event) -> result.asMono());
		String offset = lastOffset();
		this.old.receive("27[\"slow\"]");
		List<Arguments> acks = new ArrayList<>();
		this.peer.socket().emitWithAck("question").subscribe(acks::add);
		String question = this.old.sent().get(0);
		TestSession next = comeBack(offset);
		next.sent();
		result.tryEmitValue("done");
		assertThat(next.sent()).containsExactly("37[\"done\"]");
		next.receive("3" + question.charAt(1) + "[\"answer\"]");
		assertThat(acks).singleElement().satisfies((ack) -> assertThat(ack.get(0)).isEqualTo("answer"));
	}

	@Test
	void handlersInFlightCountForTheConnectionTheyCameFrom() {
		Sinks.Empty<Void> done = Sinks.empty();
		this.io.handle("slow", (socket, event) -> done.asMono());
		this.io.use((socket, event) -> "slow".equals(event.name()) ? Mono.just(event)
				: done.asMono().then(Mono.just(event)));
		this.old.receive("2[\"slow\"]").receive("2[\"waits\"]").receive("2[\"waits\"]");
		DefaultSocket socket = (DefaultSocket) this.peer.socket();
		HandlerLoad before = socket.client().load();
		assertThat(before.inFlight()).isEqualTo(3);
		comeBack(null);
		HandlerLoad after = socket.client().load();
		assertThat(after).isNotSameAs(before);
		done.tryEmitEmpty();
		assertThat(before.inFlight()).isZero();
		assertThat(after.inFlight()).isZero();
	}

	@Test
	void eventsThatWaitForAMiddlewareAreHandledAfterTheTakeover() {
		Sinks.Empty<Void> checked = Sinks.empty();
		this.io.use((socket, event) -> checked.asMono().then(Mono.just(event)));
		this.io.on("a", (socket, event) -> this.calls.add("a")).on("b", (socket, event) -> this.calls.add("b"));
		this.old.receive("2[\"a\"]");
		TestSession next = comeBack(null);
		next.receive("2[\"b\"]");
		checked.tryEmitEmpty();
		assertThat(this.calls).containsExactly("recovered", "a", "b");
	}

	@Test
	void reactorContextIsThatOfTheNewHandshake() {
		TestServer contexts = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults())
					.handlers((handlers) -> handlers.reactorContextCustomizers(List.of((context, socket) -> context
						.put("agent", String.valueOf(socket.handshake().header("user-agent")))))));
		List<String> agents = new ArrayList<>();
		contexts.io.handle("x", (socket, event) -> Mono
			.deferContextual((context) -> Mono.fromRunnable(() -> agents.add(context.get("agent")))));
		TestSession first = contexts.open();
		RecoveringPeer client = RecoveringPeer.join(contexts.io, first, "/");
		first.receive("2[\"x\"]");
		TestSession second = contexts.engine.open(4, new TestRequest(Map.of("user-agent", List.of("new"))));
		client.comeBack(second, null).receive("2[\"x\"]");
		assertThat(agents).containsExactly("test", "new");
	}

	// Who may take over

	@Test
	@Tag("SEC-115")
	void onlyTheSamePrincipalTakesOver() {
		String offset = lastOffset();
		for (String principal : Arrays.asList("eve", null)) {
			TestSession other = this.server.engine.open(4, TestRequest.of(principal));
			assertThat(this.peer.comeBack(other, offset).sent()).singleElement()
				.asString()
				.doesNotContain(this.peer.sid())
				.doesNotContain(this.peer.pid());
		}
		assertThat(this.peer.socket().conn()).isSameAs(this.old);
		assertThat(comeBack(offset).sent()).containsExactly(this.peer.answer());
		assertThat(this.outcomes).containsExactly(RecoveryOutcome.REFUSED, RecoveryOutcome.REFUSED,
				RecoveryOutcome.RECOVERED);
	}

	@Test
	@Tag("SIO-101")
	void oneOfSimultaneousClaimsWins() {
		TestSession winner = comeBack(null);
		assertThat(winner.sent()).containsExactly(this.peer.answer());
		this.server.advance(PAUSE.minusNanos(1));
		assertThat(comeBack(null).sent()).singleElement()
			.asString()
			.matches(RecoveringPeer.CONNECT)
			.doesNotContain(this.peer.sid());
		assertThat(winner.isClosed()).isFalse();
		this.server.advance(Duration.ofNanos(1));
		assertThat(comeBack(null).sent()).containsExactly(this.peer.answer());
		assertThat(winner.isClosed()).isTrue();
	}

	@Test
	@Tag("SIO-101")
	void oneOfSimultaneousClaimsWinsAlsoFromSeveralThreads() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 100; round++) {
				this.old = this.server.open();
				this.peer = RecoveringPeer.join(this.io, this.old, "/");
				List<TestSession> rivals = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					rivals.add(this.server.open());
				}
				if (round % 2 == 0) {
					CompletableFuture.runAsync(this.old::lose, threads);
				}
				CompletableFuture
					.allOf(rivals.stream()
						.map((rival) -> CompletableFuture.runAsync(() -> this.peer.comeBack(rival, null), threads))
						.toArray(CompletableFuture[]::new))
					.get(10, TimeUnit.SECONDS);
				for (TestSession rival : rivals) {
					rival.awaitSomethingSent();
				}
				assertThat(rivals).filteredOn((rival) -> rival.sent().contains(this.peer.answer())).hasSize(1);
				rivals.forEach(TestSession::lose);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void claimFromTheSameConnectionGetsTheResponseAgain() {
		this.peer.comeBack(this.old, lastOffset());
		assertThat(this.old.sent()).containsExactly(this.peer.answer());
		assertThat(this.calls).isEmpty();
		this.old.lose();
		assertThat(comeBack(null).sent()).last().isEqualTo(this.peer.answer());
	}

	@Test
	void clientThatLacksWhatIsNoLongerKeptBeginsAnew() {
		TestServer small = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.builder().maxPackets(2).build()));
		small.io.onRecovery((namespace, outcome) -> this.outcomes.add(outcome));
		TestSession first = small.open();
		RecoveringPeer client = RecoveringPeer.join(small.io, first, "/");
		String offset = client.lastOffset(first);
		List.of(1, 2, 3).forEach((i) -> small.io.emit("n", i));
		TestSession second = client.comeBack(small.open(), offset);
		assertThat(second.sent()).singleElement()
			.asString()
			.matches(RecoveringPeer.CONNECT)
			.doesNotContain(client.sid());
		assertThat(this.outcomes).containsExactly(RecoveryOutcome.GAP);
		small.advance(Duration.ofSeconds(5));
		Await.until("the old socket is gone", () -> small.io.sockets().sockets().size() == 1);
		assertThat(first.isClosed()).isTrue();
		assertThat(client.socket().connected()).isFalse();
	}

	// Several namespaces

	@Test
	void socketsOfOtherNamespacesLiveOnWhenTheyAreClaimedInTime() {
		RecoveringPeer chat = RecoveringPeer.join(this.io, this.old, "/chat");
		TestSession next = comeBack(null);
		assertThat(next.sent()).containsExactly(this.peer.answer());
		assertThat(this.old.isClosed()).isFalse();
		chat.comeBack(next, null);
		assertThat(next.sent()).containsExactly(chat.answer());
		assertThat(this.old.isClosed()).isTrue();
		assertThat(chat.socket().connected()).isTrue();
		assertThat(chat.socket().conn()).isSameAs(next);
		assertThat(this.server.engine.liveTimers()).isLessThanOrEqualTo(2);
	}

	@Test
	void socketsOfOtherNamespacesEndWhenTheyAreNotClaimed() {
		RecoveringPeer chat = RecoveringPeer.join(this.io, this.old, "/chat");
		List<String> ended = new CopyOnWriteArrayList<>();
		this.io.of("/chat").onDisconnect((socket, reason, detail) -> ended.add(reason.text()));
		TestSession next = comeBack(null);
		this.server.advance(Duration.ofSeconds(5));
		Await.until("the old connection is closed", () -> !ended.isEmpty());
		assertThat(this.old.isClosed()).isTrue();
		assertThat(ended).containsExactly("forced close");
		next.sent();
		chat.comeBack(next, null);
		assertThat(next.sent()).containsExactly(chat.answer());
	}

	@Test
	void whatIsStillReceivedOnTheOldConnectionIsIgnored() {
		RecoveringPeer chat = RecoveringPeer.join(this.io, this.old, "/chat");
		this.io.of("/chat").on("x", (socket, event) -> this.calls.add("chat"));
		comeBack(null);
		this.old.receive("2[\"late\"]").receive("1").receive("2/chat,[\"x\"]");
		assertThat(this.calls).containsExactly("recovered", "chat");
		assertThat(this.old.isClosed()).isFalse();
		assertThat(chat.socket().connected()).isTrue();
		assertThat(this.peer.socket().connected()).isTrue();
	}

	@Test
	void dynamicNamespaceIsReleasedOnce() {
		TestServer cleaning = new TestServer((options) -> options.cleanupEmptyChildNamespaces(true)
			.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		cleaning.io.of(Pattern.compile("/d-\\d"));
		TestSession first = cleaning.open();
		first.receive("0/d-1,");
		String answer = first.sent().get(0);
		Matcher matcher = Pattern.compile("\"pid\":\"([^\"]+)\"").matcher(answer);
		assertThat(matcher.find()).isTrue();
		TestSession second = cleaning.open();
		second.receive("0/d-1,{\"pid\":\"" + matcher.group(1) + "\"}");
		assertThat(second.sent()).containsExactly(answer);
		assertThat(cleaning.io.namespaces()).hasSize(2);
		second.receive("1/d-1,");
		assertThat(cleaning.io.namespaces()).hasSize(1);
	}

	// Middlewares

	private TestServer checking(Consumer<Socket> onMiddleware, Mono<Void> result) {
		TestServer checking = new TestServer((options) -> options
			.connectionStateRecovery(ConnectionStateRecovery.builder().skipMiddlewares(false).build()));
		checking.io.use((socket) -> {
			if (!socket.recovered()) {
				return Mono.empty();
			}
			onMiddleware.accept(socket);
			return result;
		});
		checking.io.onConnection((socket) -> this.calls.add("connection"))
			.onRecovered((socket) -> this.calls.add("recovered"))
			.onDisconnect((socket, reason, detail) -> this.calls.add(reason.text()));
		return checking;
	}

	@Test
	@Tag("SIO-99")
	void middlewaresSeeTheNewHandshakeAndWhatTheyChangeIsMerged() {
		TestServer checking = checking((socket) -> {
			assertThat(socket.handshake().header("user-agent")).isEqualTo("new");
			assertThat(socket.data()).isEqualTo(Map.of("kept", 1, "changed", 1, "removed", 1));
			socket.data().put("changed", 2);
			socket.data().put("added", 2);
			socket.data().remove("removed");
			socket.join("fresh");
		}, Mono.empty());
		TestSession first = checking.open();
		RecoveringPeer client = RecoveringPeer.join(checking.io, first, "/");
		client.socket().data().putAll(Map.of("kept", 1, "changed", 1, "removed", 1));
		client.socket().join("r");
		this.calls.clear();
		TestSession second = checking.engine.open(4, new TestRequest(Map.of("user-agent", List.of("new"))));
		assertThat(client.comeBack(second, null).sent()).containsExactly(client.answer());
		assertThat(client.socket().data()).isEqualTo(Map.of("kept", 1, "changed", 2, "added", 2));
		assertThat(client.socket().rooms()).containsExactly(client.sid(), "r", "fresh");
		assertThat(client.socket().conn()).isSameAs(second);
		assertThat(this.calls).containsExactly("recovered");
		assertThat(checking.io.in("fresh").fetchSockets().collectList().block(Await.LIMIT)).hasSize(1);
		client.socket().leave("fresh");
		assertThat(checking.io.sockets().rooms()).doesNotContain("fresh");
		second.receive("2[\"x\"]");
		assertThat(second.isClosed()).isFalse();
	}

	@Test
	@Tag("SIO-99")
	void clientThatMiddlewaresRefuseDoesNotTakeOver() {
		TestServer checking = checking((socket) -> {
		}, Mono.error(new ConnectErrorException("no")));
		TestSession first = checking.open();
		RecoveringPeer client = RecoveringPeer.join(checking.io, first, "/");
		assertThat(client.comeBack(checking.open(), null).sent()).containsExactly("4{\"message\":\"no\"}");
		assertThat(client.socket().conn()).isSameAs(first);
		client.socket().emit("x");
		assertThat(first.sent()).hasSize(1);
		assertThat(this.calls).containsExactly("connection");
	}

	@Test
	@Tag("SIO-99")
	void clientThatGoesDuringMiddlewaresMayComeBack() {
		Sinks.Empty<Void> checked = Sinks.empty();
		TestServer checking = checking((socket) -> {
		}, checked.asMono());
		TestSession first = checking.open();
		RecoveringPeer client = RecoveringPeer.join(checking.io, first, "/");
		TestSession second = client.comeBack(checking.open(), null);
		assertThat(client.comeBack(checking.open(), null).sent()).singleElement()
			.asString()
			.doesNotContain(client.sid());
		second.lose();
		TestSession third = client.comeBack(checking.open(), null);
		checked.tryEmitEmpty();
		assertThat(third.sent()).containsExactly(client.answer());
	}

	@Test
	@Tag("SIO-99")
	void socketThatIsLostDuringMiddlewaresIsRestored() {
		Sinks.Empty<Void> checked = Sinks.empty();
		TestServer checking = checking((socket) -> {
		}, checked.asMono());
		TestSession first = checking.open();
		RecoveringPeer client = RecoveringPeer.join(checking.io, first, "/");
		TestSession second = client.comeBack(checking.open(), null);
		first.lose();
		checking.io.emit("missed");
		checked.tryEmitEmpty();
		assertThat(second.sent()).hasSize(2).last().isEqualTo(client.answer());
		assertThat(this.calls).containsExactly("connection", "transport close", "connection", "recovered");
		assertThat(checking.io.sockets().sockets()).containsOnlyKeys(client.sid());
	}

	@Test
	void newerAttemptOfTheSameConnectionWins() {
		Sinks.Empty<Void> checked = Sinks.empty();
		TestServer checking = checking((socket) -> {
		}, checked.asMono());
		TestSession first = checking.open();
		RecoveringPeer client = RecoveringPeer.join(checking.io, first, "/");
		TestSession second = client.comeBack(checking.open(), null);
		client.comeBack(second, null);
		checked.tryEmitEmpty();
		assertThat(second.sent()).containsExactly(client.answer());
		assertThat(client.socket().conn()).isSameAs(second);
	}

	// Ends

	@Test
	void socketThatIsDisconnectedByTheServerIsNotRecovered() {
		this.peer.socket().disconnect();
		assertThat(comeBack(null).sent()).singleElement()
			.asString()
			.matches(RecoveringPeer.CONNECT)
			.doesNotContain(this.peer.sid());
		assertThat(this.outcomes).containsExactly(RecoveryOutcome.UNKNOWN);
	}

	@Test
	void listenerThatFailsDisconnectsTheSocket() {
		this.io.onRecovered((socket) -> {
			throw new IllegalStateException("test");
		});
		TestSession next = comeBack(null);
		assertThat(next.sent()).containsExactly(this.peer.answer(), "1");
		assertThat(this.calls).containsExactly("recovered", "server namespace disconnect");
	}

	@Test
	void emitAllGoesOnAfterTheTakeover() {
		Sinks.Many<Integer> source = Sinks.many().unicast().onBackpressureBuffer();
		this.peer.socket().emitAll("n", source.asFlux()).subscribe();
		source.tryEmitNext(1);
		TestSession next = comeBack(null);
		source.tryEmitNext(2);
		List<String> sent = next.sent();
		assertThat(sent).hasSize(3);
		assertThat(sent.get(0)).startsWith("2[\"n\",1,");
		assertThat(sent.get(1)).isEqualTo(this.peer.answer());
		assertThat(sent.get(2)).startsWith("2[\"n\",2,");
	}

	@ParameterizedTest
	@ValueSource(strings = { "moves", "is lost", "is disconnected" })
	void whatIsHeldBackIsCountedUntilTheSocket(String end) {
		Sinks.Empty<Void> found = Sinks.empty();
		TestServer waiting = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults())
					.adapterFactory((namespace) -> new TestAdapter(namespace) {

						@Override
						public Mono<List<MissedPacket>> missedPackets(PersistedSession session,
								@Nullable String offset) {
							return found.asMono().then(super.missedPackets(session, offset));
						}

					}));
		TestSession first = waiting.open();
		RecoveringPeer joined = RecoveringPeer.join(waiting.io, first, "/");
		String offset = joined.lastOffset(first);
		TestSession next = joined.comeBack(waiting.open(), offset);
		waiting.io.emit("held", "x".repeat(2000));
		assertThat(first.counted()).isGreaterThan(2000);
		if (end.equals("is lost")) {
			first.lose();
		}
		else if (end.equals("is disconnected")) {
			joined.socket().disconnect(false);
		}
		found.tryEmitEmpty();
		assertThat(first.counted()).isZero();
		assertThat(next.counted()).isZero();
	}

}
