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

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Broadcasts with acknowledgements (section 9).
 */
class BroadcastAckTests {

	private static final Duration LIMIT = Await.LIMIT;

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final List<TestSession> clients = new ArrayList<>();

	private final List<Socket> sockets = new ArrayList<>();

	@BeforeEach
	void connect() {
		for (int i = 0; i < 3; i++) {
			TestSession client = this.server.open();
			this.clients.add(client);
			this.sockets.add(this.io.sockets().sockets().get(client.connect()));
		}
	}

	private static List<Object> first(List<Arguments> answers) {
		return answers.stream().map((answer) -> answer.get(0)).toList();
	}

	private int expected() {
		return this.sockets.stream().mapToInt((socket) -> ((DefaultSocket) socket).pendingAcks()).sum();
	}

	@Test
	@Tag("SIO-75")
	@Tag("SIO-76")
	@Tag("CL-05")
	void answersComeInTheOrderOfTheirArrival() {
		StepVerifier.create(this.io.timeout(LIMIT).emitWithAck("q", 1).map(BroadcastAckTests::first)).then(() -> {
			this.clients.forEach((client) -> assertThat(client.sent()).containsExactly("20[\"q\",1]"));
			this.clients.get(2).receive("30[\"c\",\"ignored\"]");
			this.clients.get(0).receive("30[\"a\"]").receive("30[\"again\"]");
			this.clients.get(1).receive("30[\"b\"]");
		}).expectNext(List.of("c", "a", "b")).expectComplete().verify(LIMIT);
		assertThat(expected()).isZero();
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	@Tag("SIO-76")
	void nobodyAnswersAtOnce() {
		StepVerifier.create(this.io.to("unknown").emitWithAck("q"))
			.expectNext(List.of())
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	@Tag("SIO-77")
	@Tag("SIO-78")
	void timeLimitGivesTheAnswersThatCame() {
		StepVerifier.create(this.io.timeout(Duration.ofMillis(50)).emitWithAck("q")).then(() -> {
			this.clients.get(0).receive("30[\"a\"]");
			this.clients.get(1).lose();
			this.server.advance(Duration.ofMillis(50));
		}).expectErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(AckTimeoutException.class)
				.hasMessage("operation has timed out: no acknowledgement from " + this.sockets.get(2).id());
			assertThat(((AckTimeoutException) error).missing()).containsExactly(this.sockets.get(2).id());
			assertThat(first(((AckTimeoutException) error).responses())).containsExactly("a");
		}).verify(LIMIT);
		// On the thread of the time limit, once the error has been told
		Await.until("no acknowledgement is expected", () -> expected() == 0);
	}

	@Test
	@Tag("SIO-79")
	void timeLimitOfTheServerHoldsByDefault() {
		StepVerifier.create(this.io.emitWithAck("q"))
			.then(() -> this.server.advance(Duration.ofMillis(9_999)))
			.then(() -> assertThat(expected()).isEqualTo(3))
			.then(() -> this.server.advance(Duration.ofMillis(1)))
			.expectError(AckTimeoutException.class)
			.verify(LIMIT);
	}

	@Test
	void cancellationForgetsWhatIsExpected() {
		Disposable subscription = this.io.emitWithAck("q").subscribe();
		assertThat(expected()).isEqualTo(3);
		subscription.dispose();
		assertThat(expected()).isZero();
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	void operatorsOfASocketMayAsk() {
		StepVerifier.create(this.sockets.get(0).broadcast().except(this.sockets.get(1).id()).emitWithAck("q"))
			.then(() -> this.clients.get(2).receive("30[]"))
			.expectNextMatches((answers) -> answers.size() == 1 && answers.get(0).size() == 0)
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.clients.get(0).sent()).isEmpty();
	}

	@Test
	void argumentThatCannotBeWrittenIsAnError() {
		StepVerifier.create(this.io.emitWithAck("q", new AckTests.Unwritable()))
			.expectError(IllegalArgumentException.class)
			.verify(LIMIT);
		assertThat(this.server.engine.liveTimers()).isZero();
	}

}
