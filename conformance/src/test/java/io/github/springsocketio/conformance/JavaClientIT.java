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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import okhttp3.Cookie;
import okhttp3.OkHttpClient;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with the official Java client. They run twice: with the client of protocol 4, and
 * with the one of protocol 3, which the property {@code java-client.protocol} tells.
 */
@Timeout(60)
class JavaClientIT extends JavaClientSupport {

	private static final Map<String, ConfigurableApplicationContext> servers = new HashMap<>();

	private ConfigurableApplicationContext server;

	@AfterAll
	static void stop() {
		servers.values().forEach(ConfigurableApplicationContext::close);
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("SIO-21")
	void shouldConnectAndGreet(List<String> transports) throws Exception {
		start("java-client");
		Socket socket = open("/", transports, new IO.Options());
		BlockingQueue<Object[]> messages = events(socket, "message");
		connected(socket);
		assertThat(next(messages)).containsExactly("hello client");
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("SIO-02")
	void shouldGiveArgumentsBack(List<String> transports) throws Exception {
		Socket socket = connect("java-client", "/", transports);
		BlockingQueue<Object[]> echoes = events(socket, "echoBack");
		socket.emit("echo", 1, "é🦊", true, JSONObject.NULL, new JSONObject().put("a", new JSONArray().put(2)));
		Object[] echo = next(echoes);
		assertThat(echo).startsWith(1, "é🦊", true);
		assertThat(echo[4]).hasToString("{\"a\":[2]}");
		socket.emit("echo");
		assertThat(next(echoes)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("SIO-04")
	void shouldCarryBinary(List<String> transports) throws Exception {
		Socket socket = connect("java-client", "/", transports);
		BlockingQueue<Object[]> echoes = events(socket, "echoBack");
		byte[] bytes = { 0, 1, -1, 127 };
		socket.emit("echo", bytes, new JSONObject().put("inside", bytes));
		Object[] echo = next(echoes);
		assertThat((byte[]) echo[0]).isEqualTo(bytes);
		assertThat((byte[]) ((JSONObject) echo[1]).get("inside")).isEqualTo(bytes);
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("SIO-50")
	void shouldAcknowledge(List<String> transports) throws Exception {
		Socket socket = connect("java-client", "/", transports);
		assertThat(ask(socket, "ack", 5, "x")).containsExactly(5, "x");
		assertThat((byte[]) ask(socket, "getAckBinary", "")[0]).isEqualTo("huehue".getBytes());
		assertThat((String) ask(socket, "getAckDate", "")[0])
			.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("SIO-51")
	void shouldAskForAcknowledgements(List<String> transports) throws Exception {
		Socket socket = connect("java-client", "/", transports);
		BlockingQueue<Object[]> answers = events(socket, "ackBack");
		socket.on("ack", (args) -> ((Ack) args[args.length - 1]).call("a", 2));
		socket.emit("callAck");
		assertThat(next(answers)).containsExactly("a", 2);
		socket.off("ack");
		socket.on("ack", (args) -> ((Ack) args[args.length - 1]).call(new byte[] { 1, 2 }));
		socket.emit("callAckBinary");
		assertThat((byte[]) next(answers)[0]).containsExactly(1, 2);
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("SIO-69")
	void shouldReachOthersAndRooms(List<String> transports) throws Exception {
		Socket first = connect("java-client", "/foo", transports);
		Socket second = open("/foo", transports, new IO.Options());
		BlockingQueue<Object[]> broadcasts = events(second, "broadcastBack");
		BlockingQueue<Object[]> rooms = events(first, "roomBack");
		connected(second);
		first.emit("broadcast", "x");
		assertThat(next(broadcasts)).containsExactly("x");
		first.emit("room", "y");
		assertThat(next(rooms)).containsExactly("y");
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("SIO-28")
	@Tag("protocol-4")
	void shouldBeToldWhyItMayNotJoin(List<String> transports) throws Exception {
		start("java-client");
		Socket socket = open("/no", transports, new IO.Options());
		BlockingQueue<Object[]> errors = events(socket, Socket.EVENT_CONNECT_ERROR);
		socket.connect();
		JSONObject error = (JSONObject) next(errors)[0];
		assertThat(error.getString("message")).isEqualTo("auth failed");
		JSONObject data = error.getJSONObject("data");
		assertThat(data.getString("a")).isEqualTo("b");
		assertThat(data.getInt("c")).isEqualTo(3);
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("SIO-41")
	void shouldBeDisconnectedByTheServer(List<String> transports) throws Exception {
		Socket socket = connect("java-client", "/", transports);
		BlockingQueue<Object[]> disconnections = events(socket, Socket.EVENT_DISCONNECT);
		socket.emit("requestDisconnect");
		assertThat(next(disconnections)[0]).isEqualTo("io server disconnect");
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("EIO-48")
	void shouldCarryNearlyOneMegabyte(List<String> transports) throws Exception {
		Socket socket = connect("java-client", "/", transports);
		String text = "x".repeat(999_000);
		assertThat(ask(socket, "ack", text)).containsExactly(text);
		byte[] bytes = new byte[740_000];
		assertThat((byte[]) ask(socket, "ack", bytes)[0]).isEqualTo(bytes);
	}

	@ParameterizedTest
	@MethodSource("transports")
	@Tag("CK-41")
	void shouldGetHeadersOfEachTransport(List<String> transports) throws Exception {
		start("java-client");
		Socket socket = open("/", transports, new IO.Options());
		BlockingQueue<Object[]> values = new LinkedTransferQueue<>();
		socket.io().on(Manager.EVENT_TRANSPORT, (transport) -> watchHeaders((Transport) transport[0], values));
		connected(socket);
		assertThat(next(values)).containsExactly("hi");
	}

	@Test
	@Tag("CK-160")
	void shouldSendTheSessionCookieBack() throws Exception {
		start("web");
		List<Cookie> jar = new CopyOnWriteArrayList<>();
		OkHttpClient http = new OkHttpClient.Builder().readTimeout(1, TimeUnit.MINUTES)
			.cookieJar(new ListCookieJar(jar))
			.build();
		Socket first = open("/", List.of("polling", "websocket"), new IO.Options(), http);
		connected(first);
		assertThat(jar).hasSize(1);
		Cookie cookie = jar.get(0);
		assertThat(cookie.name()).isEqualTo("io");
		assertThat(cookie.httpOnly()).isTrue();
		Socket second = open("/", List.of("websocket"), new IO.Options(), http);
		connected(second);
		assertThat(ask(second, "cookies")).containsExactly("io=" + cookie.value());
	}

	private static void watchHeaders(Transport transport, BlockingQueue<Object[]> values) {
		transport.on(Transport.EVENT_REQUEST_HEADERS, (args) -> headers(args).put("X-SocketIO", List.of("hi")));
		transport.on(Transport.EVENT_RESPONSE_HEADERS, (args) -> headers(args).forEach((name, value) -> {
			if ("X-SocketIO".equalsIgnoreCase(name)) {
				values.add(new Object[] { value.get(0) });
			}
		}));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, List<String>> headers(Object[] args) {
		return (Map<String, List<String>>) args[0];
	}

	private void start(String profile) {
		this.server = servers.computeIfAbsent(profile, (name) -> ConformanceApplication
			.start(Settings.of(Map.of("PROFILE", name, "PORT", "0")), "--socketio.allow-eio3=" + OLD));
	}

	private Socket connect(String profile, String namespace, List<String> transports) throws Exception {
		start(profile);
		Socket socket = open(namespace, transports, new IO.Options());
		connected(socket);
		return socket;
	}

	private Socket open(String namespace, List<String> transports, IO.Options options) {
		return open(namespace, transports, options, null);
	}

	private Socket open(String namespace, List<String> transports, IO.Options options, OkHttpClient http) {
		String port = this.server.getEnvironment().getProperty("local.server.port");
		return openAt("http://localhost:" + port + namespace, transports, options, http);
	}

}
