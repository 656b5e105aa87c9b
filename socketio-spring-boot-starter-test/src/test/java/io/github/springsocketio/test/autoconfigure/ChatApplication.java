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

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.AckErrorException;
import io.github.springsocketio.socketio.ArgumentValidationException.Field;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * A chat, which the tests of the tester talk to.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableWebFluxSecurity
class ChatApplication {

	@Bean
	NamespaceConfigurer chat() {
		return ChatApplication::register;
	}

	private static void register(SocketIoServer io) {
		io.of("/chat").use(ChatApplication::admit).on("join", String.class, (socket, room, event) -> {
			socket.join(room);
			event.ack(new Joined(room, socket.id()));
		}).on("send", Message.class, (socket, message, event) -> {
			socket.to(message.room()).emit("message", message);
			event.ack("delivered", 1);
		})
			.on("cookie", (socket, event) -> event.ack(socket.handshake().header("Cookie")))
			.on("ask",
					(socket, event) -> socket.emitWithAck("question", 1)
						.onErrorComplete()
						.subscribe((answer) -> socket.emit("answered", answer)))
			.on("count", Integer.class, (socket, count, event) -> {
				for (int i = 1; i <= count; i++) {
					socket.emit("number-" + i, i);
				}
			})
			.on("silent", (socket, event) -> {
			})
			.on("empty", (socket, event) -> event.ack())
			.on("fail", (socket, event) -> {
				throw new AckErrorException(new AckError(AckError.VALIDATION, "Not valid", null,
						List.of(new Field("text", "must not be blank"))));
			})
			.on("kick", (socket, event) -> socket.disconnect());
		io.of("/").on("whoami", (socket, event) -> event.ack(name(socket.handshake().principal())));
	}

	private static Mono<Void> admit(Socket socket) {
		return "secret".equals(socket.handshake().auth().get("token")) ? Mono.empty()
				: Mono.error(new ConnectErrorException("no token", Map.of("code", 401)));
	}

	private static @Nullable String name(@Nullable Principal principal) {
		return (principal != null) ? principal.getName() : null;
	}

	@Bean
	SecurityWebFilterChain everybody(ServerHttpSecurity http) {
		return http.authorizeExchange((exchange) -> exchange.anyExchange().permitAll())
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.build();
	}

	@Bean
	AllowRequest allowRequest() {
		return (exchange) -> Mono.just(exchange.getRequest().getQueryParams().containsKey("refuse")
				? AllowRequest.Decision.reject("not today") : AllowRequest.Decision.accept());
	}

	@Bean
	InitialHeadersListener theme() {
		return (headers, exchange) -> {
			headers.add(HttpHeaders.SET_COOKIE,
					ResponseCookie.from("theme", "dark")
						.path("/")
						.maxAge(Duration.ofDays(1))
						.sameSite("Strict")
						.build()
						.toString());
			return Mono.empty();
		};
	}

	@Bean
	HeadersListener every() {
		return (headers, exchange) -> {
			headers.add("X-Every", "1");
			return Mono.empty();
		};
	}

	record Message(String room, String text) {

	}

	record Joined(String room, String id) {

	}

}
