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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Order and threads of serial and blocking handlers.
 */
@Tag("SEC-75")
@Timeout(30)
class SerialHandlerTests {

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() {
		this.io.close().block(Await.LIMIT);
	}

	@Test
	void nextEventWaitsForASerialHandlerAndNotForAReactiveOne() {
		List<Sinks.One<String>> gates = List.of(Sinks.one(), Sinks.one());
		this.io.handleSerial("serial", Integer.class, (socket, index, event) -> {
			this.seen.add("serial " + index);
			return gates.get(index).asMono();
		}).handle("reactive", (socket, event) -> {
			this.seen.add("reactive");
			return Mono.never();
		}).on("listener", (socket, event) -> this.seen.add("listener"));
		this.client.connect();
		this.client.receive("2[\"reactive\"]")
			.receive("20[\"serial\",0]")
			.receive("2[\"listener\"]")
			.receive("2[\"reactive\"]")
			.receive("21[\"serial\",1]")
			.receive("2[\"listener\"]");
		assertThat(this.seen).containsExactly("reactive", "serial 0");
		gates.get(0).tryEmitValue("a");
		assertThat(this.seen).containsExactly("reactive", "serial 0", "listener", "reactive", "serial 1");
		gates.get(1).tryEmitError(new AckErrorException("b", "c"));
		assertThat(this.seen).endsWith("serial 1", "listener");
		assertThat(this.client.sent()).containsExactly("30[\"a\"]",
				"31[{\"error\":{\"code\":\"b\",\"message\":\"c\"}}]");
	}

