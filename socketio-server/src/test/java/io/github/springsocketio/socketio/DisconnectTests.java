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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.CloseReason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Disconnection (section 5).
 */
class DisconnectTests {

	private final TestServer server = new TestServer();

	private final TestSession client = this.server.open();

	private Socket connect() {
		return this.server.io.sockets().sockets().get(this.client.connect());
	}

	@Test
	@Tag("SIO-39")
	void listenersAreCalledInOrder() {
		List<String> seen = new ArrayList<>();
		this.server.io.sockets()
			.onDisconnecting((socket, reason,
					detail) -> seen.add("disconnecting " + reason.text() + " " + detail + " " + socket.rooms().size()
							+ " " + socket.connected()))
			.onDisconnect((socket, reason, detail) -> seen.add("disconnect " + reason.text() + " " + detail + " "
					+ socket.rooms().size() + " " + socket.connected()));
		Socket socket = connect();
		socket.onDisconnecting((self, reason, detail) -> self.join("late"));
		socket.onDisconnect((self, reason, detail) -> self.join("too-late"));
		this.client.lose(CloseReason.TRANSPORT_ERROR, "why");
		assertThat(seen).containsExactly("disconnecting transport error why 1 true",
				"disconnect transport error why 0 false");
		socket.join("r");
		assertThat(socket.rooms()).isEmpty();
		assertThat(this.server.io.sockets().rooms()).isEmpty();
		assertThat(this.server.io.sockets().sockets()).isEmpty();
	}

	@Test
	@Tag("SIO-40")
	void clientLeavesOneNamespace() {
		List<String> reasons = this.server.disconnections("/");
		List<String> others = this.server.disconnections("/admin");
		connect();
		this.client.connect("0/admin,");
		this.client.receive("1");
		assertThat(reasons).containsExactly("client namespace disconnect");
		assertThat(others).isEmpty();
		assertThat(this.client.isClosed()).isFalse();
		assertThat(this.client.sent()).isEmpty();
	}

	@Test
	@Tag("SIO-41")
	void serverDisconnectsOneSocket() {
		List<String> reasons = this.server.disconnections("/");
		List<String> others = this.server.disconnections("/admin");
		Socket socket = connect();
		this.client.connect("0/admin,");
		socket.disconnect();
		socket.disconnect();
		assertThat(this.client.sent()).containsExactly("1");
		assertThat(reasons).containsExactly("server namespace disconnect");
		assertThat(others).isEmpty();
		assertThat(this.client.isClosed()).isFalse();
	}

	@Test
	@Tag("SIO-42")
	void serverDisconnectsAClientFromAllNamespaces() {
		List<String> reasons = this.server.disconnections("/");
		List<String> others = this.server.disconnections("/admin");
		Socket socket = connect();
		this.client.connect("0/admin,");
		socket.disconnect(true);
		assertThat(this.client.sent()).containsExactlyInAnyOrder("1", "1/admin,");
		assertThat(reasons).containsExactly("server namespace disconnect");
		assertThat(others).containsExactly("server namespace disconnect");
		assertThat(this.client.isClosed()).isTrue();
	}

	@Test
	@Tag("SIO-42")
	void clientIsToldOfEachNamespaceAlsoWhereOneIsBehind() throws Exception {
		TestServer recovering = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		recovering.io.of("/admin");
		TestSession client = recovering.open();
		Socket socket = recovering.io.sockets().sockets().get(client.connect());
		client.connect("0/admin,");
		CountDownLatch running = new CountDownLatch(1);
		CompletableFuture<Void> gate = new CompletableFuture<>();
		Thread worker = new Thread(() -> recovering.io.of("/admin").adapter().inOrder(() -> {
			running.countDown();
			gate.join();
		}));
		worker.start();
		assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
		socket.disconnect(true);
		gate.complete(null);
		worker.join();
		assertThat(client.sent()).containsExactly("1", "1/admin,");
		assertThat(client.isClosed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "TRANSPORT_CLOSE, transport close", "TRANSPORT_ERROR, transport error", "PING_TIMEOUT, ping timeout",
			"PARSE_ERROR, parse error", "FORCED_CLOSE, forced close" })
	@Tag("SIO-43")
	@Tag("SIO-44")
	void reasonsOfTheEngineArePassedOn(CloseReason reason, String text) {
		List<String> seen = new ArrayList<>();
		connect().onDisconnect((socket, cause, detail) -> seen.add(cause.text() + ", " + detail));
		this.client.lose(reason, "detail");
		assertThat(seen).containsExactly(text + ", detail");
	}

