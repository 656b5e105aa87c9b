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

import io.github.springsocketio.engineio.ApplicationCalls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;
import org.springframework.web.server.ServerWebExchange;

/**
 * Applies CORS to requests: sets the response headers and completes preflights. It
 * precedes all other checks of the engine, so that pages can also read errors. It applies
 * once for each exchange: later calls return the result of the first one.
 */
final class CorsHandler {

	private static final Log logger = LogFactory.getLog(CorsHandler.class);

	private static final String RESULT = CorsHandler.class.getName() + ".result";

	private final @Nullable CorsOptions options;

	private final @Nullable CorsOptionsResolver resolver;

	CorsHandler(EngineWebOptions options) {
		this.options = options.cors();
		this.resolver = options.corsResolver();
	}

	/**
	 * Set the response headers and complete the response to a preflight. Unless the
	 * application resolves options or origins, the headers are set when this method is
	 * called.
	 * @param exchange the exchange
	 * @return a Mono that emits the result. A failed resolver is a result, not an error
	 */
	@CheckReturnValue
	Mono<CorsResult> handle(ServerWebExchange exchange) {
		CorsResult known = exchange.getAttribute(RESULT);
		if (known != null) {
			return known.mono();
		}
		Mono<CorsResult> result = apply(exchange);
		CorsResult value = Monos.value(result);
		return (value != null) ? finish(exchange, value) : result.onErrorResume((ex) -> {
			logger.warn("CORS could not be applied to a request", ex);
			return CorsResult.FAILED.mono();
		}).flatMap((late) -> finish(exchange, late));
	}

	/**
	 * Return whether the origin of a request that has been handled is allowed.
	 */
	static boolean isOriginAllowed(ServerWebExchange exchange) {
		return exchange.getAttribute(RESULT) == CorsResult.ORIGIN_ALLOWED;
	}

	/**
	 * Return whether an origin is allowed that is not in the {@code Origin} header. Sets
	 * no response headers.
	 * @param origin the origin
	 * @param exchange the exchange
	 * @return emits the result; {@code false} if a function of the application failed
	 */
	@CheckReturnValue
	Mono<Boolean> isAllowed(String origin, ServerWebExchange exchange) {
		if (this.options != null) {
			return isAllowed(this.options, origin, exchange);
		}
		CorsOptionsResolver resolver = this.resolver;
		return (resolver != null) ? ApplicationCalls.defer(() -> resolver.resolve(exchange))
			.flatMap((resolved) -> isAllowed(resolved, origin, exchange))
			.onErrorResume(CorsHandler::failed)
			.defaultIfEmpty(false) : Mono.just(false);
	}

	private static Mono<Boolean> isAllowed(CorsOptions options, String origin, ServerWebExchange exchange) {
		CorsOriginResolver resolver = options.originResolver();
		if (resolver == null) {
			return Mono.just(options.headers().isAllowed(origin));
		}
		return ApplicationCalls.defer(() -> resolver.isAllowed(origin, exchange))
			.onErrorResume(CorsHandler::failed)
			.defaultIfEmpty(false);
	}

	private static Mono<Boolean> failed(Throwable error) {
		logger.warn("CORS could not be applied to a request", error);
		return Mono.just(false);
	}

	private Mono<CorsResult> apply(ServerWebExchange exchange) {
		if (this.options != null) {
			return apply(this.options, exchange);
		}
		CorsOptionsResolver resolver = this.resolver;
		if (resolver == null) {
			return CorsResult.ORIGIN_NOT_ALLOWED.mono();
		}
		return ApplicationCalls.defer(() -> resolver.resolve(exchange))
			.flatMap((resolved) -> apply(resolved, exchange))
			.defaultIfEmpty(CorsResult.ORIGIN_NOT_ALLOWED);
	}

	private static Mono<CorsResult> apply(CorsOptions options, ServerWebExchange exchange) {
		String origin = CorsOrigins.of(exchange.getRequest().getHeaders());
		CorsOriginResolver resolver = options.originResolver();
		if (resolver == null || origin == null) {
			return options.headers().apply(exchange, origin).mono();
		}
		return ApplicationCalls.defer(() -> resolver.isAllowed(origin, exchange))
			.filter(Boolean::booleanValue)
			.map((allowed) -> options.headers().applyAllowed(exchange, origin))
			.defaultIfEmpty(CorsResult.ORIGIN_NOT_ALLOWED);
	}

	private static Mono<CorsResult> finish(ServerWebExchange exchange, CorsResult result) {
		exchange.getAttributes().put(RESULT, result);
		return (result == CorsResult.PREFLIGHT) ? exchange.getResponse().setComplete().thenReturn(result)
				: result.mono();
	}

}
