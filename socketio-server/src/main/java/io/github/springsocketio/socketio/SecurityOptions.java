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

import java.time.Duration;
import java.util.List;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;

/**
 * Options of the authentication of sockets and of the {@code WebSession}s of their
 * handshakes. Immutable.
 *
 * @since 0.1.0
 */
public final class SecurityOptions {

	private final List<SocketAuthenticator> authenticators;

	private final boolean authenticationRequired;

	private final Duration expiryNotice;

	private final Duration expiryGrace;

	private final Duration webSessionCheckInterval;

	private final boolean webSessionKeepAlive;

	private SecurityOptions(Builder builder) {
		this.authenticators = builder.authenticators;
		this.authenticationRequired = builder.authenticationRequired;
		this.expiryNotice = builder.expiryNotice;
		this.expiryGrace = builder.expiryGrace;
		this.webSessionCheckInterval = builder.webSessionCheckInterval;
		this.webSessionKeepAlive = builder.webSessionKeepAlive;
	}

	/**
	 * Return a builder with the default values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the options with their default values.
	 * @return the defaults
	 */
	public static SecurityOptions defaults() {
		return builder().build();
	}

	/**
	 * Return the authenticators of sockets.
	 * @return none by default
	 */
	public List<SocketAuthenticator> authenticators() {
		return this.authenticators;
	}

	/**
	 * Return whether clients without a principal are refused.
	 * @return {@code false} by default
	 */
	public boolean authenticationRequired() {
		return this.authenticationRequired;
	}

	/**
	 * Return how long before the expiry of its authentication a client is notified.
	 * @return 30 s by default
	 */
	public Duration expiryNotice() {
		return this.expiryNotice;
	}

	/**
	 * Return how long a socket stays connected after its authentication has expired.
	 * @return 10 s by default
	 */
	public Duration expiryGrace() {
		return this.expiryGrace;
	}

	/**
	 * Return the interval in which the {@code WebSession}s of clients are checked.
	 * @return 30 s by default, 0 for no checks
	 */
	public Duration webSessionCheckInterval() {
		return this.webSessionCheckInterval;
	}

	/**
	 * Return whether the events of a client count as an access to its {@code WebSession}.
	 * @return {@code false} by default
	 */
	public boolean webSessionKeepAlive() {
		return this.webSessionKeepAlive;
	}

	/**
	 * Builds {@link SecurityOptions}. An invalid value causes an
	 * {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private List<SocketAuthenticator> authenticators = List.of();

		private boolean authenticationRequired = false;

		private Duration expiryNotice = Duration.ofSeconds(30);

		private Duration expiryGrace = Duration.ofSeconds(10);

		private Duration webSessionCheckInterval = Duration.ofSeconds(30);

		private boolean webSessionKeepAlive = false;

		private Builder() {
		}

		/**
		 * Set the authenticators of sockets.
		 * @param authenticators called in this order; none by default
		 * @return this builder
		 */
		public Builder authenticators(List<SocketAuthenticator> authenticators) {
			this.authenticators = List.copyOf(authenticators);
			return this;
		}

		/**
		 * Set whether clients without a principal are refused, in all namespaces. The
		 * principal is that of an authenticator or of the handshake request; an anonymous
		 * one of Spring Security is none.
		 * @param authenticationRequired the value; {@code false} by default
		 * @return this builder
		 */
		public Builder authenticationRequired(boolean authenticationRequired) {
			this.authenticationRequired = authenticationRequired;
			return this;
		}

		/**
		 * Set how long before the expiry of its authentication a client is notified, so
		 * that it can renew the authentication.
		 * @param expiryNotice the value; 30 s by default
		 * @return this builder
		 */
		public Builder expiryNotice(Duration expiryNotice) {
			this.expiryNotice = OptionChecks.notNegative("expiryNotice", expiryNotice);
			return this;
		}

		/**
		 * Set how long a socket stays connected after its authentication, or the
		 * {@code WebSession} of its handshake, has expired.
		 * @param expiryGrace the value; 10 s by default
		 * @return this builder
		 */
		public Builder expiryGrace(Duration expiryGrace) {
			this.expiryGrace = OptionChecks.notNegative("expiryGrace", expiryGrace);
			return this;
		}

		/**
		 * Set the interval in which the {@code WebSession}s of clients are checked. The
		 * connections of a session that has expired or was invalidated are closed, so
		 * that their clients reconnect and are checked like any other.
		 * @param webSessionCheckInterval the value; 30 s by default, 0 for no checks
		 * @return this builder
		 */
		public Builder webSessionCheckInterval(Duration webSessionCheckInterval) {
			this.webSessionCheckInterval = OptionChecks.notNegative("webSessionCheckInterval", webSessionCheckInterval);
			return this;
		}

		/**
		 * Set whether the events of a client count as an access to its
		 * {@code WebSession}, so that the session does not expire while events are
		 * received. The access is recorded when the sessions are checked.
		 * @param webSessionKeepAlive the value; {@code false} by default
		 * @return this builder
		 */
		public Builder webSessionKeepAlive(boolean webSessionKeepAlive) {
			this.webSessionKeepAlive = webSessionKeepAlive;
			return this;
		}

		/**
		 * Return the options.
		 * @return immutable options
		 */
		public SecurityOptions build() {
			return new SecurityOptions(this);
		}

	}

}
