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
 * Decides whether a client may join a namespace.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NamespaceMiddleware {

	/**
	 * Decide about a client. Its {@link Socket#handshake() handshake} holds the auth
	 * payload.
	 * @param socket the socket, not yet connected; {@code join} and {@code data} are
	 * allowed and kept
	 * @return completes to accept the client; a {@link ConnectErrorException} refuses it
	 * with its message and data, any other error with a general message
	 */
	Mono<Void> handle(Socket socket);

}
