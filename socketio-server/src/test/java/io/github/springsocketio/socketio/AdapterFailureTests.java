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
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.LogCapture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * An adapter whose operations fail.
 */
class AdapterFailureTests {

	private static final Duration LIMIT = Await.LIMIT;

	@RegisterExtension
	final LogCapture log = new LogCapture();

	private final TestServer server = new TestServer((options) -> options.adapterFactory(Failing::new));

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private Socket socket;

	/** What operations of adapters return. */
	private Supplier<Mono<Void>> result = Mono::empty;

	@BeforeEach
	void connect() {
		this.socket = this.io.sockets().sockets().get(this.client.connect());
	}

	private void fail(boolean atOnce) {
		IllegalStateException error = new IllegalStateException("down");
		this.result = () -> {
			if (atOnce) {
				throw error;
			}
			return Mono.error(error);
		};
	}

	@Test
	void publishFailsWithTheErrorOfTheAdapter() {
		Mono<Void> publish = this.io.to("r").publish("x");
		StepVerifier.create(publish).expectComplete().verify(LIMIT);
		fail(false);
		StepVerifier.create(publish).expectErrorMessage("down").verify(LIMIT);
		StepVerifier.create(this.socket.broadcast().publish("x")).expectErrorMessage("down").verify(LIMIT);
		fail(true);
		StepVerifier.create(publish).expectErrorMessage("down").verify(LIMIT);
		assertThat(this.log.lines(Level.WARN)).isEmpty();
	}

	@Test
	void publishCompletesWhenTheAdapterHasAcceptedTheEvent() {
		Sinks.Empty<Void> accepted = Sinks.empty();
		this.result = accepted::asMono;
		StepVerifier.create(this.io.publish("x"))
			.expectSubscription()
			.then(() -> assertThat(accepted.currentSubscriberCount()).isOne())
			.then(accepted::tryEmitEmpty)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void publishOfAFamilyReachesAllNamespacesAlsoIfOneFails() {
		DynamicNamespace family = this.io.of(Pattern.compile("/dyn-\\d"));
		this.client.connect("0/dyn-1,");
		this.client.connect("0/dyn-2,");
		fail(false);
		StepVerifier.create(family.publish("x"))
			.expectErrorSatisfies((error) -> assertThat(Exceptions.unwrapMultiple(error)).hasSize(2)
				.allMatch((each) -> "down".equals(each.getMessage())))
			.verify(LIMIT);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void emitLogsTheFailureOnceAndDoesNotThrow(boolean atOnce) {
		fail(atOnce);
		for (int i = 0; i < 10; i++) {
			this.io.emit("x", "payload");
			this.socket.broadcast().emit("x", "payload");
		}
		assertThat(this.log.lines(Level.WARN))
			.containsExactly("ERROR Adapter operation broadcast failed for namespace / *");
		this.log.clear();
		this.server.advance(Duration.ofMinutes(1));
		this.io.emit("x", "payload");
		assertThat(this.log.lines(Level.WARN)).containsExactly(
				"ERROR Adapter operation broadcast failed for namespace / (and 19 more times in the last minutes) *");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void operationsOnSocketsLogTheFailureAndDoNotThrow(boolean atOnce) {
		fail(atOnce);
		List<String> failed = new ArrayList<>();
		this.io.onAdapterFailure((namespace, operation, error) -> failed
			.add(operation + " " + namespace.name() + " " + error.getMessage()));
		List<Runnable> operations = List.of(() -> this.io.socketsJoin("r"), () -> this.io.socketsLeave(List.of("r")),
				() -> this.io.disconnectSockets(), () -> this.io.sockets().serverSideEmit("x", 1));
		for (Runnable operation : operations) {
			this.log.clear();
			this.server.advance(Duration.ofMinutes(1));
			operation.run();
			assertThat(this.log.events(Level.WARN)).singleElement()
				.satisfies((event) -> assertThat(event.getFormattedMessage())
					.matches("Adapter operation \\w+ failed for namespace /.*"));
		}
		assertThat(failed).containsExactly("socketsJoin / down", "socketsLeave / down", "disconnectSockets / down",
				"serverSideEmit / down");
	}

	@Test
	void listenerThatFailsDoesNotKeepOthersFromBeingCalled() {
		fail(false);
		List<String> failed = new ArrayList<>();
		this.io.onAdapterFailure((namespace, operation, error) -> {
			throw new IllegalStateException("listener");
		});
		this.io.onAdapterFailure((namespace, operation, error) -> failed.add(operation));
		this.io.emit("x");
		assertThat(failed).containsExactly("broadcast");
		assertThat(this.log.lines(Level.WARN)).hasSize(2).last().asString().startsWith("ERROR Listener ");
	}

	@Test
	void broadcastWithAckFailsWithTheErrorOfTheAdapter() {
		fail(false);
		StepVerifier.create(this.io.emitWithAck("q")).expectErrorMessage("down").verify(LIMIT);
		fail(true);
		StepVerifier.create(this.io.emitWithAck("q")).expectErrorMessage("down").verify(LIMIT);
		assertThat(this.server.engine.liveTimers()).isZero();
		assertThat(this.log.lines(Level.WARN)).isEmpty();
	}

	@Test
	void argumentThatCannotBeWrittenIsAnErrorOfTheCaller() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.io.emit("x", new AckTests.Unwritable()));
		StepVerifier.create(this.io.publish("x", new AckTests.Unwritable()))
			.expectError(IllegalArgumentException.class)
			.verify(LIMIT);
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.log.lines(Level.WARN)).isEmpty();
	}

	private final class Failing extends TestAdapter {

		private Failing(AdapterNamespace namespace) {
			super(namespace);
		}

		@Override
		public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
			return super.broadcast(packet, options).then(AdapterFailureTests.this.result.get());
		}

		@Override
		public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
				BroadcastAckListener listener) {
			return AdapterFailureTests.this.result.get();
		}

		@Override
		public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
			return AdapterFailureTests.this.result.get();
		}

		@Override
		public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
			return AdapterFailureTests.this.result.get();
		}

		@Override
		public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
			return AdapterFailureTests.this.result.get();
		}

		@Override
		public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
			return AdapterFailureTests.this.result.get();
		}

	}

}
