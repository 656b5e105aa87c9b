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

package io.github.springsocketio.test.client;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.testsupport.Await;
import io.netty.channel.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The client with a server whose packets come when a test says so.
 */
@Timeout(60)
class SocketIoClientTests {

	private final ScriptedServer server = new ScriptedServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void shouldNotBeConnectedAfterItHasLeft() {
		try (SocketIoClient client = this.server.client().upgrade(false).build()) {
			ClientSocket socket = client.socket();
			CompletableFuture<ClientSocket> connection = socket.connectAsync();
			assertThat(this.server.post()).isEqualTo("40");
			socket.disconnect();
			CompletableFuture<ClientSocket> other = client.socket("/other").connectAsync();
			assertThat(this.server.post()).isEqualTo("40/other,");
			this.server.poll("40{\"sid\":\"a\"}\u001e42[\"hello\"]\u001e40/other,{\"sid\":\"b\"}");
			assertThat(Await.get("the other connection", other).connected()).isTrue();
			assertThat(socket.connected()).isFalse();
			assertThat(socket.unread()).isEmpty();
			assertThat(connection).isCompletedExceptionally();
		}
	}

	@Test
	void shouldCloseItsConnectionsAfterARefusedHandshake() {
		this.server.refuse(403);
		for (Transport transport : Transport.values()) {
			AtomicReference<Channel> connection = new AtomicReference<>();
			try (SocketIoClient client = this.server.client()
				.transports(transport)
				.httpClient((http) -> http.doOnChannelInit((observer, channel, address) -> connection.set(channel)))
				.build()) {
				assertThatExceptionOfType(HandshakeException.class).isThrownBy(client::open);
				Await.until("the end of the connection", () -> !connection.get().isOpen());
			}
		}
	}

	@Test
	void shouldCustomizeTheHttpClientInTheThreadThatBuildsTheClient() {
		List<Thread> threads = new CopyOnWriteArrayList<>();
		try (SocketIoClient client = this.server.client().upgrade(false).httpClient((http) -> {
			threads.add(Thread.currentThread());
			return http;
		}).build()) {
			client.open();
			client.reconnect();
			assertThat(threads).containsExactly(Thread.currentThread());
		}
	}

	@Test
	void shouldSendAfterAFailedUpgradeAndUpgradeAgain() {
		try (SocketIoClient client = this.server.client().upgrade(false).build()) {
			ClientSocket socket = connect(client);
			Sinks.Empty<Void> end = Sinks.empty();
			this.server.webSocket((received, outbound) -> outbound.sendString(received.take(1).map((probe) -> "3probe"))
				.then(end.asMono()));
			CompletableFuture<HandshakeResponse> failed = client.upgradeAsync();
			awaitLine(client, "<- websocket 3probe");
			socket.emit("first");
			end.tryEmitEmpty();
			assertThat(this.server.post()).isEqualTo("42[\"first\"]");
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> socket.await(failed, "the upgrade"))
				.withMessageContaining("the WebSocket was closed");
			assertThat(client.transport()).isEqualTo(Transport.POLLING);

			BlockingQueue<String> packets = new LinkedBlockingQueue<>();
			this.server.webSocket((received, outbound) -> outbound
				.sendString(received.doOnNext(packets::add).filter("2probe"::equals).map((probe) -> "3probe")));
			CompletableFuture<HandshakeResponse> upgraded = client.upgradeAsync();
			awaitLine(client, "<- websocket 3probe", 2);
			socket.emit("second");
			this.server.poll("6");
			assertThat(socket.await(upgraded, "the upgrade").status()).isEqualTo(101);
			assertThat(client.upgrade().transport()).isEqualTo(Transport.WEBSOCKET);
			assertThat(List.of(next(packets), next(packets), next(packets))).containsExactly("2probe", "5",
					"42[\"second\"]");
		}
	}

	@Test
	void shouldFailAnUpgradeWhoseSessionIsAbandoned() {
		try (SocketIoClient client = this.server.client().upgrade(false).build()) {
			ClientSocket socket = connect(client);
			this.server.webSocket((received, outbound) -> received.then());
			CompletableFuture<HandshakeResponse> upgrade = client.upgradeAsync();
			awaitLine(client, "-> websocket 2probe");
			client.cut();
			client.reconnectAsync();
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> socket.await(upgrade, "the upgrade"))
				.withMessageContaining("transport close");
		}
	}

	@Test
	void shouldApplyListenersToPacketsThatAreProcessedAfterTheirRegistration() {
		CompletableFuture<Void> entered = new CompletableFuture<>();
		AtomicBoolean released = new AtomicBoolean();
		List<String> calls = new CopyOnWriteArrayList<>();
		try (SocketIoClient client = this.server.client().upgrade(false).build()) {
			ClientSocket socket = connect(client).on("third", (event) -> calls.add("removed")).on("first", (event) -> {
				entered.complete(null);
				long end = System.nanoTime() + Await.LIMIT.toNanos();
				while (!released.get() && System.nanoTime() - end < 0) {
					// occupies the event loop of the client
				}
			});
			this.server.poll("42[\"first\"]\u001e42[\"second\"]\u001e42[\"third\"]\u001e41");
			Await.get("the first event", entered);
			socket.on("second", (event) -> calls.add(event.name())).off("third").onDisconnect(calls::add);
			released.set(true);
			assertThat(socket.awaitDisconnect()).isEqualTo("io server disconnect");
			assertThat(socket.unread()).extracting(ClientEvent::name).containsExactly("third");
			assertThat(calls).containsExactly("second", "io server disconnect");
		}
	}

	@Test
	void shouldFailToCloseAfterAListenerHasFailed() {
		SocketIoClient client = this.server.client().upgrade(false).build();
		ClientSocket socket = connect(client);
		AssertionError first = new AssertionError("not what was expected");
		socket.on("hello", (event) -> {
			throw first;
		});
		socket.onDisconnect((reason) -> {
			throw new IllegalStateException(reason);
		});
		this.server.poll("42[\"hello\"]\u001e42[\"next\"]");
		socket.next("next");
		assertThatExceptionOfType(SocketIoClientException.class).isThrownBy(client::close)
			.withMessageStartingWith("A listener has failed: java.lang.AssertionError: not what was expected\n")
			.withCause(first);
		assertThat(socket.connected()).isFalse();
		client.close();
	}

	@Test
	void shouldFailATestAfterAListenerHasFailed() {
		SocketIoTester tester = SocketIoTester.bindToServer(this.server.url())
			.client((client) -> client.upgrade(false));
		connect(tester.newClient()).onDisconnect((reason) -> {
			throw new IllegalStateException(reason);
		});
		SocketIoClient other = tester.newClient().open();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(tester::close)
			.withMessageStartingWith("A listener has failed: java.lang.IllegalStateException: io client disconnect\n");
		assertThat(other.sid()).isNull();
		tester.close();
	}

	private ClientSocket connect(SocketIoClient client) {
		CompletableFuture<ClientSocket> connection = client.socket().connectAsync();
		assertThat(this.server.post()).isEqualTo("40");
		this.server.poll("40{\"sid\":\"a\"}");
		return Await.get("the connection", connection);
	}

	private static void awaitLine(SocketIoClient client, String text) {
		awaitLine(client, text, 1);
	}

	private static void awaitLine(SocketIoClient client, String text, int count) {
		Await.until(text,
				() -> client.conversation().lines().stream().filter((line) -> line.endsWith(text)).count() == count);
	}

	private static String next(BlockingQueue<String> packets) {
		return Await.next("a packet", packets);
	}

}
