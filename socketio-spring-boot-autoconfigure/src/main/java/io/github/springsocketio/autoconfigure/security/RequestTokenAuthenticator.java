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

import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;

/**
 * Sets the expiry of sockets to the expiry of the token of their handshake request, such
 * as one in its {@code Authorization} header.
 */
final class RequestTokenAuthenticator implements SocketAuthenticator {

	@Override
	public Mono<SocketAuthentication> authenticate(String namespace, Handshake handshake) {
		Instant expiresAt = (handshake.principal() instanceof Authentication authentication)
				? TokenExpiry.of(authentication) : null;
		return (expiresAt != null && handshake.principal() != null)
				? Mono.just(SocketAuthentication.of(handshake.principal()).withExpiresAt(expiresAt)) : Mono.empty();
	}

}
