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

import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.security.SocketIoRequest;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.authentication.logout.HttpStatusReturningServerLogoutSuccessHandler;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;

/**
 * Security configuration. The Socket.IO endpoint is open to everybody, and
 * {@link ChatController} requires a user.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "connect-src 'self'; img-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	private static final String[] PUBLIC = { "/", "/index.html", "/icon.svg", "/css/**", "/js/**", "/me", "/csrf",
			"/cookies", "/actuator/health" };

	private static final Predicate<String> NAME = Pattern
		.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._-]{0,18}[\\p{L}\\p{N}])?")
		.asMatchPredicate();

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityWebFilterChain socketIo(ServerHttpSecurity http) {
		SocketIoRequest.withDefaults().customize(http);
		return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
	}

	/**
	 * Security of the page. It logs in and out with scripts, which expect a status
	 * instead of another page.
	 */
	@Bean
	SecurityWebFilterChain pages(ServerHttpSecurity http) {
		ServerAuthenticationEntryPoint unauthorized = new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED);
		return http
			.authorizeExchange((exchanges) -> exchanges.pathMatchers(PUBLIC).permitAll().anyExchange().authenticated())
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(unauthorized))
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.csrf((csrf) -> csrf.csrfTokenRepository(new CookieServerCsrfTokenRepository()))
			.formLogin((login) -> login
				.authenticationFailureHandler(new ServerAuthenticationEntryPointFailureHandler(unauthorized)))
			.logout((logout) -> logout.logoutHandler((handlers) -> handlers.add(new WebSessionServerLogoutHandler()))
				.logoutSuccessHandler(new HttpStatusReturningServerLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
			.build();
	}

	@Bean
	Customizer<HeaderSpec> headers() {
		return (headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT));
	}

	/**
	 * Accepts any user name with the password that the page fills in.
	 */
	@Bean
	ReactiveUserDetailsService users() {
		return (name) -> Mono.just(name)
			.filter(NAME)
			.map((known) -> User.withUsername(known).password("{noop}secret").roles("USER").build());
	}

}
