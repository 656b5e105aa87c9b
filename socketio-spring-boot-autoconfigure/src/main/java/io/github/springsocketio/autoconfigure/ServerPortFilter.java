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

package io.github.springsocketio.autoconfigure;

import io.github.springsocketio.engineio.web.EngineWebFilter;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The first filter on the server's own port. It marks the requests, because the following
 * filters may also receive requests to the application's port, and responds with status
 * 404 to requests that are not for the endpoint.
 *
 * @param endpoint the endpoint
 */
record ServerPortFilter(EngineWebFilter endpoint) implements WebFilter {

	private static final String MARK = ServerPortFilter.class.getName();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getAttributes().put(MARK, Boolean.TRUE);
		return this.endpoint.matches(exchange) ? chain.filter(exchange) : notFound(exchange);
	}

	static Mono<Void> notFound(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
		return exchange.getResponse().setComplete();
	}

	/**
	 * Return whether a request has arrived on the server's own port.
	 */
	static boolean isMarked(ServerWebExchange exchange) {
		return exchange.getAttributes().containsKey(MARK);
	}

}
