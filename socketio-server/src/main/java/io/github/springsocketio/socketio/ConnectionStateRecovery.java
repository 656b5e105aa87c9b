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

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;

/**
 * Options of connection state recovery: clients that reconnect in time get back their id,
 * rooms and data, and the packets that they have missed. Immutable.
 *
 * @since 0.1.0
 */
public final class ConnectionStateRecovery {

	private final Duration maxDisconnectionDuration;

	private final boolean skipMiddlewares;

	private final int maxSessions;

	private final int maxPackets;

	private final int maxBytes;

	private ConnectionStateRecovery(Builder builder) {
		this.maxDisconnectionDuration = builder.maxDisconnectionDuration;
		this.skipMiddlewares = builder.skipMiddlewares;
		this.maxSessions = builder.maxSessions;
		this.maxPackets = builder.maxPackets;
		this.maxBytes = builder.maxBytes;
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
	public static ConnectionStateRecovery defaults() {
		return builder().build();
	}

	/**
	 * Return how long a client may be disconnected.
	 * @return two minutes by default
	 */
	public Duration maxDisconnectionDuration() {
		return this.maxDisconnectionDuration;
	}

	/**
	 * Return whether clients that are recovered skip the middlewares of the namespace.
	 * @return {@code true} by default
	 */
	public boolean skipMiddlewares() {
		return this.skipMiddlewares;
	}

	/**
	 * Return the maximum number of disconnected sessions that are kept in memory for a
	 * namespace.
	 * @return {@code 100000} by default
	 */
	public int maxSessions() {
		return this.maxSessions;
	}

	/**
	 * Return the maximum number of packets that are kept in memory for a namespace.
	 * @return {@code 100000} by default
	 */
	public int maxPackets() {
		return this.maxPackets;
	}

	/**
	 * Return the maximum size of the packets that are kept in memory for a namespace. The
	 * oldest are dropped first; clients that miss one of them are not recovered.
	 * @return the size in bytes; 64 MiB by default
	 */
	public int maxBytes() {
		return this.maxBytes;
	}

	/**
	 * Builds {@link ConnectionStateRecovery}. An invalid value causes an
	 * {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private Duration maxDisconnectionDuration = Duration.ofMinutes(2);

		private boolean skipMiddlewares = true;

		private int maxSessions = 100_000;

		private int maxPackets = 100_000;

		private int maxBytes = 64 * 1024 * 1024;

		private Builder() {
		}

		/**
		 * Set how long a client may be disconnected.
		 * @param maxDisconnectionDuration the value; two minutes by default
		 * @return this builder
		 */
		public Builder maxDisconnectionDuration(Duration maxDisconnectionDuration) {
			this.maxDisconnectionDuration = OptionChecks.positive("maxDisconnectionDuration", maxDisconnectionDuration);
			return this;
		}

		/**
		 * Set whether clients that are recovered skip the middlewares of the namespace.
		 * @param skipMiddlewares the value; {@code true} by default
		 * @return this builder
		 */
		public Builder skipMiddlewares(boolean skipMiddlewares) {
			this.skipMiddlewares = skipMiddlewares;
			return this;
		}

		/**
		 * Set the maximum number of disconnected sessions that are kept in memory for a
		 * namespace.
		 * @param maxSessions the value; {@code 100000} by default
		 * @return this builder
		 */
		public Builder maxSessions(int maxSessions) {
			this.maxSessions = OptionChecks.atLeast("maxSessions", maxSessions, 1);
			return this;
		}

		/**
		 * Set the maximum number of packets that are kept in memory for a namespace.
		 * @param maxPackets the value; {@code 100000} by default
		 * @return this builder
		 */
		public Builder maxPackets(int maxPackets) {
			this.maxPackets = OptionChecks.atLeast("maxPackets", maxPackets, 1);
			return this;
		}

		/**
		 * Set the maximum size of the packets that are kept in memory for a namespace.
		 * @param maxBytes the value in bytes; 64 MiB by default
		 * @return this builder
		 */
		public Builder maxBytes(int maxBytes) {
			this.maxBytes = OptionChecks.atLeast("maxBytes", maxBytes, 1);
			return this;
		}

		/**
		 * Return the options.
		 * @return immutable options
		 */
		public ConnectionStateRecovery build() {
			return new ConnectionStateRecovery(this);
		}

	}

}
