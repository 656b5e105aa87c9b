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

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.autoconfigure.ChatApplication.Joined;
import io.github.springsocketio.test.autoconfigure.ChatApplication.Message;
import io.github.springsocketio.test.client.Transport;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A chat as a conversation, on a port and in process.
 */
abstract class ChatContract {

	@Autowired
	private SocketIoTester tester;

	@Test
	void chat() {
		SocketIoTester chat = this.tester.namespace("/chat").auth(Map.of("token", "secret"));
		SocketTester ann = chat.name("ann").connect();
		SocketTester bob = chat.name("bob").connect();

		ann.emitWithAck("join", "java").expectAck(Joined.class).isEqualTo(new Joined("java", ann.socket().id()));
		bob.emitWithAck("join", "java").expectAck(Joined.class);
		bob.emitWithAck("send", new Message("java", "hello")).expectAck().isEqualTo("delivered", 1);
		ann.expectEvent("message", Message.class).isEqualTo(new Message("java", "hello"));
		bob.expectNoEvent("message", Duration.ofMillis(50));

		ann.handshake().expectStatus(200).expectCookie("io").httpOnly().sameSite("Lax").path("/").maxAge(null);
		ann.expectUpgrade().expectStatus(101).expectNoCookie("io").expectHeader("x-every", "1");
		String sid = ann.socket().io().sid();
		ann.reconnect().emitWithAck("cookie").expectAck(String.class).isEqualTo("io=" + sid + "; theme=dark");
	}

	@Test
	void refusals() {
		this.tester.namespace("/chat").expectConnectError().expectMessage("no token").expectData(Map.of("code", 401));
		this.tester.query("refuse", "1")
			.handshake()
			.expectStatus(403)
			.expectBody("{\"code\":4,\"message\":\"not today\"}")
			.expectNoCookie("io");
		this.tester.query("refuse", "1").transports(Transport.WEBSOCKET).handshake().expectStatus(400);
	}

	@Test
	void eventsInOrder() {
		SocketTester socket = this.tester.namespace("/chat").auth(Map.of("token", "secret")).connect();
		socket.emit("count", 3).expectEvents("number-1", "number-2", "number-3").expectNoEvent(Duration.ofMillis(20));
		socket.emit("count", 2).expectEvent("number-2").isEqualTo(2).and().expectEvent("number-1");
		socket.emit("ask").expectEvent("question").isEqualTo(1).and().expectNoEvent(Duration.ofMillis(20));
		socket.emit("ask")
			.expectEvent("question")
			.isEqualTo(1)
			.ack("yes")
			.expectEvent("answered", String.class)
			.isEqualTo("yes");
		socket.emitWithAck("empty").expectEmptyAck();
		socket.emitWithAck("join").expectError("missing-argument").expectMessage("Argument 0 is missing");
		socket.emitWithAck("fail")
			.expectError("validation")
			.expectField("text")
			.satisfies((error) -> assertThat(error).doesNotContainKey("id"))
			.and()
			.emitWithAck("silent")
			.expectNoAck(Duration.ofMillis(20));
		socket.emit("kick").expectDisconnect("io server disconnect");
	}

	@Test
	void principals() {
		this.tester.mutateWith(SocketIoMockUsers.mockPrincipal(() -> "ann"))
			.connect()
			.emitWithAck("whoami")
			.expectAck(String.class)
			.isEqualTo("ann");
	}

	@Test
	void severalNamespacesOfOneClient() {
		SocketTester main = this.tester.connect();
		SocketTester chat = this.tester.namespace("/chat").auth(Map.of("token", "secret")).connect().connect("/");
		assertThat(chat.socket().nsp()).isEqualTo("/");
		assertThat(main.socket().io().sid()).isNotEqualTo(chat.socket().io().sid());
	}

}
