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

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.web.cors.CorsConfiguration;

/**
 * Compares the {@code Origin} header with the configured origins.
 */
final class CorsOrigins {

	/**
	 * Longer than any real origin. Limits the run time of patterns with many wildcards.
	 */
	private static final int MAX_PATTERN_INPUT = 512;

	private final boolean any;

	private final @Nullable String fixed;

	private final Set<String> exact;

	private final @Nullable CorsConfiguration patterns;

	CorsOrigins(CorsOptions options) {
		this.any = options.allowedOrigins().contains(CorsOptions.ANY);
		this.fixed = options.fixedOrigin();
		this.exact = Set.copyOf(options.allowedOrigins());
		this.patterns = patterns(options.allowedOriginPatterns());
	}

	/**
	 * Return whether every response names the origin {@code *}.
	 */
	boolean isAny() {
		return this.any;
	}

	/**
	 * Return the value of the {@code Access-Control-Allow-Origin} header.
	 * @param origin the origin of the request, {@code null} if it has none
	 * @return the value, {@code null} if there is none
	 */
	@Nullable String allowOrigin(@Nullable String origin) {
		if (this.any) {
			return CorsOptions.ANY;
		}
		if (this.fixed != null) {
			return this.fixed;
		}
		return (origin != null && isAllowed(origin)) ? origin : null;
	}

	boolean isAllowed(String origin) {
		return this.any || origin.equals(this.fixed) || this.exact.contains(origin) || matchesPattern(origin);
	}

	private boolean matchesPattern(String origin) {
		return this.patterns != null && origin.length() <= MAX_PATTERN_INPUT
				&& this.patterns.checkOrigin(origin) != null;
	}

	/**
	 * Return the origin of a request.
	 * @param headers the headers of the request
	 * @return the origin, {@code null} if there is none or a malformed one
	 */
	static @Nullable String of(HttpHeaders headers) {
		String origin = headers.getFirst(HttpHeaders.ORIGIN);
		return (StringUtils.hasLength(origin) && isValid(headers)) ? origin : null;
	}

	/**
	 * Return whether a request has at most one {@code Origin} header, made of printable
	 * US-ASCII characters.
	 */
	static boolean isValid(HttpHeaders headers) {
		List<String> origins = headers.get(HttpHeaders.ORIGIN);
		return origins == null || origins.isEmpty() || origins.size() == 1 && isPrintable(origins.get(0));
	}

	/**
	 * Return whether a value that the peer sent may be sent back: it consists of tabs and
	 * printable US-ASCII characters.
	 */
	static boolean isPrintable(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if ((c < ' ' && c != '\t') || c > '~') {
				return false;
			}
		}
		return true;
	}

	private static @Nullable CorsConfiguration patterns(List<String> patterns) {
		if (patterns.isEmpty()) {
			return null;
		}
		CorsConfiguration configuration = new CorsConfiguration();
		configuration.setAllowedOriginPatterns(patterns);
		return configuration;
	}

}
