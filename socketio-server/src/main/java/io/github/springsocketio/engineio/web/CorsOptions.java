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
import java.util.Collection;
import java.util.List;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;
import org.jspecify.annotations.Nullable;

/**
 * Options of cross-origin resource sharing (CORS): which pages of other origins may read
 * the responses of the server.
 * <p>
 * There are four ways to set the origins. They exclude each other, except for the first
 * two, which can be combined: {@linkplain Builder#allowedOrigins allowed origins},
 * {@linkplain Builder#allowedOriginPatterns patterns}, one
 * {@linkplain Builder#fixedOrigin fixed origin}, or a {@linkplain Builder#originResolver
 * function}. Without any of them every origin is allowed. CORS is no access control: a
 * request whose origin is not allowed is processed, but the browser does not show the
 * response to the page.
 * <p>
 * Immutable.
 *
 * @since 0.1.0
 */
public final class CorsOptions {

	/**
	 * Matches every origin.
	 */
	static final String ANY = "*";

	private final List<String> allowedOrigins;

	private final List<String> allowedOriginPatterns;

	private final @Nullable String fixedOrigin;

	private final @Nullable CorsOriginResolver originResolver;

	private final List<String> allowedMethods;

	private final @Nullable List<String> allowedHeaders;

	private final List<String> exposedHeaders;

	private final boolean allowCredentials;

	private final @Nullable Duration maxAge;

	private final int optionsSuccessStatus;

	private final CorsHeaders headers;

	private CorsOptions(Builder builder) {
		this.allowedOrigins = builder.effectiveOrigins();
		this.allowedOriginPatterns = builder.allowedOriginPatterns;
		this.fixedOrigin = builder.fixedOrigin;
		this.originResolver = builder.originResolver;
		this.allowedMethods = builder.allowedMethods;
		this.allowedHeaders = builder.allowedHeaders;
		this.exposedHeaders = builder.exposedHeaders;
		this.allowCredentials = builder.allowCredentials;
		this.maxAge = builder.maxAge;
		this.optionsSuccessStatus = builder.optionsSuccessStatus;
		CorsRules.check(this);
		this.headers = new CorsHeaders(this);
	}

	/**
	 * Return the allowed origins.
	 * @return the origins, by default {@code *}; empty if they are given in another way
	 */
	public List<String> allowedOrigins() {
		return this.allowedOrigins;
	}

	/**
	 * Return the patterns of allowed origins.
	 * @return the patterns, by default none
	 */
	public List<String> allowedOriginPatterns() {
		return this.allowedOriginPatterns;
	}

	/**
	 * Return the origin that every response names.
	 * @return the origin, or {@code null} if there is none (the default)
	 */
	public @Nullable String fixedOrigin() {
		return this.fixedOrigin;
	}

	/**
	 * Return the function that decides about origins.
	 * @return the function, or {@code null} if there is none (the default)
	 */
	public @Nullable CorsOriginResolver originResolver() {
		return this.originResolver;
	}

	/**
	 * Return the methods that the response to a preflight lists.
	 * @return the methods, by default {@code GET,HEAD,PUT,PATCH,POST,DELETE}
	 */
	public List<String> allowedMethods() {
		return this.allowedMethods;
	}

	/**
	 * Return the request headers that the response to a preflight lists.
	 * @return the names, or {@code null} (the default) if it lists those that the browser
	 * requests
	 */
	public @Nullable List<String> allowedHeaders() {
		return this.allowedHeaders;
	}

	/**
	 * Return the response headers that pages may read.
	 * @return the names, by default none
	 */
	public List<String> exposedHeaders() {
		return this.exposedHeaders;
	}

	/**
	 * Return whether pages may read responses to requests with credentials.
	 * @return {@code false} by default
	 */
	public boolean allowCredentials() {
		return this.allowCredentials;
	}

	/**
	 * Return the time for which browsers may cache the response to a preflight. It is
	 * sent in whole seconds, rounded down.
	 * @return the time, or {@code null} if not sent (the default)
	 */
	public @Nullable Duration maxAge() {
		return this.maxAge;
	}

	/**
	 * Return the status of the response to a preflight.
	 * @return the status, by default 204
	 */
	public int optionsSuccessStatus() {
		return this.optionsSuccessStatus;
	}

	CorsHeaders headers() {
		return this.headers;
	}

	/**
	 * Return warnings about options that are valid but probably wrong, such as
	 * credentials together with a pattern that matches every origin. They are meant to be
	 * logged at start-up.
	 * @return one sentence for each warning, or an empty list
	 */
	public List<String> warnings() {
		return CorsRules.warnings(this);
	}

	/**
	 * Create a builder that holds the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder for {@link CorsOptions}. Values are checked by {@link #build()}.
	 */
	public static final class Builder {

		private @Nullable List<String> allowedOrigins;

		private List<String> allowedOriginPatterns = List.of();

		private @Nullable String fixedOrigin;

		private @Nullable CorsOriginResolver originResolver;

