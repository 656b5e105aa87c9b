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

import java.util.List;

import org.springframework.web.server.ServerWebExchange;

/**
 * Parameters of the query of an engine's request.
 */
final class Query {

	private Query() {
	}

	static boolean has(ServerWebExchange exchange, String name) {
		return exchange.getRequest().getQueryParams().containsKey(name);
	}

	/**
	 * Return a parameter.
	 * @return its value, or an empty text if there is none
	 */
	static String get(ServerWebExchange exchange, String name) {
		List<String> values = exchange.getRequest().getQueryParams().get(name);
		String value = (values != null) ? values.get(values.size() - 1) : null;
		return (value != null) ? value : "";
	}

}
