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

package io.github.springsocketio.engineio.web;

import io.github.springsocketio.Internal;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Finds the {@code WebSession}s of handshakes, during the handshake and later. Never
 * creates one.
 *
 * @since 0.1.0
 */
@Internal
public interface HandshakeSessions {

	/**
	 * Find the {@code WebSession} of a request by the id in the request. Has no effect on
	 * the response.
	 * @param exchange the exchange with the request
	 * @return emits the session; {@link Mono#empty()} itself if there is certainly no
	 * session
	 */
	Mono<WebSession> find(ServerWebExchange exchange);

	/**
	 * Read a session again. Does not count as an access to it.
	 * @param id the current id of the session
	 * @param known the session that was found for the handshake
	 * @return the session; empty if it does not exist any more
	 */
	Mono<WebSession> read(String id, WebSession known);

	/**
	 * Return whether a session exists.
	 * @param id the current id of the session
	 * @param known the session that was found for the handshake
	 * @param access whether this counts as an access to the session
	 * @return emits whether the session exists
	 */
	Mono<Boolean> check(String id, WebSession known, boolean access);

}
