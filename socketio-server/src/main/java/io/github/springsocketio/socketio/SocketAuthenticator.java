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

import reactor.core.publisher.Mono;

/**
 * Authenticates sockets by the auth payload of the packet with which their clients join a
 * namespace, or by anything else of the handshake. Called for each attempt to join, ahead
 * of connection state recovery and the middlewares, and again when a client renews its
 * authentication.
 * <p>
 * Several authenticators are called in their order, until one has a value.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SocketAuthenticator {

	/**
	 * Authenticate a socket. Called on a thread of the I/O layer; must not block.
	 * @param namespace the name of the namespace, such as {@code "/"}
	 * @param handshake the handshake with the {@linkplain Handshake#auth() auth payload}.
	 * Its {@linkplain Handshake#principal() principal} is that of the handshake request
	 * @return the authentication. Empty if this authenticator does not apply: the next
	 * one is called, and the socket keeps the principal of the handshake request if none
	 * has a value. A {@link ConnectErrorException} refuses the client with its message
	 * and data, any other error with a general message
	 */
	Mono<SocketAuthentication> authenticate(String namespace, Handshake handshake);

}
