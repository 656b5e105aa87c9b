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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import ch.qos.logback.classic.Level;
import io.github.springsocketio.socketio.annotation.HandlerArgumentResolver;
import io.github.springsocketio.socketio.annotation.HandlerInvocation;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.socketio.annotation.SocketIoExceptionHandler;
import io.github.springsocketio.testsupport.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.MethodParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Handlers that fail with what is no exception of the application: their clients get an
 * acknowledgement, and events after them are handled.
 */
@Tag("SEC-75")
@Timeout(30)
class HandlerFaultTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@RegisterExtension
	final LogCapture log = new LogCapture();

	private final AnnotatedServer annotated = new AnnotatedServer();

	@AfterEach
	void close() {
		this.annotated.close();
	}

	private static Error error(String kind) {
		return switch (kind) {
			case "linkage" -> new NoClassDefFoundError("com/example/Missing");
			case "stack" -> new StackOverflowError("deep");
			default -> new AssertionError("wrong");
		};
	}

	private static String code(SocketEventListener blocking) {
		TestServer server = new TestServer();
		server.io.handleBlocking("x", (socket, event) -> {
			blocking.onEvent(socket, event);
			return null;
		});
		return code(acknowledgement(server));
	}

	private static String acknowledgement(TestServer server) {
		TestSession client = server.open();
		client.connect();
		client.receive("21[\"x\"]");
		client.awaitSomethingSent();
		return String.join("|", client.sent());
	}

	private static String code(String acknowledgement) {
		return acknowledgement.replaceAll(".*\"code\":\"([^\"]+)\".*", "$1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "linkage", "stack", "assertion" })
	void errorOfABlockingHandlerIsAcknowledgedAndTheNextEventIsHandled(String kind) {
		for (List<ThreadContext> contexts : List.of(List.<ThreadContext>of(),
				List.<ThreadContext>of((context) -> () -> {
				}))) {
			TestServer server = TestServer.withHandlers((handlers) -> handlers.threadContexts(contexts));
			server.io.handleBlocking("x", (socket, event) -> {
				throw error(kind);
			}).on("next", (socket, event) -> event.ack());
			TestSession client = server.open();
			client.connect();
			client.receive("21[\"x\"]").receive("22[\"next\"]");
			client.awaitSent("32[]");
			assertThat(client.sent()).hasSize(2).first().asString().startsWith("31[{\"error\":{\"code\":\"internal\"");
		}
		assertThat(this.log.events(Level.ERROR)).isNotEmpty()
			.allSatisfy(
					(event) -> assertThat(event.getThrowableProxy().getMessage()).isEqualTo(error(kind).getMessage()));
	}

	@Test
	void errorsReachExceptionHandlersWhateverTheMethodReturns() {
		TestSession client = this.annotated.start(Failing.class, LaterResolver.class);
		client.connect();
		for (String event : List.of("blocking", "reactive", "waiting")) {
			for (String kind : List.of("linkage", "stack", "assertion")) {
				assertThat(this.annotated.emit("\"" + event + "\",\"" + kind + "\"")).as(event + " " + kind)
					.isEqualTo("[\"" + error(kind).getMessage() + "\"]");
			}
		}
	}

	@Test
	void errorOfAMethodThatDecidesWhoMayJoinRefusesTheClient() {
		TestSession client = this.annotated.start(Refusing.class);
		client.receive("0/refusing,");
		client.awaitSomethingSent();
		assertThat(client.sent()).containsExactly("4/refusing,{\"message\":\"Internal server error\"}");
	}

	@Test
	void errorOfWhatBlockingCodeHasWaitedForHasItsCode() {
		CompletableFuture<String> failed = CompletableFuture.failedFuture(new AckErrorException("full", "Full"));
		assertThat(code((socket, event) -> failed.join())).isEqualTo("full");
		assertThat(code((socket, event) -> failed.get())).isEqualTo("full");
		assertThat(this.log.lines(Level.ERROR)).isEmpty();
		assertThat(code((socket, event) -> Mono.error(new TimeoutException()).block(LIMIT))).isEqualTo("timeout");
		assertThat(code((socket, event) -> Mono.never().block(Duration.ofNanos(1)))).isEqualTo("timeout");
		assertThat(code((socket, event) -> {
			throw new IllegalStateException("a bug", new AckErrorException("full", "Full"));
		})).isEqualTo("internal");
	}

	@Test
	void valueThatCannotBeWrittenIsAnError() {
		TestServer server = new TestServer();
		server.io.handle("x", (socket, event) -> Mono.just(new Broken("a")));
		assertThat(code(acknowledgement(server))).isEqualTo("internal");
	}

	@Test
	void fatalErrorDoesNotStopTheEventsThatWait() {
		TestServer server = new TestServer();
		Sinks.Empty<Void> gate = Sinks.empty();
		server.io.handleSerial("x", (socket, event) -> gate.asMono()).on("fatal", (socket, event) -> {
			throw new OutOfMemoryError("test");
		}).on("next", (socket, event) -> event.ack());
		TestSession client = server.open();
		client.connect();
		client.receive("21[\"x\"]").receive("2[\"fatal\"]").receive("22[\"next\"]");
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(gate::tryEmitEmpty);
		client.receive("23[\"next\"]");
		assertThat(client.sent()).containsExactly("31[]", "32[]", "33[]");
	}

	@SocketIoController
	static class Failing {

		@OnEvent
		String blocking(String kind) {
			throw error(kind);
		}

		@OnEvent
		Mono<String> reactive(String kind) {
			throw error(kind);
		}

		@OnEvent
		Mono<String> waiting(String kind, Later later) {
			throw error(kind);
		}

		@SocketIoExceptionHandler
		String failed(Error error) {
			return error.getMessage();
		}

	}

	@SocketIoController("/refusing")
	static class Refusing {

		@OnConnect
		Mono<Void> admit() {
			throw error("linkage");
		}

	}

	/**
	 * An argument that comes on another thread.
	 */
	record Later() {

	}

	static class LaterResolver implements HandlerArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Later.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, HandlerInvocation invocation) {
			return Mono.just(new Later()).publishOn(Schedulers.single());
		}

	}

	record Broken(String text) {

		@Override
		public String text() {
			throw error("linkage");
		}

	}

}
