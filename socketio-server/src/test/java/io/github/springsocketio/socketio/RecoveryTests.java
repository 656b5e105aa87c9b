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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connection state recovery (section 12).
 */
class RecoveryTests {

	private static final Pattern CONNECT = Pattern.compile("0\\{\"sid\":\"([\\w-]{20})\",\"pid\":\"([\\w-]{20})\"}");

	private static final Pattern OFFSET = Pattern.compile("\"([^\"]+)\"]$");

	private final TestServer server = recovering(ConnectionStateRecovery.defaults());

	private final SocketIoServer io = this.server.io;

	private TestSession client;

	private Socket socket;

	private String sid;

	private String pid;

	private static TestServer recovering(ConnectionStateRecovery recovery) {
		return new TestServer((options) -> options.connectionStateRecovery(recovery));
	}

	@BeforeEach
	void connect() {
		this.client = this.server.open();
		this.client.receive("0");
		Matcher matcher = CONNECT.matcher(this.client.sent().get(0));
		assertThat(matcher.matches()).isTrue();
		this.sid = matcher.group(1);
		this.pid = matcher.group(2);
		this.socket = this.io.sockets().sockets().get(this.sid);
	}

	private String offset(String packet) {
		Matcher matcher = OFFSET.matcher(packet);
		assertThat(matcher.find()).as(packet).isTrue();
		return matcher.group(1);
	}

	/**
	 * Emit something to the client, and return its offset.
	 */
	private String lastOffset() {
		this.client.sent();
		this.socket.emit("marker");
		return offset(this.client.sent().get(0));
	}

	private TestSession reconnect(String offset) {
		TestSession next = this.server.open();
		next.receive("0{\"pid\":\"" + this.pid + "\",\"offset\":\"" + offset + "\"}");
		return next;
	}

	private String answer() {
		return "0{\"sid\":\"" + this.sid + "\",\"pid\":\"" + this.pid + "\"}";
	}

	@Test
	@Tag("SIO-90")
	void recoveryIsOffByDefaultAndSkipsMiddlewares() {
		assertThat(SocketIoOptions.defaults().connectionStateRecovery()).isNull();
		assertThat(ConnectionStateRecovery.defaults().maxDisconnectionDuration()).isEqualTo(Duration.ofMinutes(2));
		assertThat(ConnectionStateRecovery.defaults().skipMiddlewares()).isTrue();
	}

	@Test
	@Tag("SIO-21")
	void broadcastThatIsBeingWrittenDoesNotPrecedeTheAnswer() {
		IntStream.range(0, 20).forEach((i) -> this.server.open().receive("0"));
		List<TestSession> late = IntStream.range(0, 50).mapToObj((i) -> this.server.open()).toList();
		AtomicBoolean begun = new AtomicBoolean();
		for (Socket present : this.io.sockets().sockets().values()) {
			present.onAnyOutgoing((current, event, args) -> {
				if (begun.compareAndSet(false, true)) {
					late.forEach((session) -> session.receive("0"));
				}
			});
		}
		List<String> connected = new ArrayList<>();
		this.io.sockets().onConnection((entered) -> connected.add(entered.id()));
		this.io.emit("while they come");
		assertThat(connected).hasSize(late.size());
		for (TestSession session : late) {
			assertThat(session.sent().get(0)).matches(CONNECT);
		}
	}

	@Test
	@Tag("SIO-91")
	void secretIsAnIndependentValue() {
		assertThat(this.pid).isNotEqualTo(this.sid);
		assertThat(this.socket.recovered()).isFalse();
	}

