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

import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceConfigurer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The profile {@code socket-echo}, for the test suite of the Socket.IO protocol.
 */
@Configuration(proxyBeanMethods = false)
@Profile("socket-echo")
class SocketEchoConfiguration {

	@Bean
	NamespaceConfigurer echo() {
		return (io) -> {
			register(io.of("/"));
			register(io.of("/custom"));
		};
	}

	private static void register(Namespace namespace) {
		namespace.onConnection((socket) -> socket.emit("auth", socket.handshake().auth()))
			.on("message", (socket, event) -> socket.emit("message-back", event))
			.on("message-with-ack", (socket, event) -> event.ack(event));
	}

}
