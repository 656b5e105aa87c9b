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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.packet.Arguments;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.util.StringUtils;

/**
 * The profile {@code socket-client}, for the tests of the JavaScript client.
 */
@Configuration(proxyBeanMethods = false)
@Profile("socket-client")
class SocketClientConfiguration {

	private static final byte[] BINARY = "asdfasdf".getBytes(StandardCharsets.UTF_8);

	private static final List<String> TEXTS = List.of("てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string",
			"utf8 — string");

	@Bean
	AllowRequest slow() {
		return (exchange) -> Mono.delay(Duration.ofMillis(10)).thenReturn(AllowRequest.Decision.accept());
	}

	@Bean
	NamespaceConfigurer namespaces() {
		return (io) -> {
			registerOthers(io);
			registerMain(io.of("/"));
		};
	}

	private static void registerOthers(SocketIoServer io) {
		io.of("/timeout_socket");
		io.of("/valid");
		io.of("/asd");
		io.of("/foo").on("getId", (socket, event) -> event.ack(socket.id()));
		io.of("/abc").onConnection((socket) -> socket.emit("handshake", socket.handshake().toMap()));
		io.of("/no").use((socket) -> Mono.error(new ConnectErrorException("Auth failed (custom namespace)")));
	}

	private static void registerMain(Namespace main) {
		main.use(SocketClientConfiguration::authenticate);
		registerTexts(main);
		registerBinaries(main);
		registerAcks(main);
	}

	private static Mono<Void> authenticate(Socket socket) {
		boolean fail = StringUtils.hasLength(socket.handshake().query().get("fail"));
		return fail ? Mono.error(new ConnectErrorException("Auth failed (main namespace)")) : Mono.empty();
	}

	private static void registerTexts(Namespace main) {
		main.on("hi", (socket, event) -> socket.emit("hi"))
			.on("getDate", (socket, event) -> socket.emit("takeDate", Dates.now()))
			.on("getDateObj", (socket, event) -> socket.emit("takeDateObj", Map.of("date", Dates.now())))
			.on("getUtf8", (socket, event) -> TEXTS.forEach((text) -> socket.emit("takeUtf8", text)))
			.on("false", (socket, event) -> socket.emit("false", false));
	}

	private static void registerBinaries(Namespace main) {
		main.on("doge", (socket, event) -> socket.emit("doge", BINARY))
			.on("getbin", (socket, event) -> socket.emit("takebin", BINARY))
			.on("buffa", (socket, event) -> emitIf(isBinary(event), socket, "buffack"))
			.on("jsonbuff", (socket, event) -> emitIf(isJsonWithBinary(event), socket, "jsonbuff-ack"))
			.on("abuff1", (socket, event) -> socket.data().put("abuff1", isBinary(event)))
			.on("abuff2",
					(socket, event) -> emitIf(Boolean.TRUE.equals(socket.data().get("abuff1")), socket, "abuff2-ack"));
	}

	private static void registerAcks(Namespace main) {
		main.on("echo", (socket, event) -> event.ack(event.get(0)))
			.handle("ack", SocketClientConfiguration::askForAck)
			.on("getAckDate", (socket, event) -> event.ack(Dates.now()))
			.on("getHandshake", (socket, event) -> event.ack(socket.handshake().toMap()))
			.on("getId", (socket, event) -> event.ack(socket.id()));
	}

	private static Publisher<?> askForAck(Socket socket, Event event) {
		return socket.emitWithAck("ack")
			.doOnNext((ack) -> emitIf(isRight(ack), socket, "got it"))
			.onErrorComplete()
			.then();
	}

	private static boolean isRight(Arguments ack) {
		return Integer.valueOf(5).equals(ack.get(0)) && ack.get(1) instanceof Map<?, ?> map
				&& Boolean.TRUE.equals(map.get("test"));
	}

	private static boolean isBinary(Event event) {
		return event.get(0) instanceof byte[];
	}

	private static boolean isJsonWithBinary(Event event) {
		return event.get(0) instanceof Map<?, ?> map && "lol".equals(map.get("hello"))
				&& map.get("message") instanceof byte[] && "gotcha".equals(map.get("goodbye"));
	}

	private static void emitIf(boolean condition, Socket socket, String event) {
		if (condition) {
			socket.emit(event);
		}
	}

}
