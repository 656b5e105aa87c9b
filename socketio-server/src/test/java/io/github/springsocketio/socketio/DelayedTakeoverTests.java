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

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens during a takeover, between its steps.
 */
class DelayedTakeoverTests {

	private static final Duration PAUSE = Duration.ofMillis(500);

	@Test
	void clientWhoseSocketEndsAsItMovesIsInNoNamespace() {
		DelayedTakeover delayed = new DelayedTakeover();
		TestSession next = delayed.peer.comeBack(delayed.server.open(), null);
		delayed.move();
		delayed.peer.socket().disconnect();
		delayed.finish();
		delayed.server.advance(Duration.ofSeconds(10));
		assertThat(delayed.server.io.connectionHandler().closeIdleSession()).isTrue();
		assertThat(next.isClosed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatTheFormerConnectionHasLostIsMissedThoughTheNewOneIsAlive(boolean lostBefore) {
		DelayedTakeover delayed = new DelayedTakeover();
		String offset = delayed.peer.lastOffset(delayed.session);
		delayed.peer.socket().emit("lost");
		TestSession next = delayed.server.open();
		next.pong();
		delayed.peer.comeBack(next, offset);
		if (lostBefore) {
			next.lose();
			delayed.move();
		}
		else {
			delayed.move();
			next.lose();
		}
		delayed.finish();
		delayed.server.advance(PAUSE);
		TestSession third = delayed.peer.comeBack(delayed.server.open(), offset);
		assertThat(third.sent()).hasSize(2)
			.satisfies((sent) -> assertThat(sent.get(0)).startsWith("2[\"lost\""))
			.last()
			.isEqualTo(delayed.peer.answer());
	}

	@Test
	void eventThatFollowsTheResponseAtOnceIsHandledAfterTheConnection() {
		DelayedTakeover delayed = new DelayedTakeover();
		List<String> calls = new ArrayList<>();
		delayed.server.io.onConnection((socket) -> calls.add("connection")).on("x", (socket, event) -> calls.add("x"));
		TestSession eager = delayed.server.open();
		eager.whenSent(() -> eager.receive("2[\"x\"]"));
		delayed.move();
		eager.receive("0");
		delayed.finish();
		assertThat(eager.isClosed()).isFalse();
		assertThat(calls).containsExactly("connection", "x");
	}

	/**
	 * A server on which a takeover stops where the socket moves, and before the response.
	 */
	private static final class DelayedTakeover {

		private final Sinks.Empty<Void> found = Sinks.empty();

		private final List<Runnable> delayed = new ArrayList<>();

		private boolean delays;

		private final TestServer server = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults())
					.adapterFactory(Delaying::new));

		private final TestSession session = this.server.open();

		private final RecoveringPeer peer = RecoveringPeer.join(this.server.io, this.session, "/");

		private void move() {
			this.delays = true;
			this.found.tryEmitEmpty();
		}

		private void finish() {
			this.delays = false;
			this.delayed.forEach(Runnable::run);
		}

		private final class Delaying extends TestAdapter {

			private Delaying(AdapterNamespace namespace) {
				super(namespace);
			}

			@Override
			public Mono<List<MissedPacket>> missedPackets(PersistedSession session, @Nullable String offset) {
				return DelayedTakeover.this.found.asMono().then(super.missedPackets(session, offset));
			}

			@Override
			public void inOrder(Runnable task) {
				if (DelayedTakeover.this.delays) {
					DelayedTakeover.this.delayed.add(task);
				}
				else {
					super.inOrder(task);
				}
			}

		}

	}

}
