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
 * Decides for each request whether its origin is allowed. It is the counterpart of the
 * JavaScript server's option {@code cors.origin} given as a function.
 * <p>
 * CORS is no access control: a request whose origin is not allowed is processed, but the
 * browser does not show the response to the page.
 *
 * @since 0.1.0
 * @see CorsOptions.Builder#originResolver(CorsOriginResolver)
 */
@FunctionalInterface
public interface CorsOriginResolver {

	/**
	 * Return whether pages of an origin may read the response. Called once for each
	 * request with one well-formed {@code Origin} header, on the event loop of the
	 * request, and must not block.
	 * @param origin the value of the header, such as {@code https://example.com} or
	 * {@code null} as a word; never empty
	 * @param exchange the exchange
	 * @return a Mono that emits whether the origin is allowed. If it is empty, the origin
	 * is not allowed. If it fails, the request is refused with code 3, "Bad request"
	 */
	Mono<Boolean> isAllowed(String origin, ServerWebExchange exchange);

}
