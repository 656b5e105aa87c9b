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

package io.github.springsocketio.autoconfigure;

import io.github.springsocketio.engineio.web.HandshakeSessions;
import io.github.springsocketio.servlet.HttpSessions;
import reactor.core.publisher.Mono;

import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.server.session.SpringSessionWebSessionStore;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.WebSessionStore;

/**
 * Sessions of Spring Session in a servlet application. A handshake uses the session of
 * its request, as provided by the filter of Spring Session. Later, the session is read
 * from the repository each time, on threads that may block.
 */
final class SpringSessions implements HandshakeSessions {

	private final HandshakeSessions ofRequests = new HttpSessions();

	private final WebSessionStore store;

	private SpringSessions(WebSessionStore store) {
		this.store = store;
	}

	static <S extends Session> SpringSessions of(SessionRepository<S> repository) {
		return new SpringSessions(new SpringSessionWebSessionStore<>(new BlockingSessionRepository<>(repository)));
	}

	@Override
	public Mono<WebSession> find(ServerWebExchange exchange) {
		return this.ofRequests.find(exchange);
	}

	@Override
	public Mono<WebSession> read(String id, WebSession known) {
		return this.store.retrieveSession(id);
	}

	@Override
	public Mono<Boolean> check(String id, WebSession known, boolean access) {
		Mono<WebSession> session = this.store.retrieveSession(id);
		return access ? session.flatMap(this.store::updateLastAccessTime)
			.flatMap((accessed) -> accessed.save().thenReturn(true))
			.defaultIfEmpty(false) : session.hasElement();
	}

}
