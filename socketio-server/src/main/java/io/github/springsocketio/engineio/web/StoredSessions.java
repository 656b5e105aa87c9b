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

package io.github.springsocketio.engineio.web;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionIdResolver;
import org.springframework.web.server.session.WebSessionStore;

/**
 * The {@code WebSession}s of a {@link WebSessionStore}, found by the ids of requests.
 */
final class StoredSessions implements HandshakeSessions {

	private static final Log logger = LogFactory.getLog(StoredSessions.class);

	private final WebSessionIdResolver resolver;

	private final @Nullable WebSessionStore store;

	StoredSessions(WebSessionIdResolver resolver, @Nullable WebSessionStore store) {
		this.resolver = resolver;
		this.store = store;
	}

	@Override
	public Mono<WebSession> find(ServerWebExchange exchange) {
		WebSessionStore store = this.store;
		List<String> ids = (store != null) ? this.resolver.resolveSessionIds(exchange) : List.of();
		return (store == null || ids.isEmpty()) ? Mono.empty()
				: store.retrieveSession(ids.get(0)).onErrorResume((ex) -> {
					logger.warn("The WebSession of a handshake could not be read", ex);
					return Mono.empty();
				});
	}

	@Override
	public Mono<WebSession> read(String id, WebSession known) {
		return stored(id).switchIfEmpty(Mono.defer(() -> isNew(known) ? Mono.just(known) : Mono.empty()));
	}

	private Mono<WebSession> stored(String id) {
		if (this.store instanceof InMemoryWebSessionStore memory) {
			// retrieveSession would count as an access
			return Mono.justOrEmpty(memory.getSessions().get(id)).filter((session) -> !session.isExpired());
		}
		return (this.store != null) ? this.store.retrieveSession(id) : Mono.empty();
	}

	/**
	 * Return whether a session was never started and is therefore in no store.
	 */
	private boolean isNew(WebSession known) {
		return !known.isExpired() && (this.store == null || !known.isStarted());
	}

	@Override
	public Mono<Boolean> check(String id, WebSession known, boolean access) {
		WebSessionStore store = this.store;
		if (store == null || !access || isNew(known)) {
			return read(id, known).hasElement();
		}
		return store.retrieveSession(id)
			.flatMap(store::updateLastAccessTime)
			.flatMap((session) -> session.save().thenReturn(true))
			.defaultIfEmpty(false);
	}

}
