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
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.lang.CheckReturnValue;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Puts the headers for cross-origin requests on every answer and answers preflight
 * requests, which like in the JavaScript server are all requests with the method
 * {@code OPTIONS} (rows CK-121 to CK-130, EIO-14). It runs before every other check, so
 * that pages can read errors too.
 */
final class CorsHandler {

	private static final Mono<Boolean> CONTINUE = Mono.just(false);

	private final CorsOrigins origins;

	private final @Nullable CorsOriginResolver originResolver;

	private final boolean allowCredentials;

	private final String allowedMethods;

	private final @Nullable String allowedHeaders;

	private final String exposedHeaders;

	private final @Nullable String maxAge;

	private final HttpStatusCode preflightStatus;

	CorsHandler(CorsOptions options) {
		this.origins = new CorsOrigins(options);
		this.originResolver = options.originResolver();
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
	 * Whether the {@code Origin} header of a request may be processed further: there is
	 * at most one, and it has no control and no non-ASCII characters. Otherwise the
	 * request is to be refused with code 3, context {@code INVALID_ORIGIN} (rows EIO-26
	 * and SEC-87).
	 * @param headers the headers of the request
	 * @return whether the request may be processed further
	 */
	static boolean validOrigin(HttpHeaders headers) {
		return CorsOrigins.isValid(headers);
	}

	/**
	 * Whether {@link #apply} may be used, because no {@link CorsOriginResolver} has to be
	 * asked.
	 * @return whether this handler never has to wait
	 */
	boolean isSynchronous() {
		return this.originResolver == null;
	}

	/**
	 * Set the headers on the response.
	 * @param exchange the exchange to be answered
	 * @return {@code true} if the request is a preflight: status and headers of its
	 * answer are set, and all that is left to do is
	 * {@link org.springframework.http.server.reactive.ServerHttpResponse#setComplete}
	 */
	boolean apply(ServerWebExchange exchange) {
		Assert.state(isSynchronous(), "The origin has to be resolved asynchronously");
		return apply(exchange, this.origins.answer(CorsOrigins.of(exchange.getRequest().getHeaders())));
	}

	/**
	 * Set the headers on the response and answer a preflight. Without a
	 * {@link CorsOriginResolver} the headers are set at once, when this method is called.
	 * @param exchange the exchange to be answered
	 * @return a Mono that emits {@code true} after a preflight has been answered and
	 * {@code false} if the request is to be processed further; an error of the
	 * {@link CorsOriginResolver} is passed on
	 */
	@CheckReturnValue
	Mono<Boolean> handle(ServerWebExchange exchange) {
		if (this.originResolver == null) {
			return complete(exchange, apply(exchange));
		}
		String origin = CorsOrigins.of(exchange.getRequest().getHeaders());
		if (origin == null) {
			return complete(exchange, apply(exchange, null));
		}
		return resolve(origin, exchange)
			.flatMap((allowed) -> allowed ? complete(exchange, apply(exchange, origin)) : CONTINUE);
	}

	/**
	 * Whether an origin is among the configured ones, for the check of websocket
	 * handshakes (row SEC-89). Not for use with a {@link CorsOriginResolver}.
	 * @param origin the origin of the request
	 * @return whether it is allowed
	 */
	boolean isAllowed(String origin) {
		Assert.state(isSynchronous(), "The origin has to be resolved asynchronously");
		return this.origins.isAllowed(origin);
	}

	/**
	 * Whether an origin is among the configured ones or allowed by the
	 * {@link CorsOriginResolver}, whose error is passed on.
	 * @param origin the origin of the request
	 * @param exchange the exchange to be answered
	 * @return a Mono that emits whether it is allowed
	 */
	@CheckReturnValue
	Mono<Boolean> isAllowed(String origin, ServerWebExchange exchange) {
		return isSynchronous() ? Mono.just(isAllowed(origin)) : resolve(origin, exchange);
	}

	private Mono<Boolean> resolve(String origin, ServerWebExchange exchange) {
		CorsOriginResolver resolver = this.originResolver;
		Assert.state(resolver != null, "No origin resolver");
		return Mono.defer(() -> resolver.isAllowed(origin, exchange)).defaultIfEmpty(false);
	}

	private static Mono<Boolean> complete(ServerWebExchange exchange, boolean preflight) {
		return preflight ? exchange.getResponse().setComplete().thenReturn(true) : CONTINUE;
	}

	private boolean apply(ServerWebExchange exchange, @Nullable String origin) {
		boolean preflight = HttpMethod.OPTIONS.equals(exchange.getRequest().getMethod());
		HttpHeaders headers = exchange.getResponse().getHeaders();
		if (origin != null) {
			headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
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
		}
		return preflight;
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
