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
import java.time.Instant;
import java.util.List;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Options of the session cookie. Load balancers use the cookie to route requests to the
 * server that holds the session. The server itself never reads it.
 * <p>
 * Immutable. The defaults give
 * {@code Set-Cookie: io=<sid>; Path=/; HttpOnly; SameSite=Lax}.
 *
 * @since 0.1.0
 */
public final class SessionCookieOptions {

	private final String name;

	private final @Nullable String path;

	private final @Nullable String domain;

	private final @Nullable Duration maxAge;

	private final @Nullable Instant expires;

	private final boolean httpOnly;

	private final boolean secure;

	private final boolean partitioned;

	private final @Nullable Priority priority;

	private final SameSite sameSite;

	private final boolean sendOnWebSocket;

	private final CookieValueEncoder encoder;

	private SessionCookieOptions(Builder builder) {
		this.name = builder.name;
		this.path = StringUtils.hasLength(builder.path) ? builder.path : null;
		this.domain = StringUtils.hasLength(builder.domain) ? builder.domain : null;
		this.maxAge = builder.maxAge;
		this.expires = builder.expires;
		this.httpOnly = builder.httpOnly;
		this.secure = builder.secure;
		this.partitioned = builder.partitioned;
		this.priority = builder.priority;
		this.sameSite = builder.sameSite;
		this.sendOnWebSocket = builder.sendOnWebSocket;
		this.encoder = builder.encoder;
	}

	/**
	 * Return the name of the cookie.
	 * @return the name, by default {@code io}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the {@code Path} attribute.
	 * @return the path, by default {@code /}, or {@code null} if omitted
	 */
	public @Nullable String path() {
		return this.path;
	}

	/**
	 * Return the {@code Domain} attribute.
	 * @return the domain, or {@code null} if omitted (the default)
	 */
	public @Nullable String domain() {
		return this.domain;
	}

	/**
	 * Return the {@code Max-Age} attribute, which is sent in whole seconds, rounded down.
	 * @return the maximum age, or {@code null} if omitted (the default)
	 */
	public @Nullable Duration maxAge() {
		return this.maxAge;
	}

	/**
	 * Return the {@code Expires} attribute, a fixed date for all handshakes.
	 * @return the date, or {@code null} if omitted (the default)
	 */
	public @Nullable Instant expires() {
		return this.expires;
	}

	/**
	 * Return whether the {@code HttpOnly} attribute is sent.
	 * @return {@code true} by default
	 */
	public boolean httpOnly() {
		return this.httpOnly;
	}

	/**
	 * Return whether the {@code Secure} attribute is sent. It is never added
	 * automatically, not even on an encrypted connection.
	 * @return {@code false} by default
	 */
	public boolean secure() {
		return this.secure;
	}

	/**
	 * Return whether the {@code Partitioned} attribute is sent.
	 * @return {@code false} by default
	 */
	public boolean partitioned() {
		return this.partitioned;
	}

	/**
	 * Return the {@code Priority} attribute.
	 * @return the priority, or {@code null} if omitted (the default)
	 */
	public @Nullable Priority priority() {
		return this.priority;
	}

	/**
	 * Return the {@code SameSite} attribute.
	 * @return the value, by default {@link SameSite#LAX}
	 */
	public SameSite sameSite() {
		return this.sameSite;
	}

	/**
	 * Return whether the cookie is also sent with the {@code 101} response to a handshake
	 * with the WebSocket transport.
	 * @return {@code false} by default
	 */
	public boolean sendOnWebSocket() {
		return this.sendOnWebSocket;
	}

	/**
	 * Return the encoder of the cookie's value.
	 * @return the encoder, by default {@link CookieValueEncoder#uriComponent()}
	 */
	public CookieValueEncoder encoder() {
		return this.encoder;
	}

	/**
	 * Return warnings about options that are valid but probably wrong, such as
	 * {@code SameSite=None} without {@code Secure}, which browsers reject. They are meant
	 * to be logged at start-up.
	 * @return one sentence for each warning, or an empty list
	 */
	public List<String> warnings() {
		return SessionCookieRules.warnings(this);
	}

	/**
	 * Create a builder that holds the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Values of the {@code SameSite} attribute.
	 */
	public enum SameSite {

		/**
		 * The attribute is omitted.
		 */
		OMITTED,

		/**
		 * Sent with all requests. Browsers require {@code Secure} as well.
		 */
		NONE,

		/**
		 * Sent with requests of the same site, and on navigation to it.
		 */
		LAX,

		/**
		 * Sent with requests of the same site only.
		 */
		STRICT

	}

