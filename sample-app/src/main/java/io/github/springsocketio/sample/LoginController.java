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

package io.github.springsocketio.sample;

import java.util.UUID;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebSession;

/**
 * Logs users in and out over plain HTTP.
 */
@RestController
class LoginController {

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._-]{0,18}[\\p{L}\\p{N}])?");

	private final SocketIoServer io;

	LoginController(SocketIoServer io) {
		this.io = io;
	}

	@GetMapping("/me")
	ResponseEntity<Member> me(WebSession session) {
		Login login = Login.of(session);
		return (login != null) ? ResponseEntity.ok(login.member()) : ResponseEntity.noContent().build();
	}

	@PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Member> login(@RequestBody Credentials credentials, WebSession session) {
		Member member = new Member(UUID.randomUUID().toString(), credentials.checkedName());
		session.getAttributes().put(Login.MEMBER, member);
		return session.changeSessionId().then(Mono.fromSupplier(() -> {
			// they stay who they were, so they have to connect again
			this.io.disconnectSession(session.getId());
			return member;
		}));
	}

	@PostMapping("/logout")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> logout(WebSession session) {
		return session.invalidate().then(Mono.fromRunnable(() -> this.io.disconnectSession(session.getId())));
	}

	record Credentials(@Nullable String name) {

		String checkedName() {
			String name = (this.name != null) ? this.name.strip() : "";
			if (!NAME.matcher(name).matches()) {
				throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
						"A name has 1 to 20 letters or digits; blanks, dots and hyphens may stand between them");
			}
			return name;
		}

	}

}
