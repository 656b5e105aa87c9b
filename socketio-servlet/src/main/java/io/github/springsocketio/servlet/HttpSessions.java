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

package io.github.springsocketio.servlet;

import io.github.springsocketio.Internal;
import io.github.springsocketio.engineio.web.HandshakeSessions;
import jakarta.servlet.http.HttpSession;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Adapts the container's HTTP sessions to sessions of handshakes. For sessions that the
 * container does not manage, such as those of Spring Session, only the id is available
 * after the handshake.
 *
 * @since 0.1.0
 */
@Internal
public final class HttpSessions implements HandshakeSessions {

	/**
	 * Return whether a session has expired, because it was not used for its maximum
	 * inactive interval. The container may not have invalidated it yet.
	 * @param session the session
	 * @return whether it has expired
	 */
	public static boolean isIdle(HttpSession session) {
		int seconds = session.getMaxInactiveInterval();
		return seconds > 0 && System.currentTimeMillis() - session.getLastAccessedTime() >= seconds * 1000L;
	}

	@Override
	public Mono<WebSession> find(ServerWebExchange exchange) {
		ServletExchange current = ServletExchange.of(exchange);
		WebSession session = (current != null) ? current.existingSession() : null;
		return Mono.justOrEmpty(session);
	}

	@Override
	public Mono<WebSession> read(String id, WebSession known) {
		return (known instanceof ServletWebSession session && session.isOfContainer() && session.isValid())
				? Mono.just(session) : Mono.empty();
	}

	@Override
	public Mono<Boolean> check(String id, WebSession known, boolean access) {
		if (!(known instanceof ServletWebSession session) || !session.isOfContainer()) {
			return Mono.just(true);
		}
		boolean valid = session.isValid();
		if (valid && access) {
			session.access();
		}
		return Mono.just(valid);
	}

}
