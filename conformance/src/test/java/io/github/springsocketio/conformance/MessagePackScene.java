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

package io.github.springsocketio.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.ConnectErrorException;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.Transport;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client and a server with the profile {@code wire} send each other as
 * MessagePack.
 *
 * @param client the client, which is not connected yet
 * @param transports its transports
 */
record MessagePackScene(SocketIoClient client, List<Transport> transports) {

	private static final byte[] BYTES = { 0, 1, -1, 127 };

	void play() {
		ClientSocket socket = this.client.connect();
		sendAndReceive(socket);
		acknowledge(socket);
		connect(this.client.socket("/auth"));
		if (this.transports.size() > 1) {
			this.client.upgrade();
		}
		assertThat(TestClientContract.whoami(socket).get("transport"))
			.isEqualTo(this.transports.get(this.transports.size() - 1).text());
		this.client.close();
	}

	private static void sendAndReceive(ClientSocket socket) {
		List<@Nullable Object> args = Arrays.asList(0, 1, -1, 127, 128, -129, 65536, 1L << 40, -(1L << 40), 1.5, -0.25,
				"", "é🦊\u001e", "x".repeat(300), true, false, null, BYTES, List.of(), Map.of(),
				Map.of("a", BYTES, "b", List.of(new byte[0], "c", Map.of("d", 1))));
		assertThat(socket.emitWithAck("echo", args.toArray()).toList()).usingRecursiveComparison().isEqualTo(args);
		assertThat(TestClientContract.arguments(socket.emit("echo", args.toArray()).next("echo")))
			.usingRecursiveComparison()
			.isEqualTo(args);
		assertThat(socket.emit("bytes", 300).next("bytes").get(0, byte[].class)).hasSize(300).startsWith(0, 1, 2);
		socket.emit("burst", 20, false);
		IntStream.range(0, 20).forEach((i) -> assertThat(socket.next("burst").get(0)).isEqualTo(i));
	}

	private static void acknowledge(ClientSocket socket) {
		socket.on("question", (event) -> event.ack("answer", event.get(0), BYTES));
		Map<?, ?> answer = (Map<?, ?>) socket.emitWithAck("ask", 5000, "question", 7).get(0);
		assertThat(answer.get("values")).usingRecursiveComparison().isEqualTo(Arrays.asList("answer", 7, BYTES));
	}

	private static void connect(ClientSocket socket) {
		socket.auth(Map.of("token", "wrong"));
		assertThatExceptionOfType(ConnectErrorException.class).isThrownBy(socket::connect)
			.satisfies((error) -> assertThat(error.data()).isEqualTo(Map.of("code", 401, "hint", "token")));
		socket.auth(Map.of("token", "secret")).connect();
		assertThat(TestClientContract.whoami(socket).get("nsp")).isEqualTo("/auth");
		socket.emit("bye", false);
		assertThat(socket.awaitDisconnect()).isEqualTo("io server disconnect");
	}

}
