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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interceptors around the listeners and handlers of an event.
 */
class EventInterceptorTests {

	private final List<String> seen = new ArrayList<>();

	private final TestServer server = TestServer.withHandlers(
			(handlers) -> handlers.errorAcks(false).eventInterceptors(List.of(note("first"), note("second"))));

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private Socket socket;

	@BeforeEach
	void connect() {
		this.io.onError((self, error, event) -> this.seen.add("error of " + event.name() + " " + error.getMessage()));
		this.socket = this.io.sockets().sockets().get(this.client.connect());
	}

	private EventInterceptor note(String name) {
		return (self, event, chain) -> chain.proceed(event)
			.doFirst(() -> this.seen.add("> " + name))
			.doOnTerminate(() -> this.seen.add("< " + name));
	}

	/**
	 * Send an event with an acknowledgement and return what was acknowledged.
	 */
	private String ask(String json) {
		this.client.receive("21" + json);
		List<String> sent = this.client.sent();
		assertThat(sent).hasSizeLessThan(2);
		return sent.isEmpty() ? "nothing" : sent.get(0).substring(2);
	}

	@Test
	void interceptorsAreCalledInOrderAroundTheHandlers() {
		this.socket.intercept(note("socket"));
		this.io.intercept(note("namespace"));
		this.io.onAny((self, event) -> this.seen.add("any")).use((self, event) -> {
			this.seen.add("middleware");
			return Mono.just(event);
		}).on("x", (self, event) -> this.seen.add("listener")).handle("x", (self, event) -> {
			this.seen.add("handler");
			return Mono.just("ok");
		});
		this.socket.on("x", (self, event) -> this.seen.add("own listener"));
		assertThat(ask("[\"x\"]")).isEqualTo("[\"ok\"]");
		assertThat(this.seen).containsExactly("any", "middleware", "> first", "> second", "> namespace", "> socket",
				"listener", "handler", "own listener", "< socket", "< namespace", "< second", "< first");
	}

	@Test
	void interceptorsOfTheServerApplyToAllNamespaces() {
		this.io.of("/admin").on("x", (self, event) -> this.seen.add("admin"));
		this.io.of((name, auth) -> Mono.just(true)).on("x", (self, event) -> this.seen.add("dynamic"));
		this.client.connect("0/admin,");
		this.client.connect("0/dyn,");
		this.client.receive("2/admin,[\"x\"]").receive("2/dyn,[\"x\"]");
		assertThat(this.seen).containsExactly("> first", "> second", "admin", "< second", "< first", "> first",
				"> second", "dynamic", "< second", "< first");
	}

	@Test
	void eventsWithoutListenerOrHandlerAreNotIntercepted() {
		this.io.onAny((self, event) -> event.ack("any"));
		assertThat(ask("[\"x\"]")).isEqualTo("[\"any\"]");
		assertThat(this.seen).isEmpty();
	}

	@Test
	void eventMayBeChanged() {
		this.io.intercept((self, event, chain) -> {
			Event changed = switch (event.name()) {
				case "renamed" -> event.withName("other");
				case "arguments" -> event.withArguments("new", 2);
				default -> event;
			};
			return chain.proceed(changed);
		});
		this.io.on("renamed", (self, event) -> this.seen.add("not called"))
			.handle("other", (self, event) -> Mono.just(event))
			.handle("arguments", (self, event) -> Mono.just(event));
		assertThat(ask("[\"renamed\",1]")).isEqualTo("[1]");
		assertThat(ask("[\"arguments\",1]")).isEqualTo("[\"new\",2]");
		assertThat(this.seen).doesNotContain("not called");
	}

	@Test
	void eventMayBeRenamedToOneWithoutHandler() {
		this.io.intercept((self, event, chain) -> chain.proceed(event.withName("unknown")))
			.handle("x", (self, event) -> Mono.just("not called"));
		assertThat(ask("[\"x\",1]")).isEqualTo("nothing");
	}

	@Test
	void acknowledgementMayBeChanged() {
		this.io.intercept((self, event, chain) -> chain.proceed(event).map((value) -> "changed " + value))
			.intercept((self, event, chain) -> chain.proceed(event).switchIfEmpty(Mono.just("default")))
			.handle("value", (self, event) -> Mono.just(1))
			.handle("empty", (self, event) -> Mono.empty())
			.on("listener", (self, event) -> this.seen.add("listener"));
		assertThat(ask("[\"value\"]")).isEqualTo("[\"changed 1\"]");
		assertThat(ask("[\"empty\"]")).isEqualTo("[\"changed default\"]");
		assertThat(ask("[\"listener\"]")).isEqualTo("[\"changed default\"]");
	}

