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

/**
 * Decides at run time which origins may read the answers of the server (option
 * {@code cors.origin} as a function, row CK-126).
 * <p>
 * This is about what browsers show to scripts, not about access: a request whose origin
 * is not allowed is still served.
 *
 * @since 0.1.0
 * @see CorsOptions.Builder#originResolver(CorsOriginResolver)
 */
@FunctionalInterface
public interface CorsOriginResolver {

	/**
	 * Whether an origin may read the answer. Called on the event loop of the request, for
	 * each request that has one well-formed {@code Origin} header.
	 * @param origin the value of the header, such as {@code https://example.com} or
	 * {@code null} as a word; never empty
	 * @param exchange the exchange to be answered
	 * @return a Mono that emits whether the origin is allowed; empty counts as
	 * {@code false}, an error refuses the request with code 3, "Bad request"
	 */
	Mono<Boolean> isAllowed(String origin, ServerWebExchange exchange);

}
