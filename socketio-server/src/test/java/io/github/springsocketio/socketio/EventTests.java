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
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.testsupport.Await;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Events of one socket, and those who see them on their way (section 6).
 */
class EventTests {

	private final TestServer server = TestServer.withHandlers((handlers) -> handlers.errorAcks(false));

	private final Namespace main = this.server.io.sockets();

	private final TestSession client = this.server.open();

	private final List<String> seen = new ArrayList<>();

	private Socket socket;

	@BeforeEach
	void connect() {
		this.socket = this.main.sockets().get(this.client.connect());
	}

	@Test
	void eventsAreReceivedAndEmitted() {
		this.main.on("echo", (self, event) -> self.emit("echo", event));
		this.client.receive("2[\"echo\",1,{\"a\":null}]");
		assertThat(this.client.sent()).containsExactly("2[\"echo\",1,{\"a\":null}]");
	}

	@Test
	void binaryIsReceivedAndEmitted() {
		this.main.on("echo", (self, event) -> self.emit("echo", event.get(0, byte[].class), "x"));
		this.client.receive("51-[\"echo\",{\"_placeholder\":true,\"num\":0}]").receive(new byte[] { 1, 2, 3 });
		assertThat(this.client.sent()).containsExactly("51-[\"echo\",{\"_placeholder\":true,\"num\":0},\"x\"]",
				"bAQID");
	}

	@Test
	void namespacesAreApart() {
		this.main.on("x", (self, event) -> this.seen.add(self.nsp()));
		this.server.io.of("/admin").on("x", (self, event) -> this.seen.add(self.nsp()));
		this.client.connect("0/admin,");
		this.client.receive("2/admin,[\"x\"]").receive("2[\"x\"]");
		assertThat(this.seen).containsExactly("/admin", "/");
		this.server.io.of("/admin").emit("y");
		assertThat(this.client.sent()).containsExactly("2/admin,[\"y\"]");
	}

	@Test
	@Tag("SIO-48")
	void catchAllListenersThenMiddlewaresThenListeners() {
		this.main.onAny((self, event) -> this.seen.add("any")).use((self, event) -> Mono.fromSupplier(() -> {
			this.seen.add("middleware");
			return event;
		})).on("x", (self, event) -> this.seen.add("listener"));
		this.socket.onAny((self, event) -> this.seen.add("own any")).use((self, event) -> Mono.fromSupplier(() -> {
			this.seen.add("own middleware");
			return event;
		})).on("x", (self, event) -> this.seen.add("own listener"));
		this.client.receive("2[\"x\"]");
		assertThat(this.seen).containsExactly("any", "own any", "middleware", "own middleware", "listener",
				"own listener");
	}

	@Test
	@Tag("SIO-48")
	void catchAllListenerMayAcknowledge() {
		this.main.onAny((self, event) -> event.ack("any")).on("x", (self, event) -> event.ack("listener"));
		this.client.receive("25[\"x\"]");
		assertThat(this.client.sent()).containsExactly("35[\"any\"]");
	}

