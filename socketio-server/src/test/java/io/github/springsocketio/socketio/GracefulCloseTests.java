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
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way to the end of a server, in time that is turned by hand.
 */
@Tag("SEC-84")
class GracefulCloseTests {

	private static final Duration STEP = Duration.ofMillis(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final TestServer server = new TestServer();

	private final AtomicBoolean closed = new AtomicBoolean();

	@AfterEach
	void reset() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void sessionsAreClosedInBatchesWithPauses() {
		List<String> ends = this.server.disconnections("/");
		open(250);
		close(Duration.ofSeconds(40));
		List<Integer> batches = new ArrayList<>();
		List<Integer> pauses = new ArrayList<>();
		int pause = 0;
		while (!this.closed.get() && pause < 100) {
			int before = this.server.engine.clientsCount();
			this.time.advanceTimeBy(STEP);
			pause++;
			if (this.server.engine.clientsCount() < before) {
				batches.add(before - this.server.engine.clientsCount());
				pauses.add(pause);
				pause = 0;
			}
		}
		assertThat(batches).containsExactly(100, 100, 50);
		assertThat(pauses.subList(1, 3)).allSatisfy((steps) -> assertThat(steps).isBetween(5, 16));
		assertThat(ends).hasSize(250).containsOnly("server shutting down");
		assertThat(this.closed).isTrue();
	}

	@Test
	void manySessionsAreClosedWithinTheLimit() {
		open(2_000);
		close(Duration.ofSeconds(2));
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.server.engine.clientsCount()).isZero();
		assertThat(this.closed).isTrue();
	}

	@Test
	void whoeverTakesNothingIsCutOffAtFourFifthsOfTheLimit() {
		TestSession slow = this.server.open();
		slow.connect();
		close(Duration.ofSeconds(10));
		this.time.advanceTimeBy(Duration.ofMillis(7_990));
		assertThat(slow.isClosed()).isFalse();
		this.time.advanceTimeBy(Duration.ofMillis(20));
		assertThat(slow.isClosed()).isTrue();
		assertThat(this.closed).isTrue();
	}

	@Test
	void eventInAMiddlewareIsWaitedFor() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.server.io.sockets()
			.use((socket, event) -> gate.asMono().thenReturn(event))
			.on("x", (socket, event) -> event.ack());
		TestSession client = open(1).get(0);
		client.receive("20[\"x\"]");
		close(Duration.ofSeconds(8));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(client.isClosed()).isFalse();
		gate.tryEmitEmpty();
		this.time.advanceTimeBy(Duration.ofMillis(200));
		assertThat(client.isClosed()).isTrue();
		assertThat(client.sent()).containsExactly("30[]");
	}

	@Test
	void handlersHaveAQuarterOfTheLimit() {
		this.server.io.sockets().handle("x", (socket, event) -> Mono.never());
		TestSession client = open(1).get(0);
		client.receive("20[\"x\"]");
		close(Duration.ofSeconds(8));
		this.time.advanceTimeBy(Duration.ofMillis(1_990));
		assertThat(client.isClosed()).isFalse();
		this.time.advanceTimeBy(Duration.ofMillis(200));
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	void whatIsYetToBeWrittenIsWrittenBefore() throws Exception {
		TestServer recovering = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		TestSession client = open(recovering, 1).get(0);
		CountDownLatch running = new CountDownLatch(1);
		CompletableFuture<Void> gate = new CompletableFuture<>();
		Thread worker = new Thread(() -> recovering.io.sockets().adapter().inOrder(() -> {
			running.countDown();
			gate.join();
		}));
		worker.start();
		assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
		recovering.io.emit("x");
		recovering.io.closeGracefully(Duration.ofSeconds(10)).subscribe(null, null, () -> this.closed.set(true));
		this.time.advanceTimeBy(Duration.ofSeconds(5));
		assertThat(client.isClosed()).isFalse();
		gate.complete(null);
		worker.join();
		this.time.advanceTimeBy(STEP);
		assertThat(client.isClosed()).isTrue();
		assertThat(client.sent()).singleElement().asString().startsWith("2[\"x\"");
		assertThat(this.closed).isTrue();
	}

	private List<TestSession> open(int count) {
		return open(this.server, count);
	}

	private static List<TestSession> open(TestServer server, int count) {
		List<TestSession> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestSession client = server.open();
			client.connect();
			client.flushed.tryEmitEmpty();
			clients.add(client);
		}
		return clients;
	}

	private void close(Duration limit) {
		this.server.io.closeGracefully(limit).subscribe(null, null, () -> this.closed.set(true));
	}

}
