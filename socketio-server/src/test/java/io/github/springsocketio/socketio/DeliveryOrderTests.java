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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.HeldThread;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order in which a namespace delivers, and what is held back while it is behind.
 */
class DeliveryOrderTests {

	@Test
	@Tag("SEC-75")
	void clientsAreNotReadFromWhileTheirNamespaceIsBehind() throws Exception {
		TestServer server = new TestServer((
				options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()).maxHandlersInFlight(8));
		server.io.sockets().on("x", (socket, event) -> socket.emit("y"));
		TestSession client = server.open();
		client.connect();
		client.sent();
		Adapter adapter = server.io.sockets().adapter();
		HeldThread held = HeldThread.by(adapter::inOrder);
		AtomicInteger count = new AtomicInteger();
		CompletableFuture.runAsync(() -> {
			while (client.paused() == 0 && count.get() < 5000) {
				client.receive("2[\"x\"]");
				count.incrementAndGet();
			}
		}, Schedulers.parallel()::schedule).get(30, TimeUnit.SECONDS);
		// with the one that is being written they are 1000 before the first that is held
		// back
		assertThat(count).hasValue(999 + 8);
		assertThat(client.paused()).isOne();
		held.release();
		CompletableFuture<Void> last = new CompletableFuture<>();
		adapter.inOrder(() -> last.complete(null));
		last.get(30, TimeUnit.SECONDS);
		assertThat(client.paused()).isZero();
		assertThat(client.sent()).hasSize(count.get());
	}

	@Test
	void flushedWaitsForWhatIsYetToBeWritten() throws Exception {
		TestServer server = recovering();
		TestSession client = server.open();
		client.flushed.tryEmitEmpty();
		Socket socket = server.io.sockets().sockets().get(client.connect());
		HeldThread held = HeldThread.by(server.io.sockets().adapter()::inOrder);
		socket.emit("x", 1);
		List<String> written = new ArrayList<>();
		CompletableFuture<Void> flushed = socket.flushed()
			.doOnSuccess((none) -> written.addAll(client.sent()))
			.toFuture();
		assertThat(flushed).isNotDone();
		held.release();
		flushed.get(30, TimeUnit.SECONDS);
		assertThat(written).hasSize(1);
		server.io.sockets().disconnectSockets();
		assertThat(client.sent()).containsExactly("1");
	}

	@Test
	@Tag("SEC-75")
	void sourceIsHeldBackWhileItsNamespaceIsBehind() throws Exception {
		TestServer server = recovering();
		TestSession client = server.open();
		client.flushed.tryEmitEmpty();
		Socket socket = server.io.sockets().sockets().get(client.connect());
		HeldThread held = HeldThread.by(server.io.sockets().adapter()::inOrder);
		AtomicInteger taken = new AtomicInteger();
		CompletableFuture<Void> all = new CompletableFuture<>();
		CompletableFuture.runAsync(() -> {
			Flux<Integer> source = Flux.range(0, 5000).doOnNext((value) -> taken.incrementAndGet());
			socket.emitAll("x", source).subscribe(null, all::completeExceptionally, () -> all.complete(null));
		}, Schedulers.parallel()::schedule).get(30, TimeUnit.SECONDS);
		// with the task under way there are 1001 then
		assertThat(taken).hasValue(1000);
		held.release();
		all.get(30, TimeUnit.SECONDS);
		assertThat(client.sent()).hasSize(5000);
	}

	@Test
	void membersOfARoomSeeTheBroadcastsOfSeveralSendersInOneOrder() {
		Room room = new Room(new TestServer(), 3);
		CompletableFuture<Void> sender = room.broadcastAndHold();
		room.server.io.to("room").emit("second");
		room.server.io.emit("third");
		room.server.io.to("room").publish("fourth").block(Await.LIMIT);
		room.server.io.to("room").timeout(Duration.ofMinutes(1)).emitWithAck("fifth").subscribe();
		room.release(sender);
		assertThat(room.clients).allSatisfy((client) -> assertThat(client.sent()).containsExactly("2[\"held\"]",
				"2[\"second\"]", "2[\"third\"]", "2[\"fourth\"]", "20[\"fifth\"]"));
	}

	@Test
	void whatIsSentToOneSocketDoesNotOvertakeTheBroadcastsOfItsSender() {
		Room room = new Room(new TestServer(), 3);
		List<Socket> sockets = List.copyOf(room.server.io.sockets().sockets().values());
		List<Event> questions = new ArrayList<>();
		room.server.io.on("ask", (socket, event) -> questions.add(event));
		room.clients.forEach((client) -> client.receive("27[\"ask\"]"));
		CompletableFuture<Void> sender = room.broadcastAndHold();
		room.server.io.to("room").emit("broadcast");
		sockets.forEach((socket) -> {
			socket.emit("direct");
			socket.compress(false).emit("flagged");
			socket.emitWithAck("request").subscribe();
		});
		questions.forEach((event) -> event.ack("response"));
		room.release(sender);
		assertThat(room.clients).allSatisfy((client) -> {
			List<String> sent = client.sent();
			assertThat(sent).hasSize(6)
				.startsWith("2[\"held\"]", "2[\"broadcast\"]", "2[\"direct\"]", "2[\"flagged\"]");
			assertThat(sent.get(4)).matches("2\\d\\[\"request\"]");
			assertThat(sent).endsWith("37[\"response\"]");
		});
	}