	/**
	 * Values of the {@code Priority} attribute, which some browsers use to select the
	 * cookies that they discard first.
	 */
	public enum Priority {

		/**
		 * Discarded first.
		 */
		LOW,

		/**
		 * The default of browsers.
		 */
		MEDIUM,

		/**
		 * Discarded last.
		 */
		HIGH

	}

	/**
	 * Builder for {@link SessionCookieOptions}. Values are checked by {@link #build()}.
	 */
	public static final class Builder {

		private String name = "io";

		private @Nullable String path = "/";

		private @Nullable String domain;

		private @Nullable Duration maxAge;

		private @Nullable Instant expires;

		private boolean httpOnly = true;

		private boolean secure;

		private boolean partitioned;

		private @Nullable Priority priority;

		private SameSite sameSite = SameSite.LAX;

		private boolean sendOnWebSocket;

		private CookieValueEncoder encoder = CookieValueEncoder.uriComponent();

		private Builder() {
		}

		/**
		 * Set the name of the cookie.
		 * @param name the name, a token of RFC 9110
		 * @return this builder
		 */
		public Builder name(String name) {
			this.name = OptionChecks.notNull("name", name);
			return this;
		}

		/**
		 * Set the {@code Path} attribute.
		 * @param path the path, {@code null} or empty to omit the attribute
		 * @return this builder
		 */
		public Builder path(@Nullable String path) {
			this.path = path;
			return this;
		}

		/**
		 * Set the {@code Domain} attribute.
		 * @param domain the domain, {@code null} or empty to omit the attribute
		 * @return this builder
		 */
		public Builder domain(@Nullable String domain) {
			this.domain = domain;
			return this;
		}

		/**
		 * Set the {@code Max-Age} attribute. Zero and negative values are sent as well;
		 * browsers then delete the cookie at once.
		 * @param maxAge the maximum age, {@code null} to omit the attribute
		 * @return this builder
		 */
		public Builder maxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
			return this;
		}

		/**
		 * Set the {@code Expires} attribute, a fixed date for all handshakes. Prefer
		 * {@link #maxAge(Duration)}.
		 * @param expires the date, {@code null} to omit the attribute
		 * @return this builder
		 */
		public Builder expires(@Nullable Instant expires) {
			this.expires = expires;
			return this;
		}

		/**
		 * Set whether the {@code HttpOnly} attribute is sent.
		 * @param httpOnly whether the attribute is sent
		 * @return this builder
		 */
		public Builder httpOnly(boolean httpOnly) {
			this.httpOnly = httpOnly;
			return this;
		}

		/**
		 * Set whether the {@code Secure} attribute is sent.
		 * @param secure whether the attribute is sent
		 * @return this builder
		 */
		public Builder secure(boolean secure) {
			this.secure = secure;
			return this;
		}

		/**
		 * Set whether the {@code Partitioned} attribute is sent.
		 * @param partitioned whether the attribute is sent
		 * @return this builder
		 */
		public Builder partitioned(boolean partitioned) {
			this.partitioned = partitioned;
			return this;
		}

		/**
		 * Set the {@code Priority} attribute.
		 * @param priority the priority, {@code null} to omit the attribute
		 * @return this builder
		 */
		public Builder priority(@Nullable Priority priority) {
			this.priority = priority;
			return this;
		}

		/**
		 * Set the {@code SameSite} attribute.
		 * @param sameSite the value, {@link SameSite#OMITTED} to omit the attribute
		 * @return this builder
		 */
		public Builder sameSite(SameSite sameSite) {
			this.sameSite = OptionChecks.notNull("sameSite", sameSite);
			return this;
		}

		/**
		 * Set whether the cookie is also sent with the {@code 101} response to a
		 * handshake with the WebSocket transport.
		 * @param sendOnWebSocket whether the cookie is sent
		 * @return this builder
		 */
		public Builder sendOnWebSocket(boolean sendOnWebSocket) {
			this.sendOnWebSocket = sendOnWebSocket;
			return this;
		}

		/**
		 * Set the encoder of the cookie's value.
		 * @param encoder the encoder
		 * @return this builder
		 */
		public Builder encoder(CookieValueEncoder encoder) {
			this.encoder = OptionChecks.notNull("encoder", encoder);
			return this;
		}

		/**
		 * Check the values and build the options.
		 * @return the options
		 * @throws InvalidOptionException if an attribute breaks the rules of RFC 6265, or
		 * those that browsers attach to names such as {@code __Host-io}
		 */
		public SessionCookieOptions build() {
			SessionCookieOptions options = new SessionCookieOptions(this);
			SessionCookieRules.check(options);
			return options;
		}

	}

}