	@Test
	void handlersOfOneEventAreCalledOneAfterTheOther() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.io.on("x", (socket, event) -> this.seen.add("first")).handleSerial("x", (socket, event) -> {
			this.seen.add("second");
			return gate.asMono();
		}).on("x", (socket, event) -> this.seen.add("third"));
		this.client.connect();
		this.client.receive("2[\"x\"]");
		assertThat(this.seen).containsExactly("first", "second");
		gate.tryEmitEmpty();
		assertThat(this.seen).containsExactly("first", "second", "third");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void blockingHandlersRunInOrderOnThreadsOfTheirOwn(boolean intercepted) {
		if (intercepted) {
			this.io.intercept((socket, event, chain) -> chain.proceed(event));
		}
		this.io.handleBlocking("x", Integer.class, (socket, number, event) -> {
			this.seen.add("begin " + number);
			Thread.yield();
			this.seen.add("end " + number);
			assertThat(Thread.currentThread().getName()).startsWith("socketio-blocking");
			return number;
		}).on("y", (socket, event) -> this.seen.add("listener " + event.get(0)));
		this.client.connect();
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			this.client.receive("2" + i + "[\"x\"," + i + "]").receive("2[\"y\"," + i + "]");
			expected.addAll(List.of("begin " + i, "end " + i, "listener " + i));
		}
		Await.until("all are handled", () -> this.seen.size() == 300);
		assertThat(this.seen).isEqualTo(expected);
		Await.until("nothing is in flight", () -> this.client.paused() == 0);
		List<String> acks = this.client.sent();
		for (int i = 0; i < 100; i++) {
			assertThat(acks.get(i)).isEqualTo("3" + i + "[" + i + "]");
		}
	}

	@Test
	void blockingHandlerMayWaitForAnAcknowledgementOfTheClient() {
		this.io.handleBlocking("x",
				(socket, event) -> socket.emitWithAck("question").block(Await.LIMIT).get(0, String.class));
		this.client.connect();
		this.client.receive("21[\"x\"]");
		this.client.awaitSent("20[\"question\"]");
		this.client.receive("30[\"answer\"]");
		this.client.awaitSent("31[\"answer\"]");
	}

	@Test
	void otherSocketsDoNotWait() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch started = new CountDownLatch(1);
		this.io.handleBlocking("x", (socket, event) -> {
			started.countDown();
			return release.await(20, TimeUnit.SECONDS);
		}).on("y", (socket, event) -> event.ack());
		this.client.connect();
		this.client.receive("21[\"x\"]").receive("22[\"y\"]");
		assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
		TestSession other = this.server.open();
		other.connect();
		other.receive("23[\"y\"]");
		assertThat(other.sent()).containsExactly("33[]");
		assertThat(this.client.sent()).isEmpty();
		release.countDown();
		this.client.awaitSent("32[]");
		assertThat(this.client.sent()).containsExactly("31[true]", "32[]");
	}

	@Test
	void otherSocketsDoNotWaitWhenAllThreadsForBlockingCodeAreHeld() throws InterruptedException {
		int threads = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch held = new CountDownLatch(threads);
		this.io.handleBlocking("block", (socket, event) -> {
			held.countDown();
			return release.await(20, TimeUnit.SECONDS);
		})
			.on("listener", (socket, event) -> event.ack())
			.handle("reactive", (socket, event) -> Mono.just("value"))
			.handleSerial("serial", (socket, event) -> Mono.just("value").hide());
		List<TestSession> blocked = new ArrayList<>();
		for (int i = 0; i < threads + 5; i++) {
			TestSession session = this.server.open();
			session.connect();
			blocked.add(session.receive("21[\"block\"]"));
		}
		assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
		this.client.connect();
		this.client.receive("21[\"listener\"]").receive("22[\"reactive\"]").receive("23[\"serial\"]");
		// on the thread of the test
		assertThat(this.client.sent()).containsExactly("31[]", "32[\"value\"]", "33[\"value\"]");
		this.io.emit("news");
		assertThat(blocked).allSatisfy((session) -> assertThat(session.sent()).containsExactly("2[\"news\"]"));
		release.countDown();
		blocked.forEach((session) -> session.awaitSent("31[true]"));
	}

	@Test
	void oneThreadIsEnoughForAllThatWait() throws InterruptedException {
		int threads = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
		CountDownLatch held = new CountDownLatch(threads);
		List<CountDownLatch> releases = new ArrayList<>();
		this.io.handleBlocking("block", Integer.class, (socket, number, event) -> {
			held.countDown();
			return releases.get(number).await(20, TimeUnit.SECONDS);
		}).handleBlocking("call", (socket, event) -> "value");
		for (int i = 0; i < threads; i++) {
			releases.add(new CountDownLatch(1));
			TestSession session = this.server.open();
			session.connect();
			session.receive("21[\"block\"," + i + "]");
		}
		assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
		TestSession other = this.server.open();
		for (TestSession session : List.of(this.client, other)) {
			session.connect();
			session.receive("21[\"call\"]");
		}
		releases.get(0).countDown();
		this.client.awaitSent("31[\"value\"]");
		other.awaitSent("31[\"value\"]");
		releases.forEach(CountDownLatch::countDown);
	}

	@Test
	void eventsThatWaitHoldBackReadingAndGoWithTheSocket() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<String> left = new ArrayList<>();
		this.io.handleSerial("serial", (socket, event) -> gate.asMono())
			.on("x", (socket, event) -> this.seen.add("x"))
			.onDisconnect((socket, reason, detail) -> left.add("listener"))
			.handleDisconnect((socket, reason, detail) -> Mono.fromRunnable(() -> left.add("handler")));
		String id = this.client.connect();
		this.client.receive("2[\"serial\"]");
		for (int i = 0; i < 254; i++) {
			this.client.receive("2[\"x\"]");
		}
		assertThat(this.client.paused()).isZero();
		this.client.receive("2[\"x\"]");
		assertThat(this.client.paused()).isOne();
		this.io.sockets().sockets().get(id).disconnect();
		assertThat(this.client.paused()).isZero();
		assertThat(left).containsExactly("listener");
		gate.tryEmitEmpty();
		assertThat(left).containsExactly("listener", "handler");
		assertThat(this.seen).isEmpty();
	}

	@Test
	void eventsThatWaitCountAsMemory() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.io.handleSerial("x", (socket, event) -> gate.asMono());
		this.client.connect();
		String large = "2[\"x\",\"" + "a".repeat(100_000) + "\"]";
		this.client.receive("2[\"x\"]").receive(large).receive(large);
		assertThat(this.client.counted()).isGreaterThan(200_000);
		gate.tryEmitEmpty();
		assertThat(this.client.counted()).isZero();
	}

	@Test
	void eventsWaitForSerialHandlersOfTheConnection() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.io.handleConnectionSerial((socket) -> {
			this.seen.add("first");
			return gate.asMono();
		}).onConnection((socket) -> this.seen.add("second")).on("x", (socket, event) -> this.seen.add("event"));
		this.client.connect();
		this.client.receive("2[\"x\"]");
		assertThat(this.seen).containsExactly("first");
		gate.tryEmitEmpty();
		assertThat(this.seen).containsExactly("first", "second", "event");
	}

	@Test
	void errorOfASerialHandlerOfTheConnectionDisconnectsTheSocket() {
		this.io.handleConnectionBlocking((socket) -> {
			throw new IllegalStateException("test");
		}).on("x", (socket, event) -> this.seen.add("event")).handleDisconnectBlocking((socket, reason, detail) -> {
			assertThat(Thread.currentThread().getName()).startsWith("socketio-blocking");
			this.seen.add(reason.text());
		});
		this.client.connect();
		this.client.receive("2[\"x\"]");
		Await.until("the socket is disconnected", () -> !this.seen.isEmpty());
		assertThat(this.seen).containsExactly("server namespace disconnect");
		assertThat(this.client.sent()).contains("1");
	}

	@Test
	void middlewaresWaitToo() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.io.use((socket, event) -> {
			this.seen.add("middleware " + event.name());
			return Mono.defer(() -> Mono.just(event));
		}).handleSerial("x", (socket, event) -> {
			this.seen.add("x");
			return gate.asMono();
		}).on("y", (socket, event) -> this.seen.add("y"));
		this.client.connect();
		this.client.receive("2[\"x\"]").receive("2[\"y\"]").receive("2[\"y\"]");
		assertThat(this.seen).containsExactly("middleware x", "x");
		gate.tryEmitEmpty();
		assertThat(this.seen).containsExactly("middleware x", "x", "middleware y", "y", "middleware y", "y");
	}

	@Test
	void eventsThatWaitForAMiddlewareComeBeforeThoseThatWaitForAHandler() {
		List<Sinks.Empty<Void>> middlewares = new ArrayList<>();
		Sinks.Empty<Void> gate = Sinks.empty();
		this.io.use((socket, event) -> {
			Sinks.Empty<Void> passed = Sinks.empty();
			middlewares.add(passed);
			return passed.asMono().thenReturn(event);
		})
			.handleSerial("x", (socket, event) -> gate.asMono())
			.on("y", (socket, event) -> this.seen.add("y " + event.get(0)));
		this.client.connect();
		this.client.receive("2[\"x\"]").receive("2[\"y\",1]");
		middlewares.get(0).tryEmitEmpty();
		assertThat(middlewares).hasSize(1);
		this.client.receive("2[\"y\",2]");
		gate.tryEmitEmpty();
		middlewares.get(1).tryEmitEmpty();
		middlewares.get(2).tryEmitEmpty();
		assertThat(this.seen).containsExactly("y 1", "y 2");
	}

	@Test
	void blockingCodeMayBeCalledAnywhere() {
		this.io.use((socket) -> this.io.callBlocking(() -> {
			this.seen.add(Thread.currentThread().getName());
			return null;
		}));
		this.client.receive("0");
		this.client.awaitSomethingSent();
		assertThat(this.seen).singleElement().asString().startsWith("socketio-blocking");
	}

}
