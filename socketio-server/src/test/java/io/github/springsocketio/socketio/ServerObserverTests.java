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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What observers are told of.
 */
class ServerObserverTests {

	private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private int opened;

	private final TestServer server = new TestServer(
			(options) -> options.slowHandlerThreshold(Duration.ofSeconds(1)).handlers(this::configure));

	private final TestSession client = this.server.open();

	private void configure(HandlerOptions.Builder handlers) {
		handlers.observers(List.of(new Recorder("")));
	}

	@BeforeEach
	void connect() {
		this.client.connect();
		assertThat(this.seen).containsExactly("connecting / true", "connecting / success");
		this.seen.clear();
	}

	@Test
	void handlersAreObservedUntilWhatTheyReturnHasEnded() {
		Sinks.One<String> result = Sinks.one();
		on((io) -> io.handle("later", (socket, event) -> result.asMono())
			.handle("now", (socket, event) -> Mono.just(1))
			.on("listener", (socket, event) -> event.ack())
			.handle("many", (socket, event) -> Flux.just(1, 2)));
		this.client.receive("20[\"later\"]").receive("21[\"now\"]").receive("22[\"listener\"]").receive("23[\"many\"]");
		assertThat(this.seen).containsExactly("event later true", "event now true", "event now success",
				"event listener true", "event listener success", "event many true", "event many success");
		assertThat(this.client.sent()).containsExactly("31[1]", "32[]", "33[1]");
		result.tryEmitValue("x");
		assertThat(this.seen).last().isEqualTo("event later success");
		assertThat(this.client.sent()).containsExactly("30[\"x\"]");
	}

	@Test
	void errorsOfHandlersAreObserved() {
		on((io) -> io.onError((socket, error, event) -> {
		}).on("thrown", (socket, event) -> {
			throw new IllegalStateException("1");
		})
			.handle("returned", (socket, event) -> Mono.error(new IllegalStateException("2")))
			.handle("late", (socket, event) -> Mono.defer(() -> Mono.error(new IllegalStateException("3")))));
		this.client.receive("2[\"thrown\"]").receive("2[\"returned\"]").receive("2[\"late\"]");
		assertThat(this.seen).containsExactly("event thrown true", "event thrown error 1", "event returned true",
				"event returned error 2", "event late true", "event late error 3");
	}

	@Test
	void resultThatCannotBeSubscribedToIsObserved() {
		on((io) -> io.onError((socket, error, event) -> {
		}).handle("broken", (socket, event) -> (Publisher<Object>) (subscriber) -> {
			throw new IllegalStateException("4");
		}));
		this.client.receive("2[\"broken\"]");
		assertThat(this.seen).containsExactly("event broken true", "event broken error 4");
	}

	@Test
	void handlersOfASocketAloneAreNotKnown() {
		on((io) -> io.on("register", (socket, event) -> socket.on("own", (sender, own) -> {
		})));
		this.client.receive("2[\"register\"]").receive("2[\"own\"]");
		assertThat(this.seen).contains("event own false", "event own success");
	}

	@Test
	void eventsWithoutAHandlerAreObserved() {
		this.client.receive("2[\"hostile\"]");
		on((io) -> io.onAny((socket, event) -> {
		}));
		this.client.receive("2[\"hostile\"]");
		assertThat(this.seen).containsExactly("unhandled", "unhandled");
	}

	@Test
	void interceptedAndSerialHandlersAreObserved() {
		on((io) -> io.handleSerial("serial", (socket, event) -> Mono.defer(() -> Mono.just("s"))));
		this.client.receive("20[\"serial\"]");
		on((io) -> io.intercept((socket, event, chain) -> chain.proceed(event)));
		this.client.receive("21[\"serial\"]");
		assertThat(this.seen).containsExactly("event serial true", "event serial success", "event serial true",
				"event serial success");
		assertThat(this.client.sent()).containsExactly("30[\"s\"]", "31[\"s\"]");
	}

