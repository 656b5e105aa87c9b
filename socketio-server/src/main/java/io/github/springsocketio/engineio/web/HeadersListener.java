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

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Customizes the headers of every successful response of the engine: handshakes, polls,
 * posts and the {@code 101} of a websocket (CK-41, CK-43).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HeadersListener {

	/**
	 * Customize headers.
	 * @param headers the headers that are about to be sent, as
	 * {@link InitialHeadersListener#onInitialHeaders(HttpHeaders, ServerWebExchange)}
	 * left them
	 * @param exchange the exchange of the request that is answered
	 * @return completes when the headers may be sent; awaited for at most
	 * {@code headers-timeout} (10 seconds by default). An error is answered with 500, a
	 * time-out with 503; on a handshake there is no session then
	 */
	Mono<Void> onHeaders(HttpHeaders headers, ServerWebExchange exchange);

}
