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
import java.util.Collection;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of clients that have joined no namespace yet.
 */
class UnjoinedClientsTests {

	private final TestServer server = new TestServer();

	private final UnjoinedClients unjoined = ((DefaultSocketIoServer) this.server.io).unjoined();

	@Test
	@Tag("SEC-08")
	void shouldForgetClientsThatJoinBehindOneThatDoesNot() {
		TestSession silent = this.server.open();
		for (int i = 0; i < 3000; i++) {
			this.server.open().connect();
		}
		assertThat(this.unjoined.count()).isOne();
		assertThat(entries()).hasSizeLessThan(1100);
		this.server.advance(Duration.ofSeconds(5));
		assertThat(this.unjoined.closeOldest()).isTrue();
		assertThat(silent.isClosed()).isTrue();
		assertThat(this.unjoined.closeOldest()).isFalse();
		assertThat(this.unjoined.count()).isZero();
		assertThat(entries()).isEmpty();
	}

	@Test
	@Tag("SEC-08")
	void shouldCountAClientThatJoinsAndLeavesOnceAtATime() {
		TestSession client = this.server.open();
		assertThat(this.unjoined.count()).isOne();
		for (int i = 0; i < 3; i++) {
			client.connect();
			assertThat(this.unjoined.count()).isZero();
			client.receive("1");
			assertThat(this.unjoined.count()).isOne();
		}
		client.lose();
		assertThat(this.unjoined.count()).isZero();
	}

	private Collection<?> entries() {
		return (Collection<?>) ReflectionTestUtils.getField(this.unjoined, "entries");
	}

}