	@Test
	@Tag("SIO-92")
	@Tag("SIO-89")
	void eventsHaveAnOffsetUnlessVolatileOrWithAcknowledgement() {
		this.socket.emit("single");
		this.io.emit("all", 1);
		this.io.emit("binary", new byte[] { 1 });
		this.socket.asVolatile().emit("volatile");
		this.io.asVolatile().emit("volatile-all");
		this.socket.emitWithAck("ack").subscribe();
		this.io.emitWithAck("ack-all").subscribe();
		assertThat(this.client.sent()).satisfiesExactly(
				(packet) -> assertThat(packet).matches("2\\[\"single\",\"[\\w.-]+\"]"),
				(packet) -> assertThat(packet).matches("2\\[\"all\",1,\"[\\w.-]+\"]"),
				(packet) -> assertThat(packet)
					.matches("51-\\[\"binary\",\\{\"_placeholder\":true,\"num\":0},\"[\\w.-]+\"]"),
				(packet) -> assertThat(packet).isEqualTo("bAQ=="),
				(packet) -> assertThat(packet).isEqualTo("2[\"volatile\"]"),
				(packet) -> assertThat(packet).isEqualTo("2[\"volatile-all\"]"),
				(packet) -> assertThat(packet).isEqualTo("20[\"ack\"]"),
				(packet) -> assertThat(packet).isEqualTo("21[\"ack-all\"]"));
	}

	@Test
	@Tag("SIO-60")
	void outgoingListenersSeeTheOffset() {
		List<Integer> sizes = new ArrayList<>();
		this.socket.onAnyOutgoing((self, event, args) -> sizes.add(args.size()));
		this.io.emit("x", 1);
		this.socket.emit("x");
		assertThat(sizes).containsExactly(2, 1);
	}

	@Test
	@Tag("SIO-94")
	@Tag("SIO-98")
	void clientGetsWhatItHasMissedThenTheAnswer() {
		this.socket.join("r", "s");
		this.socket.data().put("user", "ada");
		String offset = lastOffset();
		this.client.lose();
		this.socket.emit("single", 1);
		this.io.emit("all", 2);
		this.io.to("r").emit("room", 3);
		this.io.to("other").emit("no");
		this.io.except("s").emit("no");
		this.io.asVolatile().emit("no");
		this.io.emit("binary", new byte[] { 7 });
		TestSession next = reconnect(offset);
		assertThat(next.sent()).satisfiesExactly((packet) -> assertThat(packet).startsWith("2[\"single\",1,\""),
				(packet) -> assertThat(packet).startsWith("2[\"all\",2,\""),
				(packet) -> assertThat(packet).startsWith("2[\"room\",3,\""),
				(packet) -> assertThat(packet).startsWith("51-[\"binary\","),
				(packet) -> assertThat(packet).isEqualTo("bBw=="), (packet) -> assertThat(packet).isEqualTo(answer()));
		Socket recovered = this.io.sockets().sockets().get(this.sid);
		assertThat(recovered.recovered()).isTrue();
		assertThat(recovered.rooms()).containsExactly(this.sid, "r", "s");
		assertThat(recovered.data()).isEqualTo(Map.of("user", "ada"));
		recovered.emit("live");
		this.io.to("r").emit("live");
		assertThat(next.sent()).hasSize(2);
	}

	@Test
	@Tag("SIO-98")
	void clientMayComeBackAgainAndAgain() {
		String offset = lastOffset();
		this.client.lose();
		for (int i = 0; i < 3; i++) {
			this.io.emit("n", i);
			TestSession next = reconnect(offset);
			List<String> sent = next.sent();
			assertThat(sent).hasSize(2).last().isEqualTo(answer());
			assertThat(sent.get(0)).startsWith("2[\"n\"," + i);
			offset = offset(sent.get(0));
			next.lose();
		}
	}

