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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncodingException;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.ClientTimeoutException;
import io.github.springsocketio.test.client.ConnectErrorException;
import io.github.springsocketio.test.client.ConnectionLostException;
import io.github.springsocketio.test.client.CookieStore;
import io.github.springsocketio.test.client.HandshakeException;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.SocketIoClientBuilder;
import io.github.springsocketio.test.client.SocketIoClientException;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the client of {@code socketio-test} does with a server that has the profile
 * {@code wire}: this one and the reference.
 */
@Timeout(60)
abstract class TestClientContract {

	static final int PING_INTERVAL = 600;

	static final int PING_TIMEOUT = 3000;

	private static final byte[] BYTES = { 0, 1, -1, 127 };

	private final Queue<SocketIoClient> clients = new ConcurrentLinkedQueue<>();

	abstract int port();

	/**
	 * Start a server with the same profile whose packets are MessagePack.
	 */
	abstract OtherServer startWithMsgpack();

	static Stream<List<Transport>> transports() {
		return Stream.of(List.of(Transport.POLLING), List.of(Transport.WEBSOCKET),
				List.of(Transport.POLLING, Transport.WEBSOCKET));
	}

	@AfterEach
	void closeClients() {
		this.clients.forEach(SocketIoClient::close);
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldConnect(List<Transport> transports) {
		ClientSocket socket = client(transports).connect();
		if (transports.size() > 1) {
			socket.io().upgrade();
		}
		Map<?, ?> self = whoami(socket);
		assertThat(self.get("id")).isEqualTo(socket.id());
		assertThat(self.get("transport")).isEqualTo(transports.get(transports.size() - 1).text());
		assertThat(socket.io().transport()).isEqualTo(transports.get(transports.size() - 1));
		assertThat(socket.connected()).isTrue();
		assertThat(socket.io().sid()).isNotEqualTo(socket.id());
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldSendAndReceiveEventsAndAcks(List<Transport> transports) {
		ClientSocket socket = client(transports).connect();
		Object[] args = { 1, 2.5, "é🦊\u001e", true, null, Map.of("a", List.of(1, Map.of("b", "c"))) };
		assertThat(socket.emitWithAck("echo", args).toList()).isEqualTo(Arrays.asList(args));
		socket.emit("echo", args).emit("echo");
		assertThat(arguments(socket.next("echo"))).isEqualTo(Arrays.asList(args));
		assertThat(arguments(socket.next("echo"))).isEmpty();
		assertThat(socket.unread()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldSendAndReceiveBinaryData(List<Transport> transports) {
		ClientSocket socket = client(transports).connect();
		Arguments ack = socket.emitWithAck("echo", BYTES, Map.of("inside", List.of(new byte[0], BYTES)));
		assertThat(ack.get(0)).isEqualTo(BYTES);
		assertThat(ack.get(1)).usingRecursiveComparison().isEqualTo(Map.of("inside", List.of(new byte[0], BYTES)));
		ClientEvent event = socket.emit("bytes", 300).next("bytes");
		assertThat(event.get(0, byte[].class)).hasSize(300).startsWith(0, 1, 2);
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldAcknowledgeEventsOfTheServer(List<Transport> transports) {
		ClientSocket socket = client(transports).connect();
		socket.on("question", (event) -> event.ack("answer", event.get(0), BYTES));
		Map<?, ?> answer = (Map<?, ?>) socket.emitWithAck("ask", 5000, "question", 7).get(0);
		assertThat(answer.get("ok")).isEqualTo(true);
		assertThat(answer.get("values")).usingRecursiveComparison().isEqualTo(Arrays.asList("answer", 7, BYTES));
		socket.off("question");
		var silent = socket.emitWithAckAsync("ask", 50, "question", 8);
		ClientEvent question = socket.next("question");
		assertThat(question.isAckRequested()).isTrue();
		assertThat(Await.get("the acknowledgement", silent).get(0)).isEqualTo(Map.of("ok", false));
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldKeepTheOrderOfEvents(List<Transport> transports) {
		ClientSocket socket = client(transports).connect();
		socket.emit("burst", 200, false);
		for (int i = 0; i < 200; i++) {
			assertThat(socket.next().get(0)).isEqualTo(i);
		}
		IntStream.range(0, 200).forEach((i) -> socket.emit("echo", i));
		for (int i = 0; i < 200; i++) {
			assertThat(socket.next("echo").get(0)).isEqualTo(i);
		}
	}

	@Test
	void shouldCompleteWithOneEventAfterTheOther() {
		ClientSocket socket = client(List.of(Transport.WEBSOCKET)).connect();
		var third = socket.nextAsync("burst")
			.thenCompose((first) -> socket.nextAsync("burst"))
			.thenCompose((second) -> socket.nextAsync("burst"));
		var other = socket.nextAsync("burst");
		socket.emit("burst", 4, false);
		assertThat(Await.get("the event after two others", third).get(0)).isEqualTo(3);
		assertThat(Await.get("the second event", other).get(0)).isEqualTo(1);
	}

	@Test
	void shouldLetListenersCreateSockets() {
		SocketIoClient client = client(all());
		ClientSocket socket = client.connect();
		ClientSocket chat = client.connect("/chat");
		List<String> reasons = new CopyOnWriteArrayList<>();
		socket.onDisconnect((reason) -> reasons.add(client.socket("/auth").nsp() + " " + reason));
		chat.onDisconnect((reason) -> reasons.add(client.socket("/slow").nsp() + " " + reason));
		client.drop();
		assertThat(reasons).containsExactly("/auth transport close", "/slow transport close");
		client.reconnect();
		reasons.clear();
		socket.onDisconnect((reason) -> client.socket("/nowhere"));
		client.close();
		assertThat(reasons).containsExactly("/auth io client disconnect", "/slow io client disconnect");
	}

	@Test
	void shouldCompleteTheAcknowledgementsOfAListener() {
		ClientSocket socket = client(all()).connect();
		var again = socket.emitWithAckAsync("silent")
			.exceptionallyCompose((error) -> socket.emitWithAckAsync("echo", "again"));
		socket.io().drop();
		socket.io().reconnect();
		assertThat(Await.get("the acknowledgement", again).get(0)).isEqualTo("again");
	}

	@Test
	void shouldThrowForArgumentsThatCannotBeWritten() {
		ClientSocket socket = client(all()).connect();
		Object unwritable = List.of(new IllegalStateException());
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> socket.emit("echo", unwritable));
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> socket.emitWithAckAsync("echo", unwritable));
		socket.emitWithAckAsync("ask", 5000, "question");
		ClientEvent question = socket.next("question");
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> question.ack(unwritable));
		List<Integer> changed = new ArrayList<>(List.of(1));
		var ack = socket.emitWithAckAsync("echo", changed);
		changed.set(0, 2);
		assertThat(Await.get("the acknowledgement", ack).get(0)).isEqualTo(List.of(1));
	}

	@Test
	void shouldReportAnAuthPayloadThatCannotBeSupplied() {
		SocketIoClient client = client(all());
		ClientSocket chat = client.socket("/chat").auth(() -> {
			throw new IllegalStateException("no token");
		});
		assertThatExceptionOfType(SocketIoClientException.class).isThrownBy(chat::connect)
			.withMessageStartingWith("There is no auth payload for the namespace /chat")
			.withMessageContaining("no token");
		assertThatExceptionOfType(SocketIoClientException.class).isThrownBy(chat::connect)
			.withMessageContaining("no token");
		assertThat(client.connect().connected()).isTrue();
		assertThat(chat.auth(Map.of()).connect().connected()).isTrue();
	}

	@Test
	void shouldSplitPayloadsAtTheLimitOfTheServer() {
		ClientSocket socket = client(List.of(Transport.POLLING)).connect();
		IntStream.range(0, 5).forEach((i) -> socket.emit("echo", i + "x".repeat(9000)));
		IntStream.range(0, 5)
			.forEach((i) -> assertThat(socket.next("echo").get(0, String.class)).startsWith(i + "x").hasSize(9001));
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldConnectToSeveralNamespacesWithOneSession(List<Transport> transports) {
		SocketIoClient client = client(transports);
		ClientSocket main = client.connect();
		ClientSocket chat = client.connect("/chat");
		ClientSocket dynamic = client.connect("/dyn-7");
		assertThat(dynamic.next("hello-from").get(0)).isEqualTo("/dyn-7");
		assertThat(whoami(chat).get("nsp")).isEqualTo("/chat");
		assertThat(List.of(main.id(), chat.id(), dynamic.id())).doesNotHaveDuplicates();
		chat.disconnect();
		assertThat(chat.connected()).isFalse();
		assertThat(chat.awaitDisconnect()).isEqualTo("io client disconnect");
		assertThat(whoami(main).get("nsp")).isEqualTo("/");
		chat.connect();
		assertThat(whoami(chat).get("id")).isEqualTo(chat.id());
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldSendTheAuthPayload(List<Transport> transports) {
		SocketIoClient client = client(transports);
		ClientSocket socket = client.socket("/auth");
		assertThatExceptionOfType(ConnectErrorException.class).isThrownBy(socket::connect).satisfies((error) -> {
			assertThat(error.reason()).isEqualTo("not authorized");
			assertThat(error.data()).isEqualTo(Map.of("code", 401, "hint", "token"));
			assertThat(error).hasMessageContaining("40/auth,").hasMessageContaining("44/auth,");
		});
		assertThat(socket.connected()).isFalse();
		socket.auth(Map.of("token", "secret")).connect();
		assertThat(socket.connected()).isTrue();
	}

	@Test
	void shouldRefuseAnUnknownNamespace() {
		assertThatExceptionOfType(ConnectErrorException.class).isThrownBy(() -> client(all()).connect("/nowhere"))
			.extracting(ConnectErrorException::reason)
			.isEqualTo("Invalid namespace");
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldBeDisconnectedByTheServer(List<Transport> transports) {
		SocketIoClient client = client(transports);
		ClientSocket chat = client.connect("/chat");
		ClientSocket main = client.connect();
		chat.emit("bye", false);
		assertThat(chat.awaitDisconnect()).isEqualTo("io server disconnect");
		assertThat(main.connected()).isTrue();
		main.emit("bye", true);
		assertThat(main.awaitDisconnect()).isIn("io server disconnect", "transport close");
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldTellTheServerWhenItCloses(List<Transport> transports) {
		ClientSocket observer = client(all()).connect();
		SocketIoClient client = client(transports);
		ClientSocket socket = client.connect();
		String room = "close-" + transports;
		socket.emitWithAck("join", room);
		client.close();
		assertThat(socket.awaitDisconnect()).isEqualTo("io client disconnect");
		awaitCount(observer, room, 0);
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldKeepCookiesOverReconnections(List<Transport> transports) {
		SocketIoClient client = client(transports);
		client.cookies().set(client.url(), "mine", "1");
		ClientSocket socket = client.connect();
		String sid = client.sid();
		assertThat(header(socket, "cookie")).isEqualTo("mine=1");
		client.reconnect();
		assertThat(client.sid()).isNotEqualTo(sid);
		if (transports.get(0) == Transport.WEBSOCKET) {
			// servers do not set the session cookie with a 101
			assertThat(header(socket, "cookie")).isEqualTo("mine=1");
			return;
		}
		assertThat(header(socket, "cookie")).isEqualTo("mine=1; io=" + sid);
		assertThat(client.handshake().cookie("io").value()).isEqualTo(client.sid());
		assertThat(client.handshake().cookie("io").httpOnly()).isTrue();
		assertThat(client.cookies().get("io").value()).isEqualTo(client.sid());
	}

	@Test
	void shouldSendCookiesWithTheUpgrade() {
		SocketIoClient client = client(all(), (builder) -> builder.query("everycookie", "1").query("cookies", "1"));
		client.connect();
		client.upgrade();
		assertThat(client.handshake().cookies()).extracting((cookie) -> cookie.name())
			.contains("io", "a", "b", "every");
		assertThat(client.responses()).filteredOn((response) -> response.status() == 101)
			.singleElement()
			.satisfies((response) -> assertThat(response.header("x-every")).isEqualTo("1"));
	}

	@Test
	void shouldNotKeepCookiesWithoutCredentials() {
		SocketIoClient client = client(all(), (builder) -> builder.withCredentials(false));
		ClientSocket socket = client.connect();
		client.reconnect();
		assertThat(header(socket, "cookie")).isNull();
		assertThat(client.cookies().cookies()).isEmpty();
	}

	@Test
	void shouldShareCookiesBetweenClientsAsTabsDo() {
		CookieStore cookies = CookieStore.create();
		SocketIoClient first = client(all(), (builder) -> builder.cookies(cookies));
		first.connect();
		ClientSocket second = client(all(), (builder) -> builder.cookies(cookies)).connect();
		assertThat(header(second, "cookie")).isEqualTo("io=" + first.sid());
	}

	@Test
	void shouldLeaveOutCookiesOfAnotherSite() {
		CookieStore cookies = CookieStore.create();
		client(all(), (builder) -> builder.cookies(cookies)).connect();
		ClientSocket foreign = client(all(), (builder) -> builder.cookies(cookies).origin("http://app.example"))
			.connect();
		assertThat(header(foreign, "origin")).isEqualTo("http://app.example");
		assertThat(header(foreign, "cookie")).isNull();
		assertThat(foreign.io().handshake().header("access-control-allow-origin")).isEqualTo("http://app.example");
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldSendExtraHeadersAndQueryParameters(List<Transport> transports) {
		ClientSocket socket = client(transports, (builder) -> builder.extraHeader("X-Test", "1").query("a b", "c&d"))
			.connect();
		assertThat(header(socket, "x-test")).isEqualTo("1");
		Map<?, ?> handshake = (Map<?, ?>) whoami(socket).get("handshake");
		assertThat(((Map<?, ?>) handshake.get("query")).get("a b")).isEqualTo("c&d");
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldReportARefusedHandshake(List<Transport> transports) {
		SocketIoClient client = client(transports, (builder) -> builder.query("gate", "deny-message"));
		boolean polls = transports.get(0) == Transport.POLLING;
		assertThatExceptionOfType(HandshakeException.class).isThrownBy(client::connect).satisfies((error) -> {
			assertThat(error.response().status()).isEqualTo(polls ? 403 : 400);
			if (polls) {
				assertThat(error.response().body()).isEqualTo("{\"code\":4,\"message\":\"try again later\"}");
				assertThat(error).hasMessageContaining("try again later");
			}
		});
		assertThat(client.sid()).isNull();
	}

	@Test
	void shouldReportAServerThatIsNotThere() {
		SocketIoClient client = add(SocketIoClient.builder("http://localhost:1").build());
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(client::connect)
			.withMessageContaining("transport error")
			.withMessageContaining("GET /socket.io/?EIO=4&transport=polling");
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldRecoverTheSocket(List<Transport> transports) {
		ClientSocket observer = client(all()).connect();
		ClientSocket socket = client(transports).connect();
		String id = socket.id();
		String room = "recovery-" + transports;
		socket.emitWithAck("join", room);
		observer.emitWithAck("cast", Map.of("to", List.of(room)), "news", 1);
		assertThat(socket.next("news").get(0)).isEqualTo(1);
		socket.io().drop();
		assertThat(socket.awaitDisconnect()).isEqualTo("transport close");
		awaitCount(observer, room, 0);
		observer.emitWithAck("cast", Map.of("to", List.of(room)), "news", 2);
		socket.io().reconnect();
		assertThat(socket.recovered()).isTrue();
		assertThat(socket.id()).isEqualTo(id);
		assertThat(socket.next("news").get(0)).isEqualTo(2);
		awaitCount(observer, room, 1);
	}

	@Test
	void shouldNotRecoverAfterItHasLeft() {
		ClientSocket socket = client(all()).connect();
		String id = socket.id();
		ClientSocket other = socket.io().connect("/chat");
		socket.disconnect();
		// the reference closes the session if both packets come in one read
		other.emitWithAck("echo");
		socket.connect();
		assertThat(socket.recovered()).isFalse();
		assertThat(socket.id()).isNotEqualTo(id);
	}

	@Test
	void shouldBeHalfOpenWhenItIsCut() {
		ClientSocket observer = client(all()).connect();
		ClientSocket socket = client(List.of(Transport.WEBSOCKET)).connect();
		socket.emitWithAck("join", "cut");
		socket.io().cut();
		assertThat(socket.connected()).isTrue();
		awaitCount(observer, "cut", 1);
		assertThatThrownBy(() -> socket.timeout(Duration.ofMillis(50)).emitWithAck("echo"))
			.isInstanceOf(ClientTimeoutException.class)
			.hasMessageContaining("the connections are cut");
		// the server misses the pong
		awaitCount(observer, "cut", 0);
		assertThat(socket.connected()).isTrue();
		socket.io().reconnect();
		assertThat(socket.emitWithAck("echo", "back").get(0)).isEqualTo("back");
	}

	@Test
	void shouldPauseAndResumeReading() {
		ClientSocket observer = client(all()).connect();
		ClientSocket socket = client(List.of(Transport.WEBSOCKET)).connect();
		socket.emitWithAck("join", "pause");
		socket.io().pauseReading();
		observer.emitWithAck("cast", Map.of("to", List.of("pause")), "news", 1);
		observer.emitWithAck("cast", Map.of("to", List.of("pause")), "news", 2);
		assertThatExceptionOfType(ClientTimeoutException.class)
			.isThrownBy(() -> socket.timeout(Duration.ofMillis(300)).next());
		socket.io().resumeReading();
		assertThat(socket.next("news").get(0)).isEqualTo(1);
		assertThat(socket.next("news").get(0)).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldReceiveNothingAfterItHasPausedReading(List<Transport> transports) {
		ClientSocket socket = client(transports).connect();
		AtomicInteger count = new AtomicInteger();
		socket.on("burst", (event) -> count.incrementAndGet());
		socket.emit("burst", 2000, false);
		socket.io().pauseReading();
		int received = count.get();
		assertThatExceptionOfType(ClientTimeoutException.class)
			.isThrownBy(() -> socket.timeout(Duration.ofMillis(200)).next());
		assertThat(count).hasValue(received);
		socket.io().resumeReading();
		Await.until("all events", () -> count.get() == 2000);
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldAnswerHeartbeats(List<Transport> transports) {
		ClientSocket socket = client(transports).connect();
		Await.until("two pings",
				() -> socket.io()
					.conversation()
					.lines()
					.stream()
					.filter((line) -> line.matches(".*<- (polling|websocket) 2"))
					.count() >= 2);
		assertThat(socket.emitWithAck("echo", 1).get(0)).isEqualTo(1);
	}

	@Test
	void shouldShowTheConversationWhenTheTimeIsUp() {
		ClientSocket socket = client(List.of(Transport.WEBSOCKET)).connect();
		assertThatThrownBy(() -> socket.timeout(Duration.ofMillis(50)).emitWithAck("silent", "x"))
			.isInstanceOf(ClientTimeoutException.class)
			.hasMessageContaining("The client has waited for 50 ms for the acknowledgement of \"silent\"")
			.hasMessageContaining("-> websocket 420[\"silent\",\"x\"]");
		assertThatThrownBy(() -> socket.timeout(Duration.ofMillis(50)).next("nothing"))
			.hasMessageContaining("the event \"nothing\"")
			.hasMessageContaining("<- 101 for GET /socket.io/?EIO=4&transport=websocket");
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldSpeakProtocol3(List<Transport> transports) {
		ClientSocket socket = client(transports, (builder) -> builder.protocol(3)).connect();
		if (transports.size() > 1) {
			socket.io().upgrade();
		}
		assertThat(whoami(socket).get("transport")).isEqualTo(transports.get(transports.size() - 1).text());
		Arguments ack = socket.emitWithAck("echo", "é🦊", BYTES, 1);
		assertThat(ack.get(0)).isEqualTo("é🦊");
		assertThat(ack.get(1)).isEqualTo(BYTES);
		ClientSocket chat = socket.io().connect("/chat");
		assertThat(chat.emit("echo", "x").next("echo").get(0)).isEqualTo("x");
		Await.until("a pong",
				() -> socket.io()
					.conversation()
					.lines()
					.stream()
					.anyMatch((line) -> line.matches(".*<- (polling|websocket) 3")));
	}

	@Test
	void shouldSpeakMessagePack() {
		try (OtherServer server = startWithMsgpack()) {
			transports().forEach((transports) -> new MessagePackScene(
					client(transports, SocketIoClientBuilder::msgpack, server.port()), transports)
				.play());
		}
	}

	static List<Transport> all() {
		return List.of(Transport.POLLING, Transport.WEBSOCKET);
	}

	final SocketIoClient client(List<Transport> transports) {
		return client(transports, UnaryOperator.identity());
	}

	final SocketIoClient client(List<Transport> transports, UnaryOperator<SocketIoClientBuilder> settings) {
		return client(transports, settings, port());
	}

	final SocketIoClient client(List<Transport> transports, UnaryOperator<SocketIoClientBuilder> settings, int port) {
		SocketIoClientBuilder builder = SocketIoClient.builder("http://localhost:" + port)
			.timeout(Await.LIMIT)
			.transports(transports.toArray(Transport[]::new));
		return add(settings.apply(builder).build());
	}

	private SocketIoClient add(SocketIoClient client) {
		this.clients.add(client);
		return client;
	}

	static List<@Nullable Object> arguments(ClientEvent event) {
		List<@Nullable Object> all = event.arguments().toList();
		return (event.offset() != null) ? all.subList(0, all.size() - 1) : all;
	}

	static Map<?, ?> whoami(ClientSocket socket) {
		return (Map<?, ?>) socket.emitWithAck("whoami").get(0);
	}

	private static @Nullable Object header(ClientSocket socket, String name) {
		Map<?, ?> handshake = (Map<?, ?>) whoami(socket).get("handshake");
		return ((Map<?, ?>) handshake.get("headers")).get(name);
	}

	private static void awaitCount(ClientSocket observer, String room, int count) {
		Await.until(count + " sockets in " + room,
				() -> Integer.valueOf(count).equals(observer.emitWithAck("count", room).get(0)));
	}

	/**
	 * Another server of a test.
	 *
	 * @param port its port
	 * @param end ends it
	 */
	record OtherServer(int port, Runnable end) implements AutoCloseable {

		@Override
		public void close() {
			this.end.run();
		}

	}

}
