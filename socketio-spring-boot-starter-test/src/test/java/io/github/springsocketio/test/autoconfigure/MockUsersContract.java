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

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.client.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;

/**
 * Users who are logged in, with Spring Security, on a port and in process.
 */
abstract class MockUsersContract {

	@Autowired
	private SocketIoTester tester;

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void anonymousClientsAreRefused() {
		this.tester.handshake().expectStatus(401);
		this.tester.transports(Transport.WEBSOCKET).handshake().expectStatus(401);
	}

	@Test
	void usersHaveANameAndRoles() {
		this.tester.mutateWith(SocketIoMockUsers.mockUser("ann").roles("ADMIN"))
			.connect()
			.emitWithAck("whoami")
			.expectAck()
			.isEqualTo("ann", "[ROLE_ADMIN]");
		this.tester.mutateWith(SocketIoMockUsers.mockUser("bob").authorities(new SimpleGrantedAuthority("read")))
			.transports(Transport.POLLING)
			.connect()
			.emitWithAck("whoami")
			.expectAck()
			.isEqualTo("bob", "[read]");
	}

	@Test
	void usersStayLoggedInOverUpgradesAndReconnections() {
		var socket = this.tester.mutateWith(SocketIoMockUsers.mockUser("ann")).connect();
		socket.expectUpgrade().expectStatus(101);
		socket.reconnect().emitWithAck("whoami").expectAck().isEqualTo("ann", "[ROLE_USER]");
	}

	@Test
	void jwtsHaveClaimsAndScopes() {
		this.tester.mutateWith(SocketIoMockUsers.mockJwt().jwt((jwt) -> jwt.subject("bob").claim("tenant", "acme")))
			.connect()
			.emitWithAck("whoami")
			.expectAck()
			.isEqualTo("bob", "[SCOPE_read]", "acme");
	}

	@Test
	void authenticationsOfAnyKind() {
		this.tester.mutateWith(SocketIoMockUsers.mockAuthentication(new TestingAuthenticationToken("eve", "x", "a")))
			.connect()
			.emitWithAck("whoami")
			.expectAck()
			.isEqualTo("eve", "[a]");
	}

	@Test
	void theAuthenticationOfTheTestIsThatOfItsClients() {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("me", "x", "a"));
		this.tester.connect().emitWithAck("whoami").expectAck().isEqualTo("me", "[a]");
		this.tester.mutateWith(SocketIoMockUsers.mockUser("ann"))
			.connect()
			.emitWithAck("whoami")
			.expectAck()
			.isEqualTo("ann", "[ROLE_USER]");
	}

	@Test
	@WithMockUser(username = "carol", roles = "ADMIN")
	void theUserOfAnAnnotationIsThatOfAllClients() {
		this.tester.connect().emitWithAck("whoami").expectAck().isEqualTo("carol", "[ROLE_ADMIN]");
		this.tester.transports(Transport.WEBSOCKET)
			.connect()
			.emitWithAck("whoami")
			.expectAck()
			.isEqualTo("carol", "[ROLE_ADMIN]");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@EnableWebFluxSecurity
	static class SecuredApplication {

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange((exchange) -> exchange.anyExchange().authenticated())
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.exceptionHandling((handling) -> handling
					.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)))
				.build();
		}

		@Bean
		NamespaceConfigurer whoami() {
			return (io) -> io.of("/").on("whoami", (socket, event) -> {
				Authentication user = (Authentication) socket.handshake().principal();
				if (user instanceof JwtAuthenticationToken jwt) {
					event.ack(user.getName(), user.getAuthorities().toString(), jwt.getToken().getClaim("tenant"));
				}
				else {
					event.ack(user.getName(), user.getAuthorities().toString());
				}
			});
		}

	}

}
