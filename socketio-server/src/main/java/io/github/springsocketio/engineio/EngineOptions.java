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

package io.github.springsocketio.engineio;

import java.time.Duration;
import java.util.Set;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;
import org.jspecify.annotations.Nullable;

/**
 * The options of an engine. The default values are those of the JavaScript server, where
 * it has the option.
 *
 * @since 0.1.0
 */
public final class EngineOptions {

	private final Duration pingInterval;

	private final Duration pingTimeout;

	private final Duration upgradeTimeout;

	private final Duration closeTimeout;

	private final int maxHttpBufferSize;

	private final Set<TransportType> transports;

	private final boolean allowUpgrades;

	private final boolean allowEio3;

	private final @Nullable String initialPacket;

	private final @Nullable SessionIdGenerator idGenerator;

	private final @Nullable String nodeTag;

	private final @Nullable SessionLocator sessionLocator;

	private final Duration sessionLocatorTimeout;

	private final int maxOutboundBytes;

	private final int maxOutboundPackets;

	private final Duration slowReaderTimeout;

	private final long maxMemory;

	private final int maxPacketsPerPayload;

	private final int maxSessions;

	private final int maxSessionsPerAddress;

	private EngineOptions(Builder builder) {
		this.pingInterval = builder.pingInterval;
		this.pingTimeout = builder.pingTimeout;
		this.upgradeTimeout = builder.upgradeTimeout;
		this.closeTimeout = builder.closeTimeout;
		this.maxHttpBufferSize = builder.maxHttpBufferSize;
		this.transports = builder.transports;
		this.allowUpgrades = builder.allowUpgrades;
		this.allowEio3 = builder.allowEio3;
		this.initialPacket = builder.initialPacket;
		this.idGenerator = builder.idGenerator;
		this.nodeTag = builder.nodeTag;
		this.sessionLocator = builder.sessionLocator;
		this.sessionLocatorTimeout = builder.sessionLocatorTimeout;
		this.maxOutboundBytes = builder.maxOutboundBytes;
		this.maxOutboundPackets = builder.maxOutboundPackets;
		this.slowReaderTimeout = builder.slowReaderTimeout;
		this.maxMemory = builder.maxMemory;
		this.maxPacketsPerPayload = builder.maxPacketsPerPayload;
		this.maxSessions = builder.maxSessions;
		this.maxSessionsPerAddress = builder.maxSessionsPerAddress;
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
	public static EngineOptions defaults() {
		return builder().build();
	}

	/**
	 * Return the time from a pong to the next ping.
	 * @return {@code Duration.ofMillis(25000)} by default
	 */
	public Duration pingInterval() {
		return this.pingInterval;
	}

	/**
	 * Return the time limit for a pong.
	 * @return {@code Duration.ofMillis(20000)} by default
	 */
	public Duration pingTimeout() {
		return this.pingTimeout;
	}

	/**
	 * Return the time limit for an upgrade of the transport.
	 * @return {@code Duration.ofMillis(10000)} by default
	 */
	public Duration upgradeTimeout() {
		return this.upgradeTimeout;
	}

	/**
	 * Return how long a closing session waits for a poll that fetches the rest of its
	 * outbound buffer.
	 * @return {@code Duration.ofMillis(30000)} by default
	 */
	public Duration closeTimeout() {
		return this.closeTimeout;
	}

	/**
	 * Return the maximum size of a message or request body of a client, in bytes.
	 * @return {@code 1000000} by default
	 */
	public int maxHttpBufferSize() {
		return this.maxHttpBufferSize;
	}

	/**
	 * Return the enabled transports.
	 * @return {@code Set.of(TransportType.POLLING, TransportType.WEBSOCKET)} by default
	 */
	public Set<TransportType> transports() {
		return this.transports;
	}

	/**
	 * Return whether a session may be upgraded to another transport.
	 * @return {@code true} by default
	 */
	public boolean allowUpgrades() {
		return this.allowUpgrades;
	}

	/**
	 * Return whether clients of Engine.IO protocol 3 (Socket.IO 2) are accepted.
	 * @return {@code false} by default
	 */
	public boolean allowEio3() {
		return this.allowEio3;
	}

	/**
	 * Return a message that follows the open packet of each session.
	 * @return {@code null} by default
	 */
	public @Nullable String initialPacket() {
		return this.initialPacket;
	}

	/**
	 * Return the generator of session ids; {@code null} for {@link SecureSessionIds}.
	 * @return {@code null} by default
	 */
	public @Nullable SessionIdGenerator idGenerator() {
		return this.idGenerator;
	}

	/**
	 * Return the tag of this node, which session ids begin with.
	 * @return {@code null} by default, so that they have no tag
	 */
	public @Nullable String nodeTag() {
		return this.nodeTag;
	}

	/**
	 * Return the locator of sessions that the server does not know.
	 * @return {@code null} by default, so that they are unknown
	 */
	public @Nullable SessionLocator sessionLocator() {
		return this.sessionLocator;
	}

	/**
	 * Return the time limit of the session locator.
	 * @return {@code Duration.ofSeconds(10)} by default
	 */
	public Duration sessionLocatorTimeout() {
		return this.sessionLocatorTimeout;
	}

	/**
	 * Return the maximum size of the outbound buffer of a session, in bytes; 0 for no
	 * limit. A session that exceeds it is closed if its client reads nothing for
	 * {@link #slowReaderTimeout()}.
	 * @return {@code 4194304} by default
	 */
	public int maxOutboundBytes() {
		return this.maxOutboundBytes;
	}

	/**
	 * Return the maximum number of packets in the outbound buffer of a session; 0 for no
	 * limit. A session that exceeds it is closed if its client reads nothing for
	 * {@link #slowReaderTimeout()}.
	 * @return {@code 10000} by default
	 */
	public int maxOutboundPackets() {
		return this.maxOutboundPackets;
	}

	/**
	 * Return how long a client may read nothing while its outbound buffer exceeds
	 * {@link #maxOutboundBytes()} or {@link #maxOutboundPackets()}.
	 * @return {@code Duration.ofSeconds(20)} by default
	 */
	public Duration slowReaderTimeout() {
		return this.slowReaderTimeout;
	}

	/**
	 * Return the maximum memory for all sessions together, in bytes; 0 for no limit. The
	 * memory includes outbound buffers, messages that are being received, queued or
	 * handled, rooms, retained handshake data and compression contexts. A message for
	 * several sessions counts once. If the limit is exceeded, the sessions that use the
	 * most memory are closed; shortly below the limit, new handshakes are refused. When
	 * half of it is in use, no compression is negotiated.
	 * @return a quarter of the maximum heap by default
	 */
	public long maxMemory() {
		return this.maxMemory;
	}

	/**
	 * Return the maximum number of packets in one request body; 0 for no limit.
	 * @return {@code 10000} by default
	 */
	public int maxPacketsPerPayload() {
		return this.maxPacketsPerPayload;
	}

	/**
	 * Return the maximum number of sessions; 0 for no limit.
	 * @return {@code 0} by default
	 */
	public int maxSessions() {
		return this.maxSessions;
	}

	/**
	 * Return the maximum number of sessions from one address; 0 for no limit.
	 * @return {@code 0} by default
	 */
	public int maxSessionsPerAddress() {
		return this.maxSessionsPerAddress;
	}

	/**
	 * Builds {@link EngineOptions}. Each value is checked when it is set; an invalid
	 * value causes an {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private Duration pingInterval = Duration.ofMillis(25000);

		private Duration pingTimeout = Duration.ofMillis(20000);

		private Duration upgradeTimeout = Duration.ofMillis(10000);

		private Duration closeTimeout = Duration.ofMillis(30000);

		private int maxHttpBufferSize = 1000000;

		private Set<TransportType> transports = Set.of(TransportType.POLLING, TransportType.WEBSOCKET);

		private boolean allowUpgrades = true;

		private boolean allowEio3 = false;

		private @Nullable String initialPacket;

		private @Nullable SessionIdGenerator idGenerator;

		private @Nullable String nodeTag;

		private @Nullable SessionLocator sessionLocator;

		private Duration sessionLocatorTimeout = Duration.ofSeconds(10);

		private int maxOutboundBytes = 4194304;

		private int maxOutboundPackets = 10000;

		private Duration slowReaderTimeout = Duration.ofSeconds(20);

		private long maxMemory = Runtime.getRuntime().maxMemory() / 4;

		private int maxPacketsPerPayload = 10000;

		private int maxSessions = 0;

		private int maxSessionsPerAddress = 0;

		private Builder() {
		}

		/**
		 * Set the time from a pong to the next ping.
		 * @param pingInterval the value; {@code Duration.ofMillis(25000)} by default
		 * @return this builder
		 */
		public Builder pingInterval(Duration pingInterval) {
			this.pingInterval = OptionChecks.positive("pingInterval", pingInterval);
			return this;
		}

		/**
		 * Set the time limit for a pong.
		 * @param pingTimeout the value; {@code Duration.ofMillis(20000)} by default
		 * @return this builder
		 */
		public Builder pingTimeout(Duration pingTimeout) {
			this.pingTimeout = OptionChecks.positive("pingTimeout", pingTimeout);
			return this;
		}

		/**
		 * Set the time limit for an upgrade of the transport.
		 * @param upgradeTimeout the value; {@code Duration.ofMillis(10000)} by default
		 * @return this builder
		 */
		public Builder upgradeTimeout(Duration upgradeTimeout) {
			this.upgradeTimeout = OptionChecks.positive("upgradeTimeout", upgradeTimeout);
			return this;
		}

		/**
		 * Set how long a closing session waits for a poll that fetches the rest of its
		 * outbound buffer.
		 * @param closeTimeout the value; {@code Duration.ofMillis(30000)} by default
		 * @return this builder
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			this.closeTimeout = OptionChecks.positive("closeTimeout", closeTimeout);
			return this;
		}

		/**
		 * Set the maximum size of a message or request body of a client, in bytes.
		 * @param maxHttpBufferSize the value; {@code 1000000} by default
		 * @return this builder
		 */
		public Builder maxHttpBufferSize(int maxHttpBufferSize) {
			this.maxHttpBufferSize = OptionChecks.atLeast("maxHttpBufferSize", maxHttpBufferSize, 1);
			return this;
		}

		/**
		 * Set the enabled transports.
		 * @param transports the value;
		 * {@code Set.of(TransportType.POLLING, TransportType.WEBSOCKET)} by default
		 * @return this builder
		 */
		public Builder transports(Set<TransportType> transports) {
			this.transports = Set.copyOf(OptionChecks.notEmpty("transports", transports));
			return this;
		}

		/**
		 * Set whether a session may be upgraded to another transport.
		 * @param allowUpgrades the value; {@code true} by default
		 * @return this builder
		 */
		public Builder allowUpgrades(boolean allowUpgrades) {
			this.allowUpgrades = allowUpgrades;
			return this;
		}

		/**
		 * Set whether clients of Engine.IO protocol 3 (Socket.IO 2) are accepted.
		 * @param allowEio3 the value; {@code false} by default
		 * @return this builder
		 */
		public Builder allowEio3(boolean allowEio3) {
			this.allowEio3 = allowEio3;
			return this;
		}

		/**
		 * Set a message that follows the open packet of each session.
		 * @param initialPacket the value; {@code null} by default
		 * @return this builder
		 */
		public Builder initialPacket(@Nullable String initialPacket) {
			this.initialPacket = initialPacket;
			return this;
		}

		/**
		 * Set the generator of session ids; {@code null} for {@link SecureSessionIds}.
		 * @param idGenerator the value; {@code null} by default
		 * @return this builder
		 */
		public Builder idGenerator(@Nullable SessionIdGenerator idGenerator) {
			this.idGenerator = idGenerator;
			return this;
		}

		/**
		 * Set the tag of this node. Session ids of {@link SecureSessionIds} get the tag
		 * and a hyphen in front, so that an id of another node can be distinguished from
		 * one of a session that has ended. Those of another generator remain as they are.
		 * @param nodeTag 1 to 16 characters of {@code A-Z a-z 0-9 - _}, different on each
		 * node and no secret; {@code null}, the default, for none
		 * @return this builder
		 */
		public Builder nodeTag(@Nullable String nodeTag) {
			OptionChecks.isTrue(nodeTag == null || NodeTags.isValid(nodeTag), "nodeTag", nodeTag,
					"must have 1 to 16 letters, digits, hyphens or underscores");
			this.nodeTag = nodeTag;
			return this;
		}

		/**
		 * Set a random tag for this node.
		 * @return this builder
		 * @see #nodeTag(String)
		 */
		public Builder randomNodeTag() {
			return nodeTag(NodeTags.random());
		}

		/**
		 * Set the locator of sessions that the server does not know.
		 * @param sessionLocator the value; {@code null} by default, so that they are
		 * unknown
		 * @return this builder
		 */
		public Builder sessionLocator(@Nullable SessionLocator sessionLocator) {
			this.sessionLocator = sessionLocator;
			return this;
		}

		/**
		 * Set the time limit of the session locator.
		 * @param sessionLocatorTimeout the value; {@code Duration.ofSeconds(10)} by
		 * default
		 * @return this builder
		 */
		public Builder sessionLocatorTimeout(Duration sessionLocatorTimeout) {
			this.sessionLocatorTimeout = OptionChecks.positive("sessionLocatorTimeout", sessionLocatorTimeout);
			return this;
		}

		/**
		 * Set the maximum size of the outbound buffer of a session, in bytes; 0 for no
		 * limit. A session that exceeds it is closed if its client reads nothing for
		 * {@link #slowReaderTimeout(Duration)}.
		 * @param maxOutboundBytes the value; {@code 4194304} by default
		 * @return this builder
		 */
		public Builder maxOutboundBytes(int maxOutboundBytes) {
			this.maxOutboundBytes = OptionChecks.atLeast("maxOutboundBytes", maxOutboundBytes, 0);
			return this;
		}

		/**
		 * Set the maximum number of packets in the outbound buffer of a session; 0 for no
		 * limit. A session that exceeds it is closed if its client reads nothing for
		 * {@link #slowReaderTimeout(Duration)}.
		 * @param maxOutboundPackets the value; {@code 10000} by default
		 * @return this builder
		 */
		public Builder maxOutboundPackets(int maxOutboundPackets) {
			this.maxOutboundPackets = OptionChecks.atLeast("maxOutboundPackets", maxOutboundPackets, 0);
			return this;
		}

		/**
		 * Set how long a client may read nothing while its outbound buffer exceeds its
		 * limits.
		 * @param slowReaderTimeout the value; {@code Duration.ofSeconds(20)} by default
		 * @return this builder
		 */
		public Builder slowReaderTimeout(Duration slowReaderTimeout) {
			this.slowReaderTimeout = OptionChecks.positive("slowReaderTimeout", slowReaderTimeout);
			return this;
		}

		/**
		 * Set the maximum memory for all sessions together, in bytes; 0 for no limit.
		 * @param maxMemory the value; a quarter of the maximum heap by default
		 * @return this builder
		 */
		public Builder maxMemory(long maxMemory) {
			if (maxMemory < 0) {
				throw new InvalidOptionException("maxMemory", maxMemory, "must be at least 0 but is " + maxMemory);
			}
			this.maxMemory = maxMemory;
			return this;
		}

		/**
		 * Set the maximum number of packets in one request body; 0 for no limit.
		 * @param maxPacketsPerPayload the value; {@code 10000} by default
		 * @return this builder
		 */
		public Builder maxPacketsPerPayload(int maxPacketsPerPayload) {
			this.maxPacketsPerPayload = OptionChecks.atLeast("maxPacketsPerPayload", maxPacketsPerPayload, 0);
			return this;
		}

		/**
		 * Set the maximum number of sessions; 0 for no limit.
		 * @param maxSessions the value; {@code 0} by default
		 * @return this builder
		 */
		public Builder maxSessions(int maxSessions) {
			this.maxSessions = OptionChecks.atLeast("maxSessions", maxSessions, 0);
			return this;
		}

		/**
		 * Set the maximum number of sessions from one address; 0 for no limit.
		 * @param maxSessionsPerAddress the value; {@code 0} by default
		 * @return this builder
		 */
		public Builder maxSessionsPerAddress(int maxSessionsPerAddress) {
			this.maxSessionsPerAddress = OptionChecks.atLeast("maxSessionsPerAddress", maxSessionsPerAddress, 0);
			return this;
		}

		/**
		 * Create the options.
		 * @return immutable options
		 */
		public EngineOptions build() {
			return new EngineOptions(this);
		}

	}

}
