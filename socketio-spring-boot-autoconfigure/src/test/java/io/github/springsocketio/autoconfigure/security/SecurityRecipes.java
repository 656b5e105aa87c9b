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

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebSession;

/**
 * The code of docs/security.md, which is copied from here.
 */
final class SecurityRecipes {

	private static final SecretKeySpec KEY = new SecretKeySpec(
			"0123456789012345678901234567890123456789".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

	private SecurityRecipes() {
	}

	static String token(String user, Instant expiresAt) {
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject(user)
			.issuedAt(expiresAt.minusSeconds(3600))
			.expiresAt(expiresAt)
			.claim("scope", "read")
			.build();
		return new NimbusJwtEncoder(new ImmutableSecret<>(KEY))
			.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
			.getTokenValue();
	}

	/**
	 * Users, and handlers that tell who they are.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@EnableReactiveMethodSecurity
	static class Common {

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("jane").password("{noop}secret").roles("USER").build(),
					User.withUsername("joe").password("{noop}secret").roles("USER").build());
		}

		@Bean
		Secrets secrets() {
			return new Secrets();
		}

		@Bean
		NamespaceConfigurer who(Secrets secrets) {
			return (io) -> {
				io.of("/chat");
				io.on("who", (socket, event) -> event.ack(name(socket.principal())))
					.handle("secret", (socket, event) -> secrets.read())
					.onError((socket, error, event) -> {
						if (event != null) {
							event.ack(error.getClass().getSimpleName());
						}
					});
			};
		}

		private static String name(Principal principal) {
			return (principal != null) ? principal.getName() : "nobody";
		}

	}

	/**
	 * A service with method security.
	 */
	static class Secrets {

		@PreAuthorize("hasAuthority('SCOPE_read')")
		Mono<String> read() {
			return Mono.just("the secret");
		}

	}

	@Import(Common.class)
	static class FormLogin {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityWebFilterChain socketIo(ServerHttpSecurity http) {
			SocketIoRequest.withDefaults().customize(http);
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated()).build();
		}

		@Bean
		SecurityWebFilterChain pages(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.formLogin(Customizer.withDefaults())
				.build();
		}

	}

	@Import(Common.class)
	static class HttpBasic {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityWebFilterChain socketIo(ServerHttpSecurity http) {
			SocketIoRequest.withDefaults().customize(http);
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic((basic) -> basic
					.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)))
				.build();
		}

	}

	@Import({ Common.class, Decoder.class })
	static class ResourceServer {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityWebFilterChain socketIo(ServerHttpSecurity http) {
			SocketIoRequest.withDefaults().customize(http);
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
				.build();
		}

	}

	/**
	 * With {@code socketio.security.authentication-required: true}.
	 */
	@Import({ Common.class, Decoder.class })
	static class TokenInAuth {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityWebFilterChain socketIo(ServerHttpSecurity http) {
			SocketIoRequest.withDefaults().customize(http);
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}

	}

	static class Decoder {

		@Bean
		ReactiveJwtDecoder jwtDecoder() {
			return NimbusReactiveJwtDecoder.withSecretKey(KEY).build();
		}

	}

	@Import(TokenInAuth.class)
	static class OwnManager {

		@Bean
		ReactiveAuthenticationManager tokens(ReactiveJwtDecoder decoder) {
			return new JwtReactiveAuthenticationManager(decoder);
		}

		@Bean
		BearerTokenSocketAuthenticator accessTokens(ReactiveAuthenticationManager tokens) {
			return new BearerTokenSocketAuthenticator(tokens, "accessToken");
		}

	}

	@Import({ Common.class, OpenToAll.class })
	static class ApiKeys {

		@Bean
		SocketAuthenticator apiKeys() {
			Map<String, Principal> keys = Map.of("k1", () -> "robot");
			return (namespace, handshake) -> {
				Object key = handshake.auth().get("key");
				if (key == null) {
					return Mono.empty(); // ask the next one
				}
				return Mono.justOrEmpty(keys.get(key))
					.map(SocketAuthentication::of)
					.switchIfEmpty(Mono.error(ConnectErrorException.withCode("Unknown key", "invalid-key")));
			};
		}

	}

	/**
	 * With Spring Security's anonymous authentication.
	 */
	@Import(Common.class)
	static class Anonymous {

		@Bean
		SecurityWebFilterChain everything(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.anonymous(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.csrf(CsrfSpec::disable)
				.build();
		}

	}

	static class OpenToAll {

		@Bean
		SecurityWebFilterChain everything(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.formLogin(Customizer.withDefaults())
				.csrf(CsrfSpec::disable)
				.build();
		}

	}

	@Import({ Common.class, OpenToAll.class, Visits.class, VisitHandlers.class })
	static class Sessions {

		@Bean
		NamespaceConfigurer visits() {
			return (io) -> io.handle("visit", (socket, event) -> socket.handshake().session().flatMap((session) -> {
				int visits = session.getAttributeOrDefault("visits", 0) + 1;
				session.getAttributes().put("visits", visits);
				return session.save().thenReturn(visits);
			}));
		}

	}

	@SocketIoController
	static class VisitHandlers {

		@OnEvent
		Mono<Void> forget(WebSession session) {
			session.getAttributes().remove("visits");
			return session.save();
		}

	}

	@RestController
	static class Visits {

		private final SocketIoServer io;

		Visits(SocketIoServer io) {
			this.io = io;
		}

		@GetMapping("/visits")
		int visits(WebSession session) {
			session.start();
			return session.getAttributeOrDefault("visits", 0);
		}

		@PostMapping("/note")
		void note(WebSession session, @RequestBody String text) {
			this.io.session(session.getId()).emit("note", text);
		}

		void addresses(SocketIoServer io, WebSession session, String text) {
			io.user("anna").emit("mail", 3); // all sockets of the user
			io.session(session.getId()).emit("note", text); // those of a WebSession
			io.of("/chat").toUser("anna").emit("typing"); // in one namespace
			io.to("room").exceptUser("anna").emit("joined");
			io.disconnectUser("anna");
			io.disconnectSession(session.getId());
		}

		@PostMapping("/visits/set")
		void set(WebSession session, @RequestBody String visits) {
			session.getAttributes().put("visits", Integer.valueOf(visits));
		}

		@PostMapping("/end")
		Mono<Void> end(WebSession session) {
			return session.invalidate();
		}

	}

}
