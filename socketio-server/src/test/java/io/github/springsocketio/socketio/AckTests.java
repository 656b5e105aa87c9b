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

import io.github.springsocketio.socketio.packet.ArgumentConversionException;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Acknowledgements of one socket, both ways (section 6).
 */
class AckTests {

	private static final Duration LIMIT = Await.LIMIT;

	private final TestServer server = TestServer.withHandlers((handlers) -> handlers.errorAcks(false));

	private final Namespace main = this.server.io.sockets();

	private final TestSession client = this.server.open();

	private Socket socket;

	@BeforeEach
	void connect() {
		this.socket = this.main.sockets().get(this.client.connect());
	}

	@Test
	@Tag("SIO-50")
	void onlyTheFirstAcknowledgementCounts() {
		this.main.on("ask", (self, event) -> {
			event.ack("first", 1);
			event.ack("second");
			event.withName("other").ack("third");
		});
		this.client.receive("27[\"ask\"]").receive("2[\"ask\"]");
		assertThat(this.client.sent()).containsExactly("37[\"first\",1]");
	}

	@Test
	@Tag("SIO-50")
	void acknowledgementMayBeEmptyOrBinary() {
		this.main.on("empty", (self, event) -> event.ack()).on("binary", (self, event) -> event.ack(new byte[] { 1 }));
		this.server.io.of("/admin").on("empty", (self, event) -> event.ack());
		this.client.connect("0/admin,");
		this.client.receive("21[\"empty\"]").receive("22[\"binary\"]").receive("2/admin,3[\"empty\"]");
		assertThat(this.client.sent()).containsExactly("31[]", "61-2[{\"_placeholder\":true,\"num\":0}]", "bAQ==",
				"3/admin,3[]");
	}

	@Test
	@Tag("SIO-50")
	void acknowledgementIsAllowedLaterAndDroppedAfterTheDisconnection() {
		List<Event> kept = new ArrayList<>();
		this.main.on("ask", (self, event) -> kept.add(event));
		this.client.receive("21[\"ask\"]").receive("22[\"ask\"]");
		kept.get(1).ack("late");
		assertThat(this.client.sent()).containsExactly("32[\"late\"]");
		this.socket.disconnect();
		this.client.sent();
		kept.get(0).ack("too late");
		assertThat(this.client.sent()).isEmpty();
	}

