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

package io.github.springsocketio.test.autoconfigure;

import java.security.Principal;
import java.util.List;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.core.Ordered;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Sets the principal of requests of test clients. It is ordered before all other filters,
 * so that Spring Security regards the request as authenticated.
 */
final class MockPrincipalFilter implements WebFilter, Ordered {

	private final boolean security;

	MockPrincipalFilter(boolean security) {
		this.security = security;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String key = exchange.getRequest().getHeaders().getFirst(MockPrincipals.HEADER);
		Principal principal = (key != null) ? MockPrincipals.get(key) : null;
		if (principal == null) {
			return chain.filter(exchange);
		}
		ServerWebExchange authenticated = exchange.mutate().principal(Mono.just(principal)).build();
		Mono<Void> filtered = chain.filter(authenticated);
		return this.security ? filtered.contextWrite((context) -> SecurityContexts.add(context, principal)) : filtered;
	}

	/**
	 * A separate class, because Spring Security may not be on the class path.
	 */
	private static final class SecurityContexts {

		private SecurityContexts() {
		}

		static Context add(Context context, Principal principal) {
			Authentication authentication = (principal instanceof Authentication given) ? given
					: UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of());
			return context.putAll(ReactiveSecurityContextHolder.withAuthentication(authentication).readOnly());
		}

	}

}
