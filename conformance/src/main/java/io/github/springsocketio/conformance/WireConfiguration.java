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
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The namespaces of the profiles {@code wire}, {@code wire-alt} and {@code wire-ws}.
 */
@Configuration(proxyBeanMethods = false)
@Profile("wire | wire-alt | wire-ws")
class WireConfiguration {

	@Bean
	WireHandlers wireHandlers(EventLog events) {
		return new WireHandlers(events);
	}

	@Bean
	NamespaceConfigurer namespaces(EventLog events, WireHandlers handlers) {
		return (io) -> {
			io.engine().addListener(new EngineRecorder(events));
			handlers.register(io.of("/"));
			handlers.register(io.of("/chat"));
			handlers.register(io.of("/auth").use(WireConfiguration::authenticate));
			handlers.register(io.of("/slow").use((socket) -> Delays.of(200)));
			handlers.register(io.of(Pattern.compile("^/dyn-\\d+$"))
				.onConnection((socket) -> socket.emit("hello-from", socket.nsp())));
		};
	}

	private static Mono<Void> authenticate(Socket socket) {
		if ("secret".equals(socket.handshake().auth().get("token"))) {
			return Mono.empty();
		}
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("code", 401);
		data.put("hint", "token");
		return Mono.error(new ConnectErrorException("not authorized", data));
	}

}
