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

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * An engine middleware (CK-80): runs for every request on the engine's path, after CORS
 * and before any check. The {@code WebFilter}s of the application run before it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EngineFilter {

	/**
	 * Look at a request.
	 * @param exchange the exchange; headers set on its response are sent on both
	 * transports
	 * @param chain goes on with the request
	 * @return completes when the request was handled. Completing without the chain leaves
	 * the response as this filter made it; an error is answered with
	 * {@code 400 Bad request} and its text is not sent (CK-83); to an upgrade without the
	 * headers set here
	 */
	Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain);

}
