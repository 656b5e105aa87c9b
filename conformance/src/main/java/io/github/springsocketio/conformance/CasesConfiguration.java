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

import java.util.regex.Pattern;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.AllowRequest.Decision;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.server.WebSession;

/**
 * The profile {@code cases}: a small application such as people write.
 */
@Configuration(proxyBeanMethods = false)
@Profile("cases")
class CasesConfiguration {

	@Bean
	NamespaceConfigurer namespaces() {
		return (io) -> {
			CasesHandlers.register(io.of("/"));
			CasesHandlers.register(io.of("/other"));
			CasesHandlers.register(io.of(Pattern.compile("^/team-\\d+$")));
			CasesHandlers
				.register(io.of("/denied").use((socket) -> Mono.error(new AccessDeniedException("not for you"))));
			CasesHandlers.register(io.of("/boom").onConnection(CasesConfiguration::boom));
			CasesHandlers.register(io.of("/talk")
				.onConnection((socket) -> socket.handshake().auth(SendSpec.class).send(socket).subscribe()));
		};
	}

	private static void boom(Socket socket) {
		socket.join("boom");
		socket.emit("hello");
		Object kind = socket.handshake().auth().get("kind");
		if ("error".equals(kind)) {
			throw new AssertionError("boom");
		}
		if (!"none".equals(kind)) {
			throw new IllegalStateException("boom");
		}
	}

	@Bean
	AllowRequest afterAWhile() {
		return (exchange) -> {
			Mono<Decision> accepted = Mono.just(Decision.accept());
			String wait = Query.get(exchange, "wait");
			return wait.isEmpty() ? accepted : Delays.of(Long.parseLong(wait)).then(accepted);
		};
	}

	@Bean
	@ConditionalOnBooleanProperty("conformance.sessions")
	InitialHeadersListener visit() {
		return (headers, exchange) -> Query.has(exchange, "visit")
				? exchange.getSession().doOnNext(WebSession::start).then() : Mono.empty();
	}

}
