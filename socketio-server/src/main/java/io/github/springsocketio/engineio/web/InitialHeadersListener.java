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
 * Customizes the headers of the first response of a session: the response to the polling
 * handshake, or the {@code 101} of a session that starts with a websocket. Called once
 * for each session, before the {@link HeadersListener headers listeners}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InitialHeadersListener {

	/**
	 * Customize headers. Called on an event loop; must not block.
	 * @param headers the headers of the response. Names are case-insensitive; each value
	 * is sent as a line of its own. The session cookie is not among them and is always
	 * sent, as are cookies that filters added to the response. Changes of framing headers
	 * are ignored; CR, LF and NUL in a value are an error
	 * @param exchange the exchange of the handshake
	 * @return completes when the headers may be sent, within {@code headers-timeout} (10
	 * seconds by default). The status of the response is 500 after an error and 503 after
	 * a timeout, and no session is opened
	 */
	Mono<Void> onInitialHeaders(HttpHeaders headers, ServerWebExchange exchange);

}
