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

package io.github.springsocketio.engineio.web;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineState;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What counts towards the memory of all clients together. The fixture sees that nothing
 * is counted any more when all are gone.
 */
class MemoryBudgetWireTests {

	private static final int LARGE = 900_000;

	private static final int ROOMS = 1000;

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("SEC-14")
	void shouldCountBodies() {
		TestServer server = start(2_500_000);
		expectOneToBeShed(server, () -> {
			PollingClient client = server.polling();
			client.beginPost(LARGE + 1, "4" + "x".repeat(LARGE - 1));
			return client.sid();
		});
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-32")
	void shouldCountFrames(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxMemory(2_500_000))
			.web((web) -> web.nativeWebsocket(nativeWebsocket)));
		expectOneToBeShed(server, () -> {
			RawWebSocket websocket = server.openWebsocket();
			websocket.send(RawWebSocket.header(0x80 | RawWebSocket.TEXT, true, LARGE + 1));
			sendLarge(websocket, new byte[LARGE]);
			return server.recorder().awaitSession().id();
		});
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-31")
	void shouldCountFragments(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxMemory(2_500_000))
			.web((web) -> web.nativeWebsocket(nativeWebsocket)));
		expectOneToBeShed(server, () -> {
			RawWebSocket websocket = server.openWebsocket();
			sendLarge(websocket, RawWebSocket.frame(RawWebSocket.TEXT, true, new byte[LARGE]));
			return server.recorder().awaitSession().id();
		});
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-31")
	void shouldCountTheBytesOfAFragmentOnce(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxMemory(1_500_000))
			.web((web) -> web.nativeWebsocket(nativeWebsocket)));
		RawWebSocket websocket = server.openWebsocket();
		sendInParts(server, websocket, RawWebSocket.frame(RawWebSocket.TEXT, true, new byte[LARGE]));
		websocket.send(RawWebSocket.frame(0x80 | RawWebSocket.PING, true, new byte[10]));
		assertThat(websocket.read().first()).isEqualTo(0x80 | RawWebSocket.PONG);
		assertThat(server.recorder().hasLimits()).isFalse();
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-79")
	void shouldCountTheBytesOfAHeldMessageOnce(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxMemory(1_500_000))
			.web((web) -> web.nativeWebsocket(nativeWebsocket)));
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		session.pauseReading(true);
		sendInParts(server, websocket, RawWebSocket.frame(RawWebSocket.TEXT, ("4" + "x".repeat(LARGE - 1)).getBytes()));
		awaitHeld(server);
		session.pauseReading(false);
		assertThat(server.recorder().awaitMessage()).hasSize(LARGE - 1);
		assertThat(server.recorder().hasLimits()).isFalse();
	}

	@Test
	@Tag("SEC-79")
	void shouldCountTheBytesOfAHeldBodyOnce() {
		TestServer server = start(1_500_000);
		PollingClient client = server.polling();
		EngineSession session = server.recorder().awaitSession();
		session.pauseReading(true);
		client.beginPost(LARGE, "4" + "x".repeat(LARGE / 3 * 2 - 1));
		Await.until("the first part is counted", () -> EngineState.countedMemory(server.engine()) >= LARGE / 3 * 2);
		client.posts().connection().write("x".repeat(LARGE / 3));
		awaitHeld(server);
		session.pauseReading(false);
		assertThat(client.posts().read().text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).hasSize(LARGE - 1);
		assertThat(server.recorder().hasLimits()).isFalse();
	}

	/**
	 * Send a large frame in two parts, so that it is counted as incomplete before it is
	 * complete.
	 */
	private static void sendInParts(TestServer server, RawWebSocket websocket, byte[] frame) {
		int part = LARGE / 3 * 2;
		websocket.send(Arrays.copyOf(frame, part));
		Await.until("the first part is counted", () -> EngineState.countedMemory(server.engine()) >= part);
		websocket.send(Arrays.copyOfRange(frame, part, frame.length));
	}

	private static void awaitHeld(TestServer server) {
		Await.until("only the held message is counted, or a limit is exceeded", () -> {
			long counted = EngineState.countedMemory(server.engine());
			return server.recorder().hasLimits() || (counted >= LARGE && counted < LARGE + 2000);
		});
		assertThat(server.recorder().hasLimits()).isFalse();
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-31")
	void shouldCountNoFragmentsOfACompleteMessage(boolean nativeWebsocket) {
		TestServer server = this.servers
			.start((spec) -> spec.silent().web((web) -> web.nativeWebsocket(nativeWebsocket)));
		RawWebSocket websocket = server.openWebsocket();
		long before = EngineState.countedMemory(server.engine());
		for (int i = 0; i < 2; i++) {
			websocket.send(RawWebSocket.frame(RawWebSocket.TEXT, true, ("4" + "x".repeat(LARGE / 2)).getBytes()));
			Await.until("the first is counted", () -> EngineState.countedMemory(server.engine()) > before + LARGE / 2);
			websocket.send(RawWebSocket.frame(0, true, "x".repeat(LARGE / 3).getBytes()));
			Await.until("both are counted", () -> EngineState.countedMemory(server.engine()) > before + LARGE * 5 / 6);
			websocket.send(RawWebSocket.frame(0x80 | RawWebSocket.PING, true, new byte[10]));
			assertThat(websocket.read().first()).isEqualTo(0x80 | RawWebSocket.PONG);
			assertThat(EngineState.countedMemory(server.engine())).isGreaterThan(before + LARGE * 5 / 6);
			websocket.send(RawWebSocket.frame(0x80, true, new byte[0]));
			Await.until("none is counted", () -> EngineState.countedMemory(server.engine()) == before);
		}
	}

	@ParameterizedTest(name = "native: {0}, closed before: {1}")
	@CsvSource({ "true,false", "true,true", "false,false", "false,true" })
	@Tag("SEC-31")
	void shouldCountNoFragmentsOfAClientThatIsGone(boolean nativeWebsocket, boolean closedBefore) {
		TestServer server = this.servers
			.start((spec) -> spec.silent().web((web) -> web.nativeWebsocket(nativeWebsocket)));
		for (int i = 0; i < 10; i++) {
			RawWebSocket websocket = server.openWebsocket();
			EngineSession session = server.recorder().awaitSession();
			websocket.send(RawWebSocket.frame(RawWebSocket.TEXT, true, new byte[LARGE]));
			Await.until("it is counted", () -> EngineState.countedMemory(server.engine()) >= LARGE);
			if (closedBefore) {
				session.closeNow();
				websocket.readClose();
			}
			websocket.close();
			Await.until("none is counted", () -> EngineState.countedMemory(server.engine()) == 0);
		}
	}

	@Test
	@Tag("SEC-79")
	void shouldCountMessagesThatAreHeldWhileReadingIsPaused() {
		TestServer server = start(1_000_000);
		List<PollingClient> clients = Stream.generate(server::polling).limit(6).toList();
		clients.forEach((client) -> client.session().pauseReading(true));
		List<String> sids = new ArrayList<>();
		while (!server.recorder().hasLimits()) {
			assertThat(sids).hasSizeLessThan(6);
			PollingClient client = clients.get(sids.size());
			sids.add(client.sid());
			client.posts().send("POST", client.target(), ("4" + "x".repeat(220_000)).getBytes());
			boolean tooMuch = 220_000L * sids.size() > 1_000_000;
			long expected = 200_000L * sids.size();
			Await.until("the message is held, or one too many is noticed", () -> server.recorder().hasLimits()
					|| (!tooMuch && EngineState.countedMemory(server.engine()) > expected));
		}
		Recorder.ExceededLimit limit = server.recorder().awaitExceededLimit();
		assertThat(limit.name()).isEqualTo("max-memory");
		assertThat(sids).contains(limit.sid());
		assertThat(server.recorder().awaitClose(limit.sid()).detail()).isEqualTo("memory limit exceeded");
	}

	@Test
	@Tag("SEC-65")
	void shouldCountAttachmentsThatWaitForOthers() {
		TestServer server = this.servers.start((spec) -> spec.silent().engine((engine) -> engine.maxMemory(4_000_000)));
		this.servers.socketIo(server);
		String packet = "453-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1},"
				+ "{\"_placeholder\":true,\"num\":2}]";
		List<String> sids = new ArrayList<>();
		while (!server.recorder().hasLimits()) {
			RawWebSocket websocket = server.websocket("");
			sids.add(PollingClient.sid(websocket.readText()));
			websocket.sendText("40");
			websocket.readText();
			websocket.sendText(packet);
			websocket.sendBinary(new byte[LARGE]);
			websocket.sendBinary(new byte[LARGE]);
			long expected = LARGE * 2L * sids.size();
			// and no frame is counted beside them
			Await.until("the attachments have arrived",
					() -> server.recorder().hasLimits() || EngineState.countedMemory(server.engine()) - expected >= 0
							&& EngineState.countedMemory(server.engine()) - expected < LARGE / 10);
			assertThat(sids).hasSizeLessThan(4);
		}
		Recorder.ExceededLimit limit = server.recorder().awaitExceededLimit();
		assertThat(limit.name()).isEqualTo("max-memory");
		assertThat(sids).contains(limit.sid());
		Await.until("one is gone", () -> server.engine().clientsCount() == sids.size() - 1);
		assertThat(this.servers.warnings()).hasSize(1);
	}

	@Test
	@Tag("SEC-68")
	void shouldCountNoAttachmentsOfACompletePacket() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		this.servers.socketIo(server);
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("40");
		websocket.readText();
		long before = EngineState.countedMemory(server.engine());
		String packet = "452-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
		websocket.sendText(packet);
		websocket.sendBinary(new byte[LARGE]);
		Await.until("the first is counted", () -> EngineState.countedMemory(server.engine()) >= before + LARGE);
		websocket.sendBinary(new byte[LARGE]);
		Await.until("none is counted", () -> EngineState.countedMemory(server.engine()) == before);
		// one that is given up
		websocket.sendText(packet);
		websocket.sendBinary(new byte[LARGE]);
		Await.until("the first is counted", () -> EngineState.countedMemory(server.engine()) >= before + LARGE);
		websocket.sendText("42[\"x\"]");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
	}

	@Test
	@Tag("SEC-08")
	void shouldCountTheAuthPayloadOfASocket() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		this.servers.socketIo(server);
		RawWebSocket websocket = server.openWebsocket();
		long before = EngineState.countedMemory(server.engine());
		websocket.sendText("40{\"token\":\"" + "x".repeat(LARGE) + "\"}");
		assertThat(websocket.readText()).startsWith("40{");
		assertThat(EngineState.countedMemory(server.engine())).isGreaterThan(before + LARGE);
		websocket.sendText("41");
		Await.until("it is counted no more", () -> EngineState.countedMemory(server.engine()) == before);
	}

	@Test
	@Tag("SEC-74")
	void shouldCountRooms() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		SocketIoServer io = this.servers.socketIo(server);
		io.onConnection(MemoryBudgetWireTests::joinManyRooms);
		io.on("leave", (socket, event) -> {
			socket.leave(longName(0));
			event.ack();
		});
		RawWebSocket websocket = server.openWebsocket();
		long before = EngineState.countedMemory(server.engine());
		websocket.sendText("40");
		assertThat(websocket.readText()).startsWith("40{");
		Await.until("the rooms are counted", () -> EngineState.countedMemory(server.engine()) >= before + LARGE);
		long joined = EngineState.countedMemory(server.engine());
		websocket.sendText("420[\"leave\"]");
		assertThat(websocket.readText()).isEqualTo("430[]");
		assertThat(EngineState.countedMemory(server.engine())).isBetween(joined - 2000, joined - 900);
		websocket.sendText("41");
		Await.until("none is counted", () -> EngineState.countedMemory(server.engine()) == before);
	}

	@Test
	@Tag("SEC-74")
	void shouldShedTheClientWithTheMostRooms() {
		TestServer server = start(3_000_000);
		SocketIoServer io = this.servers.socketIo(server);
		io.on("join", (socket, event) -> joinManyRooms(socket));
		List<RawWebSocket> websockets = new ArrayList<>();
		List<String> sids = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			RawWebSocket websocket = server.websocket("");
			websockets.add(websocket);
			sids.add(PollingClient.sid(websocket.readText()));
			websocket.sendText("40");
			websocket.readText();
		}
		for (int i = 0; i < 3; i++) {
			websockets.get(i).sendText("42[\"join\"]");
		}
		Recorder.ExceededLimit limit = server.recorder().awaitExceededLimit();
		assertThat(limit.name()).isEqualTo("max-memory");
		assertThat(limit.sid()).isIn(sids.subList(0, 3));
		Await.until("one is gone", () -> server.engine().clientsCount() == 3);
		assertThat(server.engine().sessions()).extracting(EngineSession::id).contains(sids.get(3));
		assertThat(this.servers.warnings()).hasSize(1);
	}

	private static void joinManyRooms(Socket socket) {
		socket.join(IntStream.range(0, ROOMS).mapToObj((i) -> longName(i) + socket.id()).toList());
		socket.join(longName(0));
	}

	private static String longName(int number) {
		return number + "-".repeat(900);
	}

	@Test
	@Tag("SEC-08")
	void shouldCountHandshakes() {
		TestServer server = start(200_000);
		RawHttp http = server.http();
		String header = "Cookie: a=" + "x".repeat(6000);
		int sessions = 0;
		RawResponse response = http.get(server.target("transport=polling"), header);
		while (response.status() == 200) {
			sessions++;
			assertThat(sessions).isLessThan(32);
			response = http.get(server.target("transport=polling"), header);
		}
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.header("Retry-After")).isEqualTo("5");
		assertThat(response.text()).isEqualTo("{\"message\":\"Out of memory for new sessions\"}");
		assertThat(server.recorder().awaitExceededLimit()).isEqualTo(new Recorder.ExceededLimit("max-memory", null));
		assertThat(http.get(server.target("transport=polling"), header).status()).isEqualTo(503);
		assertThat(this.servers.warnings()).singleElement().asString().contains("socketio.limits.max-memory");
		assertThat(server.engine().clientsCount()).isEqualTo(sessions);
	}

	@Test
	@Tag("SEC-10")
	void shouldCountHandshakesThatWait() {
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxMemory(200_000))
			.endpoint((endpoint) -> endpoint.allowRequests(List.of((exchange) -> Mono.never()))));
		List<RawHttp> clients = new ArrayList<>();
		String[] headers = Stream.iterate(0, (i) -> i + 1).limit(200).map((i) -> "a" + i + ":b").toArray(String[]::new);
		for (int i = 0; i < 5; i++) {
			RawHttp http = server.http();
			clients.add(http);
			http.send("GET", server.target("transport=polling&mark=" + i), null, headers);
			server.awaitRequest("mark=" + i);
		}
		assertThat(server.http().get(server.target("transport=polling"), headers).status()).isEqualTo(503);
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-memory");
		clients.forEach(RawHttp::close);
		Await.until("none is counted", () -> EngineState.countedMemory(server.engine()) == 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate", "permessage-deflate; server_max_window_bits=8" })
	@Tag("SEC-106")
	void shouldNotCompressWhenHalfOfTheMemoryIsUsed(String offer) {
		TestServer server = this.servers.start((spec) -> spec.silent()
			.engine((engine) -> engine.maxMemory(1_000_000))
			.web((web) -> web.websocketCompression(WebSocketCompressionOptions.defaults())));
		assertThat(extensions(server, offer)).isEqualTo(offer);
		assertThat(EngineState.countedMemory(server.engine())).isGreaterThan(300_000);
		assertThat(extensions(server, offer)).isNull();
		// without contexts there is nothing to be counted
		RawResponse response = server.http()
			.upgrade(server.target("transport=websocket"),
					"Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover");
		assertThat(response.header("Sec-WebSocket-Extensions")).startsWith("permessage-deflate");
	}

	private static String extensions(TestServer server, String offer) {
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"), "Sec-WebSocket-Extensions: " + offer);
		assertThat(response.status()).isEqualTo(101);
		new RawWebSocket(http.connection()).read();
		return response.header("Sec-WebSocket-Extensions");
	}

	@Test
	@Tag("SEC-14")
	void shouldRefuseHandshakesWhileABodyTakesTheMemory() {
		TestServer server = this.servers
			.start((spec) -> spec.silent().engine((engine) -> engine.maxMemory(1_000_000).maxHttpBufferSize(960_000)));
		PollingClient client = server.polling();
		client.beginPost(959_000, "4" + "x".repeat(950_000));
		Await.until("the body has arrived", () -> EngineState.countedMemory(server.engine()) > 950_000);
		RawResponse refused = server.http().get(server.target("transport=polling"));
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.header("Retry-After")).isEqualTo("5");
		client.posts().connection().write("x".repeat(959_000 - 950_001));
		assertThat(client.posts().read().text()).isEqualTo("ok");
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(200);
	}

	/**
	 * Let clients come until one is shed, and see that the others are not.
	 * @param client lets a client hold much; returns the id of its session
	 */
	private void expectOneToBeShed(TestServer server, Supplier<String> client) {
		PollingClient healthy = server.polling();
		server.recorder().awaitSession();
		List<String> sids = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			sids.add(client.get());
		}
		Recorder.ExceededLimit limit = server.recorder().awaitExceededLimit();
		assertThat(limit.name()).isEqualTo("max-memory");
		assertThat(sids).contains(limit.sid());
		assertThat(server.recorder().awaitClose(limit.sid()))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "memory limit exceeded"));
		assertThat(server.recorder().hasLimits()).isFalse();
		assertThat(server.engine().clientsCount()).isEqualTo(3);
		assertThat(healthy.post("4hello").text()).isEqualTo("ok");
		assertThat(this.servers.warnings()).singleElement().asString().contains("socketio.limits.max-memory");
	}

	private static void sendLarge(RawWebSocket websocket, byte[] bytes) {
		try {
			websocket.send(bytes);
		}
		catch (UncheckedIOException ex) {
			// it was shed before all was sent, which the recorder shows
		}
	}

	private TestServer start(long maxMemory) {
		return this.servers.start((spec) -> spec.silent().engine((engine) -> engine.maxMemory(maxMemory)));
	}

}