	@Test
	void threadLocalsAndTheContextAreSetForHandlers() {
		on((io) -> io.on("plain", (socket, event) -> event.ack(CURRENT.get()))
			.handle("deferred", (socket, event) -> Mono.deferContextual(
					(context) -> Mono.just(CURRENT.get() + " " + context.getOrDefault("observed", "no")))));
		this.client.receive("20[\"plain\"]").receive("21[\"deferred\"]");
		assertThat(this.client.sent()).containsExactly("30[\"event plain\"]", "31[\"event deferred event deferred\"]");
		assertThat(CURRENT.get()).isNull();
		assertThat(this.opened).as("what a handler returns is subscribed to in its scope").isEqualTo(2);
	}

	@Test
	void threadLocalsAndTheContextAreSetForInterceptedHandlers() {
		on((io) -> io.intercept((socket, event, chain) -> Mono.defer(() -> chain.proceed(event)))
			.handle("deferred", (socket, event) -> Mono.deferContextual(
					(context) -> Mono.just(CURRENT.get() + " " + context.getOrDefault("observed", "no")))));
		this.client.receive("21[\"deferred\"]");
		assertThat(this.client.sent()).containsExactly("31[\"event deferred event deferred\"]");
		assertThat(CURRENT.get()).isNull();
	}

	@Test
	void handlersThatHoldTheirThreadAreObserved() {
		on((io) -> io.on("slow", (socket, event) -> this.server.advance(Duration.ofSeconds(2))));
		this.client.receive("2[\"slow\"]");
		assertThat(this.seen).containsExactly("event slow true", "held", "event slow success");
	}

	@Test
	void acknowledgementsAreObserved() {
		Socket socket = socket();
		socket.emitWithAck("a").subscribe();
		socket.timeout(Duration.ofSeconds(1)).emitWithAck("b").subscribe((args) -> {
		}, (error) -> {
		});
		Disposable canceled = socket.emitWithAck("c").subscribe();
		socket.emitWithAck("d").subscribe((args) -> {
		}, (error) -> {
		});
		this.client.receive("30[]");
		this.server.advance(Duration.ofSeconds(2));
		io.github.springsocketio.testsupport.Await.until("the time limit", () -> this.seen.contains("ack b timeout"));
		canceled.dispose();
		this.client.lose();
		assertThat(this.seen).containsSubsequence("ack a", "ack b", "ack c", "ack d", "ack a success", "ack c canceled",
				"ack d disconnected");
	}

	@Test
	void broadcastsAndTheirAcknowledgementsAreObserved() {
		this.server.io.emit("a");
		this.server.io.publish("b").subscribe();
		this.server.io.to("nobody").emitWithAck("c").subscribe();
		assertThat(this.seen).containsExactly("broadcast a", "broadcast a success", "broadcast b",
				"broadcast b success", "ack c", "ack c success");
	}

	@Test
	void otherOperationsOfTheAdapterAreObserved() {
		this.server.io.socketsJoin("room");
		this.server.io.fetchSockets().subscribe();
		this.server.io.sockets().serverSideEmit("x");
		this.server.io.disconnectSockets(false);
		assertThat(this.seen).containsSubsequence("adapter socketsJoin", "adapter socketsJoin success",
				"adapter fetchSockets", "adapter fetchSockets success", "adapter serverSideEmit",
				"adapter serverSideEmit success", "adapter disconnectSockets", "adapter disconnectSockets success");
	}

	@Test
	void refusalsAreObserved() {
		this.server.io.of("/refusing").use((socket) -> Mono.error(new ConnectErrorException("no")));
		this.server.io.of("/failing").use((socket) -> Mono.error(new IllegalStateException("oops")));
		this.server.io.of("/waiting").use((socket) -> Mono.never());
		this.client.receive("0/refusing,").receive("0/failing,").receive("0/unknown,").receive("0/waiting,");
		this.client.lose();
		assertThat(this.seen).containsExactly("connecting /refusing true", "connecting /refusing refused no",
				"connecting /failing true", "connecting /failing error oops", "connecting /unknown false",
				"connecting /unknown refused", "connecting /waiting true", "connecting /waiting canceled");
	}

