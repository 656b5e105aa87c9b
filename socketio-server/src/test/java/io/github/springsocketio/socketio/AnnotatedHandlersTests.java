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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.springsocketio.socketio.annotation.AuthPayload;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.HandlerOrder;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnDisconnect;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.socketio.annotation.SocketIoExceptionHandler;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods of controllers as handlers.
 */
@Timeout(30)
class AnnotatedHandlersTests {

	private static final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	private final AnnotatedServer server = new AnnotatedServer();

	private TestSession client;

	@AfterEach
	void close() {
		this.server.close();
		seen.clear();
	}

	private void start(Class<?>... beans) {
		this.client = this.server.start(beans);
	}

	private String emit(String json) {
		return this.server.emit(json);
	}

	private static String error(String code, String message) {
		return AnnotatedServer.error(code, message);
	}

	@Test
	void resultIsTheAcknowledgement() {
		start(Results.class);
		this.client.connect();
		assertThat(emit("\"nothing\"")).isEqualTo("[]");
		assertThat(emit("\"value\",\"a\"")).isEqualTo("[\"a\"]");
		assertThat(emit("\"mono\",\"a\"")).isEqualTo("[\"a\"]");
		assertThat(emit("\"empty\"")).isEqualTo("[]");
		assertThat(emit("\"stage\",\"a\"")).isEqualTo("[\"a\"]");
		assertThat(emit("\"several\",\"a\",1")).isEqualTo("[\"a\",1]");
		assertThat(emit("\"other name\"")).isEqualTo("[{\"number\":1}]");
		assertThat(emit("\"missing\"")).isEqualTo("[]");
		assertThat(emit("\"failing\"")).isEqualTo(error("a", "b"));
		assertThat(emit("\"failingMono\"")).isEqualTo(error("a", "b"));
		assertThat(emit("\"failingStage\"")).isEqualTo(error("a", "b"));
		assertThat(emit("\"returned\"")).isEqualTo(error("a", "b"));
		this.client.receive("2[\"value\",\"a\"]").receive("29[\"nothing\"]");
		this.client.awaitSomethingSent();
		assertThat(this.client.sent()).containsExactly("39[]");
	}

	@Test
	void valuesOfAFluxAreEmitted() {
		start(Results.class);
		this.client.connect();
		this.client.receive("21[\"count\",3]");
		this.client.flushed.tryEmitEmpty();
		this.client.awaitSent("31[]");
		assertThat(this.client.sent()).containsExactly("2[\"number\",1]", "2[\"number\",2]", "2[\"number\",3]", "31[]");
		assertThat(emit("\"count\",-1")).contains("illegal");
	}

	@Test
	void fluxEndsWithTheSocket() {
		start(Results.class);
		String id = this.client.connect();
		this.client.receive("21[\"endless\"]");
		assertThat(Results.endless.currentSubscriberCount()).isOne();
		this.server.io().sockets().sockets().get(id).disconnect();
		assertThat(Results.endless.currentSubscriberCount()).isZero();
	}

	@Test
	void blockingMethodsRunOnThreadsOfTheirOwnAndTheOthersDoNot() {
		start(Threads.class);
		this.client.connect();
		assertThat(emit("\"blocking\"")).contains("socketio-blocking");
		assertThat(emit("\"concurrent\"")).contains("socketio-blocking");
		assertThat(emit("\"reactive\"")).contains(Thread.currentThread().getName());
	}

	@Test
	void orderIsThatOfTheMethodThenThatOfTheControllerThenThatOfTheSignature() {
		start(Threads.class, SerialController.class);
		this.client.connect();
		this.client.connect("0/serial,");
		Threads.gates.clear();
		this.client.receive("2[\"gated\"]").receive("2[\"gated\"]");
		assertThat(Threads.gates).hasSize(2);
		this.client.receive("2[\"gatedSerial\"]").receive("2[\"gated\"]");
		assertThat(Threads.gates).hasSize(3);
		Threads.gates.get(2).tryEmitEmpty();
		assertThat(Threads.gates).hasSize(4);
		this.client.receive("2/serial,[\"gated\"]").receive("2/serial,[\"gated\"]");
		assertThat(Threads.gates).hasSize(5);
	}

