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
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of Socket.IO 2 (section 15).
 */
class Protocol3Tests {

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private TestSession open() {
		return this.server.engine.open(3, new TestRequest());
	}

	@Test
	@Tag("SIO-111")
	void mainNamespaceIsJoinedWithoutBeingAsked() {
		TestSession client = open();
		assertThat(client.sent()).containsExactly("0");
		assertThat(this.io.sockets().sockets()).containsOnlyKeys(client.id());
	}

	@Test
	@Tag("SIO-111")
	@Tag("SEC-111")
	void middlewareOfTheMainNamespaceMayRefuse() {
		List<String> seen = new ArrayList<>();
		this.io.sockets()
			.use((socket) -> Mono.error(new ConnectErrorException("no")))
			.onAny((socket, event) -> seen.add(event.name()));
		TestSession client = open();
		assertThat(client.sent()).containsExactly("4\"no\"");
		client.receive("2[\"x\"]");
		assertThat(seen).isEmpty();
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	@Tag("SIO-112")
	@Tag("SIO-113")
	void queryOfTheNameIsTheAuthPayload() {
		List<Map<String, Object>> auths = new ArrayList<>();
		this.io.of("/adm").onConnection((socket) -> auths.add(socket.handshake().auth()));
		TestSession client = open();
		client.sent();
		client.receive("0/adm?tok=1&tok=2&x=a%20b&flag");
		assertThat(client.sent()).containsExactly("0/adm,");
		assertThat(auths).containsExactly(Map.of("tok", "2", "x", "a b", "flag", ""));
		assertThat(this.io.of("/adm").sockets()).containsOnlyKeys("/adm#" + client.id());
	}

	@Test
	@Tag("SIO-106")
	@Tag("SIO-112")
	void queryIsShownToMatchers() {
		List<Object> auths = new ArrayList<>();
		this.io.of((name, auth) -> {
			auths.add(name + auth);
			return Mono.just(true);
		});
		this.io.of(Pattern.compile("/never"));
		open().receive("0/dyn?tok=1");
		assertThat(auths).containsExactly("/dyn{tok=1}");
	}

	@Test
	@Tag("SIO-114")
	void errorsHaveTheFormOfProtocol3() {
		this.io.of("/message").use((socket) -> Mono.error(new ConnectErrorException("no")));
		this.io.of("/data").use((socket) -> Mono.error(new ConnectErrorException("no", Map.of("code", 1))));
		this.io.of("/failure").use((socket) -> Mono.error(new IllegalStateException("secret")));
		TestSession client = open();
		client.sent();
		client.receive("0/message").receive("0/data").receive("0/failure").receive("0/nope?x=1");
		assertThat(client.sent()).containsExactly("4/message,\"no\"", "4/data,{\"code\":1}",
				"4/failure,\"Internal server error\"", "4/nope,{\"message\":\"Invalid namespace\"}");
	}

	@Test
	@Tag("SIO-115")
	void eventsAndAcknowledgementsAreThoseOfProtocol5() {
		this.io.sockets().on("ask", (socket, event) -> event.ack(event.get(0)));
		this.io.of("/adm").on("ask", (socket, event) -> event.ack("adm"));
		TestSession client = open();
		client.receive("0/adm").sent();
		client.receive("21[\"ask\",\"a\"]").receive("2/adm,2[\"ask\"]");
		client.receive("51-3[\"ask\",{\"_placeholder\":true,\"num\":0}]").receive(new byte[] { 1 });
		assertThat(client.sent()).containsExactly("31[\"a\"]", "3/adm,2[\"adm\"]",
				"61-3[{\"_placeholder\":true,\"num\":0}]", "bAQ==");
	}

	@Test
	@Tag("SIO-111")
	void recoveryIsNotOfferedToProtocol3() {
		TestServer recovering = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		TestSession client = recovering.engine.open(3, new TestRequest());
		assertThat(client.sent()).containsExactly("0");
		recovering.io.asVolatile().emit("x", 1);
		recovering.io.sockets().sockets().values().iterator().next().asVolatile().emit("y");
		assertThat(client.sent()).containsExactly("2[\"x\",1]", "2[\"y\"]");
		client.lose();
		assertThat(recovering.io.sockets().sockets()).isEmpty();
	}

}
