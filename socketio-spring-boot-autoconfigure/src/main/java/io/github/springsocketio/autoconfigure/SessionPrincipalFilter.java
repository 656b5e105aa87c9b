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

import java.security.Principal;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;

/**
 * Sets the principal of requests to the user that Spring Security has stored in the
 * session. The session is only read: a poll that saves its session at the end would
 * restore a session that a logout has deleted in the meantime.
 *
 * @param sessions manages the sessions
 */
record SessionPrincipalFilter(DefaultWebSessionManager sessions) implements WebFilter, Ordered {

	/** The attribute of {@code HttpSessionSecurityContextRepository}. */
	private static final String ATTRIBUTE = "SPRING_SECURITY_CONTEXT";

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		List<String> ids = this.sessions.getSessionIdResolver().resolveSessionIds(exchange);
		if (ids.isEmpty()) {
			return chain.filter(exchange);
		}
		Mono<Principal> principal = Mono.defer(() -> this.sessions.getSessionStore().retrieveSession(ids.get(0)))
			.mapNotNull(SessionPrincipalFilter::principal);
		return chain.filter(exchange.mutate().principal(principal.cache()).build());
	}

	private static @Nullable Principal principal(WebSession session) {
		Authentication authentication = (session.getAttribute(ATTRIBUTE) instanceof SecurityContext context)
				? context.getAuthentication() : null;
		return (authentication != null && authentication.isAuthenticated()) ? authentication : null;
	}

}