	@Test
	void contextIsSetForMiddlewares() {
		List<Object> contexts = new CopyOnWriteArrayList<>();
		this.server.io.of("/chat").use((socket) -> Mono.deferContextual((context) -> {
			contexts.add(context.get("observed"));
			return Mono.empty();
		}));
		this.client.receive("0/chat,");
		assertThat(contexts).containsExactly("connecting /chat");
	}

	@Test
	void severalObserversAreOne() {
		TestServer several = TestServer
			.withHandlers((handlers) -> handlers.observers(List.of(new Recorder("1 "), new ServerObserver() {
			}, new Recorder("2 "))));
		several.io.sockets()
			.handle("x", (socket, event) -> Mono.deferContextual(
					(context) -> Mono.just(CURRENT.get() + ", " + context.getOrDefault("observed", "no"))));
		TestSession session = several.open();
		session.connect();
		session.receive("20[\"x\"]").receive("2[\"unknown\"]");
		assertThat(this.seen).containsExactly("1 connecting / true", "2 connecting / true", "1 connecting / success",
				"2 connecting / success", "1 event x true", "2 event x true", "1 event x success", "2 event x success",
				"1 unhandled", "2 unhandled");
		assertThat(session.sent()).containsExactly("30[\"2 event x, 2 event x\"]");
		assertThat(CURRENT.get()).isNull();
	}

	private void on(Consumer<Namespace> registration) {
		registration.accept(this.server.io.sockets());
	}

	private Socket socket() {
		return this.server.io.sockets().sockets().values().iterator().next();
	}

	/**
	 * Notes everything, with the outcome at the end.
	 */
	private final class Recorder implements ServerObserver {

		private final String name;

		Recorder(String name) {
			this.name = name;
		}

		@Override
		public Operation connecting(Handshake handshake, String namespace, boolean known) {
			return begin("connecting " + namespace, " " + known);
		}

		@Override
		public Operation event(Socket socket, Event event, boolean known, ContextView context) {
			return begin("event " + event.name(), " " + known);
		}

		@Override
		public void unhandled(Socket socket) {
			ServerObserverTests.this.seen.add(this.name + "unhandled");
		}

		@Override
		public void threadHeld(Socket socket) {
			ServerObserverTests.this.seen.add(this.name + "held");
		}

		@Override
		public Operation ack(Namespace namespace, String event, ContextView context) {
			return begin("ack " + event, "");
		}

		@Override
		public Operation broadcast(Namespace namespace, String event, BroadcastOptions options, ContextView context) {
			return begin("broadcast " + event, "");
		}

		@Override
		public Operation adapter(Namespace namespace, String operation) {
			return begin("adapter " + operation, "");
		}

		private Operation begin(String what, String detail) {
			ServerObserverTests.this.seen.add(this.name + what + detail);
			return new Noted(this.name + what);
		}

	}

	private final class Noted implements ServerObserver.Operation {

		private final String what;

		Noted(String what) {
			this.what = what;
		}

		@Override
		public ThreadContext.Scope open() {
			ServerObserverTests.this.opened++;
			String previous = CURRENT.get();
			CURRENT.set(this.what);
			return () -> {
				if (previous != null) {
					CURRENT.set(previous);
				}
				else {
					CURRENT.remove();
				}
			};
		}

		@Override
		public Context context(Context context) {
			return context.put("observed", this.what);
		}

		@Override
		public void end(ServerObserver.Outcome outcome, @Nullable Throwable error) {
			String message = (error != null && outcome.ordinal() <= ServerObserver.Outcome.REFUSED.ordinal())
					? " " + error.getMessage() : "";
			ServerObserverTests.this.seen.add(this.what + " " + outcome.text() + message);
		}

	}

}