	@Test
	void connectIsAMiddlewareConnectedAHandlerAndDisconnectComesLast() {
		start(Lifecycle.class);
		this.client.receive("0/life,{\"token\":\"wrong\"}");
		this.client.awaitSomethingSent();
		assertThat(this.client.sent()).containsExactly(
				"4/life,{\"message\":\"No entry\",\"data\":{\"code\":\"no-entry\"," + "\"message\":\"No entry\"}}");
		this.client.receive("0/life,{}");
		this.client.awaitSomethingSent();
		assertThat(this.client.sent()).singleElement().asString().contains("missing-argument");
		this.client.receive("0/life,{\"token\":\"right\"}");
		this.client.awaitSomethingSent();
		this.client.receive("2/life,[\"event\"]");
		Await.until("the event is handled", () -> seen.contains("event"));
		this.client.receive("1/life,");
		Await.until("the disconnection is handled", () -> seen.size() == 5);
		assertThat(seen).containsExactly("connect wrong", "connect right", "connected [all]", "event",
				"left client namespace disconnect");
	}

	@Test
	void exceptionHandlersOfTheControllerComeBeforeThoseOfAdvice() {
		start(Failing.class, Advice.class, LastAdvice.class);
		this.client.connect();
		assertThat(emit("\"fail\",\"state\"")).isEqualTo("[\"controller fail state\"]");
		assertThat(emit("\"fail\",\"sub\"")).isEqualTo("[\"sub\"]");
		assertThat(emit("\"fail\",\"advice\"")).isEqualTo("[\"advice\"]");
		assertThat(emit("\"fail\",\"last\"")).isEqualTo("[\"last\"]");
		assertThat(emit("\"fail\",\"known\"")).isEqualTo(error("known", "text"));
		assertThat(emit("\"fail\",\"nothing\"")).isEqualTo("[]");
		assertThat(emit("\"fail\",\"again\"")).isEqualTo(error("again", "text"));
		assertThat(emit("\"fail\",\"cause\"")).isEqualTo("[\"controller fail cause\"]");
		assertThat(emit("\"fail\"")).isEqualTo(error("missing-argument", "Argument 0 is missing"));
		assertThat(emit("\"failMono\",\"state\"")).isEqualTo("[\"controller failMono state\"]");
		assertThat(emit("\"failBefore\",\"state\"")).isEqualTo("[\"controller failBefore state\"]");
	}

	@SocketIoController
	static class Results {

		static final Sinks.Many<String> endless = Sinks.many().multicast().directBestEffort();

		@OnEvent
		void nothing() {
		}

		@OnEvent
		String value(String text) {
			return text;
		}

		@OnEvent
		Mono<String> mono(String text) {
			return Mono.just(text);
		}

		@OnEvent
		Mono<Void> empty() {
			return Mono.empty();
		}

		@OnEvent
		CompletionStage<String> stage(String text) {
			return CompletableFuture.supplyAsync(() -> text);
		}

		@OnEvent
		Arguments several(Event event) {
			return event;
		}

		@OnEvent("other name")
		Map<String, Integer> named() {
			return Map.of("number", 1);
		}

		@OnEvent
		@Nullable String missing() {
			return null;
		}

		@OnEvent
		void failing() {
			throw new AckErrorException("a", "b");
		}

		@OnEvent
		Mono<String> failingMono() {
			return Mono.error(new AckErrorException("a", "b"));
		}

		@OnEvent
		CompletableFuture<String> failingStage() {
			return CompletableFuture.supplyAsync(() -> {
				throw new AckErrorException("a", "b");
			});
		}

		@OnEvent
		AckError returned() {
			return new AckError("a", "b");
		}