	@Test
	@Tag("SIO-46")
	void closingTheServerDisconnectsWithoutAPacket() {
		List<String> reasons = this.server.disconnections("/");
		List<String> others = this.server.disconnections("/admin");
		connect();
		this.client.connect("0/admin,");
		this.server.io.close().subscribe();
		this.server.io.close().subscribe();
		assertThat(reasons).containsExactly("server shutting down");
		assertThat(others).containsExactly("server shutting down");
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.client.isClosed()).isTrue();
		assertThat(this.server.engine.isRefusing()).isTrue();
		assertThat(this.server.engine.closings()).isOne();
	}

	@Test
	@Tag("SEC-76")
	void disconnectingInAnyCallbackEndsOnce() {
		for (String where : List.of("connection", "event", "any", "ack", "disconnecting", "disconnect")) {
			for (boolean close : new boolean[] { false, true }) {
				assertThat(disconnectIn(where, close)).as(where + " " + close).hasSize(1);
			}
		}
	}

	private static List<String> disconnectIn(String where, boolean close) {
		TestServer server = new TestServer();
		List<String> reasons = server.disconnections("/");
		Namespace main = server.io.sockets();
		if ("connection".equals(where)) {
			main.onConnection((socket) -> socket.disconnect(close));
		}
		main.on("event", (socket, event) -> {
			if ("event".equals(where)) {
				socket.disconnect(close);
			}
		}).onAny((socket, event) -> {
			if ("any".equals(where)) {
				socket.disconnect(close);
			}
		}).onDisconnecting((socket, reason, detail) -> {
			if ("disconnecting".equals(where)) {
				socket.disconnect(close);
			}
			assertThat(socket.rooms()).hasSize(1);
		}).onDisconnect((socket, reason, detail) -> {
			if ("disconnect".equals(where)) {
				socket.disconnect(close);
			}
			assertThat(socket.rooms()).isEmpty();
		});
		TestSession client = server.open();
		Socket socket = null;
		client.receive("0");
		if (!main.sockets().isEmpty()) {
			socket = main.sockets().values().iterator().next();
			socket.emitWithAck("q").subscribe((answer) -> {
				if ("ack".equals(where)) {
					main.sockets().values().forEach((target) -> target.disconnect(close));
				}
			});
			client.receive("2[\"event\"]");
			client.receive("30[]");
			socket.disconnect();
		}
		client.lose();
		assertThat(main.sockets()).isEmpty();
		assertThat(main.rooms()).isEmpty();
		return reasons;
	}

	@Test
	@Tag("SEC-76")
	void disconnectingInAMiddlewareOnlyClosesTheConnection() {
		List<String> reasons = this.server.disconnections("/");
		this.server.io.sockets().use((socket) -> {
			socket.disconnect(true);
			return Mono.empty();
		}).onConnection((socket) -> reasons.add("connection"));
		this.client.receive("0");
		assertThat(this.client.isClosed()).isTrue();
		assertThat(this.client.sent()).isEmpty();
		assertThat(reasons).isEmpty();
		assertThat(this.server.io.sockets().sockets()).isEmpty();
	}

	@Test
	@Tag("SEC-76")
	void disconnectingFromSeveralThreadsEndsOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int i = 0; i < 300; i++) {
				raceToDisconnect(threads);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void raceToDisconnect(ExecutorService threads) throws Exception {
		TestServer server = new TestServer();
		List<String> reasons = Collections.synchronizedList(new ArrayList<>());
		server.io.sockets().onDisconnect((socket, reason, detail) -> reasons.add(reason.text()));
		TestSession client = server.open();
		Socket socket = server.io.sockets().sockets().get(client.connect());
		CountDownLatch start = new CountDownLatch(1);
		List<Future<?>> results = new ArrayList<>();
		List<Runnable> actions = List.of(() -> socket.disconnect(), () -> socket.disconnect(true), client::lose,
				() -> socket.join("a", "b", "c"));
		for (Runnable action : actions) {
			results.add(threads.submit(() -> {
				start.await();
				action.run();
				return null;
			}));
		}
		start.countDown();
		for (Future<?> result : results) {
			result.get(10, TimeUnit.SECONDS);
		}
		assertThat(reasons).hasSize(1);
		assertThat(socket.rooms()).isEmpty();
		assertThat(server.io.sockets().rooms()).isEmpty();
		assertThat(server.io.sockets().sockets()).isEmpty();
	}

	@Test
	void failingDisconnectListenerDoesNotStopTheOthers() {
		List<String> reasons = new ArrayList<>();
		this.server.io.sockets().onDisconnecting((socket, reason, detail) -> {
			throw new IllegalStateException("test");
		}).onDisconnect((socket, reason, detail) -> {
			throw new IllegalStateException("test");
		}).onDisconnect((socket, reason, detail) -> reasons.add(reason.text()));
		connect();
		this.client.lose();
		assertThat(reasons).containsExactly("transport close");
		assertThat(this.server.io.sockets().sockets()).isEmpty();
	}

}