		private List<String> allowedMethods = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

		private @Nullable List<String> allowedHeaders;

		private List<String> exposedHeaders = List.of();

		private boolean allowCredentials;

		private @Nullable Duration maxAge;

		private int optionsSuccessStatus = 204;

		private Builder() {
		}

		/**
		 * Set the allowed origins. They must equal the {@code Origin} header, including
		 * the case of letters. A trailing slash is removed. The entry {@code *} allows
		 * every origin and is sent as such.
		 * @param allowedOrigins the origins, such as {@code https://example.com}
		 * @return this builder
		 */
		public Builder allowedOrigins(Collection<String> allowedOrigins) {
			OptionChecks.notNull("allowedOrigins", allowedOrigins);
			this.allowedOrigins = allowedOrigins.stream().map(CorsRules::withoutTrailingSlash).toList();
			return this;
		}

		/**
		 * Set patterns of allowed origins, as in Spring's
		 * {@link org.springframework.web.cors.CorsConfiguration#setAllowedOriginPatterns
		 * CorsConfiguration}: {@code *} stands for any characters, and the port may be a
		 * list such as {@code [8080,8081]}, or {@code [*]} for any or none. An origin
		 * that matches is named in the response, so that unlike the origin {@code *} the
		 * pattern {@code *} can be combined with credentials.
		 * @param allowedOriginPatterns the patterns, such as
		 * {@code https://*.example.com}
		 * @return this builder
		 */
		public Builder allowedOriginPatterns(Collection<String> allowedOriginPatterns) {
			this.allowedOriginPatterns = List
				.copyOf(OptionChecks.notNull("allowedOriginPatterns", allowedOriginPatterns));
			return this;
		}

		/**
		 * Set one origin that every response names, whatever the request says.
		 * @param fixedOrigin the origin, or {@code null} for none
		 * @return this builder
		 */
		public Builder fixedOrigin(@Nullable String fixedOrigin) {
			this.fixedOrigin = (fixedOrigin != null) ? CorsRules.withoutTrailingSlash(fixedOrigin) : null;
			return this;
		}

		/**
		 * Set a function that decides about the origin of each request.
		 * @param originResolver the function, or {@code null} for none
		 * @return this builder
		 */
		public Builder originResolver(@Nullable CorsOriginResolver originResolver) {
			this.originResolver = originResolver;
			return this;
		}

		/**
		 * Set the methods that the response to a preflight lists.
		 * @param allowedMethods the methods
		 * @return this builder
		 */
		public Builder allowedMethods(Collection<String> allowedMethods) {
			this.allowedMethods = List.copyOf(OptionChecks.notNull("allowedMethods", allowedMethods));
			return this;
		}

		/**
		 * Set the request headers that the response to a preflight lists.
		 * @param allowedHeaders the names, or {@code null} to list those that the browser
		 * requests
		 * @return this builder
		 */
		public Builder allowedHeaders(@Nullable Collection<String> allowedHeaders) {
			this.allowedHeaders = (allowedHeaders != null) ? List.copyOf(allowedHeaders) : null;
			return this;
		}

		/**
		 * Set the response headers that pages may read.
		 * @param exposedHeaders the names
		 * @return this builder
		 */
		public Builder exposedHeaders(Collection<String> exposedHeaders) {
			this.exposedHeaders = List.copyOf(OptionChecks.notNull("exposedHeaders", exposedHeaders));
			return this;
		}

		/**
		 * Set whether pages may read responses to requests with credentials, such as
		 * cookies.
		 * @param allowCredentials whether credentials are allowed
		 * @return this builder
		 */
		public Builder allowCredentials(boolean allowCredentials) {
			this.allowCredentials = allowCredentials;
			return this;
		}

		/**
		 * Set the time for which browsers may cache the response to a preflight.
		 * @param maxAge the time, or {@code null} to leave it to the browser
		 * @return this builder
		 */
		public Builder maxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
			return this;
		}

		/**
		 * Set the status of the response to a preflight.
		 * @param optionsSuccessStatus the status, from 200 to 299
		 * @return this builder
		 */
		public Builder optionsSuccessStatus(int optionsSuccessStatus) {
			this.optionsSuccessStatus = optionsSuccessStatus;
			return this;
		}

		/**
		 * Check the values and build the options.
		 * @return the options
		 * @throws InvalidOptionException if a value cannot be sent, if the origins are
		 * given in ways that exclude each other, or if the origin {@code *} is combined
		 * with credentials, which browsers refuse
		 */
		public CorsOptions build() {
			return new CorsOptions(this);
		}

		private List<String> effectiveOrigins() {
			if (this.allowedOrigins != null && !this.allowedOrigins.isEmpty()) {
				return this.allowedOrigins;
			}
			boolean otherwise = !this.allowedOriginPatterns.isEmpty() || this.fixedOrigin != null
					|| this.originResolver != null;
			return otherwise ? List.of() : List.of(ANY);
		}

	}

}