	@Test
	@Tag("SEC-115")
	void onlyTheSamePrincipalMayRestore() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);
		logger.addAppender(log);
		String offset = lastOffset();
		this.client.lose();
		List<RecoveryOutcome> outcomes = outcomes();
		String connect = "0{\"pid\":\"" + this.pid + "\",\"offset\":\"" + offset + "\"}";
		for (String principal : Arrays.asList("eve", null)) {
			TestSession other = this.server.engine.open(4, TestRequest.of(principal));
			assertThat(other.receive(connect).sent()).singleElement()
				.asString()
				.doesNotContain(this.sid)
				.doesNotContain(this.pid);
		}
		assertThat(reconnect(offset).sent()).containsExactly(answer());
		assertThat(outcomes).containsExactly(RecoveryOutcome.REFUSED, RecoveryOutcome.REFUSED,
				RecoveryOutcome.RECOVERED);
		logger.detachAppender(log);
		assertThat(log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).contains("the state of another principal")
				.doesNotContain(this.pid)
				.doesNotContain(this.sid);
		});
	}

	@Test
	void outcomesAreTold() {
		List<RecoveryOutcome> outcomes = outcomes();
		String offset = lastOffset();
		this.client.lose();
		receive("0{\"pid\":\"AAAAAAAAAAAAAAAAAAAA\"}");
		TestSession second = reconnect(offset);
		second.lose();
		reconnect("unknown");
		receive("0");
		assertThat(outcomes).containsExactly(RecoveryOutcome.UNKNOWN, RecoveryOutcome.RECOVERED, RecoveryOutcome.GAP);
	}

	@Test
	void listenersForRecoveriesAreCalledAfterThoseForConnections() {
		List<String> calls = new ArrayList<>();
		this.io.onConnection((connected) -> calls.add("connection"));
		this.io.onRecovered((recovered) -> calls.add("recovered " + recovered.recovered()));
		String offset = lastOffset();
		this.client.lose();
		reconnect(offset);
		receive("0");
		assertThat(calls).containsExactly("connection", "recovered true", "connection");
	}

	private List<RecoveryOutcome> outcomes() {
		List<RecoveryOutcome> outcomes = new ArrayList<>();
		this.io.onRecovery((namespace, outcome) -> {
			assertThat(namespace.name()).isEqualTo("/");
			outcomes.add(outcome);
		});
		return outcomes;
	}

	private TestSession receive(String packet) {
		return this.server.open().receive(packet);
	}

	@ParameterizedTest
	@EnumSource(CloseReason.class)
	@Tag("SIO-96")
	void sessionIsKeptForReasonsOfTheConnection(CloseReason reason) {
		String offset = lastOffset();
		this.client.lose(reason, null);
		List<String> sent = reconnect(offset).sent();
		if (reason == CloseReason.PARSE_ERROR) {
			assertThat(sent).singleElement().asString().doesNotContain(this.sid);
		}
		else {
			assertThat(sent).containsExactly(answer());
		}
	}

	@Test
	@Tag("SIO-96")
	void sessionIsNotKeptForDisconnectionsFromTheNamespace() {
		String offset = lastOffset();
		this.socket.disconnect();
		assertThat(this.client.sent()).containsExactly("1");
		assertThat(reconnect(offset).sent()).singleElement().asString().doesNotContain(this.sid);
		TestSession other = this.server.open();
		other.receive("0");
		Matcher matcher = CONNECT.matcher(other.sent().get(0));
		assertThat(matcher.matches()).isTrue();
		this.pid = matcher.group(2);
		other.receive("1");
		assertThat(reconnect(offset).sent()).singleElement().asString().doesNotContain(matcher.group(1));
	}

	@Test
	@Tag("SIO-96")
	void sessionIsKeptAfterAnInvalidPacket() {
		String offset = lastOffset();
		this.client.receive("nonsense");
		assertThat(reconnect(offset).sent()).containsExactly(answer());
	}

	@Test
	@Tag("SIO-97")
	@Tag("SEC-115")
	void unknownSecretOrOffsetMakesANewConnection() {
		String offset = lastOffset();
		this.client.lose();
		TestSession stranger = this.server.open();
		stranger.receive("0{\"pid\":\"AAAAAAAAAAAAAAAAAAAA\",\"offset\":\"" + offset + "\"}");
		assertThat(stranger.sent()).singleElement().asString().matches(CONNECT).doesNotContain(this.sid);
		assertThat(reconnect("unknown").sent()).singleElement()
			.asString()
			.matches(CONNECT)
			.doesNotContain(this.sid)
			.doesNotContain(this.pid);
	}

	@Test
	@Tag("SIO-33")
	@Tag("SIO-99")
	void connectionListenersAreCalledAndMiddlewaresAreSkipped() {
		List<String> seen = new ArrayList<>();
		this.io.sockets()
			.use((self) -> Mono.fromRunnable(() -> seen.add("middleware")))
			.onConnection((self) -> seen.add("connection " + self.recovered()));
		String offset = lastOffset();
		this.client.lose();
		reconnect(offset);
		assertThat(seen).containsExactly("connection true");
	}

	@Test
	@Tag("SIO-99")
	void middlewaresMayBeAskedAgain() {
		TestServer strict = recovering(ConnectionStateRecovery.builder()
			.maxDisconnectionDuration(Duration.ofMinutes(1))
			.skipMiddlewares(false)
			.build());
		List<Boolean> seen = new ArrayList<>();
		strict.io.sockets().use((self) -> {
			seen.add(self.recovered());
			return self.recovered() ? Mono.error(new ConnectErrorException("no")) : Mono.empty();
		});
		TestSession first = strict.open();
		first.receive("0");
		Matcher matcher = CONNECT.matcher(first.sent().get(0));
		assertThat(matcher.matches()).isTrue();
		strict.io.emit("marker");
		String offset = offset(first.sent().get(0));
		first.lose();
		strict.io.emit("secret");
		TestSession second = strict.open();
		second.receive("0{\"pid\":\"" + matcher.group(2) + "\",\"offset\":\"" + offset + "\"}");
		assertThat(seen).containsExactly(false, true);
		assertThat(second.sent()).containsExactly("4{\"message\":\"no\"}");
	}

	@Test
	@Tag("SIO-97")
	void clientThatGoesWhileItIsRestoredMayComeBack() {
		TestServer strict = recovering(ConnectionStateRecovery.builder()
			.maxDisconnectionDuration(Duration.ofMinutes(1))
			.skipMiddlewares(false)
			.build());
		AtomicBoolean wait = new AtomicBoolean();
		strict.io.sockets().use((self) -> wait.get() ? Mono.never() : Mono.empty());
		TestSession first = strict.open();
		first.receive("0");
		String connected = first.sent().get(0);
		Matcher matcher = CONNECT.matcher(connected);
		assertThat(matcher.matches()).isTrue();
		strict.io.emit("marker");
		String auth = "0{\"pid\":\"" + matcher.group(2) + "\",\"offset\":\"" + offset(first.sent().get(0)) + "\"}";
		first.lose();
		wait.set(true);
		TestSession second = strict.open();
		second.receive(auth);
		second.lose();
		wait.set(false);
		TestSession third = strict.open();
		third.receive(auth);
		assertThat(third.sent()).containsExactly(connected);
	}

	@Test
	@Tag("SIO-97")
	@Tag("SEC-50")
	void newerAttemptOfTheSameConnectionIsRestored() {
		TestServer strict = recovering(ConnectionStateRecovery.builder().skipMiddlewares(false).build());
		Sinks.Empty<Void> checked = Sinks.empty();
		strict.io.use((self) -> self.recovered() ? checked.asMono() : Mono.empty());
		TestSession first = strict.open();
		first.receive("0");
		String connected = first.sent().get(0);
		Matcher matcher = CONNECT.matcher(connected);
		assertThat(matcher.matches()).isTrue();
		first.lose();
		String again = "0{\"pid\":\"" + matcher.group(2) + "\"}";
		TestSession second = strict.open();
		second.receive(again).receive(again);
		checked.tryEmitEmpty();
		assertThat(second.sent()).containsExactly(connected);
	}

	@Test
	@Tag("SIO-101")
	@Tag("SEC-115")
	void sessionIsRestoredOnce() {
		String offset = lastOffset();
		this.client.lose();
		assertThat(reconnect(offset).sent()).containsExactly(answer());
		assertThat(reconnect(offset).sent()).singleElement().asString().matches(CONNECT).doesNotContain(this.sid);
		assertThat(this.io.sockets().sockets()).hasSize(2);
	}

	@Test
	@Tag("SIO-101")
	@Tag("SEC-115")
	void sessionIsRestoredOnceAlsoFromSeveralThreads() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 100; round++) {
				connect();
				String offset = lastOffset();
				this.client.lose();
				Map<TestSession, Boolean> winners = new ConcurrentHashMap<>();
				List<TestSession> rivals = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					rivals.add(this.server.open());
				}
				CompletableFuture
					.allOf(rivals.stream()
						.map((rival) -> CompletableFuture.runAsync(
								() -> rival.receive("0{\"pid\":\"" + this.pid + "\",\"offset\":\"" + offset + "\"}"),
								threads))
						.toArray(CompletableFuture[]::new))
					.get(10, TimeUnit.SECONDS);
				rivals.stream()
					.filter((rival) -> rival.sent().contains(answer()))
					.forEach((rival) -> winners.put(rival, true));
				assertThat(winners).hasSize(1);
				rivals.forEach(TestSession::lose);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@Tag("SIO-98")
	void nothingIsLostOrDoubledWhileOthersBroadcast() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(3);
		AtomicBoolean stop = new AtomicBoolean();
		// Fewer in each cycle than may be missed, however long this thread has to wait
		// for its core
		Semaphore mayBeMissed = new Semaphore(0);
		String offset = lastOffset();
		try {
			List<CompletableFuture<Integer>> senders = IntStream.range(0, 3)
				.mapToObj((sender) -> CompletableFuture.supplyAsync(() -> broadcastUntil(stop, mayBeMissed, sender),
						threads))
				.toList();
			List<List<Integer>> received = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
			TestSession current = this.client;
			for (int cycle = 0; cycle < 500; cycle++) {
				mayBeMissed.drainPermits();
				mayBeMissed.release(1000);
				loseAndWait(current);
				offset = collect(current.sent(), received, offset);
				current = reconnect(offset);
				current.awaitSent(answer());
			}
			stop.set(true);
			for (CompletableFuture<Integer> sender : senders) {
				sender.get(30, TimeUnit.SECONDS);
			}
			collect(current.sent(), received, offset);
			for (int sender = 0; sender < 3; sender++) {
				assertThat(received.get(sender))
					.isEqualTo(IntStream.range(0, senders.get(sender).get()).boxed().toList());
			}
		}
		finally {
			stop.set(true);
			threads.shutdownNow();
		}
	}

	/**
	 * Lose a session that another thread may be at: until its loss is known it cannot be
	 * restored.
	 */
	private static void loseAndWait(TestSession session) throws InterruptedException {
		CountDownLatch lost = new CountDownLatch(1);
		session.lose();
		session.execute(lost::countDown);
		assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private int broadcastUntil(AtomicBoolean stop, Semaphore mayBeMissed, int sender) {
		int count = 0;
		while (!stop.get()) {
			if (mayBeMissed.tryAcquire()) {
				this.io.emit("n", sender, count++);
			}
			else {
				Thread.yield();
			}
		}
		return count;
	}

	private String collect(List<String> packets, List<List<Integer>> received, String offset) {
		String last = offset;
		Pattern number = Pattern.compile("2\\[\"n\",(\\d+),(\\d+),\"([^\"]+)\"]");
		for (String packet : packets) {
			Matcher matcher = number.matcher(packet);
			if (matcher.matches()) {
				received.get(Integer.parseInt(matcher.group(1))).add(Integer.parseInt(matcher.group(2)));
				last = matcher.group(3);
			}
			else {
				assertThat(packet).isEqualTo(answer());
			}
		}
		return last;
	}

	@Test
	@Tag("SIO-46")
	@Tag("SIO-102")
	void closingTheServerFreesEverything() {
		this.io.emit("x");
		this.io.close().block(Await.LIMIT);
		assertThat(this.server.engine.liveTimers()).isZero();
	}

}
