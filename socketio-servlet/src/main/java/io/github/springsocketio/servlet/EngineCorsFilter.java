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

package io.github.springsocketio.servlet;

import java.io.IOException;
import java.net.URISyntaxException;

import io.github.springsocketio.engineio.web.EngineWebFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * Applies CORS to the requests of an endpoint ahead of Spring Security. Spring Security
 * would refuse preflight requests, because they have no credentials, and a browser
 * exposes its responses to a page only with CORS headers. The filter does nothing if CORS
 * is disabled. If beans decide on origins asynchronously, the endpoint applies CORS
 * instead.
 *
 * @since 0.1.0
 */
public final class EngineCorsFilter extends HttpFilter {

	private static final long serialVersionUID = 1L;

	private final transient EngineWebFilter endpoint;

	/**
	 * Create a filter.
	 * @param endpoint the endpoint
	 */
	public EngineCorsFilter(EngineWebFilter endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		this.endpoint = endpoint;
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		// The endpoint handles each OPTIONS request as a preflight. Other requests need
		// CORS headers only with an origin
		boolean concerned = request.getHeader(HttpHeaders.ORIGIN) != null || "OPTIONS".equals(request.getMethod());
		if (concerned && isAnswered(request, response)) {
			return;
		}
		chain.doFilter(request, response);
	}

	/**
	 * Set the CORS headers.
	 * @return whether the response is complete, as for a preflight request
	 */
	private boolean isAnswered(HttpServletRequest request, HttpServletResponse response) {
		ServletExchange exchange;
		try {
			exchange = ServletExchange.detached(request, response);
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			// The endpoint refuses this request
			return false;
		}
		if (!this.endpoint.matches(exchange)) {
			return false;
		}
		boolean[] passed = new boolean[1];
		boolean[] ended = new boolean[1];
		this.endpoint.corsFilter().filter(exchange, (same) -> {
			passed[0] = true;
			return Mono.empty();
		}).subscribe(null, (error) -> {
		}, () -> ended[0] = true);
		if (ended[0]) {
			exchange.response().setHead();
		}
		return ended[0] && !passed[0];
	}

}
