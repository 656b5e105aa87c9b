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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory of events that are being handled is counted for their session.
 */
@Tag("SEC-77")
class HandlerMemoryTests {

	private static final String EVENT = "2[\"x\",\"" + "a".repeat(2000) + "\"]";

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private final Sinks.Empty<Void> done = Sinks.empty();

	@BeforeEach
	void connect() {
		this.client.connect();
	}

	@Test
	void eventIsCountedUntilItsHandlerHasCompleted() {
		this.io.handle("x", (socket, event) -> this.done.asMono());
		this.client.receive(EVENT).receive(EVENT);
		assertThat(this.client.counted()).isBetween(4000L, 4100L);
		this.done.tryEmitEmpty();
		assertThat(this.client.counted()).isZero();
	}

	@Test
	void eventIsCountedUntilItsHandlerHasCompletedThoughTheClientIsGone() {
		this.io.handle("x", (socket, event) -> this.done.asMono());
		this.client.receive(EVENT);
		this.client.lose();
		assertThat(this.client.counted()).isGreaterThan(2000);
		this.done.tryEmitEmpty();
		assertThat(this.client.counted()).isZero();
	}

	@Test
	void attachmentsAreCounted() {
		this.io.handle("x", (socket, event) -> this.done.asMono());
		this.client.receive("52-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
			.receive(new byte[3000])
			.receive(new byte[5000]);
		assertThat(this.client.counted()).isBetween(8000L, 8200L);
		this.done.tryEmitEmpty();
		assertThat(this.client.counted()).isZero();
	}

	@Test
	void eventsThatWaitForAMiddlewareAreCounted() {
		this.io.sockets().use((socket, event) -> this.done.asMono().thenReturn(event));
		this.io.handle("x", (socket, event) -> Mono.never());
		this.client.receive(EVENT).receive(EVENT);
		assertThat(this.client.counted()).isBetween(4000L, 4100L);
		this.done.tryEmitEmpty();
		assertThat(this.client.counted()).as("those in flight").isBetween(4000L, 4100L);
	}

	@Test
	void eventsThatWaitForAMiddlewareAreForgottenWithTheClient() {
		this.io.sockets().use((socket, event) -> this.done.asMono().thenReturn(event));
		this.client.receive(EVENT).receive(EVENT);
		this.client.lose();
		assertThat(this.client.counted()).isZero();
	}

	@Test
	void smallEventsAreNotCounted() {
		this.io.handle("x", (socket, event) -> this.done.asMono());
		this.client.receive(EVENT).receive("2[\"x\"]");
		assertThat(this.client.counted()).isBetween(2000L, 2100L);
	}

}
