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

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that asks for very many dynamic namespaces.
 */
class NamespaceFloodWireTests {

	private static final int NAMESPACES = 200_000;

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("SEC-70")
	void shouldLeaveNamespacesToOthers() {
		// no ping among the responses
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.pingInterval(Duration.ofMinutes(10))));
		SocketIoServer io = this.servers.socketIo(server);
		DynamicNamespace family = io.of((name, auth) -> Mono.just(name.startsWith("/dyn-")));
		RawWebSocket hostile = server.openWebsocket();
		RawWebSocket other = server.openWebsocket();
		CompletableFuture<Integer> refused = CompletableFuture.supplyAsync(() -> refused(hostile),
				(task) -> new Thread(task, "reader").start());
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = 1; i <= NAMESPACES; i++) {
			frames.writeBytes(RawWebSocket.frame(RawWebSocket.TEXT, ("40/dyn-" + i + ",").getBytes()));
			if (frames.size() > 10_000) {
				hostile.send(frames.toByteArray());
				frames.reset();
			}
		}
		hostile.send(frames.toByteArray());
		assertThat(Await.get("all responses", refused)).isEqualTo(NAMESPACES - 10);
		assertThat(family.children()).hasSize(10);
		other.sendText("40/dyn-" + NAMESPACES + ",");
		assertThat(other.readText()).startsWith("40/dyn-" + NAMESPACES + ",{");
		hostile.close();
		Await.until("its namespaces are gone", () -> family.children().size() == 1);
		assertThat(io.namespaces()).hasSize(2);
	}

	private static int refused(RawWebSocket websocket) {
		int refused = 0;
		for (int i = 0; i < NAMESPACES; i++) {
			String response = websocket.readText();
			refused += response.startsWith("44/") ? 1 : 0;
		}
		return refused;
	}

}
