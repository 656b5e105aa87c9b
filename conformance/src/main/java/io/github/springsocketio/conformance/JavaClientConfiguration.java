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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The profile {@code java-client}, for the tests of the Java client.
 */
@Configuration(proxyBeanMethods = false)
@Profile("java-client")
class JavaClientConfiguration {

	private static final byte[] BINARY = "huehue".getBytes(StandardCharsets.UTF_8);

	@Bean
	HeadersListener echoHeader() {
		return (headers, exchange) -> {
			List<String> values = exchange.getRequest().getHeaders().get("x-socketio");
			if (values != null) {
				headers.set("X-SocketIO", String.join(", ", values));
			}
			return Mono.empty();
		};
	}

	@Bean
	NamespaceConfigurer namespaces() {
		return (io) -> {
			registerOthers(io);
			register(io.of("/"));
			register(io.of("/foo"));
		};
	}

	private static void registerOthers(SocketIoServer io) {
		io.of("/timeout_socket");
		io.of("/valid");
		io.of("/asd");
		io.of("/abc").onConnection((socket) -> socket.emit("handshake", socket.handshake().toMap()));
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("a", "b");
		data.put("c", 3);
		io.of("/no").use((socket) -> Mono.error(new ConnectErrorException("auth failed", data)));
	}

	private static void register(Namespace namespace) {
		namespace.onConnection((socket) -> socket.send("hello client"))
			.on("message", (socket, event) -> socket.emit("message", event))
			.on("echo", (socket, event) -> socket.emit("echoBack", event))
			.on("broadcast", (socket, event) -> socket.broadcast().emit("broadcastBack", event))
			.on("room", (socket, event) -> socket.namespace().to(socket.id()).emit("roomBack", event))
			.on("requestDisconnect", (socket, event) -> socket.disconnect());
		registerAcks(namespace);
	}

	private static void registerAcks(Namespace namespace) {
		namespace.on("ack", (socket, event) -> event.ack(event))
			.on("getAckBinary", (socket, event) -> event.ack(BINARY))
			.on("getAckDate", (socket, event) -> event.ack(Dates.now()))
			.on("getHandshake", (socket, event) -> event.ack(socket.handshake().toMap()))
			.handle("callAck",
					(socket, event) -> socket.emitWithAck("ack")
						.doOnNext((ack) -> socket.emit("ackBack", ack))
						.onErrorComplete()
						.then())
			.handle("callAckBinary",
					(socket, event) -> socket.emitWithAck("ack")
						.doOnNext((ack) -> socket.emit("ackBack", ack.get(0)))
						.onErrorComplete()
						.then());
	}

}
