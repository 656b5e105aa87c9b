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

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationUnit;

/**
 * Properties for requests of pages of other origins. CORS is on as soon as one of them is
 * set.
 *
 * @since 0.1.0
 */
public class CorsProperties {

	/**
	 * Origins whose pages may use the server, or '*' for all. Without origins, patterns
	 * and a CorsOriginResolver bean, all origins are allowed as soon as another property
	 * for CORS is set.
	 */
	private List<String> allowedOrigins = List.of();

	/**
	 * Patterns of origins whose pages may use the server. Unlike the origin '*', the
	 * pattern '*' goes with credentials.
	 */
	private List<String> allowedOriginPatterns = List.of();

	/**
	 * Methods that answers to preflight requests list.
	 */
	private List<String> allowedMethods = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

	/**
	 * Request headers that answers to preflight requests list. When empty, those that the
	 * browser asks for.
	 */
	private List<String> allowedHeaders = List.of();

	/**
	 * Response headers that pages may read.
	 */
	private List<String> exposedHeaders = List.of();

	/**
	 * Whether pages may send cookies and other credentials.
	 */
	private boolean allowCredentials;

	/**
	 * Time for which browsers may keep the answer to a preflight request. If a duration
	 * suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration maxAge;

	/**
	 * Status of answers to preflight requests.
	 */
	private int optionsSuccessStatus = 204;

	public List<String> getAllowedOrigins() {
		return this.allowedOrigins;
	}

	public void setAllowedOrigins(List<String> allowedOrigins) {
		this.allowedOrigins = allowedOrigins;
	}

	public List<String> getAllowedOriginPatterns() {
		return this.allowedOriginPatterns;
	}

	public void setAllowedOriginPatterns(List<String> allowedOriginPatterns) {
		this.allowedOriginPatterns = allowedOriginPatterns;
	}

	public List<String> getAllowedMethods() {
		return this.allowedMethods;
	}

	public void setAllowedMethods(List<String> allowedMethods) {
		this.allowedMethods = allowedMethods;
	}

	public List<String> getAllowedHeaders() {
		return this.allowedHeaders;
	}

	public void setAllowedHeaders(List<String> allowedHeaders) {
		this.allowedHeaders = allowedHeaders;
	}

	public List<String> getExposedHeaders() {
		return this.exposedHeaders;
	}

	public void setExposedHeaders(List<String> exposedHeaders) {
		this.exposedHeaders = exposedHeaders;
	}

	public boolean isAllowCredentials() {
		return this.allowCredentials;
	}

	public void setAllowCredentials(boolean allowCredentials) {
		this.allowCredentials = allowCredentials;
	}

	public @Nullable Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(@Nullable Duration maxAge) {
		this.maxAge = maxAge;
	}

	public int getOptionsSuccessStatus() {
		return this.optionsSuccessStatus;
	}

	public void setOptionsSuccessStatus(int optionsSuccessStatus) {
		this.optionsSuccessStatus = optionsSuccessStatus;
	}

}
