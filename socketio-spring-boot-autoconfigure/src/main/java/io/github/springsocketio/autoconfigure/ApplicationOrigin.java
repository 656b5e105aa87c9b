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

import java.net.URI;

import io.github.springsocketio.engineio.web.CorsOriginResolver;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.env.Environment;
import org.springframework.web.server.ServerWebExchange;

/**
 * Allows the origin of the application if the endpoint has its own port: the same host
 * with the port of the application, or with the standard port, which a proxy may use.
 * Origins without TLS are not allowed for requests with TLS.
 */
final class ApplicationOrigin implements CorsOriginResolver {

	private final Environment environment;

	/**
	 * Create a resolver.
	 * @param environment contains the port of the application after its server has
	 * started
	 */
	ApplicationOrigin(Environment environment) {
		this.environment = environment;
	}

	@Override
	public Mono<Boolean> isAllowed(String origin, ServerWebExchange exchange) {
		URI page = parse(origin);
		return Mono.just(page != null && isAllowed(page, exchange.getRequest().getURI()));
	}

	private boolean isAllowed(URI page, URI request) {
		boolean secure = "https".equals(page.getScheme());
		return page.getHost() != null && page.getHost().equalsIgnoreCase(request.getHost())
				&& (secure || ("http".equals(page.getScheme()) && "http".equals(request.getScheme())))
				&& (page.getPort() == -1 || page.getPort() == port());
	}

	private int port() {
		return this.environment.getProperty("local.server.port", Integer.class, 0);
	}

	private static @Nullable URI parse(String origin) {
		try {
			return URI.create(origin);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
