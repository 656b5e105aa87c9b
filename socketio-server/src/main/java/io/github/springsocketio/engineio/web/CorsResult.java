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

import reactor.core.publisher.Mono;

/**
 * The result of CORS for one request.
 */
enum CorsResult {

	/**
	 * The request is processed further. Pages of its origin may read the response.
	 */
	ORIGIN_ALLOWED,

	/**
	 * The request is processed further. It has no origin, or one that is not allowed, or
	 * CORS is off.
	 */
	ORIGIN_NOT_ALLOWED,

	/**
	 * The request is a preflight. Its response has status and headers.
	 */
	PREFLIGHT,

	/**
	 * A function of the application failed.
	 */
	FAILED;

	private final Mono<CorsResult> mono = Mono.just(this);

	/**
	 * Return a Mono that emits this result.
	 */
	Mono<CorsResult> mono() {
		return this.mono;
	}

}
