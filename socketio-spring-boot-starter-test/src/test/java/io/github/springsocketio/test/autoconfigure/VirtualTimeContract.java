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

package io.github.springsocketio.test.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time that passes when a test says so, on a port and in process.
 */
abstract class VirtualTimeContract {

	private static final Duration PING_INTERVAL = Duration.ofSeconds(25);

	private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

	@Autowired
	private SocketIoTester tester;

	@Autowired
	private VirtualTime time;

	@Autowired
	private SocketIoServer io;

	@Autowired
	private EngineServer engine;

	private Socket socketOf(SocketTester client) {
		Socket socket = this.io.sockets().sockets().get(client.socket().id());
		assertThat(socket).isNotNull();
		return socket;
	}

	@ParameterizedTest
	@EnumSource
	void clientThatAnswersPingsStaysConnected(Transport transport) {
		SocketTester ann = this.tester.transports(transport).connect();
		this.time.advance(Duration.ofHours(1));
		ann.emitWithAck("whoami").expectAck();
		assertThat(this.engine.clientsCount()).isOne();
	}

	@Test
	void clientThatIsCutIsDisconnectedAfterThePingTimeout() {
		SocketTester ann = this.tester.connect();
		SocketTester bob = this.tester.connect();
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		socketOf(ann).onDisconnect((socket, cause, detail) -> reason.complete(cause));
		this.time.advance(PING_INTERVAL);
		assertThat(reason).isNotDone();
		ann.socket().io().cut();
		this.time.advance(PING_INTERVAL.plus(PING_TIMEOUT));
		assertThat(reason).isCompletedWithValue(DisconnectReason.PING_TIMEOUT);
		bob.emitWithAck("whoami").expectAck();
	}

	@Test
	void acknowledgementTimesOut() {
		SocketTester ann = this.tester.connect();
		CompletableFuture<?> response = socketOf(ann).timeout(Duration.ofSeconds(10))
			.emitWithAck("question")
			.toFuture();
		ann.expectEvent("question");
		this.time.advance(Duration.ofMillis(9999));
		assertThat(response).isNotDone();
		this.time.advance(Duration.ofMillis(1));
		assertThat(response).failsWithin(Duration.ZERO)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(AckTimeoutException.class);
	}

	@Test
	void clientThatJoinsNoNamespaceIsClosed() {
		this.tester.namespace("/chat").auth(Map.of("token", "wrong")).expectConnectError().expectMessage("no token");
		assertThat(this.engine.clientsCount()).isOne();
		this.time.advance(Duration.ofSeconds(45));
		assertThat(this.engine.clientsCount()).isZero();
	}

}
