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

import java.util.function.Supplier;

import io.github.springsocketio.engineio.web.EngineWebFilter;
import reactor.core.publisher.Mono;

import org.springframework.boot.security.web.reactive.ApplicationContextServerWebExchangeMatcher;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;

/**
 * Factory for matchers and customizers of Spring Security for the requests to the
 * Socket.IO server.
 *
 * @since 0.1.0
 */
public final class SocketIoRequest {

	private SocketIoRequest() {
	}

	/**
	 * Return a matcher for the requests to the server, including those for client files.
	 * It takes the properties {@code socketio.path} and {@code spring.webflux.base-path}
	 * into account.
	 * @return the matcher
	 */
	public static ServerWebExchangeMatcher toEndpoint() {
		return new EndpointMatcher();
	}

	/**
	 * Return a customizer that prepares a separate {@code SecurityWebFilterChain} for the
	 * server, with the matcher {@link #toEndpoint()}. Requests without authentication are
	 * responded to with status 401 instead of a login page, and are not saved for a
	 * redirect after the login. CSRF protection is disabled, because long-polling uses
	 * {@code POST}, and such a request needs the session id, which is not known to other
	 * sites.
	 * @return the customizer, for {@code SocketIoRequest.withDefaults().customize(http)}
	 */
	public static Customizer<ServerHttpSecurity> withDefaults() {
		return (http) -> http.securityMatcher(toEndpoint())
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)))
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.csrf(CsrfSpec::disable);
	}

	private static final class EndpointMatcher extends ApplicationContextServerWebExchangeMatcher<EngineWebFilter> {

		private EndpointMatcher() {
			super(EngineWebFilter.class);
		}

		@Override
		protected Mono<MatchResult> matches(ServerWebExchange exchange, Supplier<EngineWebFilter> filter) {
			return filter.get().matches(exchange) ? MatchResult.match() : MatchResult.notMatch();
		}

	}

}
