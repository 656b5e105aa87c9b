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
 * Resolves the CORS options of each request, like Spring's
 * {@link org.springframework.web.cors.reactive.CorsConfigurationSource}. It is the
 * counterpart of the JavaScript server's option {@code cors} given as a function.
 *
 * @since 0.1.0
 * @see EngineWebOptions.Builder#corsResolver(CorsOptionsResolver)
 */
@FunctionalInterface
public interface CorsOptionsResolver {

	/**
	 * Resolve the options of a request. Called once for each request to the endpoint, on
	 * the event loop of the request, and must not block. Options that are built once and
	 * returned many times save time.
	 * @param exchange the exchange
	 * @return a Mono that emits the options. If it is empty, CORS is off for the request.
	 * If it fails, the request is refused with code 3, "Bad request"
	 */
	Mono<CorsOptions> resolve(ServerWebExchange exchange);

}
