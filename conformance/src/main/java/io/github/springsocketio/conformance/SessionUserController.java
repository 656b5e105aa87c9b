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

import io.github.springsocketio.socketio.SocketIoServer;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Logs users in and out where there is no Spring Security.
 */
@RestController
@Profile("cases")
@ConditionalOnProperty(name = "conformance.users", havingValue = "session")
class SessionUserController {

	private final SocketIoServer io;

	SessionUserController(SocketIoServer io) {
		this.io = io;
	}

	@PostMapping("/login")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> login(ServerWebExchange exchange, WebSession session) {
		return exchange.getFormData().flatMap((form) -> {
			String name = String.valueOf(form.getFirst("username"));
			if (!CasesUsersConfiguration.isUser(name, String.valueOf(form.getFirst("password")))) {
				return Mono.error(new ResponseStatusException(HttpStatus.UNAUTHORIZED));
			}
			session.getAttributes().put(CasesUsersConfiguration.USER, name);
			return session.changeSessionId();
		});
	}

	@PostMapping("/logout")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> logout(WebSession session) {
		return session.invalidate().then(Mono.fromRunnable(() -> this.io.disconnectSession(session.getId())));
	}

}
