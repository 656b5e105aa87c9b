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

package io.github.springsocketio.socketio;

import java.security.Principal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The principal of a socket and the time at which its authentication expires. The result
 * of a {@link SocketAuthenticator}.
 *
 * @since 0.1.0
 */
public final class SocketAuthentication {

	private final Principal principal;

	private final @Nullable Instant expiresAt;

	private SocketAuthentication(Principal principal, @Nullable Instant expiresAt) {
		Assert.notNull(principal, "'principal' must not be null");
		this.principal = principal;
		this.expiresAt = expiresAt;
	}

	/**
	 * Create an authentication that does not expire.
	 * @param principal the principal of the socket
	 * @return the authentication
	 */
	public static SocketAuthentication of(Principal principal) {
		return new SocketAuthentication(principal, null);
	}

	/**
	 * Return this authentication with a time at which it expires.
	 * @param expiresAt the time, or {@code null} for never
	 * @return a new authentication
	 */
	public SocketAuthentication withExpiresAt(@Nullable Instant expiresAt) {
		return new SocketAuthentication(this.principal, expiresAt);
	}

	/**
	 * Return the principal of the socket.
	 * @return the principal
	 */
	public Principal principal() {
		return this.principal;
	}

	/**
	 * Return when the authentication expires.
	 * @return the time, or {@code null} for never
	 */
	public @Nullable Instant expiresAt() {
		return this.expiresAt;
	}

	@Override
	public String toString() {
		return "SocketAuthentication[expiresAt=" + this.expiresAt + "]";
	}

}
