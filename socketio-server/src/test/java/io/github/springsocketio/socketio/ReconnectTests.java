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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that connects to a namespace which it has joined, or is joining, already.
 */
@Tag("SEC-50")
class ReconnectTests {

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private final List<String> seen = new ArrayList<>();

	/** The gates of the middleware, one for each attempt. */
	private final List<Sinks.Empty<Void>> gates = new ArrayList<>();

	@BeforeEach
	void listen() {
		this.io.onConnection((socket) -> this.seen.add("connection"))
			.onDisconnecting((socket, reason, detail) -> this.seen.add("disconnecting"))
			.onDisconnect((socket, reason, detail) -> this.seen.add("disconnect " + reason.text()))
			.on("x", (socket, event) -> this.seen.add("x " + event.get(0)));
	}

	private void useGates() {
		this.io.use((socket) -> {
			Sinks.Empty<Void> gate = Sinks.empty();
			this.gates.add(gate);
			return gate.asMono();
		});
	}

	private Socket socket() {
		assertThat(this.io.sockets().sockets()).hasSize(1);
		return this.io.sockets().sockets().values().iterator().next();
	}

	@Test
	void socketIsReplacedAtOnceWithoutMiddlewares() {
		String first = this.client.connect();
		String second = this.client.connect();
		assertThat(second).isNotEqualTo(first);
		assertThat(this.client.isClosed()).isFalse();
		assertThat(socket().id()).isEqualTo(second);
		assertThat(this.seen).containsExactly("connection", "disconnecting", "disconnect client namespace disconnect",
				"connection");
	}

	@Test
	void socketIsReplacedAtOnceWithSynchronousMiddlewares() {
		this.io.use((socket) -> Mono.fromRunnable(() -> this.seen.add("middleware")));
		String first = this.client.connect();
		Socket old = socket();
		old.join("r");
		String second = this.client.connect();
		assertThat(second).isNotEqualTo(first);
		assertThat(old.connected()).isFalse();
		assertThat(this.io.sockets().rooms()).containsExactly(second);
		assertThat(this.seen).containsExactly("middleware", "connection", "middleware", "disconnecting",
				"disconnect client namespace disconnect", "connection");
		this.client.receive("2[\"x\",1]");
		assertThat(this.seen).endsWith("x 1").hasSize(7);
	}

	@Test
	void socketStaysConnectedUntilTheNewOneHasPassedTheMiddlewares() {
		String first = this.client.connect();
		useGates();
		this.client.receive("0");
		Socket old = socket();
		assertThat(old.id()).isEqualTo(first);
		assertThat(old.connected()).isTrue();
		this.client.receive("2[\"x\",1]");
		this.io.emit("y");
		old.emit("z");
		assertThat(this.seen).containsExactly("connection", "x 1");
		assertThat(this.client.sent()).containsExactly("2[\"y\"]", "2[\"z\"]");
		this.gates.get(0).tryEmitEmpty();
		assertThat(old.connected()).isFalse();
		assertThat(socket().id()).isNotEqualTo(first);
		assertThat(this.client.sent()).containsExactly("0{\"sid\":\"" + socket().id() + "\"}");
		assertThat(this.seen).containsExactly("connection", "x 1", "disconnecting",
				"disconnect client namespace disconnect", "connection");
		assertThat(this.client.isClosed()).isFalse();
	}

	@Test
	void refusalOfTheNewSocketEndsTheOldOne() {
		this.client.connect();
		useGates();
		this.client.receive("0");
		this.gates.get(0).tryEmitError(new ConnectErrorException("no"));
		assertThat(this.client.sent()).containsExactly("4{\"message\":\"no\"}");
		assertThat(this.io.sockets().sockets()).isEmpty();
		assertThat(this.io.sockets().rooms()).isEmpty();
		assertThat(this.seen).containsExactly("connection", "disconnecting", "disconnect client namespace disconnect");
		assertThat(this.client.isClosed()).isFalse();
	}

	@Test
	void refusalByASynchronousMiddlewareEndsTheOldSocketToo() {
		this.client.connect();
		this.io.use((socket) -> Mono.error(new ConnectErrorException("no")));
		this.client.receive("0");
		assertThat(this.client.sent()).containsExactly("4{\"message\":\"no\"}");
		assertThat(this.io.sockets().sockets()).isEmpty();
		assertThat(this.seen).containsExactly("connection", "disconnecting", "disconnect client namespace disconnect");
	}

