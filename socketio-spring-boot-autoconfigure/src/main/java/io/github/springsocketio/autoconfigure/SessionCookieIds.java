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

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.springframework.http.HttpCookie;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.session.WebSessionIdResolver;

/**
 * Resolves the ids of sessions from the cookie that Spring Session sets in a servlet
 * application, by default in Base64. Only the application sets and expires the cookie.
 *
 * @param name the name of the cookie
 */
record SessionCookieIds(String name) implements WebSessionIdResolver {

	@Override
	public List<String> resolveSessionIds(ServerWebExchange exchange) {
		List<HttpCookie> cookies = exchange.getRequest().getCookies().get(this.name);
		return (cookies != null) ? cookies.stream().map(HttpCookie::getValue).map(SessionCookieIds::decode).toList()
				: List.of();
	}

	/**
	 * Return the id. An id that is not encoded, such as a UUID, is either invalid in
	 * Base64, or decodes to characters that are not printable.
	 */
	private static String decode(String value) {
		try {
			String decoded = new String(Base64.getDecoder().decode(value), StandardCharsets.ISO_8859_1);
			return decoded.chars().allMatch((c) -> c > ' ' && c < 127) ? decoded : value;
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

	@Override
	public void setSessionId(ServerWebExchange exchange, String sessionId) {
		// Only the application sets the cookie
	}

	@Override
	public void expireSession(ServerWebExchange exchange) {
		// Only the application expires the cookie
	}

}
