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
 * Customizes the headers of the first response of a session: the answer to the polling
 * handshake, or the {@code 101} of a session that begins with a websocket (CK-40, CK-42).
 * Called once for each session, before the {@link HeadersListener headers listeners}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InitialHeadersListener {

	/**
	 * Customize headers.
	 * @param headers the headers that are about to be sent. Names are case-insensitive;
	 * each value is a line of its own. The session cookie is not among them and always
	 * survives, as do cookies added to the response by filters; changes of framing
	 * headers are ignored, and CR, LF and NUL are refused
	 * @param exchange the exchange of the handshake
	 * @return completes when the headers may be sent; awaited for at most
	 * {@code headers-timeout} (10 seconds by default). An error is answered with 500, a
	 * time-out with 503, and there is no session
	 */
	Mono<Void> onInitialHeaders(HttpHeaders headers, ServerWebExchange exchange);

}
