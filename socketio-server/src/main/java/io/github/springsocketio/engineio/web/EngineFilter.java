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
 * A filter of the engine, which corresponds to a middleware of the JavaScript engine.
 * Called for every request on the path of the engine, after CORS and before any check.
 * The {@code WebFilter}s of the application are called before.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EngineFilter {

	/**
	 * Filter a request. Called on an event loop; must not block.
	 * @param exchange the exchange; headers added to its response are sent on both
	 * transports
	 * @param chain continues with the request
	 * @return completes when the request was handled. If it completes without a call of
	 * the chain, the response remains as this filter left it. The response to an error is
	 * {@code 400 Bad request} without the message of the error and, for an upgrade,
	 * without the headers added here
	 */
	Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain);

}
