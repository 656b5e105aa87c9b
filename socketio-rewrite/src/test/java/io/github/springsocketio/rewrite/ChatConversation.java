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

package io.github.springsocketio.rewrite;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.Transport;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What three clients say to the chat, and what it says to them.
 */
final class ChatConversation implements AutoCloseable {

	/** For machines that are busy with something else. */
	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final SocketIoClient adasClient;

	private final SocketIoClient bobsClient;

	private final SocketIoClient carolsClient;

	ChatConversation(int port) {
		this.adasClient = client(port, "de");
		this.bobsClient = client(port, null);
		this.carolsClient = client(port, null);
	}

	private static SocketIoClient client(int port, @Nullable String language) {
		var builder = SocketIoClient.builder("http://localhost:" + port)
			.path("/realtime")
			.transports(Transport.WEBSOCKET)
			.timeout(TIMEOUT);
		return ((language != null) ? builder.query("language", language) : builder).build();
	}

	void run() {
		ClientSocket ada = this.adasClient.connect();
		ClientSocket bob = this.bobsClient.connect();
		String adasId = ada.next("welcome").get(0, String.class);
		String bobsId = bob.next("welcome").get(0, String.class);
		assertThat(adasId).isNotEmpty().isNotEqualTo(bobsId);
		acknowledgements(ada, bob);
		rooms(ada, bob);
		callbacks(ada);
		whispers(ada, bob, bobsId);
		ClientSocket admin = namespaces(ada, bob);
		ends(ada, bob, admin);
	}

	private static void acknowledgements(ClientSocket ada, ClientSocket bob) {
		assertThat(ada.emitWithAck("sum", 3, 4).toList()).containsExactly(7);
		assertThat(ada.emitWithAck("range", "conversation", 3, 8).toList()).containsExactly("versa", 3);
		assertThat(ada.emitWithAck("name", "Ada").toList()).isEmpty();
		assertThat(bob.emitWithAck("name", "Bob").toList()).isEmpty();
		assertThat(ada.emitWithAck("note", "a note").toList()).isEmpty();
		assertThat(ada.next("noted").get(0)).isEqualTo("a note");
	}

	private static void rooms(ClientSocket ada, ClientSocket bob) {
		assertThat(ada.emitWithAck("join", "red").toList()).containsExactly(true);
		assertThat(ada.emitWithAck("count", "red").toList()).containsExactly(1, 2);
		assertThat(bob.emitWithAck("join", "red").toList()).containsExactly(true);
		assertThat(ada.emitWithAck("count", "red").toList()).containsExactly(2, 2);
		Arguments delivered = ada.emitWithAck("message", Map.of("room", "red", "text", "hello"));
		assertThat(delivered.toList()).containsExactly("delivered", 5);
		assertThat(bob.next("message").arguments().toList()).containsExactly("hello", "de");
		assertThat(bob.emitWithAck("leave", "red").toList()).isEmpty();
		assertThat(ada.emitWithAck("count", "red").toList()).containsExactly(1, 2);
		assertThat(ada.unread()).isEmpty();
	}

	private static void callbacks(ClientSocket ada) {
		ada.on("question", (event) -> event.ack(event.get(0, String.class) + "!"));
		ada.on("ping-me", (event) -> event.ack());
		ada.emit("ask", "why");
		assertThat(ada.next("answered").get(0)).isEqualTo("why!");
		ada.next("pinged");
	}

	private static void whispers(ClientSocket ada, ClientSocket bob, String bobsId) {
		assertThat(ada.emitWithAck("whisper", Map.of("room", bobsId, "text", "psst")).toList()).isEmpty();
		assertThat(bob.next("whisper").arguments().toList()).containsExactly("Ada", "psst");
	}

	private ClientSocket namespaces(ClientSocket ada, ClientSocket bob) {
		ClientSocket admin = this.adasClient.connect("/admin");
		assertThat(admin.next("namespace").get(0)).isEqualTo("/admin");
		assertThat(admin.emitWithAck("announce", "news").toList()).containsExactly("news", true);
		assertThat(ada.next("announcement").get(0)).isEqualTo("news");
		assertThat(bob.next("announcement").get(0)).isEqualTo("news");
		return admin;
	}

	private void ends(ClientSocket ada, ClientSocket bob, ClientSocket admin) {
		bob.emit("quit", "tired");
		bob.awaitDisconnect();
		// the library notices it only now
		this.bobsClient.close();
		assertThat(List.of(ada.next().name(), ada.next().name())).containsExactlyInAnyOrder("gone", "left");
		this.carolsClient.connect("/admin").next("namespace");
		this.carolsClient.close();
		admin.next("admin-left");
	}

	@Override
	public void close() {
		this.adasClient.close();
		this.bobsClient.close();
		this.carolsClient.close();
	}

}