		@OnEvent
		@Emits("number")
		Flux<Integer> count(int max) {
			if (max < 0) {
				throw new AckErrorException("illegal", "max");
			}
			return Flux.range(1, max);
		}

		@OnEvent
		@Emits("x")
		Flux<String> endless() {
			return endless.asFlux();
		}

	}

	@SocketIoController
	static class Threads {

		static final List<Sinks.Empty<Void>> gates = new ArrayList<>();

		@OnEvent
		String blocking() {
			return Thread.currentThread().getName();
		}

		@OnEvent(order = HandlerOrder.CONCURRENT)
		String concurrent() {
			return Thread.currentThread().getName();
		}

		@OnEvent
		Mono<String> reactive() {
			return Mono.just(Thread.currentThread().getName());
		}

		@OnEvent
		Mono<Void> gated() {
			Sinks.Empty<Void> gate = Sinks.empty();
			gates.add(gate);
			return gate.asMono();
		}

		@OnEvent(order = HandlerOrder.SERIAL)
		Mono<Void> gatedSerial() {
			return gated();
		}

	}

	@SocketIoController(namespace = "/serial", order = HandlerOrder.SERIAL)
	static class SerialController {

		@OnEvent
		Mono<Void> gated() {
			Sinks.Empty<Void> gate = Sinks.empty();
			Threads.gates.add(gate);
			return gate.asMono();
		}

	}

	@SocketIoController("/life")
	static class Lifecycle {

		@OnConnect
		void admit(@AuthPayload("token") String token) {
			seen.add("connect " + token);
			if (!token.equals("right")) {
				throw new AckErrorException("no-entry", "No entry");
			}
		}

		@OnConnected
		void joined(Socket socket) {
			socket.join("all");
			seen.add("connected " + socket.rooms().stream().filter((room) -> room.equals("all")).toList());
		}

		@OnEvent
		Mono<Void> event() {
			return Mono.fromRunnable(() -> seen.add("event"));
		}

		@OnDisconnect
		void left(Socket socket, DisconnectReason reason) {
			seen.add("left " + reason.text());
		}

	}

	static class Sub extends IllegalStateException {

	}

	@SocketIoController
	static class Failing {

		@OnEvent
		void fail(String how) {
			throw exception(how);
		}

		@OnEvent
		Mono<Void> failMono(String how) {
			return Mono.error(exception(how));
		}

		@OnEvent
		Mono<Void> failBefore(String how) {
			throw exception(how);
		}

		private static RuntimeException exception(String how) {
			return switch (how) {
				case "state" -> new IllegalStateException(how);
				case "sub" -> new Sub();
				case "advice" -> new ArithmeticException();
				case "last" -> new UnsupportedOperationException();
				case "nothing" -> new IndexOutOfBoundsException();
				case "again" -> new ArrayStoreException();
				case "cause" -> new RuntimeException(new IllegalStateException(how));
				default -> new AckErrorException("known", "text");
			};
		}

		@SocketIoExceptionHandler
		Mono<String> state(IllegalStateException ex, Event event) {
			return Mono.just("controller " + event.name() + " " + ex.getMessage());
		}

		@SocketIoExceptionHandler(Sub.class)
		String sub() {
			return "sub";
		}

		@SocketIoExceptionHandler(IndexOutOfBoundsException.class)
		void nothing(Socket socket) {
		}

		@SocketIoExceptionHandler
		void again(ArrayStoreException ex) {
			throw new AckErrorException("again", "text");
		}

	}

	@ControllerAdvice
	@Order(1)
	static class Advice {

		@SocketIoExceptionHandler({ ArithmeticException.class, IllegalStateException.class })
		String arithmetic() {
			return "advice";
		}

	}

	@ControllerAdvice
	@Order(2)
	static class LastAdvice {

		@SocketIoExceptionHandler({ ArithmeticException.class, UnsupportedOperationException.class })
		String last() {
			return "last";
		}

	}

}
