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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The checks of the sessions of connected clients.
 */
@Tag("SEC-99")
class WebSessionWatchTests {

	private final List<String> checks = new CopyOnWriteArrayList<>();

	private volatile boolean alive = true;

	private static TestServer start(Consumer<SecurityOptions.Builder> security) {
		SecurityOptions.Builder builder = SecurityOptions.builder();
		security.accept(builder);
		return new TestServer((options) -> options.security(builder.build()));
	}

	private TestRequest request(String id) {
		return new TestRequest().webSession(id).webSessionCheck((access) -> Mono.fromSupplier(() -> {
			this.checks.add(id + " " + access);
			return this.alive;
		}));
	}

	private void check(TestServer server, int total) {
		Await.until("the check is due", () -> server.engine.liveTimers() != 0);
		server.advance(Duration.ofSeconds(30));
		Await.until("the sessions are checked", () -> this.checks.size() == total);
		Await.until("the next check is due", () -> server.engine.liveTimers() != 0);
	}

	@Test
	void connectionsOfASessionThatIsGoneAreClosedAfterAGrace() {
		TestServer server = start((security) -> {
		});
		server.io.of("/chat");
		TestSession client = server.engine.open(4, request("s1"));
		client.connect();
		client.connect("0/chat,");
		TestSession other = server.engine.open(4, new TestRequest().webSession("s2"));
		other.connect();
		check(server, 1);
		assertThat(client.sent()).isEmpty();
		this.alive = false;
		check(server, 2);
		Await.until("the socket is told", () -> client.messages().size() >= 4);
		assertThat(client.sent()).hasSize(2)
			.allMatch((packet) -> packet.contains("[\"auth:expiring\",{") && packet.contains("\"disconnectIn\":10000"));
		assertThat(client.isClosed()).isFalse();
		server.advance(Duration.ofSeconds(10));
		Await.until("the connection is closed", client::isClosed);
		assertThat(other.isClosed()).isFalse();
	}

	@Test
	void sessionOfSeveralConnectionsIsCheckedOnce() {
		TestServer server = start((security) -> {
		});
		server.engine.open(4, request("s1")).connect();
		server.engine.open(4, request("s1")).connect();
		check(server, 1);
		assertThat(this.checks).containsExactly("s1 false");
	}

	@Test
	void eventsKeepASessionAliveIfWished() {
		TestServer server = start((security) -> security.webSessionKeepAlive(true));
		TestSession client = server.engine.open(4, request("s1"));
		client.connect();
		check(server, 1);
		client.receive("2[\"x\"]");
		check(server, 2);
		check(server, 3);
		assertThat(this.checks).containsExactly("s1 false", "s1 true", "s1 false");
	}

	@Test
	void failingStoreClosesNothing() {
		TestServer server = start((security) -> {
		});
		TestSession client = server.engine.open(4, new TestRequest().webSession("s1").webSessionCheck((access) -> {
			this.checks.add("failed");
			return Mono.error(new IllegalStateException("test"));
		}));
		client.connect();
		check(server, 1);
		check(server, 2);
		assertThat(client.sent()).isEmpty();
		assertThat(client.isClosed()).isFalse();
	}

	@Test
	void socketsThatWereAuthenticatedOtherwiseDoNotDependOnTheSession() {
		TestServer server = start((security) -> security
			.authenticators(List.of((namespace, handshake) -> Mono.just(SocketAuthentication.of(() -> "ada")))));
		server.engine.open(4, request("s1")).connect();
		server.advance(Duration.ofSeconds(30));
		Await.until("there is no check left", () -> server.engine.liveTimers() == 0);
		assertThat(this.checks).isEmpty();
	}

	@Test
	void thereAreNoChecksWithoutSessionsOrIfTheyAreOff() {
		TestServer server = start((security) -> {
		});
		server.open().connect();
		assertThat(server.engine.liveTimers()).isZero();
		TestServer off = start((security) -> security.webSessionCheckInterval(Duration.ZERO));
		off.engine.open(4, request("s1")).connect();
		assertThat(off.engine.liveTimers()).isZero();
	}

}
