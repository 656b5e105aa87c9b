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
import java.util.List;

import ch.qos.logback.classic.Level;
import io.github.springsocketio.testsupport.LogCapture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners for errors, which may acknowledge the event.
 */
class ErrorListenerTests {

	@RegisterExtension
	final LogCapture log = new LogCapture();

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private final List<String> seen = new ArrayList<>();

	private Socket socket;

	@BeforeEach
	void connect() {
		this.socket = this.io.sockets().sockets().get(this.client.connect());
		this.io
			.use((self, event) -> event.name().equals("middleware")
					? Mono.error(new IllegalStateException("middleware")) : Mono.just(event))
			.intercept((self, event, chain) -> event.name().equals("interceptor")
					? Mono.error(new IllegalStateException("interceptor")) : chain.proceed(event))
			.on("listener", (self, event) -> {
				throw new IllegalStateException("listener");
			})
			.handle("handler", (self, event) -> Mono.error(new IllegalStateException("handler")))
			.handle("thrown", (self, event) -> {
				throw new IllegalStateException("thrown");
			})
			.handle("ack", (self, event) -> Mono.just(Mono.empty()))
			.on("interceptor", (self, event) -> this.seen.add("not called"))
			.onAny((self, event) -> {
				if (event.name().equals("any")) {
					throw new IllegalStateException("any");
				}
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "middleware", "interceptor", "listener", "handler", "thrown", "ack", "any" })
	void listenerIsGivenTheEventAndMayAcknowledgeIt(String name) {
		this.io.onError((self, error, event) -> {
			assertThat(self).isSameAs(this.socket);
			this.seen.add(event.name() + " " + event.get(0));
			event.ack("failed", event.name());
		});
		this.client.receive("21[\"" + name + "\",7]");
		assertThat(this.seen).containsExactly(name + " 7");
		assertThat(this.client.sent()).containsExactly("31[\"failed\",\"" + name + "\"]");
		assertThat(this.log.lines(Level.INFO)).isEmpty();
	}

	@Test
	void listenersOfTheNamespaceComeBeforeThoseOfTheSocketAndTheFirstAcknowledgementCounts() {
		this.socket.onError((self, error, event) -> event.ack("socket"));
		this.io.onError((self, error, event) -> event.ack("namespace"));
		this.client.receive("21[\"listener\"]");
		assertThat(this.client.sent()).containsExactly("31[\"namespace\"]");
	}

	@Test
	void acknowledgementMayBeSentLater() {
		TestServer silent = TestServer.withHandlers((handlers) -> handlers.errorAcks(false));
		TestSession session = silent.open();
		session.connect();
		Sinks.Empty<Void> later = Sinks.empty();
		silent.io.handle("handler", (self, event) -> Mono.error(new IllegalStateException("handler")))
			.onError((self, error, event) -> later.asMono().subscribe(null, null, () -> event.ack("later")));
		session.receive("21[\"handler\"]");
		assertThat(session.sent()).isEmpty();
		later.tryEmitEmpty();
		assertThat(session.sent()).containsExactly("31[\"later\"]");
	}

	@Test
	void eventThatWasAcknowledgedBeforeItFailedIsNotAcknowledgedAgain() {
		this.io.on("x", (self, event) -> {
			event.ack("ok");
			throw new IllegalStateException("test");
		}).onError((self, error, event) -> event.ack("failed"));
		this.client.receive("21[\"x\"]");
		assertThat(this.client.sent()).containsExactly("31[\"ok\"]");
	}

	@Test
	void errorWithoutListenerIsLogged() {
		this.client.receive("2[\"listener\",\"payload\"]");
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.log.lines(Level.INFO)).singleElement()
			.asString()
			.startsWith("ERROR Handling of event listener failed for Socket[id=" + this.socket.id())
			.doesNotContain("payload")
			.endsWith(" *");
	}

	@Test
	void errorsThatBelongToNoEventHaveNone() {
		this.io.onError((self, error, event) -> this.seen.add(error.getMessage() + " " + event))
			.onDisconnecting((self, reason, detail) -> {
				throw new IllegalStateException("disconnecting");
			})
			.onAnyOutgoing((self, event, args) -> {
				throw new IllegalStateException("outgoing");
			});
		this.socket.emit("x");
		this.client.receive("nonsense");
		assertThat(this.seen).hasSize(3).startsWith("outgoing null").endsWith("disconnecting null");
		assertThat(this.client.sent()).containsExactly("2[\"x\"]");
	}

	@Test
	void failureOfAListenerIsLoggedAndDoesNotStopTheOthers() {
		this.io.onError((self, error, event) -> {
			throw new IllegalStateException("test");
		}).onError((self, error, event) -> event.ack("second"));
		this.client.receive("21[\"listener\"]");
		assertThat(this.client.sent()).containsExactly("31[\"second\"]");
		assertThat(this.log.lines(Level.INFO)).singleElement()
			.asString()
			.startsWith("ERROR Error listener failed for Socket[");
	}

	@Test
	void otherSocketsAreNotConcerned() {
		TestSession other = this.server.open();
		Socket second = this.io.sockets().sockets().get(other.connect());
		second.onError((self, error, event) -> this.seen.add("second"));
		this.socket.onError((self, error, event) -> this.seen.add("first"));
		this.client.receive("21[\"listener\"]");
		assertThat(this.seen).containsExactly("first");
	}

}
