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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The arguments of events and acknowledgements, as applications write them.
 */
class ArgumentTests {

	private static final Duration LIMIT = Await.LIMIT;

	private final TestServer server = TestServer.withHandlers((handlers) -> handlers.errorAcks(false));

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private Socket socket;

	@BeforeEach
	void connect() {
		this.socket = this.io.sockets().sockets().get(this.client.connect());
	}

	/**
	 * Pass arguments and return them as they were sent, with attachments.
	 */
	private List<String> sent(Way way, Object... args) {
		this.client.sent();
		pass(way, args);
		List<String> sent = new ArrayList<>(this.client.sent());
		assertThat(sent).isNotEmpty();
		sent.set(0,
				sent.get(0)
					.replaceFirst("^[23]\\d*", "")
					.replaceFirst("^[56](\\d+-)\\d*", "$1")
					.replace("\"x\",", "")
					.replace("[\"x\"]", "[]"));
		return sent;
	}

	private void pass(Way way, Object... args) {
		switch (way) {
			case EMIT -> this.socket.emit("x", args);
			case FLAGGED -> this.socket.compress(false).emit("x", args);
			case BROADCAST -> this.io.emit("x", args);
			case PUBLISH -> this.io.publish("x", args).block(LIMIT);
			case EMIT_WITH_ACK -> request(this.socket.emitWithAck("x", args));
			case BROADCAST_WITH_ACK -> request(this.io.emitWithAck("x", args));
			case ACK -> receive((event) -> event.ack(args));
			case CHANGED_EVENT -> receive((event) -> event.ack(event.withArguments(args)));
		}
	}

	private static void request(Mono<?> mono) {
		RuntimeException[] failure = new RuntimeException[1];
		mono.subscribe(null, (error) -> failure[0] = (RuntimeException) error);
		if (failure[0] != null) {
			throw failure[0];
		}
	}

	private void receive(Consumer<Event> code) {
		RuntimeException[] failure = new RuntimeException[1];
		this.io.off("in").on("in", (self, event) -> {
			try {
				code.accept(event);
			}
			catch (RuntimeException ex) {
				failure[0] = ex;
			}
		});
		this.client.receive("21[\"in\"]");
		if (failure[0] != null) {
			throw failure[0];
		}
	}

	@ParameterizedTest
	@EnumSource
	void nullIsOneArgument(Way way) {
		assertThat(sent(way, (Object[]) null)).containsExactly("[null]");
		assertThat(sent(way, (Object) null)).containsExactly("[null]");
		assertThat(sent(way, null, null)).containsExactly("[null,null]");
		assertThat(sent(way, (Object[]) (String[]) null)).containsExactly("[null]");
	}

	@ParameterizedTest
	@EnumSource
	void typedArrayIsOneArgument(Way way) {
		assertThat(sent(way, (Object[]) new String[] { "a", "b" })).containsExactly("[[\"a\",\"b\"]]");
		assertThat(sent(way, (Object[]) new String[0])).containsExactly("[[]]");
		assertThat(sent(way, (Object[]) new Integer[] { 1, null })).containsExactly("[[1,null]]");
		assertThat(sent(way, (Object) new int[] { 1, 2 })).containsExactly("[[1,2]]");
		assertThat(sent(way, (Object[]) new Object[][] { { 1 }, { "a" } })).containsExactly("[[[1],[\"a\"]]]");
		assertThat(sent(way, new String[] { "a" }, new String[] { "b" })).containsExactly("[[\"a\"],[\"b\"]]");
	}

	@ParameterizedTest
	@EnumSource
	void arrayOfBinariesIsOneArgumentWithAttachments(Way way) {
		assertThat(sent(way, (Object[]) new byte[][] { { 1 }, { 2, 3 } })).containsExactly(
				"2-[[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]]", "bAQ==", "bAgM=");
		assertThat(sent(way, (Object) new byte[] { 1 })).containsExactly("1-[{\"_placeholder\":true,\"num\":0}]",
				"bAQ==");
	}