	@Test
	void acknowledgementMayHaveSeveralArguments() {
		this.io.intercept((self, event, chain) -> chain.proceed(event.withArguments("a", "b")))
			.handle("x", (self, event) -> Mono.just((Arguments) event));
		assertThat(ask("[\"x\"]")).isEqualTo("[\"a\",\"b\"]");
	}

	@Test
	void interceptorMayRespondWithoutTheHandlers() {
		this.io.intercept((self, event, chain) -> switch (event.name()) {
			case "value" -> Mono.just("cached");
			case "ack" -> {
				event.ack("own", 1);
				yield Mono.empty();
			}
			default -> Mono.empty();
		});
		for (String name : List.of("value", "ack", "empty")) {
			this.io.handle(name, (self, event) -> Mono.fromRunnable(() -> this.seen.add("not called")));
		}
		assertThat(ask("[\"value\"]")).isEqualTo("[\"cached\"]");
		assertThat(ask("[\"ack\"]")).isEqualTo("[\"own\",1]");
		assertThat(ask("[\"empty\"]")).isEqualTo("nothing");
		assertThat(this.seen).doesNotContain("not called");
	}

	@Test
	void errorOfAnInterceptorRefusesTheEvent() {
		this.io.intercept((self, event, chain) -> switch (event.name()) {
			case "mono" -> Mono.error(new IllegalStateException("no"));
			case "null" -> null;
			case "thrown" -> throw new IllegalStateException("thrown");
			default -> Mono.fromRunnable(() -> overflow(0));
		});
		for (String name : List.of("mono", "null", "thrown", "overflow")) {
			this.io.handle(name, (self, event) -> Mono.fromRunnable(() -> this.seen.add("not called")));
			assertThat(ask("[\"" + name + "\"]")).isEqualTo("nothing");
		}
		assertThat(this.seen).doesNotContain("not called")
			.contains("error of mono no", "error of thrown thrown", "error of overflow null")
			.anyMatch((line) -> line.startsWith("error of null "));
		this.io.handle("ok", (self, event) -> Mono.just(1)).on("ok", (self, event) -> this.seen.add("not called"));
		assertThat(this.client.isClosed()).isFalse();
	}

	@Test
	void linkageErrorAfterAnAsynchronousInterceptorRefusesTheEvent() {
		Sinks.Empty<Void> first = Sinks.empty();
		this.io.intercept((self, event, chain) -> first.asMono().then(chain.proceed(event)))
			.intercept((self, event, chain) -> event.name().equals("interceptor") ? missing() : chain.proceed(event))
			.handle("interceptor", (self, event) -> Mono.just("not called"))
			.handle("handler", (self, event) -> missing())
			.handle("result", (self, event) -> Mono.error(new NoClassDefFoundError("missing")));
		List<String> names = List.of("interceptor", "handler", "result");
		for (String name : names) {
			assertThat(ask("[\"" + name + "\"]")).isEqualTo("nothing");
		}
		first.tryEmitEmpty();
		for (String name : names) {
			assertThat(this.seen).contains("error of " + name + " missing");
		}
	}

	private static <T> Mono<T> missing() {
		throw new NoClassDefFoundError("missing");
	}

	private static int overflow(int depth) {
		return overflow(depth + 1) + 1;
	}

	@Test
	void errorOfAHandlerPassesTheInterceptors() {
		this.io
			.intercept((self, event, chain) -> chain.proceed(event)
				.onErrorResume(IllegalArgumentException.class, (error) -> Mono.just("recovered " + error.getMessage())))
			.on("listener", (self, event) -> {
				throw new IllegalArgumentException("listener");
			})
			.handle("handler", (self, event) -> Mono.error(new IllegalArgumentException("handler")))
			.handle("other", (self, event) -> Mono.error(new IllegalStateException("other")));
		assertThat(ask("[\"listener\"]")).isEqualTo("[\"recovered listener\"]");
		assertThat(ask("[\"handler\"]")).isEqualTo("[\"recovered handler\"]");
		assertThat(this.seen).noneMatch((line) -> line.startsWith("error"));
		assertThat(ask("[\"other\"]")).isEqualTo("nothing");
		assertThat(this.seen).contains("error of other other");
	}

	@Test
	void errorIsThatOfTheEventAsTheClientSentIt() {
		this.io.intercept((self, event, chain) -> chain.proceed(event.withName("inner")))
			.handle("x", (self, event) -> Mono.empty())
			.handle("inner", (self, event) -> Mono.error(new IllegalStateException("test")));
		ask("[\"x\"]");
		assertThat(this.seen).contains("error of x test");
	}

