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

package io.github.springsocketio.autoconfigure.security;

import io.github.springsocketio.socketio.SocketIoServer;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.logout.ServerLogoutHandler;
import org.springframework.util.Assert;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Disconnects the sockets of a {@code WebSession} in all namespaces when its user logs
 * out. The sockets are disconnected immediately before the response is sent, after all
 * logout handlers have completed and the session has been saved. A client that reconnects
 * immediately is therefore refused.
 *
 * <p>
 * A bean of this type is auto-configured and added to the logout handlers of each
 * {@code SecurityWebFilterChain} that is built with a {@code ServerHttpSecurity} bean. An
 * application that replaces the logout handlers has to add it again.
 *
 * @since 0.1.0
 */
public final class SocketIoServerLogoutHandler implements ServerLogoutHandler {

	private final SocketIoServer io;

	/**
	 * Create a handler.
	 * @param io the server
	 */
	public SocketIoServerLogoutHandler(SocketIoServer io) {
		Assert.notNull(io, "'io' must not be null");
		this.io = io;
	}

	@Override
	public Mono<Void> logout(WebFilterExchange exchange, Authentication authentication) {
		ServerWebExchange logout = exchange.getExchange();
		return logout.getSession().doOnNext((session) -> disconnectAfter(logout, session)).then();
	}

	private void disconnectAfter(ServerWebExchange logout, WebSession session) {
		String id = session.getId();
		logout.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
			this.io.disconnectSession(id);
			if (!session.getId().equals(id)) {
				this.io.disconnectSession(session.getId());
			}
		}));
	}

}
