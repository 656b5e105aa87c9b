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

import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The assertions on connection state recovery.
 */
@SpringBootTest(classes = ChatApplication.class, properties = "socketio.connection-state-recovery.enabled=true")
@AutoConfigureSocketIoTester
class RecoveryAssertionsTests {

	@Autowired
	private SocketIoTester tester;

	@Test
	void ofARecoveredSocket() {
		SocketTester socket = this.tester.connect().expectNotRecovered();
		String id = socket.socket().id();
		socket.drop().reconnect().expectRecovered();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(socket::expectNotRecovered)
			.withMessageStartingWith("Expected a new socket, but the server has recovered the socket " + id
					+ "\nConversation of http://localhost:");
	}

	@Test
	void ofASocketThatHasLeft(@Autowired SocketIoServer io) {
		SocketTester socket = this.tester.connect();
		String id = socket.socket().id();
		socket.disconnect();
		Await.until("the socket has left", () -> !io.sockets().sockets().containsKey(id));
		socket.reconnect();
		socket.socket().connect();
		socket.expectNotRecovered();
	}

}
