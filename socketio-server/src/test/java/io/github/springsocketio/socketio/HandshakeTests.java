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

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The handshake and the attributes of sockets (section 4).
 */
class HandshakeTests {

	private final TestServer server = new TestServer();

	private Socket connect(TestRequest request, String packet) {
		TestSession client = this.server.engine.open(4, request);
		return this.server.io.sockets().sockets().get(client.connect(packet));
	}

	@Test
	@Tag("SIO-36")
	void handshakeTellsOfTheFirstRequest() {
		Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
		Handshake handshake = connect(new TestRequest(Map.of("origin", List.of("http://a"), "x-a", List.of("1", "2"))),
				"0{\"t\":1}")
			.handshake();
		assertThat(handshake.headers()).containsEntry("x-a", List.of("1", "2"));
		assertThat(handshake.header("X-A")).isEqualTo("1, 2");
		assertThat(handshake.address()).isEqualTo("127.0.0.1");
		assertThat(handshake.xdomain()).isTrue();
		assertThat(handshake.secure()).isFalse();
		assertThat(handshake.issued()).isBetween(before, Instant.now());
		assertThat(handshake.url()).isEqualTo("/socket.io/?EIO=4&transport=websocket&a=1&a=2");
		assertThat(handshake.query()).containsEntry("a", "2");
		assertThat(handshake.principal()).isNotNull();
		assertThat(handshake.attributes()).isEmpty();
		assertThat(handshake.auth()).isEqualTo(Map.of("t", 1));
		assertThat(handshake.auth(Auth.class)).isEqualTo(new Auth(1));
	}

	@Test
	@Tag("SIO-36")
	void handshakeAsAMapHasTheKeysOfTheJavaScriptServer() {
		Map<String, Object> map = connect(new TestRequest(), "0").handshake().toMap();
		assertThat(map).containsOnlyKeys("headers", "time", "address", "xdomain", "secure", "issued", "url", "query",
				"auth");
		assertThat(map).containsEntry("headers", Map.of("user-agent", "test"))
			.containsEntry("xdomain", false)
			.containsEntry("auth", Map.of());
		assertThat(map.get("time")).asString()
			.matches("\\w{3} \\w{3} \\d\\d \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\\+0000 .*");
		assertThat(map.get("issued")).isInstanceOf(Long.class);
	}

	@Test
	@Tag("SIO-36")
	void authWithoutPayloadIsThatOfAnEmptyObject() {
		assertThat(connect(new TestRequest(), "0").handshake().auth(Auth.class)).isEqualTo(new Auth(null));
	}

	@Test
	@Tag("SIO-37")
	void socketHasItsAttributes() {
		TestSession client = this.server.open();
		Socket socket = this.server.io.sockets().sockets().get(client.connect());
		assertThat(socket.nsp()).isEqualTo("/");
		assertThat(socket.namespace()).isSameAs(this.server.io.sockets());
		assertThat(socket.conn()).isSameAs(client);
		assertThat(socket.connected()).isTrue();
		assertThat(socket.recovered()).isFalse();
		assertThat(socket.rooms()).containsExactly(socket.id());
		assertThat(socket.data()).isEmpty();
		client.lose();
		assertThat(socket.connected()).isFalse();
	}

	@Test
	@Tag("SIO-37")
	void dataTakesNull() {
		Map<String, Object> data = connect(new TestRequest(), "0").data();
		data.put("a", null);
		data.put("b", 1);
		assertThat(data).containsEntry("a", null).containsEntry("b", 1).hasSize(2);
		assertThat(data.get("c")).isNull();
		assertThat(data.remove("b")).isEqualTo(1);
		data.entrySet().removeIf((entry) -> entry.getValue() == null);
		assertThat(data).isEmpty();
	}

	@Test
	@Tag("SIO-38")
	void roomsAreThereWhileDisconnectingAndGoneAfterwards() {
		List<Integer> sizes = new java.util.ArrayList<>();
		this.server.io.sockets()
			.onDisconnecting((socket, reason, detail) -> sizes.add(socket.rooms().size()))
			.onDisconnect((socket, reason, detail) -> sizes.add(socket.rooms().size()));
		TestSession client = this.server.open();
		this.server.io.sockets().sockets().get(client.connect()).join("r");
		client.lose();
		assertThat(sizes).containsExactly(2, 0);
	}

	@Test
	@Tag("SEC-74")
	void viewOfSocketsCannotBeChanged() {
		connect(new TestRequest(), "0");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.server.io.sockets().sockets().clear());
	}

	record Auth(Integer t) {

	}

}
