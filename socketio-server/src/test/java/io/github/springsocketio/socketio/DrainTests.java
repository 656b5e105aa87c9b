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
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.engineio.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How the clients of a server are moved to other nodes, in time that is turned by hand.
 */
class DrainTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final TestServer server = new TestServer();

	private final AtomicBoolean drained = new AtomicBoolean();

	@AfterEach
	void reset() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void sessionsAreClosedLittleByLittleWithoutADisconnectPacket() {
		List<String> ends = this.server.disconnections("/");
		List<TestSession> clients = open(60);
		drain(Duration.ofSeconds(30));
		assertThat(this.server.engine.isRefusing()).isTrue();
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.server.engine.clientsCount()).isBetween(1, 59);
		assertThat(this.drained).isFalse();
		this.time.advanceTimeBy(Duration.ofSeconds(36));
		assertThat(this.server.engine.clientsCount()).isZero();
		assertThat(this.drained).isTrue();
		assertThat(ends).hasSize(60).containsOnly("server shutting down");
		assertThat(clients).allSatisfy((client) -> assertThat(client.sent()).isEmpty());
		assertThat(this.server.engine.closings()).isZero();
	}

	@Test
	void zeroClosesAllSessionsAtOnceAlsoThoseWithoutANamespace() {
		open(3);
		this.server.open().flushed.tryEmitEmpty();
		drain(Duration.ZERO);
		assertThat(this.server.engine.clientsCount()).isZero();
		assertThat(this.drained).isTrue();
	}

	@Test
	void serverWithoutSessionsIsDrainedAtOnce() {
		drain(Duration.ofHours(1));
		assertThat(this.drained).isTrue();
	}

	@Test
	void eventsAreHandledUntilItIsTheTurnOfTheSession() {
		this.server.io.sockets().on("x", (socket, event) -> event.ack());
		List<TestSession> clients = open(2);
		drain(Duration.ofSeconds(10));
		while (this.server.engine.clientsCount() == 2) {
			this.time.advanceTimeBy(Duration.ofMillis(100));
		}
		TestSession left = clients.stream().filter((client) -> !client.isClosed()).findFirst().orElseThrow();
		left.receive("20[\"x\"]");
		assertThat(left.sent()).containsExactly("30[]");
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.drained).isTrue();
	}

	@Test
	void handlerThatHasBegunFinishesAndNoOtherBegins() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.server.io.sockets()
			.handle("slow", (socket, event) -> gate.asMono())
			.on("fast", (socket, event) -> event.ack());
		TestSession client = open(1).get(0);
		client.receive("20[\"slow\"]");
		drain(Duration.ZERO);
		client.receive("21[\"fast\"]");
		assertThat(client.isClosed()).isFalse();
		gate.tryEmitEmpty();
		this.time.advanceTimeBy(Duration.ofMillis(20));
		assertThat(client.isClosed()).isTrue();
		assertThat(client.sent()).containsExactly("30[]");
		assertThat(this.drained).isTrue();
	}

	@Test
	void handlerThatDoesNotFinishIsNotWaitedForLong() {
		this.server.io.sockets().handle("x", (socket, event) -> Mono.never());
		TestSession client = open(1).get(0);
		client.receive("20[\"x\"]");
		drain(Duration.ZERO);
		this.time.advanceTimeBy(Drain.GRACE.minusMillis(100));
		assertThat(client.isClosed()).isFalse();
		this.time.advanceTimeBy(Duration.ofMillis(200));
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	void clientThatTakesNothingIsCutOff() {
		TestSession slow = this.server.open();
		slow.connect();
		drain(Duration.ZERO);
		this.time.advanceTimeBy(Drain.GRACE);
		assertThat(slow.isClosed()).isFalse();
		this.time.advanceTimeBy(Drain.GRACE);
		assertThat(slow.isClosed()).isTrue();
		assertThat(this.drained).isTrue();
	}

	@Test
	void pollThatIsAwaitedIsWaitedFor() {
		TestSession polling = open(1).get(0);
		polling.transport = TransportType.POLLING;
		polling.writable = false;
		drain(Duration.ZERO);
		assertThat(this.drained).isFalse();
		polling.finishClosing();
		assertThat(this.drained).isTrue();
	}

	@Test
	void anotherDrainIsFaster() {
		open(10);
		drain(Duration.ofHours(1));
		drain(Duration.ZERO);
		assertThat(this.server.engine.clientsCount()).isZero();
		assertThat(this.drained).isTrue();
	}

	@Test
	void drainedServerCanBeClosed() {
		open(1);
		drain(Duration.ZERO);
		AtomicBoolean closed = new AtomicBoolean();
		this.server.io.closeGracefully(Duration.ofSeconds(1)).subscribe(null, null, () -> closed.set(true));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(closed).isTrue();
	}

	@Test
	void periodIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.io.drain(Duration.ofMillis(-1)).subscribe());
	}

	private List<TestSession> open(int count) {
		List<TestSession> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestSession client = this.server.open();
			client.connect();
			client.flushed.tryEmitEmpty();
			clients.add(client);
		}
		return clients;
	}

	private void drain(Duration period) {
		this.server.io.drain(period).subscribe(null, null, () -> this.drained.set(true));
	}

}
