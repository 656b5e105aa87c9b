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

package io.github.springsocketio.conformance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.web.EngineFilter;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Remembers the headers of the latest request of each session that may carry messages.
 */
final class RequestMemory implements EngineFilter {

	private static final int CAPACITY = 1000;

	private final Map<String, Map<String, String>> headers = Collections
		.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Map<String, String>> eldest) {
				return size() > CAPACITY;
			}

		});

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		boolean upgrade = request.getHeaders().containsHeader("Upgrade");
		if (Query.has(exchange, "sid") && (upgrade || request.getMethod() == HttpMethod.POST)) {
			Map<String, String> values = new LinkedHashMap<>();
			request.getHeaders().forEach((name, lines) -> put(values, name.toLowerCase(Locale.ROOT), lines));
			this.headers.put(Query.get(exchange, "sid"), values);
		}
		return chain.filter(exchange);
	}

	Map<String, String> headersOf(EngineSession session) {
		Map<String, String> latest = this.headers.get(session.id());
		if (latest != null) {
			return latest;
		}
		Map<String, String> first = new LinkedHashMap<>();
		session.request().headers().forEach((name, lines) -> put(first, name, lines));
		return first;
	}

	private static void put(Map<String, String> values, String name, List<String> lines) {
		values.put(name, String.join(name.equals("cookie") ? "; " : ", ", lines));
	}

}
