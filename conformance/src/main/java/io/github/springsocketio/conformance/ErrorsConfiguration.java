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

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.github.springsocketio.autoconfigure.security.SocketIoRequest;
import io.github.springsocketio.conformance.Fault.SoldOutException;
import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.ErrorAckResolver;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * The profile {@code errors}: everything that can go wrong in handlers, for clients with
 * HTTP basic, with tokens, and with neither.
 */
@Configuration(proxyBeanMethods = false)
@EnableReactiveMethodSecurity
@Profile("errors")
class ErrorsConfiguration {

	@Bean
	SecurityWebFilterChain security(ServerHttpSecurity http) {
		SocketIoRequest.withDefaults().customize(http);
		return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.httpBasic((basic) -> basic.authenticationManager(ErrorsConfiguration::login))
			.anonymous(Customizer.withDefaults())
			.build();
	}

	/**
	 * Log a user in. Not left to Spring Security, which encrypts the password each time.
	 */
	private static Mono<Authentication> login(Authentication login) {
		String role = switch (login.getName()) {
			case "ann" -> "USER";
			case "root" -> "ADMIN";
			default -> throw new BadCredentialsException("Nobody");
		};
		return Mono.just(UsernamePasswordAuthenticationToken.authenticated(login.getName(), null,
				AuthorityUtils.createAuthorityList("ROLE_" + role)));
	}

	@Bean
	NamespaceConfigurer functions(Vault vault) {
		return (io) -> {
			ErrorsHandlers.register(io.of("/functional"), vault);
			ErrorsHandlers.register(io.of("/token"), vault);
		};
	}

	@Bean
	ErrorAckResolver soldOut() {
		return (socket, error, event) -> (error instanceof SoldOutException) ? new AckError("handled", event.name())
				: null;
	}

	/**
	 * Accepts tokens of the form {@code name milliseconds role…}, for one namespace.
	 */
	@Bean
	SocketAuthenticator tokens() {
		return (namespace, handshake) -> namespace.equals("/token")
				? Mono.justOrEmpty(handshake.auth().get("token")).map((token) -> authenticate(String.valueOf(token)))
				: Mono.empty();
	}

	private static SocketAuthentication authenticate(String token) {
		String[] parts = token.split(" ");
		if (parts[0].equals("bug")) {
			throw new IllegalStateException("secret");
		}
		if (parts.length < 2) {
			throw ConnectErrorException.withCode("Invalid token", "invalid-token");
		}
		List<SimpleGrantedAuthority> roles = Arrays.stream(parts)
			.skip(2)
			.map((role) -> new SimpleGrantedAuthority("ROLE_" + role))
			.toList();
		return SocketAuthentication.of(UsernamePasswordAuthenticationToken.authenticated(parts[0], null, roles))
			.withExpiresAt(Instant.now().plusMillis(Long.parseLong(parts[1])));
	}

}
