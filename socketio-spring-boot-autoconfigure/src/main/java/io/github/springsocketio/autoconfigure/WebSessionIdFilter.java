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

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionManager;

/**
 * Tells the server when a request changes the id of its {@link WebSession}. With a store
 * such as that of Spring Session, the handshake of a socket has another object for the
 * same session. Sessions in memory are one object each, whose id is always current.
 */
final class WebSessionIdFilter implements WebFilter, Ordered {

	private final SocketIoServer io;

	private final boolean inMemory;

	WebSessionIdFilter(SocketIoServer io, @Nullable WebSessionManager manager) {
		this.io = io;
		this.inMemory = manager instanceof DefaultWebSessionManager known
				&& known.getSessionStore() instanceof InMemoryWebSessionStore;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return this.inMemory ? chain.filter(exchange) : chain.filter(new ServerWebExchangeDecorator(exchange) {
			@Override
			public Mono<WebSession> getSession() {
				return super.getSession().map((session) -> new FollowedSession(session, WebSessionIdFilter.this.io));
			}
		});
	}

	/**
	 * A session whose changes of the id are followed.
	 *
	 * @param session the session itself
	 * @param io the server
	 */
	private record FollowedSession(WebSession session, SocketIoServer io) implements WebSession {

		@Override
		public String getId() {
			return this.session.getId();
		}

		@Override
		public Map<String, Object> getAttributes() {
			return this.session.getAttributes();
		}

		@Override
		public void start() {
			this.session.start();
		}

		@Override
		public boolean isStarted() {
			return this.session.isStarted();
		}

		@Override
		public Mono<Void> changeSessionId() {
			return Mono.defer(() -> {
				String previous = getId();
				return this.session.changeSessionId()
					.then(Mono.fromRunnable(() -> this.io.changeSessionId(previous, getId())));
			});
		}

		@Override
		public Mono<Void> invalidate() {
			return this.session.invalidate();
		}

		@Override
		public Mono<Void> save() {
			return this.session.save();
		}

		@Override
		public boolean isExpired() {
			return this.session.isExpired();
		}

		@Override
		public Instant getCreationTime() {
			return this.session.getCreationTime();
		}

		@Override
		public Instant getLastAccessTime() {
			return this.session.getLastAccessTime();
		}

		@Override
		public void setMaxIdleTime(Duration maxIdleTime) {
			this.session.setMaxIdleTime(maxIdleTime);
		}

		@Override
		public Duration getMaxIdleTime() {
			return this.session.getMaxIdleTime();
		}

	}

}
