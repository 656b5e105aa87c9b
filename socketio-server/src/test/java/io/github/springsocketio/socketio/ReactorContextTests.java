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

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Reactor context with which the server subscribes to what applications return.
 */
class ReactorContextTests {

	private final List<String> seen = new ArrayList<>();

	private final List<Socket> customized = new ArrayList<>();

	private final TestServer server = TestServer.withHandlers((handlers) -> handlers.errorAcks(false)
		.reactorContextCustomizers(List.of(this::customize, (context, socket) -> {
			assertThat(context.<String>get("user")).isEqualTo("ada");
			return context.put("second", "2");
		})));

	private final SocketIoServer io = this.server.io;

	private Context customize(Context context, Socket socket) {
		this.customized.add(socket);
		return context.put("user", String.valueOf(socket.handshake().principal().getName()));
	}

	private TestSession open() {
		return this.server.engine.open(4, new TestRequest().context(Context.of("request", "r1")));
	}

	private Mono<Void> note(String where) {
		return Mono.deferContextual((context) -> {
			this.seen.add(where + " " + describe(context));
			return Mono.empty();
		});
	}

	private static String describe(ContextView context) {
		return context.getOrDefault("request", "-") + " " + context.getOrDefault("user", "-") + " "
				+ context.getOrDefault("second", "-");
	}

	@Test
	void everythingThatBelongsToASocketSeesItsContext() {
		this.io.use((socket) -> note("namespace middleware"))
			.use((socket, event) -> note("event middleware").thenReturn(event))
			.handleConnection((socket) -> note("connection"))
			.handle("x", (socket, event) -> note("handler"))
			.handle("flux", (socket, event) -> Flux.from(note("flux")));
		TestSession client = open();
		client.connect();
		client.receive("2[\"x\"]").receive("2[\"flux\"]");
		this.io.intercept((socket, event, chain) -> note("interceptor").then(chain.proceed(event)));
		client.receive("2[\"x\"]");
		assertThat(this.seen).containsExactly("namespace middleware r1 ada 2", "connection r1 ada 2",
				"event middleware r1 ada 2", "handler r1 ada 2", "event middleware r1 ada 2", "flux r1 ada 2",
				"event middleware r1 ada 2", "interceptor r1 ada 2", "handler r1 ada 2");
		assertThat(this.customized).singleElement().isSameAs(this.io.sockets().sockets().values().iterator().next());
	}

	@Test
	void interceptorMayAddToTheContextOfHandlers() {
		this.io
			.intercept((socket, event, chain) -> chain.proceed(event)
				.contextWrite((context) -> context.put("second", "changed")))
			.handle("x", (socket, event) -> note("handler"));
		TestSession client = open();
		client.connect();
		client.receive("2[\"x\"]");
		assertThat(this.seen).containsExactly("handler r1 ada changed");
	}

	@Test
	void eachSocketHasItsOwnContext() {
		this.io.use((socket) -> note("main"));
		this.io.of("/admin").use((socket) -> note("admin"));
		TestSession client = open();
		client.connect();
		client.connect("0/admin,");
		this.server.engine.open(4, new TestRequest().context(Context.of("request", "r2"))).connect();
		assertThat(this.seen).containsExactly("main r1 ada 2", "admin r1 ada 2", "main r2 ada 2");
		assertThat(this.customized).hasSize(3).doesNotHaveDuplicates();
	}

	@Test
	void matcherSeesWhatTheHandshakeHeld() {
		this.io.of((name, auth) -> note("matcher").thenReturn(true));
		open().connect("0/dyn,");
		assertThat(this.seen).containsExactly("matcher r1 - -");
	}

	@Test
	void contextIsCreatedForSocketsThatNeedItOnly() {
		this.io.on("x", (socket, event) -> this.seen.add("listener")).handle("y", (socket, event) -> Mono.just(1));
		TestSession client = open();
		client.connect();
		client.receive("2[\"x\"]").receive("2[\"y\"]");
		assertThat(this.seen).containsExactly("listener");
		assertThat(this.customized).isEmpty();
	}

	@Test
	void failingCustomizerIsAnErrorOfWhatNeedsTheContext() {
		List<Throwable> errors = new ArrayList<>();
		TestServer failing = TestServer.withHandlers(
				(handlers) -> handlers.errorAcks(false).reactorContextCustomizers(List.of((context, socket) -> {
					throw new IllegalStateException("test");
				})));
		failing.io.handle("x", (socket, event) -> note("handler"))
			.on("ok", (socket, event) -> event.ack("ok"))
			.onError((socket, error, event) -> errors.add(error));
		TestSession client = failing.open();
		client.connect();
		client.receive("21[\"x\"]").receive("22[\"ok\"]");
		assertThat(errors).singleElement().satisfies((error) -> assertThat(error).hasMessage("test"));
		assertThat(client.sent()).containsExactly("32[\"ok\"]");
		assertThat(this.seen).isEmpty();
		failing.io.use((socket) -> note("middleware"));
		TestSession refused = failing.open();
		refused.receive("0");
		assertThat(refused.sent()).containsExactly("4{\"message\":\"Internal server error\"}");
		failing.io.use((socket, event) -> note("event middleware").thenReturn(event));
		client.receive("23[\"ok\"]").receive("24[\"ok\"]");
		assertThat(errors).hasSize(3);
		assertThat(client.sent()).isEmpty();
		assertThat(
				((DefaultSocket) failing.io.sockets().sockets().values().iterator().next()).client().load().inFlight())
			.isZero();
	}

}
