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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * Determines the expiry of an authentication by a token.
 */
final class TokenExpiry {

	private TokenExpiry() {
	}

	/**
	 * Return the time at which the token of an authentication expires.
	 * @return the time, or {@code null} if it has no token or does not expire
	 */
	static @Nullable Instant of(Authentication authentication) {
		if (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> tokenAuthentication) {
			return tokenAuthentication.getToken().getExpiresAt();
		}
		return (authentication.getCredentials() instanceof OAuth2Token token) ? token.getExpiresAt() : null;
	}

}
