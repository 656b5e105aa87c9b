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
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.springsocketio.test.AckSpec;
import io.github.springsocketio.test.HandshakeSpec;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.autoconfigure.ChatApplication.Joined;
import io.github.springsocketio.test.client.Transport;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Each assertion fails where it has to, with a message that says what was expected, what
 * came instead, and the conversation.
 */
@SpringBootTest(classes = ChatApplication.class, properties = "socketio.cookie.enabled=true")
@AutoConfigureSocketIoTester(timeout = "60s")
class AssertionMessagesTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Duration LONG = Duration.ofSeconds(60);

	@Autowired
	private SocketIoTester tester;

	static Stream<Arguments> responses() {
		return Stream.of(failing("Expected the status 403, but it is 200", (response) -> response.expectStatus(403)),
				failing("Expected the header X-None, but there is none. The headers are {",
						(response) -> response.expectHeader("X-None")),
				failing("Expected the header X-Every to be [2], but it is [1]",
						(response) -> response.expectHeader("X-Every", "2")),
				failing("Expected no header X-Every, but it is [1]", (response) -> response.expectNoHeader("X-Every")),
				failing("Expected the cookie \"uid\", but the response sets [io=",
						(response) -> response.expectCookie("uid")),
				failing("Expected no cookie \"io\", but the response sets io=",
						(response) -> response.expectNoCookie("io")),
				failing("Expected the body x, but it is 0{", (response) -> response.expectBody("x")),
				failing("Expected the attribute SameSite of the cookie \"io\" to be None, but it is Lax: io=",
						(response) -> response.expectCookie("io").sameSite("None")),
				failing("Expected the attribute SameSite of the cookie \"io\" to be missing, but it is Lax",
						(response) -> response.expectCookie("io").sameSite(null)),
				failing("Expected the attribute HttpOnly of the cookie \"theme\" to be present, but it is missing: "
						+ "theme=dark; path=/; max-age=86400; expires=",
						(response) -> response.expectCookie("theme").httpOnly()),
				failing("Expected the attribute HttpOnly of the cookie \"io\" to be missing, but it is present",
						(response) -> response.expectCookie("io").httpOnly(false)),
				failing("Expected the attribute Secure of the cookie \"io\" to be present, but it is missing",
						(response) -> response.expectCookie("io").secure()),
				failing("Expected the attribute Path of the cookie \"io\" to be /chat, but it is /",
						(response) -> response.expectCookie("io").path("/chat")),
				failing("Expected the attribute Domain of the cookie \"io\" to be example.com, but it is missing",
						(response) -> response.expectCookie("io").domain("example.com")),
				failing("Expected the attribute Max-Age of the cookie \"theme\" to be 60 s, but it is 86400 s",
						(response) -> response.expectCookie("theme").maxAge(Duration.ofMinutes(1))),
				failing("Expected the value of the cookie \"theme\" to be light, but it is dark",
						(response) -> response.expectCookie("theme").valueEquals("light")),
				failing("Expected the value of the cookie \"theme\" to satisfy the requirements: ",
						(response) -> response.expectCookie("theme").value((value) -> assertThat(value).isEmpty())),
				failing("Expected the response to satisfy the requirements: ",
						(response) -> response.satisfies((actual) -> assertThat(actual.status()).isZero())));
	}

	private static Arguments failing(String message, Consumer<HandshakeSpec> assertion) {
		return Arguments.of(message, assertion);
	}

	@ParameterizedTest
	@MethodSource("responses")
	void ofResponses(String message, Consumer<HandshakeSpec> assertion) {
		HandshakeSpec response = this.tester.handshake();
		assertFails(message, () -> assertion.accept(response)).contains("-> GET /socket.io/?EIO=4&transport=polling",
				"<- 200 for GET");
	}

	@Test
	void ofTheUpgradeResponse() {
		HandshakeSpec response = this.tester.transports(Transport.WEBSOCKET).handshake();
		assertFails("Expected the status 200, but it is 101", () -> response.expectStatus(200))
			.contains("<- 101 for GET /socket.io/?EIO=4&transport=websocket");
		SocketTester socket = this.tester.connect();
		HandshakeSpec upgrade = socket.expectUpgrade();
		assertFails("Expected the header X-Every to be [2], but it is [1]", () -> upgrade.expectHeader("X-Every", "2"));
		SocketTester polling = this.tester.client((client) -> client.upgrade(false)).connect();
		polling.drop();
		assertFails("Expected an upgrade to a WebSocket. The connection has ended: no session", polling::expectUpgrade);
	}

	@Test
	void ofEvents() {
		SocketTester socket = chat();
		socket.emit("count", 2).emitWithAck("empty").expectEmptyAck();
		assertFails("Expected the event \"message\" within 50 ms, but there is none. Unread events: [number-1[1], "
				+ "number-2[2]]", () -> socket.timeout(SHORT).expectEvent("message"))
			.contains("42/chat,[\"count\",2]");
		assertFails("Expected the event \"number-1\" to have the arguments [2, \"x\"], but they are [1]",
				() -> socket.expectEvent("number-1").isEqualTo(2, "x"));
		assertFails("Expected argument 0 of the event \"number-2\" to be 3, but it is 2",
				() -> socket.expectEvent("number-2", Integer.class).isEqualTo(3));
		assertFails("Expected the event \"lost\" within 50 ms, but there is none. No other event is unread",
				() -> socket.timeout(SHORT).expectEvent("lost"));
		socket.emit("count", 1);
		assertFails("Expected argument 0 of the event \"number-1\" to be of the type " + Joined.class.getName()
				+ ", but it is 1", () -> socket.expectEvent("number-1", Joined.class));
		socket.emit("count", 1);
		assertFails("Expected argument 0 of the event \"number-1\" to satisfy the requirements: ",
				() -> socket.expectEvent("number-1", Integer.class).satisfies((value) -> assertThat(value).isZero()));
		socket.emit("count", 1);
		assertFails("Expected argument 1 of the event \"number-1\", but it is null or missing",
				() -> socket.expectEvent("number-1").argument(1, String.class).value());
		socket.emit("count", 1);
		assertFails("Expected the event \"number-1\" to request an acknowledgement, but it does not",
				() -> socket.expectEvent("number-1").ack());
		socket.emit("count", 1);
		assertFails("Expected argument 0 of the event \"number-1\" to be null, but it is 1",
				() -> socket.expectEvent("number-1", Integer.class).isNull());
		socket.emit("count", 1);
		assertFails("Expected the arguments of the event \"number-1\" to satisfy the requirements: ",
				() -> socket.expectEvent("number-1").satisfies((arguments) -> assertThat(arguments.size()).isZero()));
	}

	@Test
	void ofNoEvent() {
		SocketTester socket = chat();
		socket.emit("count", 2);
		assertFails("Expected no event within 60000 ms, but received number-1[1]", () -> socket.expectNoEvent(LONG));
		assertFails("Expected no event \"number-2\" within 60000 ms, but received number-2[2]",
				() -> socket.expectNoEvent("number-2", LONG));
		Thread.currentThread().interrupt();
		try {
			assertFails("Expected no event within 60000 ms. The client has waited for an event, but there is an error: "
					+ "java.lang.InterruptedException", () -> socket.expectNoEvent(LONG));
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void ofTheOrder() {
		SocketTester socket = chat();
		socket.emit("count", 3).emitWithAck("empty").expectEmptyAck();
		assertFails(
				"Expected the events [number-1, number-3, number-2] in this order, but received [number-1, "
						+ "number-2]: event 2 is number-2[2] instead of \"number-3\"",
				() -> socket.expectEvents("number-1", "number-3", "number-2"));
		assertFails("Expected the events [number-3, number-4] in this order, but after [number-3] there is no other "
				+ "within 50 ms", () -> socket.timeout(SHORT).expectEvents("number-3", "number-4"));
	}

	@Test
	void ofAcknowledgements() {
		SocketTester socket = chat();
		assertFails("Expected the acknowledgement of \"silent\" within 50 ms, but there is none",
				() -> socket.timeout(SHORT).emitWithAck("silent").expectAck());
		assertFails("Expected the acknowledgement of \"empty\" to have the arguments [1], but they are []",
				() -> socket.emitWithAck("empty").expectAck().isEqualTo(1));
		assertFails("Expected no acknowledgement of \"empty\" within 60000 ms, but received []",
				() -> socket.emitWithAck("empty").expectNoAck(LONG));
		assertFails("Expected argument 0 of the acknowledgement of \"join\" to be of the type java.lang.Integer, but "
				+ "it is {room=\"a\", id=", () -> socket.emitWithAck("join", "a").expectAck(Integer.class));
		assertFails("Expected the acknowledgement of \"join\" to have the arguments [], but they are [{room=",
				() -> socket.emitWithAck("join", "a").expectEmptyAck());
		assertFails("Expected the acknowledgement of \"empty\" to be an error, but it is []",
				() -> socket.emitWithAck("empty").expectError("validation"));
		assertFails(
				"Expected the error of the acknowledgement of \"fail\" to have the code \"internal\", but it is "
						+ "{code=\"validation\", message=\"Not valid\", fields=[",
				() -> socket.emitWithAck("fail").expectError("internal"));
		assertFails("Expected the error of the acknowledgement of \"fail\" to have the message \"x\", but it is {",
				() -> socket.emitWithAck("fail").expectError("validation").expectMessage("x"));
		assertFails("Expected the error of the acknowledgement of \"fail\" to name the field \"room\", but it is {",
				() -> socket.emitWithAck("fail").expectError("validation").expectField("room"));
		assertFails("Expected the error of the acknowledgement of \"fail\" to satisfy the requirements: ",
				() -> socket.emitWithAck("fail")
					.expectError("validation")
					.satisfies((error) -> assertThat(error).isEmpty()));
		assertFails("Expected the arguments of the acknowledgement of \"empty\" to satisfy the requirements: ",
				() -> socket.emitWithAck("empty")
					.expectAck()
					.satisfies((arguments) -> assertThat(arguments.size()).isOne()));
		AckSpec silent = socket.emitWithAck("silent");
		silent.expectNoAck(SHORT);
		socket.drop();
		assertFails("Expected no acknowledgement of \"silent\" within 60000 ms. The connection has ended: transport "
				+ "close", () -> silent.expectNoAck(LONG));
		assertFails("Expected the acknowledgement of \"silent\". The connection has ended: transport close",
				silent::expectAck);
		assertFails("Expected the acknowledgement of \"empty\" within 50 ms, but there is none, and the socket is "
				+ "not connected", () -> socket.timeout(SHORT).emitWithAck("empty").expectAck());
	}

	@Test
	void ofConnections() {
		assertFails("The server refuses the connection to the namespace /chat: no token",
				() -> this.tester.namespace("/chat").connect());
		assertFails("Expected that the server refuses the connection to the namespace /, but it is accepted",
				() -> this.tester.expectConnectError());
		assertFails("Expected the connection to be refused with the message \"a\", but the message is \"no token\"",
				() -> this.tester.namespace("/chat").expectConnectError().expectMessage("a"));
		assertFails("Expected the connection to be refused with the data {code=402}, but they are {code=401}",
				() -> this.tester.namespace("/chat").expectConnectError().expectData(Map.of("code", 402)));
		assertFails(
				"Expected the connection to be refused with the code \"x\", but the message is \"no token\" and the "
						+ "data are {code=401}",
				() -> this.tester.namespace("/chat").expectConnectError().expectCode("x"));
		assertFails("Expected the refusal of the connection to satisfy the requirements: ",
				() -> this.tester.namespace("/chat")
					.expectConnectError()
					.satisfies((error) -> assertThat(error.reason()).isEmpty()));
		assertFails("The server refuses the handshake: 403 {\"code\":4,\"message\":\"not today\"}",
				() -> this.tester.query("refuse", "1").connect());
		SocketTester socket = chat();
		assertFails("Expected that the server has recovered the socket, but the socket ", socket::expectRecovered);
		assertFails("Expected the end of the connection within 50 ms, but the socket is still connected",
				() -> socket.timeout(SHORT).expectDisconnect("io server disconnect"));
		socket.drop();
		assertFails("Expected the end of the connection with the reason \"io server disconnect\", but it is "
				+ "\"transport close\"", () -> socket.expectDisconnect("io server disconnect"));
	}

	private SocketTester chat() {
		return this.tester.namespace("/chat").auth(Map.of("token", "secret")).connect();
	}

	private static AbstractStringAssert<?> assertFails(String message, ThrowingCallable call) {
		AssertionError error = catchThrowableOfType(AssertionError.class, call);
		assertThat(error).as("a failure with the message: " + message).isNotNull();
		return assertThat(error.getMessage()).startsWith(message).contains("\nConversation of http://localhost:");
	}

}
