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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * The response headers of {@link CorsOptions}, in the order of the JavaScript server, for
 * which every request with the method {@code OPTIONS} is a preflight.
 */
final class CorsHeaders {

	private final CorsOrigins origins;

	private final boolean allowCredentials;

	private final String allowedMethods;

	private final @Nullable String allowedHeaders;

	private final String exposedHeaders;

	private final @Nullable String maxAge;

	private final HttpStatusCode preflightStatus;

	CorsHeaders(CorsOptions options) {
		this.origins = new CorsOrigins(options);
		this.allowCredentials = options.allowCredentials();
		this.allowedMethods = String.join(",", options.allowedMethods());
		List<String> headers = options.allowedHeaders();
		this.allowedHeaders = (headers != null) ? String.join(",", headers) : null;
		this.exposedHeaders = String.join(",", options.exposedHeaders());
		Duration age = options.maxAge();
		this.maxAge = (age != null) ? Long.toString(age.getSeconds()) : null;
		this.preflightStatus = HttpStatusCode.valueOf(options.optionsSuccessStatus());
	}

	/**
	 * Return whether an origin is one of the configured ones.
	 */
	boolean isAllowed(String origin) {
		return this.origins.isAllowed(origin);
	}

	/**
	 * Set the headers for an origin, which is compared with the configured ones.
	 * @param exchange the exchange
	 * @param origin the origin, or {@code null} if the request has none
	 * @return the result
	 */
	CorsResult apply(ServerWebExchange exchange, @Nullable String origin) {
		boolean allowed = origin != null && this.origins.isAllowed(origin);
		return apply(exchange, this.origins.allowOrigin(origin), allowed);
	}

	/**
	 * Set the headers for an origin that a {@link CorsOriginResolver} has allowed.
	 * @param exchange the exchange
	 * @param origin the origin
	 * @return the result
	 */
	CorsResult applyAllowed(ServerWebExchange exchange, String origin) {
		return apply(exchange, origin, true);
	}

	private CorsResult apply(ServerWebExchange exchange, @Nullable String allowOrigin, boolean allowed) {
		boolean preflight = HttpMethod.OPTIONS.equals(exchange.getRequest().getMethod());
		HttpHeaders headers = exchange.getResponse().getHeaders();
		if (allowOrigin != null) {
			headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowOrigin);
		}
		if (!this.origins.isAny()) {
			vary(headers, HttpHeaders.ORIGIN);
		}
		if (this.allowCredentials) {
			headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
		}
		if (preflight) {
			applyPreflight(exchange.getRequest().getHeaders(), headers);
		}
		if (!this.exposedHeaders.isEmpty()) {
			headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, this.exposedHeaders);
		}
		if (preflight) {
			exchange.getResponse().setStatusCode(this.preflightStatus);
			headers.setContentLength(0);
			return CorsResult.PREFLIGHT;
		}
		return allowed ? CorsResult.ORIGIN_ALLOWED : CorsResult.ORIGIN_NOT_ALLOWED;
	}

	private void applyPreflight(HttpHeaders request, HttpHeaders response) {
		if (!this.allowedMethods.isEmpty()) {
			response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, this.allowedMethods);
		}
		String names = this.allowedHeaders;
		if (names == null) {
			vary(response, HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
			names = requestedHeaders(request);
		}
		if (!names.isEmpty()) {
			response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, names);
		}
		if (this.maxAge != null) {
			response.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, this.maxAge);
		}
	}

	private static String requestedHeaders(HttpHeaders request) {
		List<String> lines = request.get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
		String names = (lines != null) ? String.join(", ", lines) : "";
		return CorsOrigins.isPrintable(names) ? names : "";
	}

	private static void vary(HttpHeaders headers, String field) {
		if (!headers.containsHeader(HttpHeaders.VARY)) {
			headers.set(HttpHeaders.VARY, field);
			return;
		}
		List<String> fields = new ArrayList<>(headers.getVary());
		if (fields.stream().noneMatch((present) -> present.equals("*") || present.equalsIgnoreCase(field))) {
			fields.add(field);
			headers.set(HttpHeaders.VARY, StringUtils.collectionToDelimitedString(fields, ", "));
		}
	}

}