	@ParameterizedTest
	@EnumSource
	void arrayOfObjectsIsTheArguments(Way way) {
		assertThat(sent(way, new Object[] { "a", 1 })).containsExactly("[\"a\",1]");
		assertThat(sent(way, new Object[0])).containsExactly("[]");
		assertThat(sent(way)).containsExactly("[]");
		assertThat(sent(way, List.of("a", 1))).containsExactly("[[\"a\",1]]");
		assertThat(sent(way, 'c', "y")).containsExactly("[\"c\",\"y\"]");
	}

	@ParameterizedTest
	@EnumSource
	void throwablesAreRefusedWhereverTheyAre(Way way) {
		RuntimeException secret = new IllegalStateException("secret");
		for (Object argument : Arrays.asList(secret, new Exception[] { secret }, List.of(1, secret),
				Map.of("error", Map.of("cause", secret)), new Holder(secret), new Error("secret"))) {
			this.client.sent();
			assertThatIllegalArgumentException().isThrownBy(() -> pass(way, 1, argument))
				.withMessageContaining("Throwable")
				.withMessageNotContaining("secret");
			assertThat(this.client.sent()).isEmpty();
		}
		assertThatIllegalArgumentException().isThrownBy(() -> pass(way, (Object[]) new Exception[] { secret }));
		assertThat(sent(way, "still works")).containsExactly("[\"still works\"]");
	}

	@Test
	void resultOfAHandlerIsOneArgument() {
		List<String> errors = new ArrayList<>();
		this.io.handle("array", (self, event) -> Mono.just(new String[] { "a", "b" }))
			.handle("objects", (self, event) -> Mono.just(new Object[] { "a", 1 }))
			.handle("later", (self, event) -> Mono.delay(Duration.ZERO).thenReturn(new byte[][] { { 1 } }))
			.handle("throwable", (self, event) -> Mono.just(new IllegalStateException("secret")))
			.onError((self, error, event) -> errors.add(event.name() + " " + error.getClass().getSimpleName()));
		this.client.receive("21[\"array\"]").receive("22[\"objects\"]").receive("23[\"throwable\"]");
		assertThat(this.client.sent()).containsExactly("31[[\"a\",\"b\"]]", "32[[\"a\",1]]");
		assertThat(errors).singleElement().asString().startsWith("throwable ");
		this.client.receive("24[\"later\"]");
		this.client.awaitSent("bAQ==");
		assertThat(this.client.sent()).containsExactly("61-4[[{\"_placeholder\":true,\"num\":0}]]", "bAQ==");
	}

	@ParameterizedTest
	@EnumSource
	void eventStandsForAllOfItsArguments(Way way) {
		List<Event> events = new ArrayList<>();
		this.io.on("keep", (self, event) -> events.add(event));
		this.client.receive("2[\"keep\",{\"b\":1},\"é\"]").receive("2[\"keep\"]");
		Event event = events.get(0);
		assertThat(sent(way, event)).containsExactly("[{\"b\":1},\"é\"]");
		assertThat(sent(way, "first", event, 2)).containsExactly("[\"first\",{\"b\":1},\"é\",2]");
		assertThat(sent(way, event.withName("other"), event)).containsExactly("[{\"b\":1},\"é\",{\"b\":1},\"é\"]");
		assertThat(sent(way, event.withArguments("a", null))).containsExactly("[\"a\",null]");
		assertThat(sent(way, events.get(1))).containsExactly("[]");
	}

	record Holder(Object value) {

	}

	/**
	 * Where arguments are passed.
	 */
	enum Way {

		EMIT, FLAGGED, BROADCAST, PUBLISH, EMIT_WITH_ACK, BROADCAST_WITH_ACK, ACK, CHANGED_EVENT

	}

}