	@Test
	@Tag("SIO-50")
	void acknowledgementThatCannotBeWrittenMayBeTriedAgain() {
		this.main.on("ask", (self, event) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> event.ack(new Unwritable()));
			event.ack("ok");
		});
		this.client.receive("21[\"ask\"]");
		assertThat(this.client.sent()).containsExactly("31[\"ok\"]");
	}

	@Test
	@Tag("SIO-50")
	void valueOfAHandlerIsTheAcknowledgement() {
		Sinks.One<String> later = Sinks.one();
		this.main.handle("just", (self, event) -> Mono.just(List.of(1, 2)))
			.handle("empty", (self, event) -> Mono.empty())
			.handle("later", (self, event) -> later.asMono())
			.handle("later-empty", (self, event) -> Mono.fromRunnable(() -> {
			}))
			.handle("many", (self, event) -> Flux.just("a", "b"))
			.handle("error", (self, event) -> Mono.error(new IllegalStateException("test")))
			.handle("null", (self, event) -> null)
			.handle("arguments", (self, event) -> Mono.just(event))
			.handle("own", (self, event) -> {
				event.ack("own");
				return Mono.just("ignored");
			});
		int id = 0;
		for (String name : List.of("just", "empty", "later", "later-empty", "many", "error", "null", "own")) {
			this.client.receive("2" + id++ + "[\"" + name + "\"]");
		}
		this.client.receive("2" + id + "[\"arguments\",1,2]").receive("2[\"just\"]");
		later.tryEmitValue("x");
		assertThat(this.client.sent()).containsExactly("30[[1,2]]", "31[]", "33[]", "34[\"a\"]", "37[\"own\"]",
				"38[1,2]", "32[\"x\"]");
	}

	@Test
	@Tag("SIO-51")
	void idsAreCountedForTheNamespace() {
		TestSession other = this.server.open();
		Socket second = this.main.sockets().get(other.connect());
		this.socket.emitWithAck("q", 1).subscribe();
		second.emitWithAck("q", 1).subscribe();
		this.server.io.emitWithAck("q", 1).subscribe();
		this.socket.timeout(LIMIT).emitWithAck("q", 1).subscribe();
		assertThat(this.client.sent()).containsExactly("20[\"q\",1]", "22[\"q\",1]", "23[\"q\",1]");
		assertThat(other.sent()).containsExactly("21[\"q\",1]", "22[\"q\",1]");
		this.server.io.of("/admin");
		this.client.connect("0/admin,");
		this.server.io.of("/admin").sockets().values().iterator().next().emitWithAck("q").subscribe();
		assertThat(this.client.sent()).containsExactly("2/admin,0[\"q\"]");
	}

	@Test
	@Tag("SIO-52")
	@Tag("SIO-54")
	void emitWithAckCompletesWithTheArguments() {
		StepVerifier.create(this.socket.emitWithAck("q", 1).map(Arguments::toList))
			.then(() -> this.client.receive("30[\"a\",{\"b\":2}]"))
			.assertNext((answer) -> assertThat(answer).hasToString("[a, {b=2}]"))
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	void firstArgumentOfAnAcknowledgementIsConverted() {
		ParameterizedTypeReference<List<Integer>> list = new ParameterizedTypeReference<>() {
		};
		StepVerifier.create(this.socket.emitWithAck(Integer.class, "q", 1))
			.then(() -> this.client.receive("30[7,\"ignored\"]"))
			.expectNext(7)
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(this.socket.compress(false).emitWithAck(list, "q", "a", "b"))
			.then(() -> this.client.receive("31[[1,2]]"))
			.expectNext(List.of(1, 2))
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.client.sent()).containsExactly("20[\"q\",1]", "21[\"q\",\"a\",\"b\"]");
	}

	@Test
	void missingArgumentOfAnAcknowledgementIsNoValue() {
		for (String packet : List.of("30[]", "31[null]")) {
			StepVerifier.create(this.socket.emitWithAck(Integer.class, "q"))
				.then(() -> this.client.receive(packet))
				.expectComplete()
				.verify(LIMIT);
		}
		StepVerifier.create(this.socket.emitWithAck(Integer.class, "q"))
			.then(() -> this.client.receive("32[\"text\"]"))
			.expectError(ArgumentConversionException.class)
			.verify(LIMIT);
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	@Tag("SIO-54")
	void acknowledgementIsAwaitedForeverWithoutATimeLimit() {
		TestServer patient = new TestServer((options) -> options.ackTimeout(Duration.ZERO));
		TestSession peer = patient.open();
		Socket target = patient.io.sockets().sockets().get(peer.connect());
		StepVerifier.create(target.emitWithAck(Integer.class, "q").zipWith(patient.io.emitWithAck("all")))
			.then(() -> assertThat(patient.engine.liveTimers()).isZero())
			.then(() -> patient.advance(Duration.ofDays(365)))
			.then(() -> peer.receive("30[1]").receive("31[2]"))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(target.timeout(Duration.ofSeconds(1)).emitWithAck("q"))
			.then(() -> patient.advance(Duration.ofSeconds(1)))
			.expectError(AckTimeoutException.class)
			.verify(LIMIT);
	}

	@Test
	@Tag("SIO-53")
	void emitWithAckFailsAfterTheTimeLimit() {
		StepVerifier.create(this.socket.timeout(Duration.ofMillis(100)).emitWithAck("q"))
			.then(() -> this.server.advance(Duration.ofMillis(99)))
			.then(() -> assertThat(((DefaultSocket) this.socket).pendingAcks()).isOne())
			.then(() -> this.server.advance(Duration.ofMillis(1)))
			.expectErrorSatisfies((error) -> {
				assertThat(error).isInstanceOf(AckTimeoutException.class)
					.hasMessage("operation has timed out: no acknowledgement from " + this.socket.id());
				assertThat(((AckTimeoutException) error).missing()).containsExactly(this.socket.id());
				assertThat(((AckTimeoutException) error).responses()).isEmpty();
			})
			.verify(LIMIT);
	}

	@Test
	@Tag("SIO-53")
	void emitWithAckFailsAsSoonAsTheClientHasLeft() {
		StepVerifier.create(this.socket.timeout(Duration.ofMillis(100)).emitWithAck("q"))
			.then(this.client::lose)
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(SocketDisconnectedException.class)
				.hasMessage("socket has been disconnected"))
			.verify(LIMIT);
		assertThat(((DefaultSocket) this.socket).pendingAcks()).isZero();
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	@Tag("SIO-53")
	@Tag("SEC-47")
	void lateAcknowledgementIsIgnored() {
		StepVerifier.create(this.socket.timeout(Duration.ofMillis(100)).emitWithAck("q"))
			.then(() -> this.server.advance(Duration.ofMillis(100)))
			.expectError(AckTimeoutException.class)
			.verify(LIMIT);
		this.client.receive("30[1]");
		assertThat(this.client.isClosed()).isFalse();
	}

	@Test
	@Tag("SIO-54")
	@Tag("SEC-48")
	void thereIsATimeLimitByDefault() {
		TestServer other = new TestServer((options) -> options.ackTimeout(Duration.ofSeconds(3)));
		Socket target = other.io.sockets().sockets().get(other.open().connect());
		StepVerifier.create(target.emitWithAck("q"))
			.then(() -> other.advance(Duration.ofSeconds(3)))
			.expectError(AckTimeoutException.class)
			.verify(LIMIT);
	}

	@Test
	@Tag("SIO-57")
	void emitWithAckAfterTheDisconnectionFails() {
		this.socket.disconnect();
		this.client.sent();
		StepVerifier.create(this.socket.emitWithAck("q")).expectError(SocketDisconnectedException.class).verify(LIMIT);
		assertThat(this.client.sent()).isEmpty();
	}

	@Test
	void emitWithAckIsColdAndCanBeCancelled() {
		Mono<Arguments> cold = this.socket.emitWithAck("q");
		assertThat(this.client.sent()).isEmpty();
		Disposable subscription = cold.subscribe();
		assertThat(this.client.sent()).containsExactly("20[\"q\"]");
		subscription.dispose();
		assertThat(this.server.engine.liveTimers()).isZero();
		cold.subscribe();
		assertThat(this.client.sent()).containsExactly("21[\"q\"]");
	}

	@Test
	@Tag("SEC-48")
	void expectedAcknowledgementsAreBounded() {
		TestServer limited = new TestServer((options) -> options.maxPendingAcks(2));
		TestSession peer = limited.open();
		Socket target = limited.io.sockets().sockets().get(peer.connect());
		target.emitWithAck("q").subscribe();
		target.emitWithAck("q").subscribe();
		StepVerifier.create(target.emitWithAck("q")).expectError(IllegalStateException.class).verify(LIMIT);
		assertThat(peer.sent()).hasSize(2);
		peer.receive("30[]");
		target.emitWithAck("q").subscribe();
		assertThat(peer.sent()).hasSize(1);
		StepVerifier.create(limited.io.emitWithAck("q"))
			.then(() -> limited.advance(LIMIT))
			.expectError(AckTimeoutException.class)
			.verify(LIMIT);
	}

	@Test
	@Tag("SEC-48")
	void nothingIsExpectedOfASocketThatIsGone() {
		List<String> ends = new ArrayList<>();
		this.socket.emitWithAck("q")
			.subscribe((answer) -> ends.add("answer"), (error) -> ends.add(error.getClass().getSimpleName()));
		this.socket.disconnect();
		assertThat(((DefaultSocket) this.socket).pendingAcks()).isZero();
		assertThat(ends).containsExactly("SocketDisconnectedException");
	}

	@Test
	void failureOfWhoAwaitsAnAcknowledgementStaysThere() {
		this.socket.emitWithAck("q").subscribe(new reactor.core.publisher.BaseSubscriber<>() {

			@Override
			protected void hookOnNext(Arguments value) {
				throw new IllegalStateException("test");
			}

		});
		this.main.on("ok", (self, event) -> event.ack());
		this.client.sent();
		this.client.receive("30[]").receive("21[\"ok\"]");
		assertThat(this.client.sent()).containsExactly("31[]");
	}

	record Unwritable(int value) {

		Unwritable() {
			this(0);
		}

		@Override
		public int value() {
			throw new IllegalStateException("test");
		}

	}

}
