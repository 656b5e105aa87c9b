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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events and acknowledgements of one socket (section 6).
 */
class SocketTests {

	private final TestServer server = new TestServer();

	@Test
	void eventsAreEmittedAndReceived() {
		this.server.io.sockets().on("echo", (socket, event) -> socket.emit("echo", event));
		TestSession client = this.server.open();
		client.connect();
		client.receive("2[\"echo\",1,{\"a\":null}]");
		assertThat(client.sent()).containsExactly("2[\"echo\",1,{\"a\":null}]");
	}

	@Test
	@Tag("SIO-50")
	void eventIsAcknowledgedOnce() {
		this.server.io.sockets().on("ask", (socket, event) -> {
			event.ack("first", 1);
			event.ack("second");
		}).handle("later", (socket, event) -> Mono.just("x"));
		TestSession client = this.server.open();
		client.connect();
		client.receive("27[\"ask\"]").receive("28[\"later\"]").receive("2[\"later\"]");
		assertThat(client.sent()).containsExactly("37[\"first\",1]", "38[\"x\"]");
	}

	@Test
	@Tag("SIO-54")
	void emitWithAckCompletesWithTheAnswer() {
		TestSession client = this.server.open();
		Socket socket = this.server.io.sockets().sockets().get(client.connect());
		List<Object> answers = new java.util.ArrayList<>();
		socket.emitWithAck(Duration.ofSeconds(1), "q", 1).subscribe((answer) -> answers.addAll(answer.toList()));
		assertThat(client.sent()).containsExactly("20[\"q\",1]");
		client.receive("30[\"a\",2]");
		assertThat(answers).hasToString("[a, 2]");
	}

	@Test
	void broadcastReachesRooms() {
		TestSession one = this.server.open();
		TestSession two = this.server.open();
		Socket first = this.server.io.sockets().sockets().get(one.connect());
		Socket second = this.server.io.sockets().sockets().get(two.connect());
		first.join("r");
		second.join("r", "s");
		this.server.io.to("r", "s").emit("e", 1);
		first.to("r").emit("f");
		assertThat(one.sent()).containsExactly("2[\"e\",1]");
		assertThat(two.sent()).containsExactly("2[\"e\",1]", "2[\"f\"]");
	}

}
