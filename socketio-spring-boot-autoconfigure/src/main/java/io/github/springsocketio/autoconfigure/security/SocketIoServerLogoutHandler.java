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
import org.springframework.web.server.WebSession;

/**
 * Disconnects the sockets of a {@code WebSession} in all namespaces when its user logs
 * out. A bean of this type is auto-configured and is the first logout handler of each
 * {@code SecurityWebFilterChain} that is built by a {@code ServerHttpSecurity} bean. An
 * application that replaces the logout handlers adds it again, ahead of those that
 * invalidate the session.
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
		return exchange.getExchange().getSession().map(WebSession::getId).doOnNext(this.io::disconnectSession).then();
	}

}
