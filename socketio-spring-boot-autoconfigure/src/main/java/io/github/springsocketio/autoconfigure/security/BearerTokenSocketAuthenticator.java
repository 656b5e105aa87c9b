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

import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.util.Assert;

/**
 * Authenticates sockets by a bearer token in their auth payload, such as
 * <code>{"token": "eyJ…"}</code>. The {@link Authentication} is the principal of the
 * socket, and is in the security context of its handlers. It expires with the token.
 * Clients without a token in the payload are left to other authenticators. An
 * authenticator is auto-configured if there is a {@code ReactiveJwtDecoder} bean, or a
 * {@code JwtDecoder} bean in a servlet application, and no bean of this type.
 *
 * @since 0.1.0
 */
public final class BearerTokenSocketAuthenticator implements SocketAuthenticator {

	private static final Log logger = LogFactory.getLog(BearerTokenSocketAuthenticator.class);

	private final ReactiveAuthenticationManager authenticationManager;

	private final String field;

	/**
	 * Create an authenticator for the field {@code token}.
	 * @param authenticationManager authenticates a {@link BearerTokenAuthenticationToken}
	 */
	public BearerTokenSocketAuthenticator(ReactiveAuthenticationManager authenticationManager) {
		this(authenticationManager, "token");
	}

	/**
	 * Create an authenticator.
	 * @param authenticationManager authenticates a {@link BearerTokenAuthenticationToken}
	 * @param field the name of the field of the auth payload that contains the token
	 */
	public BearerTokenSocketAuthenticator(ReactiveAuthenticationManager authenticationManager, String field) {
		Assert.notNull(authenticationManager, "'authenticationManager' must not be null");
		Assert.hasText(field, "'field' must not be empty");
		this.authenticationManager = authenticationManager;
		this.field = field;
	}

	@Override
	public Mono<SocketAuthentication> authenticate(String namespace, Handshake handshake) {
		Object token = handshake.auth().get(this.field);
		if (token == null) {
			return Mono.empty();
		}
		return (token instanceof String text && !text.isBlank()) ? authenticate(text) : Mono.error(invalidToken());
	}

	private Mono<SocketAuthentication> authenticate(String token) {
		return this.authenticationManager.authenticate(new BearerTokenAuthenticationToken(token))
			.filter(Authentication::isAuthenticated)
			.map((authentication) -> SocketAuthentication.of(authentication)
				.withExpiresAt(TokenExpiry.of(authentication)))
			.switchIfEmpty(Mono.error(BearerTokenSocketAuthenticator::invalidToken))
			.onErrorMap(BearerTokenSocketAuthenticator::isRefusal, (error) -> {
				logger.debug("Bearer token refused", error);
				return invalidToken();
			});
	}

	/**
	 * Return whether an error means that the token is invalid, as opposed to a failure of
	 * the service that validates it.
	 */
	private static boolean isRefusal(Throwable error) {
		return error instanceof AuthenticationException && !(error instanceof AuthenticationServiceException);
	}

	private static ConnectErrorException invalidToken() {
		return ConnectErrorException.withCode("Invalid token", "invalid-token");
	}

}
