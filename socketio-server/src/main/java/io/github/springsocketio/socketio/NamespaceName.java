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

package io.github.springsocketio.socketio;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The name of a namespace as clients of protocol 3 send it: with a query, which is their
 * auth payload (SIO-112).
 *
 * @param path the name itself
 * @param query the parameters; the last value of a repeated one
 */
record NamespaceName(String path, Map<String, @Nullable Object> query) {

	static NamespaceName of(String name) {
		int mark = name.indexOf('?');
		return (mark < 0) ? new NamespaceName(name, Map.of())
				: new NamespaceName(name.substring(0, mark), parse(name.substring(mark + 1)));
	}

	/**
	 * Return a name as it is registered (SIO-26).
	 */
	static String normalize(String name) {
		return name.startsWith("/") ? name : "/" + name;
	}

	private static Map<String, @Nullable Object> parse(String query) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		for (String pair : query.split("&")) {
			int equals = pair.indexOf('=');
			String key = decode((equals < 0) ? pair : pair.substring(0, equals));
			if (!key.isEmpty()) {
				result.put(key, (equals < 0) ? "" : decode(pair.substring(equals + 1)));
			}
		}
		return result;
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
