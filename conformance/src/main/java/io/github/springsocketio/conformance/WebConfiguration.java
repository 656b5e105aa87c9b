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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The profile {@code web}, for browsers and load balancers.
 */
@Configuration(proxyBeanMethods = false)
@Profile("web")
class WebConfiguration {

	@Bean
	RequestMemory requestMemory() {
		return new RequestMemory();
	}

	@Bean
	NamespaceConfigurer main(@Value("${conformance.node}") String node, RequestMemory requests) {
		AtomicInteger count = new AtomicInteger();
		return (io) -> io.of("/")
			.onConnection((socket) -> socket.emit("welcome", welcome(node, socket)))
			.on("echo", WireHandlers::echo)
			.on("cookies", (socket, event) -> event.ack(socket.handshake().header("cookie")))
			.on("request", (socket, event) -> event.ack(requests.headersOf(socket.conn())))
			.handle("count", (socket, event) -> {
				int number = count.incrementAndGet();
				return Delays.of(Args.number(event, 0)).then(Mono.fromRunnable(() -> event.ack(number)));
			});
	}

	private static Map<String, Object> welcome(String node, Socket socket) {
		Map<String, Object> welcome = new LinkedHashMap<>();
		welcome.put("node", node);
		welcome.put("id", socket.id());
		return welcome;
	}

}
