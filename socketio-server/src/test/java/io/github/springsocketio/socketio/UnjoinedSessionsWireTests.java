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

import io.github.springsocketio.engineio.VirtualTimers;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder.ExceededLimit;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limit of sessions that have joined no namespace.
 */
@Tag("SEC-08")
class UnjoinedSessionsWireTests {

	private static final Duration SILENCE = Duration.ofSeconds(5);

	@RegisterExtension
	private final TestServers servers = new TestServers();

	private final VirtualTimers clock = new VirtualTimers();

	@Test
	void shouldRefuseAHandshakeWhenNoneHasBeenSilentForAWhile() {
		TestServer server = start(2);
		PollingClient first = server.polling();
		RawWebSocket second = server.openWebsocket();
		this.clock.advance(SILENCE.minusMillis(100));
		RawResponse refused = server.http().get(server.target("transport=polling"));
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.header("Retry-After")).isEqualTo("5");
		assertThat(refused.header("Content-Type")).isEqualTo("application/json");
		assertThat(refused.text()).isEqualTo("{\"message\":\"Too many sessions\"}");
		assertThat(server.recorder().awaitExceededLimit()).isEqualTo(new ExceededLimit("max-unjoined-sessions", null));
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket"));
		assertThat(upgrade.status()).isEqualTo(503);
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-unjoined-sessions");
		first.post("40");
		server.polling();
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-unjoined-sessions");
		second.sendText("40");
		assertThat(second.readText()).startsWith("40{");
		server.polling();
		assertThat(server.engine().clientsCount()).isEqualTo(4);
	}

	@Test
	void shouldCloseTheOldestThatHasBeenSilentForAWhile() {
		TestServer server = start(2);
		PollingClient first = server.polling();
		this.clock.advance(Duration.ofSeconds(1));
		PollingClient second = server.polling();
		this.clock.advance(SILENCE);
		PollingClient third = server.polling();
		assertThat(server.recorder().awaitExceededLimit())
			.isEqualTo(new ExceededLimit("max-unjoined-sessions", first.sid()));
		assertThat(first.isAlive()).isFalse();
		assertThat(second.isAlive()).isTrue();
		RawWebSocket fourth = server.openWebsocket();
		assertThat(server.recorder().awaitExceededLimit().sid()).isEqualTo(second.sid());
		assertThat(second.isAlive()).isFalse();
		assertThat(third.isAlive()).isTrue();
		fourth.close();
	}

	@Test
	void shouldNotCountASessionWhoseMiddlewareIsSlow() {
		TestServer server = this.servers.start((spec) -> spec.clock(this.clock));
		Sinks.Empty<Void> decision = Sinks.empty();
		SocketIoServer io = this.servers.socketIo(server, options(1));
		io.use((socket) -> decision.asMono());
		PollingClient slow = server.polling();
		slow.post("40");
		this.clock.advance(SILENCE.multipliedBy(2));
		PollingClient second = server.polling();
		second.post("40");
		this.clock.advance(SILENCE.multipliedBy(2));
		server.polling().post("1");
		assertThat(slow.isAlive()).isTrue();
		assertThat(second.isAlive()).isTrue();
		decision.tryEmitEmpty();
		assertThat(slow.poll().text()).startsWith("40{");
		assertThat(server.recorder().hasLimits()).isFalse();
	}

	@Test
	void shouldCountASessionThatWasRefusedOrHasLeft() {
		TestServer server = this.servers.start((spec) -> spec.clock(this.clock));
		SocketIoServer io = this.servers.socketIo(server, options(1));
		io.of("/refused").use((socket) -> Mono.error(new ConnectErrorException("no")));
		RawWebSocket refused = server.openWebsocket();
		refused.sendText("40/refused,");
		assertThat(refused.readText()).startsWith("44/refused,");
		expectReplaced(server, io, refused);
		RawWebSocket unknown = server.openWebsocket();
		unknown.sendText("40/unknown,");
		assertThat(unknown.readText()).startsWith("44/unknown,");
		expectReplaced(server, io, unknown);
		RawWebSocket left = server.openWebsocket();
		left.sendText("40");
		assertThat(left.readText()).startsWith("40{");
		left.sendText("41");
		Await.until("the socket is gone", () -> io.sockets().sockets().isEmpty());
		expectReplaced(server, io, left);
	}

	/**
	 * A session is counted, and makes room when it has been silent.
	 */
	private void expectReplaced(TestServer server, SocketIoServer io, RawWebSocket websocket) {
		Await.until("the session is counted", () -> ((DefaultSocketIoServer) io).unjoined().count() == 1);
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-unjoined-sessions");
		this.clock.advance(SILENCE);
		server.polling().post("1");
		assertThat(server.recorder().awaitExceededLimit().sid()).isNotNull();
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
	}

	@Test
	void shouldHaveNoLimitWhenItIsZero() {
		TestServer server = start(0);
		for (int i = 0; i < 20; i++) {
			server.polling();
		}
		this.clock.advance(SILENCE.multipliedBy(2));
		server.polling();
		assertThat(server.engine().clientsCount()).isEqualTo(21);
		assertThat(server.recorder().hasLimits()).isFalse();
	}

	@Test
	void shouldCloseSilentSessionsWhenMemoryIsNeeded() {
		TestServer server = this.servers
			.start((spec) -> spec.clock(this.clock).engine((engine) -> engine.maxMemory(100_000)));
		this.servers.socketIo(server);
		String header = "Cookie: a=" + "x".repeat(6000);
		PollingClient joined = server.polling(header);
		joined.post("40");
		PollingClient oldest = server.polling(header);
		while (server.http().get(server.target("transport=polling"), header).status() == 200) {
			assertThat(server.engine().clientsCount()).isLessThan(20);
		}
		assertThat(server.recorder().awaitExceededLimit()).isEqualTo(new ExceededLimit("max-memory", null));
		this.clock.advance(SILENCE);
		server.polling(header);
		assertThat(server.recorder().awaitExceededLimit()).isEqualTo(new ExceededLimit("max-memory", oldest.sid()));
		assertThat(oldest.isAlive()).isFalse();
		assertThat(joined.isAlive()).isTrue();
	}

	private TestServer start(int limit) {
		TestServer server = this.servers.start((spec) -> spec.clock(this.clock));
		this.servers.socketIo(server, options(limit));
		return server;
	}

	private static SocketIoOptions options(int limit) {
		return SocketIoOptions.builder().maxUnjoinedSessions(limit).build();
	}

}