	@Test
	@Tag("SIO-32")
	void newestAttemptWinsWhileMiddlewaresRun() {
		useGates();
		this.client.receive("0").receive("0");
		assertThat(this.client.isClosed()).isFalse();
		assertThat(this.gates).hasSize(2);
		assertThat(this.gates.get(0).currentSubscriberCount()).isZero();
		assertThat(this.gates.get(1).currentSubscriberCount()).isOne();
		this.gates.get(0).tryEmitEmpty();
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.seen).isEmpty();
		this.gates.get(1).tryEmitEmpty();
		assertThat(this.client.sent()).containsExactly("0{\"sid\":\"" + socket().id() + "\"}");
		assertThat(this.seen).containsExactly("connection");
	}

	@Test
	void cancelledAttemptLeavesNothing() {
		List<Socket> sockets = new ArrayList<>();
		List<String> ends = new ArrayList<>();
		this.io.use((socket) -> {
			sockets.add(socket);
			socket.join("r");
			return socket.onDisconnect().doOnSuccess((none) -> ends.add(socket.id())).then(Mono.never());
		});
		this.client.receive("0").receive("0").receive("0");
		assertThat(sockets).hasSize(3);
		assertThat(this.io.sockets().rooms()).containsExactly("r");
		this.client.lose();
		assertThat(this.io.sockets().rooms()).isEmpty();
		assertThat(this.seen).isEmpty();
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	void newestAttemptWinsWhileAMatcherIsAsked() {
		List<Sinks.One<Boolean>> decisions = new ArrayList<>();
		DynamicNamespace family = this.io.of((name, auth) -> {
			decisions.add(Sinks.one());
			return decisions.get(decisions.size() - 1).asMono();
		});
		this.client.receive("0/x,").receive("0/x,");
		assertThat(decisions).hasSize(2);
		assertThat(decisions.get(0).currentSubscriberCount()).isZero();
		decisions.get(0).tryEmitValue(true);
		assertThat(family.children()).isEmpty();
		decisions.get(1).tryEmitValue(true);
		assertThat(family.children()).singleElement().satisfies((child) -> assertThat(child.sockets()).hasSize(1));
		assertThat(this.client.sent()).hasSize(1);
	}

	@Test
	void otherNamespacesAreNotAffected() {
		List<String> admin = this.server.disconnections("/admin");
		String first = this.client.connect("0/admin,");
		this.client.connect();
		useGates();
		this.client.receive("0").receive("0").receive("2/admin,[\"x\"]");
		this.gates.get(1).tryEmitError(new ConnectErrorException("no"));
		assertThat(this.io.of("/admin").sockets()).containsOnlyKeys(first);
		assertThat(admin).isEmpty();
		this.client.sent();
		this.io.of("/admin").emit("y");
		assertThat(this.client.sent()).containsExactly("2/admin,[\"y\"]");
	}

	@Test
	void disconnectPacketEndsTheConnectedSocketAndTheAttempt() {
		this.client.connect();
		useGates();
		this.client.receive("0").receive("1");
		assertThat(this.gates.get(0).currentSubscriberCount()).isZero();
		assertThat(this.io.sockets().sockets()).isEmpty();
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.seen).containsExactly("connection", "disconnecting", "disconnect client namespace disconnect");
		assertThat(this.client.isClosed()).isFalse();
	}

	@Test
	void replacingASocketCountsAsOneNamespace() {
		TestServer limited = new TestServer((options) -> options.maxNamespacesPerSession(1));
		TestSession peer = limited.open();
		for (int i = 0; i < 3; i++) {
			peer.connect();
		}
		assertThat(limited.io.sockets().sockets()).hasSize(1);
		assertThat(limited.engine.limits()).isEmpty();
	}

	@Test
	void manyConnectsLeaveOneSocketAndNoTimers() {
		useGates();
		for (int i = 0; i < 1000; i++) {
			this.client.receive("0");
		}
		assertThat(this.gates.subList(0, 999)).allMatch((gate) -> gate.currentSubscriberCount() == 0);
		this.gates.get(999).tryEmitEmpty();
		assertThat(socket().connected()).isTrue();
		assertThat(this.client.sent()).hasSize(1);
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	void socketIsReplacedWithRecoveryToo() {
		TestServer recovering = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		List<String> ends = recovering.disconnections("/");
		TestSession peer = recovering.open();
		String first = peer.connect();
		String second = peer.connect();
		assertThat(recovering.io.sockets().sockets()).containsOnlyKeys(second).doesNotContainKey(first);
		assertThat(ends).containsExactly("client namespace disconnect");
	}

}