	@Test
	void firstValueOfSeveralHandlersIsTheAcknowledgementAndAllAreAwaited() {
		Sinks.One<String> late = Sinks.one();
		this.io.handle("x", (self, event) -> late.asMono())
			.handle("x", (self, event) -> Mono.empty())
			.handle("x", (self, event) -> Flux.just("early", "ignored"))
			.on("x", (self, event) -> this.seen.add("listener"));
		assertThat(ask("[\"x\"]")).isEqualTo("nothing");
		assertThat(this.seen).containsExactly("> first", "> second", "listener");
		late.tryEmitValue("late");
		assertThat(this.client.sent()).containsExactly("31[\"early\"]");
		assertThat(this.seen).endsWith("< second", "< first");
	}

	@Test
	void failureOfOneHandlerDoesNotStopTheOthers() {
		Sinks.One<String> late = Sinks.one();
		this.io.on("x", (self, event) -> {
			throw new IllegalStateException("first");
		})
			.handle("x", (self, event) -> Mono.error(new IllegalStateException("second")))
			.on("x", (self, event) -> this.seen.add("listener"))
			.handle("x", (self, event) -> late.asMono().doOnSuccess((value) -> this.seen.add("handler")));
		ask("[\"x\"]");
		assertThat(this.seen).contains("listener").noneMatch((line) -> line.startsWith("error"));
		late.tryEmitValue("late");
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.seen).contains("handler").filteredOn((line) -> line.startsWith("error")).hasSize(1);
	}

	@Test
	void eventWithListenersOnlyIsNotAcknowledged() {
		this.io.on("x", (self, event) -> this.seen.add("listener"))
			.on("own", (self, event) -> event.ack("own"))
			.handle("empty", (self, event) -> Mono.empty())
			.handle("null", (self, event) -> null);
		assertThat(ask("[\"x\"]")).isEqualTo("nothing");
		assertThat(ask("[\"own\"]")).isEqualTo("[\"own\"]");
		assertThat(ask("[\"empty\"]")).isEqualTo("[]");
		assertThat(ask("[\"null\"]")).isEqualTo("nothing");
	}

	@Test
	void chainIsColdAndMayBeRetried() {
		List<Integer> attempts = new ArrayList<>();
		this.io.intercept((self, event, chain) -> chain.proceed(event).retry(2)).handle("x", (self, event) -> {
			attempts.add(attempts.size());
			return (attempts.size() < 3) ? Mono.error(new IllegalStateException("test")) : Mono.just("ok");
		});
		assertThat(ask("[\"x\"]")).isEqualTo("[\"ok\"]");
		assertThat(attempts).hasSize(3);
	}

	@Test
	@Tag("SEC-75")
	void interceptedEventsCountAsInFlight() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.io.intercept((self, event, chain) -> gate.asMono().then(chain.proceed(event)))
			.on("x", (self, event) -> this.seen.add("listener"));
		HandlerLoad load = ((DefaultSocket) this.socket).client().load();
		this.client.receive("2[\"x\"]").receive("2[\"x\"]");
		assertThat(load.inFlight()).isEqualTo(2);
		gate.tryEmitEmpty();
		assertThat(load.inFlight()).isZero();
		assertThat(this.seen).filteredOn("listener"::equals).hasSize(2);
	}

	@Test
	void handlersAreNotCalledForASocketThatIsGone() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.io.intercept((self, event, chain) -> gate.asMono().then(chain.proceed(event)))
			.handle("x", (self, event) -> Mono.fromRunnable(() -> this.seen.add("not called")));
		this.client.receive("21[\"x\"]");
		this.client.lose();
		gate.tryEmitEmpty();
		assertThat(this.seen).doesNotContain("not called").noneMatch((line) -> line.startsWith("error"));
	}

	@Test
	void handlersMayBeMovedToAnotherThread() {
		this.io.intercept(
				(self, event, chain) -> Mono.defer(() -> chain.proceed(event)).subscribeOn(Schedulers.boundedElastic()))
			.handle("x", (self, event) -> Mono.just(Thread.currentThread().getName().startsWith("boundedElastic")));
		this.client.receive("21[\"x\"]");
		this.client.awaitSent("31[true]");
	}

	@Test
	void interceptorsThatAreAddedLaterApplyToLaterEvents() {
		this.io.handle("x", (self, event) -> Mono.just(1));
		assertThat(ask("[\"x\"]")).isEqualTo("[1]");
		this.io.intercept((self, event, chain) -> chain.proceed(event).thenReturn(2));
		assertThat(ask("[\"x\"]")).isEqualTo("[2]");
		this.socket.intercept((self, event, chain) -> chain.proceed(event).timeout(Duration.ofSeconds(10)));
		assertThat(ask("[\"x\"]")).isEqualTo("[2]");
	}

}
