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

package io.github.springsocketio.socketio.adapter;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Limits of connection state recovery, for adapters.
 *
 * @since 0.1.0
 */
public final class RecoveryLimits {

	private final Duration maxDisconnectionDuration;

	private final int maxSessions;

	private final int maxPackets;

	private final int maxBytes;

	private final Duration maxPacketAge;

	private final int maxOutboundBytes;

	private final int maxOutboundPackets;

	private RecoveryLimits(Builder builder) {
		this.maxDisconnectionDuration = builder.maxDisconnectionDuration;
		this.maxSessions = builder.maxSessions;
		this.maxPackets = builder.maxPackets;
		this.maxBytes = builder.maxBytes;
		this.maxPacketAge = (builder.maxPacketAge != null) ? builder.maxPacketAge : builder.maxDisconnectionDuration;
		this.maxOutboundBytes = builder.maxOutboundBytes;
		this.maxOutboundPackets = builder.maxOutboundPackets;
	}

	/**
	 * Return a builder without limits on sizes.
	 * @param maxDisconnectionDuration how long sessions are kept
	 * @return a new builder
	 */
	public static Builder builder(Duration maxDisconnectionDuration) {
		return new Builder(maxDisconnectionDuration);
	}

	/**
	 * Return how long sessions are kept after the disconnection.
	 * @return the time
	 */
	public Duration maxDisconnectionDuration() {
		return this.maxDisconnectionDuration;
	}

	/**
	 * Return the maximum number of disconnected sessions that are kept for a namespace.
	 * Beyond it the oldest is dropped.
	 * @return the number
	 */
	public int maxSessions() {
		return this.maxSessions;
	}

	/**
	 * Return the maximum number of packets that are kept for a namespace. Beyond it the
	 * oldest is dropped.
	 * @return the number
	 */
	public int maxPackets() {
		return this.maxPackets;
	}

	/**
	 * Return the maximum size of the packets that are kept for a namespace. Beyond it the
	 * oldest is dropped.
	 * @return the number of bytes
	 */
	public int maxBytes() {
		return this.maxBytes;
	}

	/**
	 * Return how long packets are kept. Longer than sessions, because the server detects
	 * some disconnections only after the time limit of the heartbeat.
	 * @return the time
	 */
	public Duration maxPacketAge() {
		return this.maxPacketAge;
	}

	/**
	 * Return the maximum size of a client's outbound buffer in bytes. A client that has
	 * missed more is not restored.
	 * @return the number of bytes
	 */
	public int maxOutboundBytes() {
		return this.maxOutboundBytes;
	}

	/**
	 * Return the maximum number of packets in a client's outbound buffer. A client that
	 * has missed more is not restored.
	 * @return the number of packets
	 */
	public int maxOutboundPackets() {
		return this.maxOutboundPackets;
	}

	/**
	 * Builds {@link RecoveryLimits}.
	 */
	public static final class Builder {

		private final Duration maxDisconnectionDuration;

		private int maxSessions = Integer.MAX_VALUE;

		private int maxPackets = Integer.MAX_VALUE;

		private int maxBytes = Integer.MAX_VALUE;

		private @Nullable Duration maxPacketAge;

		private int maxOutboundBytes = Integer.MAX_VALUE;

		private int maxOutboundPackets = Integer.MAX_VALUE;

		private Builder(Duration maxDisconnectionDuration) {
			Assert.notNull(maxDisconnectionDuration, "'maxDisconnectionDuration' must not be null");
			this.maxDisconnectionDuration = maxDisconnectionDuration;
		}

		/**
		 * Set the maximum number of disconnected sessions that are kept for a namespace.
		 * @param maxSessions the number
		 * @return this builder
		 */
		public Builder maxSessions(int maxSessions) {
			this.maxSessions = maxSessions;
			return this;
		}

		/**
		 * Set the maximum number of packets that are kept for a namespace.
		 * @param maxPackets the number
		 * @return this builder
		 */
		public Builder maxPackets(int maxPackets) {
			this.maxPackets = maxPackets;
			return this;
		}

		/**
		 * Set the maximum size of the packets that are kept for a namespace.
		 * @param maxBytes the number of bytes
		 * @return this builder
		 */
		public Builder maxBytes(int maxBytes) {
			this.maxBytes = maxBytes;
			return this;
		}

		/**
		 * Set how long packets are kept.
		 * @param maxPacketAge the time; as long as sessions by default
		 * @return this builder
		 */
		public Builder maxPacketAge(Duration maxPacketAge) {
			Assert.notNull(maxPacketAge, "'maxPacketAge' must not be null");
			this.maxPacketAge = maxPacketAge;
			return this;
		}

		/**
		 * Set the maximum size of a client's outbound buffer.
		 * @param maxOutboundBytes the number of bytes
		 * @return this builder
		 */
		public Builder maxOutboundBytes(int maxOutboundBytes) {
			this.maxOutboundBytes = maxOutboundBytes;
			return this;
		}

		/**
		 * Set the maximum number of packets in a client's outbound buffer.
		 * @param maxOutboundPackets the number of packets
		 * @return this builder
		 */
		public Builder maxOutboundPackets(int maxOutboundPackets) {
			this.maxOutboundPackets = maxOutboundPackets;
			return this;
		}

		/**
		 * Return the limits.
		 * @return the limits
		 */
		public RecoveryLimits build() {
			return new RecoveryLimits(this);
		}

	}

}