	@Test
	@Tag("SIO-49")
	void refusedEventGoesToErrorListenersOnly() {
		this.main
			.use((self, event) -> "blocked".equals(event.name())
					? Mono.error(new IllegalStateException("blocked by middleware")) : Mono.just(event))
			.onAny((self, event) -> this.seen.add("any " + event.name()))
			.on("blocked", (self, event) -> this.seen.add("listener"))
			.onError((self, error, event) -> this.seen.add("error " + error.getMessage()));
		this.socket.onError((self, error, event) -> this.seen.add("own error " + error.getMessage()));
		this.client.receive("21[\"blocked\"]");
		assertThat(this.seen).containsExactly("any blocked", "error blocked by middleware",
				"own error blocked by middleware");
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.client.isClosed()).isFalse();
	}

	@Test
	@Tag("SIO-49")
	void middlewareMayChangeOrDropAnEvent() {
		this.main.use((self, event) -> switch (event.name()) {
			case "renamed" -> Mono.just(event.withName("echo"));
			case "changed" -> Mono.just(event.withName("echo").withArguments("new", 1));
			case "dropped" -> Mono.empty();
			default -> Mono.just(event);
		}).on("echo", (self, event) -> event.ack(event));
		this.client.receive("21[\"renamed\",\"a\"]").receive("22[\"changed\",\"a\"]").receive("23[\"dropped\"]");
		assertThat(this.client.sent()).containsExactly("31[\"a\"]", "32[\"new\",1]");
	}

	@Test
	@Tag("SIO-49")
	void middlewareThatFailsDoesNotStopLaterEvents() {
		this.socket.use((self, event) -> {
			if (event.size() == 0) {
				throw new IllegalStateException("test");
			}
			return (event.size() == 1) ? null : Mono.just(event);
		});
		this.main.on("x", (self, event) -> this.seen.add("x"));
		this.client.receive("2[\"x\"]").receive("2[\"x\",1]").receive("2[\"x\",1,2]");
		assertThat(this.seen).containsExactly("x");
	}

	@Test
	@Tag("SIO-49")
	void eventsPassAsynchronousMiddlewaresInOrder() {
		List<Sinks.One<Event>> gates = new ArrayList<>();
		List<Event> events = new ArrayList<>();
		this.main.use((self, event) -> {
			Sinks.One<Event> gate = Sinks.one();
			gates.add(gate);
			events.add(event);
			return gate.asMono();
		}).on("x", (self, event) -> this.seen.add(String.valueOf(event.get(0))));
		this.client.receive("2[\"x\",1]").receive("2[\"x\",2]").receive("2[\"x\",3]");
		assertThat(gates).hasSize(1);
		for (int i = 0; i < 3; i++) {
			gates.get(i).tryEmitValue(events.get(i));
		}
		assertThat(this.seen).containsExactly("1", "2", "3");
	}

	@Test
	@Tag("SIO-49")
	void eventsWaitingForAMiddlewareHoldBackReadingAndGoWithTheSocket() {
		this.main.use((self, event) -> Mono.never()).onAny((self, event) -> {
		});
		for (int i = 0; i < 300; i++) {
			this.client.receive("2[\"x\"]");
		}
		assertThat(this.client.paused()).isOne();
		this.socket.disconnect();
		assertThat(this.client.paused()).isZero();
	}

	@Test
	@Tag("SIO-49")
	void waitingMiddlewareIsCancelledWithTheSocketAlsoAfterOneThatHasEndedAtOnce() {
		Sinks.One<Event> gate = Sinks.one();
		this.main.use((self, event) -> Mono.defer(() -> Mono.just(event))).use((self, event) -> gate.asMono());
		this.client.receive("2[\"x\"]");
		assertThat(gate.currentSubscriberCount()).isOne();
		this.socket.disconnect();
		assertThat(gate.currentSubscriberCount()).isZero();
	}

	@Test
	@Tag("SIO-49")
	@Tag("SEC-75")
	void eventInAMiddlewareCountsAsUnderWayOnce() {
		List<Sinks.One<Event>> gates = new ArrayList<>();
		List<Event> events = new ArrayList<>();
		this.main.use((self, event) -> Mono.defer(() -> Mono.just(event))).use((self, event) -> {
			gates.add(Sinks.one());
			events.add(event);
			return gates.get(gates.size() - 1).asMono();
		});
		HandlerLoad load = ((DefaultSocket) this.socket).client().load();
		this.client.receive("2[\"x\"]").receive("2[\"x\"]").receive("2[\"x\"]");
		assertThat(load.inFlight()).isEqualTo(3);
		gates.get(0).tryEmitValue(events.get(0));
		assertThat(load.inFlight()).isEqualTo(2);
		gates.get(1).tryEmitError(new IllegalStateException("test"));
		assertThat(load.inFlight()).isOne();
		this.client.execute(() -> {
			this.socket.disconnect();
			// too late
			gates.get(2).tryEmitValue(events.get(2));
		});
		assertThat(load.inFlight()).isZero();
	}

	@Test
	@Tag("SIO-49")
	void eventIsNotDeliveredIfTheSocketWasDisconnectedMeanwhile() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.main.use((self, event) -> gate.asMono().thenReturn(event)).on("x", (self, event) -> this.seen.add("x"));
		this.client.receive("2[\"x\"]");
		this.socket.disconnect();
		gate.tryEmitEmpty();
		assertThat(this.seen).isEmpty();
	}

	@Test
	void eventThatComesDuringTheDisconnectionIsNotHandled() {
		this.main.on("x", (self, event) -> this.seen.add("x"));
		this.socket.onDisconnecting((self, reason, detail) -> this.client.receive("2[\"x\"]"));
		this.client.receive("2[\"x\"]");
		this.socket.disconnect();
		assertThat(this.seen).containsExactly("x");
	}

	@Test
	@Tag("SIO-55")
	void flagsConcernOneEmitterOnly() {
		this.client.writable = false;
		this.socket.asVolatile().emit("dropped");
		this.socket.emit("kept");
		this.socket.compress(false).emit("plain");
		this.socket.emit("normal");
		assertThat(this.client.sent()).containsExactly("2[\"kept\"]", "2[\"plain\"]", "2[\"normal\"]");
		assertThat(this.client.messages().stream().skip(1).map((message) -> message.isCompress())).containsExactly(true,
				false, true);
	}

	@Test
	@Tag("SIO-56")
	void sendEmitsAMessage() {
		this.socket.send("a", 1);
		this.server.io.send("b");
		assertThat(this.client.sent()).containsExactly("2[\"message\",\"a\",1]", "2[\"message\",\"b\"]");
	}

	@Test
	@Tag("SIO-57")
	void emitsAfterTheDisconnectionAreDropped() {
		this.socket.disconnect();
		this.client.sent();
		this.socket.emit("x");
		this.server.io.emit("x");
		this.server.io.to(this.socket.id()).emit("x");
		assertThat(this.client.sent()).isEmpty();
	}

	@Test
	@Tag("SIO-58")
	void clientMaySendAnEventNamedError() {
		this.client.receive("2[\"error\",\"x\"]");
		this.main.on("error", (self, event) -> this.seen.add("event " + event.get(0)))
			.onError((self, error, event) -> this.seen.add("listener"));
		this.client.receive("2[\"error\",\"x\"]");
		assertThat(this.seen).containsExactly("event x");
	}

	@Test
	void valuesThatAreYetToComeAreNoArguments() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.emit("x", Mono.just(1)))
			.withMessageContaining("A Publisher (reactor.core.publisher.MonoJust)")
			.withMessageContaining("flatMap");
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.io.emit("x", 1, Flux.just(1)))
			.withMessageContaining("A Publisher (reactor.core.publisher.Flux")
			.withMessageContaining("emitAll");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.socket.emit("x", CompletableFuture.completedFuture(1)))
			.withMessageContaining("A CompletionStage (java.util.concurrent.CompletableFuture)")
			.withMessageContaining("thenAccept");
		StepVerifier.create(this.socket.emitWithAck("x", Mono.just(1)))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("MonoJust"))
			.verify(Await.LIMIT);
		assertThat(this.client.sent()).isEmpty();
	}

	@Test
	void acknowledgementCannotBeValueThatIsYetToCome() {
		List<Throwable> errors = new ArrayList<>();
		this.main.on("call", (self, event) -> event.ack(Mono.just(1))).handle("return", (self, event) -> Mono.just(1));
		this.socket.onError((self, error, event) -> errors.add(error));
		this.client.receive("21[\"call\"]").receive("22[\"return\"]");
		assertThat(this.client.sent()).containsExactly("32[1]");
		assertThat(errors).singleElement()
			.asInstanceOf(InstanceOfAssertFactories.throwable(IllegalArgumentException.class))
			.hasMessageContaining("MonoJust");
	}

	@Test
	@Tag("SIO-59")
	void catchAllListenersAreAddedAndRemoved() {
		SocketEventListener first = (self, event) -> this.seen.add("first");
		SocketEventListener second = (self, event) -> this.seen.add("second");
		this.socket.onAny(first).prependAny(second);
		this.client.receive("2[\"x\"]");
		this.socket.offAny(second);
		this.client.receive("2[\"x\"]");
		this.socket.onAny(second).offAny(null);
		this.client.receive("2[\"x\"]");
		assertThat(this.seen).containsExactly("second", "first", "first");
	}

	@Test
	@Tag("SIO-59")
	void catchAllListenersAreListed() {
		SocketEventListener first = (self, event) -> this.seen.add("first");
		SocketEventListener second = (self, event) -> this.seen.add("second");
		OutgoingListener out = (self, event, args) -> this.seen.add("out");
		OutgoingListener before = (self, event, args) -> this.seen.add("before");
		assertThat(this.socket.listenersAny()).isEmpty();
		assertThat(this.socket.listenersAnyOutgoing()).isEmpty();
		this.main.onAny((self, event) -> this.seen.add("namespace"));
		this.socket.onAny(first).prependAny(second).onAny(first).onAnyOutgoing(out).prependAnyOutgoing(before);
		List<SocketEventListener> snapshot = this.socket.listenersAny();
		assertThat(snapshot).containsExactly(second, first, first);
		assertThat(this.socket.listenersAnyOutgoing()).containsExactly(before, out);
		this.socket.offAny(first).offAnyOutgoing(null);
		assertThat(this.socket.listenersAny()).containsExactly(second, first);
		assertThat(this.socket.listenersAnyOutgoing()).isEmpty();
		assertThat(snapshot).hasSize(3);
	}

	@Test
	@Tag("SIO-59")
	@Tag("SIO-60")
	void outgoingListenersSeeEmitsAndBroadcastsButNoAcks() {
		OutgoingListener listener = (self, event, args) -> this.seen.add(event + args.toList());
		OutgoingListener before = (self, event, args) -> this.seen.add("before");
		this.socket.onAnyOutgoing(listener).prependAnyOutgoing(before);
		this.main.on("ask", (self, event) -> event.ack("no"));
		this.socket.emit("single", 1);
		this.socket.offAnyOutgoing(before);
		this.server.io.emit("all", 2);
		this.client.writable = false;
		this.socket.asVolatile().emit("volatile");
		this.server.io.asVolatile().emit("volatile-all");
		this.client.receive("21[\"ask\"]");
		assertThat(this.seen).containsExactly("before", "single[1]", "all[2]", "volatile[]", "volatile-all[]");
		this.socket.offAnyOutgoing(null);
		this.socket.emit("unseen");
		assertThat(this.seen).hasSize(5);
	}

	@Test
	@Tag("SIO-61")
	void numericNamesKeepTheirType() {
		this.main.on("5", (self, event) -> {
			assertThat(event.isNumericName()).isTrue();
			assertThat(event.withName("6").isNumericName()).isFalse();
			self.emit(event.name(), event);
			event.ack("ok");
		});
		this.client.receive("21[5,\"num\"]");
		assertThat(this.client.sent()).containsExactly("2[\"5\",\"num\"]", "31[\"ok\"]");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" })
	@Tag("SIO-15")
	void reservedNamesAreRefused(String name) {
		String message = "\"" + name + "\" is a reserved event name";
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.emit(name)).withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.compress(false).emit(name))
			.withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.io.emit(name)).withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.emitWithAck(name)).withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.io.emitWithAck(name)).withMessage(message);
	}

	@Test
	void listenersOfOneSocketAreAddedAndRemoved() {
		SocketEventListener listener = (self, event) -> this.seen.add(self.id());
		this.socket.on("x", listener);
		TestSession other = this.server.open();
		other.connect();
		other.receive("2[\"x\"]");
		this.client.receive("2[\"x\"]");
		this.socket.off("x", listener).off("unknown", listener);
		this.client.receive("2[\"x\"]");
		assertThat(this.seen).containsExactly(this.socket.id());
	}

	@Test
	void listenersOfTheNamespaceAreRemoved() {
		this.main.on("x", (self, event) -> this.seen.add("x")).on("y", (self, event) -> this.seen.add("y"));
		this.main.off("x");
		this.client.receive("2[\"x\"]").receive("2[\"y\"]");
		this.main.removeAllListeners();
		this.client.receive("2[\"y\"]");
		assertThat(this.seen).containsExactly("y");
	}

	@Test
	void firstArgumentIsConverted() {
		this.main.on("user", User.class, (self, user, event) -> event.ack(user.name()))
			.handle("later", User.class, (self, user, event) -> Mono.just(user.name()))
			.onError((self, error, event) -> this.seen.add(error.getClass().getSimpleName()));
		this.client.receive("21[\"user\",{\"name\":\"ada\"}]").receive("22[\"later\",{\"name\":\"bob\"}]");
		this.client.receive("23[\"user\",[1]]").receive("24[\"user\"]").receive("25[\"later\",null]");
		assertThat(this.client.sent()).containsExactly("31[\"ada\"]", "32[\"bob\"]");
		assertThat(this.seen).containsExactly("ArgumentConversionException", "MissingArgumentException",
				"MissingArgumentException");
		assertThat(this.client.isClosed()).isFalse();
	}

	@Test
	void nullArrayOfArgumentsIsOneNull() {
		this.socket.emit("x", (Object[]) null);
		this.server.io.emit("x", (Object[]) null);
		assertThat(this.client.sent()).containsExactly("2[\"x\",null]", "2[\"x\",null]");
	}

	@Test
	@Tag("SEC-75")
	void failureOfAHandlerConcernsItsEventOnly() {
		this.main.on("a", (self, event) -> {
			throw new IllegalStateException("test");
		})
			.on("a", (self, event) -> this.seen.add("second listener"))
			.on("b", (self, event) -> overflow(0))
			.handle("c", (self, event) -> Mono.error(new IllegalStateException("test")))
			.handle("d", (self, event) -> Mono.delay(Duration.ZERO).then(Mono.never()))
			.handle("e", (self, event) -> (subscriber) -> {
				throw new IllegalStateException("test");
			})
			.onConnection((self) -> {
				throw new IllegalStateException("test");
			})
			.onError((self, error, event) -> {
				this.seen.add(error.getClass().getSimpleName());
				throw new IllegalStateException("test");
			})
			.on("ok", (self, event) -> event.ack());
		for (String event : List.of("a", "b", "c", "d", "e")) {
			this.client.receive("21[\"" + event + "\"]");
		}
		this.client.receive("22[\"ok\"]");
		assertThat(this.client.sent()).containsExactly("32[]");
		assertThat(this.seen).containsExactly("IllegalStateException", "second listener", "StackOverflowError",
				"IllegalStateException", "IllegalStateException");
	}

	private static int overflow(int depth) {
		return overflow(depth + 1) + 1;
	}

	@Test
	@Tag("SEC-75")
	void errorsOfTheMachineAreNotSwallowed() {
		this.main.on("x", (self, event) -> {
			throw new OutOfMemoryError("test");
		}).onError((self, error, event) -> this.seen.add("error"));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> this.client.receive("2[\"x\"]"));
		assertThat(this.seen).isEmpty();
	}

	@Test
	@Tag("SEC-75")
	void tooManyHandlersUnderWayHoldBackReading() {
		List<Sinks.One<String>> sinks = new ArrayList<>();
		this.main.handle("x", (self, event) -> {
			Sinks.One<String> sink = Sinks.one();
			sinks.add(sink);
			return sink.asMono();
		});
		for (int i = 0; i < 255; i++) {
			this.client.receive("2[\"x\"]");
		}
		assertThat(this.client.paused()).isZero();
		this.client.receive("2[\"x\"]");
		assertThat(this.client.paused()).isOne();
		for (int i = 0; i < 127; i++) {
			sinks.get(i).tryEmitEmpty();
		}
		assertThat(this.client.paused()).isOne();
		sinks.get(127).tryEmitError(new IllegalStateException("test"));
		assertThat(this.client.paused()).isZero();
		sinks.forEach(Sinks.One::tryEmitEmpty);
		assertThat(this.client.paused()).isZero();
	}

	@Test
	@Tag("SIO-104")
	@Tag("SIO-105")
	void retriedEventsAreOrdinaryEventsWithTheirOwnAcknowledgements() {
		this.main.on("x", (self, event) -> {
			this.seen.add(String.valueOf(event.get(0)));
			event.ack("ok");
		});
		this.client.receive("20[\"x\",\"id-1\"]").receive("21[\"x\",\"id-1\"]");
		assertThat(this.seen).containsExactly("id-1", "id-1");
		assertThat(this.client.sent()).containsExactly("30[\"ok\"]", "31[\"ok\"]");
	}

	@Test
	@Tag("SEC-79")
	void sourceIsEmittedAtTheSpeedOfTheClient() {
		List<Integer> made = new ArrayList<>();
		Flux<Integer> source = Flux.range(0, 5).doOnNext(made::add);
		this.client.buffered = 1_000_000;
		this.socket.emitAll("n", source).subscribe(null, null, () -> this.seen.add("done"));
		assertThat(made).containsExactly(0);
		this.client.buffered = 0;
		Sinks.Empty<Void> first = this.client.flushed;
		this.client.flushed = Sinks.empty();
		first.tryEmitEmpty();
		assertThat(this.client.sent()).containsExactly("2[\"n\",0]", "2[\"n\",1]", "2[\"n\",2]", "2[\"n\",3]",
				"2[\"n\",4]");
		assertThat(this.seen).isEmpty();
		this.client.flushed.tryEmitEmpty();
		assertThat(this.seen).containsExactly("done");
	}

	@Test
	@Tag("SEC-79")
	void sourceIsCancelledWhenTheSocketIsDisconnected() {
		Sinks.Many<Map<String, Integer>> source = Sinks.many().multicast().directBestEffort();
		this.socket.emitAll("n", source.asFlux()).subscribe(null, (error) -> this.seen.add(error.getMessage()));
		source.tryEmitNext(Map.of("a", 1));
		this.socket.disconnect();
		assertThat(this.seen).containsExactly("socket has been disconnected");
		// a source that is quiet is not kept until its next value
		assertThat(source.currentSubscriberCount()).isZero();
		source.tryEmitNext(Map.of("a", 2));
		assertThat(this.client.sent()).containsExactly("2[\"n\",{\"a\":1}]", "1");
		assertThat(this.seen).containsExactly("socket has been disconnected");
	}

	@Test
	void publishersCanEndWithTheSocket() {
		Sinks.Many<String> source = Sinks.many().multicast().directBestEffort();
		this.main.handle("feed",
				(self, event) -> source.asFlux()
					.doOnNext((value) -> self.emit("value", value))
					.takeUntilOther(self.onDisconnect())
					.then());
		this.main.onDisconnect((self, reason, detail) -> this.seen.add("listener"));
		this.socket.onDisconnect().subscribe(null, null, () -> this.seen.add("gone"));
		this.client.receive("2[\"feed\"]");
		assertThat(source.currentSubscriberCount()).isOne();
		this.client.receive("1");
		assertThat(source.currentSubscriberCount()).isZero();
		assertThat(this.seen).containsExactly("listener", "gone");
		this.socket.onDisconnect().subscribe(null, null, () -> this.seen.add("late"));
		assertThat(this.seen).containsExactly("listener", "gone", "late");
	}

	@Test
	void argumentsArePassedOnUndecoded() {
		List<Arguments> kept = new ArrayList<>();
		this.main.on("x", (self, event) -> kept.add(event));
		this.client.receive("2[\"x\",{\"b\":1.50,\"a\":[]},\"é\"]");
		this.server.io.emit("y", kept.get(0));
		this.socket.emit("z", "first", kept.get(0));
		assertThat(this.client.sent()).containsExactly("2[\"y\",{\"b\":1.50,\"a\":[]},\"é\"]",
				"2[\"z\",\"first\",{\"b\":1.50,\"a\":[]},\"é\"]");
	}

	record User(String name) {

	}

}
