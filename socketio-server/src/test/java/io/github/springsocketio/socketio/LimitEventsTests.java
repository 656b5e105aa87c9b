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

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.ReadyState;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.MsgpackPacketParser;
import io.github.springsocketio.socketio.packet.ParserOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Each limit of the server tells the listeners of the engine when a client comes to it.
 */
class LimitEventsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-attachments      | 52-["x"]
			max-message-bytes    | 2["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]
			max-depth            | 2["x",[[[1]]]]
			max-string-length    | 2["x","123456789"]
			max-number-length    | 2["x",12345]
			max-name-length      | 2["x",{"1234567":1}]
			max-name-length      | 2["1234567"]
			max-arguments        | 2["x",1,1,1,1]
			max-arguments        | 30[1,1,1,1]
			max-namespace-length | 2/1234567,["x"]
			                     | 2["x"
			""")
	@Tag("SEC-55")
	@Tag("SEC-63")
	void shouldTellWhatIsWrongWithAPacket(String limit, String packet) {
		TestServer server = server((options) -> options.parser(JsonPacketParser.create(JsonMapper.shared(), limits())));
		TestSession client = server.open();
		client.connect();
		client.receive(packet);
		assertThat(client.state).isNotEqualTo(ReadyState.OPEN);
		assertThat(server.engine.limits()).isEqualTo((limit != null) ? List.of(limit) : List.of());
	}

	@ParameterizedTest
	@CsvSource({ "max-depth, 83a474797065 02 a36e7370a12f a464617461 92a178 9191919101",
			"max-arguments, 83a474797065 02 a36e7370a12f a464617461 95a178 01010101",
			"max-string-length, 83a474797065 02 a36e7370a12f a464617461 92a178 a9313233343536373839" })
	@Tag("SEC-55")
	void shouldTellWhatIsWrongWithAMessagePack(String limit, String hex) {
		TestServer server = server(
				(options) -> options.parser(MsgpackPacketParser.create(JsonMapper.shared(), limits())));
		TestSession client = server.open();
		client.receive(HexFormat.of().parseHex(hex.replace(" ", "")));
		assertThat(server.engine.limits()).containsExactly(limit);
	}

	private static ParserOptions limits() {
		return ParserOptions.builder()
			.maxAttachments(1)
			.maxMessageBytes(40)
			.maxDepth(3)
			.maxStringLength(8)
			.maxNumberLength(4)
			.maxNameLength(6)
			.maxNamespaceLength(6)
			.maxArguments(3)
			.build();
	}

	@Test
	@Tag("SEC-65")
	void shouldTellOfAttachmentsThatDoNotCome() {
		TestServer server = server((options) -> {
		});
		TestSession client = server.open();
		client.connect();
		client.receive("51-[\"x\",{\"_placeholder\":true,\"num\":0}]");
		server.advance(Duration.ofSeconds(31));
		assertThat(server.engine.limits()).containsExactly("attachment-timeout");
	}

	@Test
	@Tag("SEC-08")
	void shouldTellOfClientsThatJoinNothing() {
		TestServer server = server((options) -> {
		});
		server.open();
		server.open().connect();
		server.advance(Duration.ofSeconds(46));
		assertThat(server.engine.limits()).containsExactly("connect-timeout");
	}

	@Test
	@Tag("SEC-70")
	void shouldTellOfManyNamespaces() {
		TestServer server = server((options) -> options.maxNamespacesPerSession(2).maxDynamicNamespaces(1));
		server.io.of(Pattern.compile("/dyn-\\d+"));
		TestSession client = server.open();
		client.receive("0/dyn-1,").receive("0/dyn-2,");
		assertThat(server.engine.limits()).containsExactly("max-dynamic-namespaces");
		client.receive("0").receive("0/other,");
		assertThat(server.engine.limits()).containsExactly("max-dynamic-namespaces", "max-namespaces-per-session");
	}

	@Test
	@Tag("SEC-74")
	void shouldTellOfManyRooms() {
		TestServer server = server((options) -> options.maxRoomsPerSocket(1));
		Socket socket = connect(server);
		socket.join("a");
		assertThatIllegalStateException().isThrownBy(() -> socket.join("b", "c"));
		assertThat(server.engine.limits()).containsExactly("max-rooms-per-socket");
	}

	@Test
	@Tag("SEC-48")
	void shouldTellOfManyAcknowledgements() {
		TestServer server = server((options) -> options.maxPendingAcks(1));
		Socket socket = connect(server);
		socket.emitWithAck("a").subscribe();
		socket.emitWithAck("b").subscribe(null, (error) -> {
		});
		assertThat(server.engine.limits()).containsExactly("max-pending-acks");
	}

	@Test
	@Tag("SEC-75")
	void shouldTellOfManyHandlers() {
		TestServer server = server((options) -> options.maxHandlersInFlight(2));
		server.io.sockets().handle("x", (socket, event) -> Mono.never());
		TestSession client = server.open();
		client.connect();
		client.receive("2[\"x\"]");
		assertThat(server.engine.limits()).isEmpty();
		client.receive("2[\"x\"]").receive("2[\"x\"]");
		assertThat(server.engine.limits()).containsExactly("max-handlers-in-flight");
	}

	@Test
	@Tag("SEC-40")
	void shouldDisconnectASocketThatSendsTooManyEvents() {
		TestServer server = server((options) -> options.maxEventsPerSecond(10));
		List<String> ends = server.disconnections("/");
		int[] events = new int[1];
		server.io.sockets().on("x", (socket, event) -> events[0]++);
		TestSession client = server.open();
		client.connect();
		client.sent();
		send(client, 10);
		// half a second gives back half of them
		server.advance(Duration.ofMillis(500));
		send(client, 5);
		assertThat(events[0]).isEqualTo(15);
		assertThat(ends).isEmpty();
		// a long time does not give more than all
		server.advance(Duration.ofSeconds(60));
		send(client, 10);
		assertThat(client.sent()).isEmpty();
		send(client, 1);
		assertThat(events[0]).isEqualTo(25);
		assertThat(client.sent()).containsExactly("1");
		assertThat(ends).containsExactly("server namespace disconnect");
		assertThat(server.engine.limits()).containsExactly("max-events-per-second");
	}

	@Test
	void shouldNotCountEventsUnlessTold() {
		TestServer server = server((options) -> {
		});
		TestSession client = server.open();
		client.connect();
		send(client, 10_000);
		assertThat(client.state).isEqualTo(ReadyState.OPEN);
		assertThat(server.engine.limits()).isEmpty();
	}

	private static void send(TestSession client, int count) {
		for (int i = 0; i < count; i++) {
			client.receive("2[\"x\"]");
		}
	}

	private static Socket connect(TestServer server) {
		TestSession client = server.open();
		return server.io.sockets().sockets().get(client.connect());
	}

	private static TestServer server(Consumer<SocketIoOptions.Builder> options) {
		return new TestServer(options);
	}

}