	@Test
	void broadcastReachesThoseWhoWereInTheRoomWhenItWasSent() {
		Room room = new Room(new TestServer(), 3);
		List<Socket> sockets = new ArrayList<>(room.server.io.sockets().sockets().values());
		TestSession late = room.server.open();
		Socket outside = room.server.io.sockets().sockets().get(late.connect());
		CompletableFuture<Void> sender = room.broadcastAndHold();
		room.server.io.to("room").emit("second");
		sockets.forEach((socket) -> socket.leave("room"));
		outside.join("room");
		room.server.io.to("room").emit("third");
		room.release(sender);
		assertThat(room.clients)
			.allSatisfy((client) -> assertThat(client.sent()).containsExactly("2[\"held\"]", "2[\"second\"]"));
		assertThat(late.sent()).containsExactly("2[\"third\"]");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatWasSentBeforeADisconnectionIsDelivered(boolean recovery) {
		for (boolean close : new boolean[] { false, true }) {
			Room room = new Room(recovery ? recovering() : new TestServer(), 3);
			List<Socket> sockets = List.copyOf(room.server.io.sockets().sockets().values());
			CompletableFuture<Void> sender = room.broadcastAndHold();
			room.server.io.to("room").emit("broadcast");
			sockets.forEach((socket) -> {
				socket.emit("direct");
				socket.disconnect(close);
				socket.emit("late");
			});
			room.server.io.to("room").emit("late");
			room.server.io.emit("late");
			room.release(sender);
			assertThat(room.clients).allSatisfy((client) -> {
				// "held" is that of another sender, who was not done with the third
				// member
				assertThat(names(client)).filteredOn((name) -> !"held".equals(name))
					.containsExactly("broadcast", "direct", "1");
				assertThat(client.isClosed()).isEqualTo(close);
			});
		}
	}

	private static List<String> names(TestSession client) {
		return client.sent().stream().map((packet) -> packet.replaceAll("2\\[\"(\\w+)\".*", "$1")).toList();
	}

	@Test
	void ordersOfNamespacesAreIndependent() {
		Room room = new Room(new TestServer(), 2);
		room.server.io.of("/admin");
		TestSession admin = room.server.open();
		admin.connect("0/admin,");
		CompletableFuture<Void> sender = room.broadcastAndHold();
		room.server.io.of("/admin").emit("x");
		assertThat(admin.sent()).containsExactly("2/admin,[\"x\"]");
		room.release(sender);
	}

	@Test
	void orderIsTheSameWithRecovery() {
		Room room = new Room(recovering(), 3);
		List<Socket> sockets = List.copyOf(room.server.io.sockets().sockets().values());
		CompletableFuture<Void> sender = room.broadcastAndHold();
		room.server.io.to("room").emit("second");
		sockets.forEach((socket) -> socket.emit("direct"));
		room.release(sender);
		assertThat(room.clients)
			.allSatisfy((client) -> assertThat(names(client)).containsExactly("held", "second", "direct"));
	}

	@Test
	void manyConcurrentSendersAreSeenInOneOrder() {
		TestServer server = new TestServer();
		List<TestSession> clients = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			TestSession client = server.open();
			client.connect();
			clients.add(client);
		}
		List<CompletableFuture<Void>> senders = new ArrayList<>();
		CountDownLatch start = new CountDownLatch(1);
		for (int i = 0; i < 4; i++) {
			int sender = i;
			senders.add(CompletableFuture.runAsync(() -> {
				Await.on("the start", start);
				for (int message = 0; message < 500; message++) {
					server.io.emit("x", sender, message);
				}
			}, (task) -> new Thread(task, "sender").start()));
		}
		start.countDown();
		senders.forEach((sender) -> Await.get("the end of a sender", sender));
		CompletableFuture<Void> last = new CompletableFuture<>();
		server.io.sockets().adapter().inOrder(() -> last.complete(null));
		Await.get("the end of all deliveries", last);
		List<String> first = clients.get(0).sent();
		assertThat(first).hasSize(2000);
		for (int i = 0; i < 4; i++) {
			String prefix = "2[\"x\"," + i + ",";
			assertThat(first.stream().filter((packet) -> packet.startsWith(prefix)))
				.isEqualTo(IntStream.range(0, 500).mapToObj((message) -> prefix + message + "]").toList());
		}
		for (TestSession client : clients.subList(1, 5)) {
			assertThat(client.sent()).isEqualTo(first);
		}
	}

	private static TestServer recovering() {
		return new TestServer((options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
	}

	/**
	 * The members of a room, the second of which is held up while a message is delivered
	 * to it.
	 */
	private static final class Room {

		private final TestServer server;

		private final List<TestSession> clients = new ArrayList<>();

		private final CountDownLatch gate = new CountDownLatch(1);

		private final CountDownLatch held = new CountDownLatch(1);

		private Room(TestServer server, int members) {
			this.server = server;
			for (int i = 0; i < members; i++) {
				TestSession client = server.open();
				server.io.sockets().sockets().get(client.connect()).join("room");
				this.clients.add(client);
			}
			AtomicInteger deliveries = new AtomicInteger();
			server.io.onAnyOutgoing((socket, event, args) -> {
				if ("held".equals(event) && deliveries.incrementAndGet() == 2) {
					this.held.countDown();
					Await.on("the release", this.gate);
				}
			});
		}

		/**
		 * Broadcast on another thread, which is held up at the second member.
		 */
		private CompletableFuture<Void> broadcastAndHold() {
			CompletableFuture<Void> sender = new CompletableFuture<>();
			sender.completeAsync(() -> {
				this.server.io.to("room").emit("held");
				return null;
			}, (task) -> new Thread(task, "sender").start());
			Await.on("the delivery to the second member", this.held);
			return sender;
		}

		private void release(CompletableFuture<Void> sender) {
			this.gate.countDown();
			Await.get("the end of the first broadcast", sender);
			CompletableFuture<Void> last = new CompletableFuture<>();
			this.server.io.sockets().adapter().inOrder(() -> last.complete(null));
			Await.get("the end of all deliveries", last);
		}

	}

}
