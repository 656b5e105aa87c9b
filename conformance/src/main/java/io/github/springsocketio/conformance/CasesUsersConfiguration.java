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

package io.github.springsocketio.conformance;

import java.security.Principal;

import io.github.springsocketio.autoconfigure.security.SocketIoServerLogoutHandler;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.logout.DelegatingServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.SecurityContextServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.web.server.WebFilter;

/**
 * Who the users of the profile {@code cases} are.
 */
@Configuration(proxyBeanMethods = false)
@Profile("cases")
class CasesUsersConfiguration {

	/**
	 * The user's name in the session where there is no Spring Security.
	 */
	static final String USER = "user";

	static boolean isUser(String name, String password) {
		return (name.equals("ann") || name.equals("bob")) && password.equals("pw");
	}

	@Bean
	@Order(0)
	@ConditionalOnProperty(name = "conformance.users", havingValue = "session")
	WebFilter userOfTheSession() {
		return (exchange, chain) -> exchange.getSession().flatMap((session) -> {
			String name = session.getAttribute(USER);
			return chain.filter(
					(name != null) ? exchange.mutate().principal(Mono.just(new SessionUser(name))).build() : exchange);
		});
	}

	private static ServerHttpSecurity open(ServerHttpSecurity http) {
		return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).csrf(CsrfSpec::disable);
	}

	private static MapReactiveUserDetailsService annAndBob() {
		return new MapReactiveUserDetailsService(user("ann"), user("bob"));
	}

	private static UserDetails user(String name) {
		return User.withUsername(name).password("{noop}pw").roles("USER").build();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "conformance.users", havingValue = "form")
	static class Form {

		@Bean
		SecurityWebFilterChain form(ServerHttpSecurity http, SocketIoServerLogoutHandler disconnect) {
			return open(http).formLogin(Customizer.withDefaults())
				.logout((logout) -> logout.logoutHandler(new DelegatingServerLogoutHandler(disconnect,
						new SecurityContextServerLogoutHandler(), new WebSessionServerLogoutHandler())))
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return annAndBob();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "conformance.users", havingValue = "basic")
	static class Basic {

		@Bean
		SecurityWebFilterChain basic(ServerHttpSecurity http) {
			return open(http).httpBasic(Customizer.withDefaults()).build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return annAndBob();
		}

	}

	/**
	 * The principal of a session.
	 *
	 * @param name the name of the user
	 */
	private record SessionUser(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

}
