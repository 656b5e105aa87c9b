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

import java.util.function.Predicate;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Does what CORS asks for ahead of other filters, and leaves word of it for the endpoint,
 * which stands behind them.
 */
final class EarlyCors implements WebFilter {

	private static final String DONE = EarlyCors.class.getName();

	private final Predicate<ServerWebExchange> condition;

	private final CorsHandler cors;

	/**
	 * Create a filter.
	 * @param condition which requests are the endpoint's
	 * @param cors sets the headers and answers preflights
	 */
	EarlyCors(Predicate<ServerWebExchange> condition, CorsHandler cors) {
		this.condition = condition;
		this.cors = cors;
	}

	/**
	 * Return once for a request whether CORS is done with.
	 */
	static boolean takeDone(ServerWebExchange exchange) {
		return exchange.getAttributes().remove(DONE) != null;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!this.condition.test(exchange)) {
			return chain.filter(exchange);
		}
		exchange.getAttributes().put(DONE, true);
		return this.cors.handle(exchange).onErrorResume((ex) -> {
			// The endpoint asks again, and tells of what goes wrong
			exchange.getAttributes().remove(DONE);
			return Mono.just(false);
		}).flatMap((answered) -> answered ? Mono.empty() : chain.filter(exchange));
	}

}
