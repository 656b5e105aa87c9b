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

package io.github.springsocketio.test.client;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client with a server whose packets come when a test says so.
 */
@Timeout(60)
class SocketIoClientTests {

	private final ScriptedServer server = new ScriptedServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void shouldNotBeConnectedAfterItHasLeft() {
		try (SocketIoClient client = this.server.client().upgrade(false).build()) {
			ClientSocket socket = client.socket();
			CompletableFuture<ClientSocket> connection = socket.connectAsync();
			assertThat(this.server.post()).isEqualTo("40");
			socket.disconnect();
			CompletableFuture<ClientSocket> other = client.socket("/other").connectAsync();
			assertThat(this.server.post()).isEqualTo("40/other,");
			this.server.poll("40{\"sid\":\"a\"}\u001e42[\"hello\"]\u001e40/other,{\"sid\":\"b\"}");
			assertThat(other.join().connected()).isTrue();
			assertThat(socket.connected()).isFalse();
			assertThat(socket.unread()).isEmpty();
			assertThat(connection).isCompletedExceptionally();
		}
	}

}
