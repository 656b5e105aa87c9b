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

package io.github.springsocketio.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the adapters on Redis.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("socketio.adapter.redis")
public class RedisAdapterProperties {

	private static final int MAX_STREAMS = 1_000;

	/**
	 * Time to wait for a response of Redis. A connection without a response is closed,
	 * and clients of this node are served without Redis until it is available again.
	 */
	private Duration commandTimeout = Duration.ofSeconds(2);

	/**
	 * Maximum size of a message of another node. Larger ones are ignored.
	 */
	private DataSize maxMessageSize = DataSize.ofMegabytes(64);

	/**
	 * Prefix of the keys under which nodes publish their addresses for each other.
	 */
	private String nodeKeyPrefix = "sio:node:";

	private final Streams streams = new Streams();

	private final PubSub pubSub = new PubSub();

	private final Sharded sharded = new Sharded();

	public Duration getCommandTimeout() {
		return this.commandTimeout;
	}

	public void setCommandTimeout(Duration commandTimeout) {
		this.commandTimeout = commandTimeout;
	}

	public DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	public void setMaxMessageSize(DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	public String getNodeKeyPrefix() {
		return this.nodeKeyPrefix;
	}

	public void setNodeKeyPrefix(String nodeKeyPrefix) {
		this.nodeKeyPrefix = nodeKeyPrefix;
	}

	/**
	 * Validate the values.
	 * @throws IllegalArgumentException if a value is invalid
	 */
	void validate() {
		Assert.isTrue(isPositive(this.commandTimeout), "'command-timeout' must be positive");
		long bytes = this.maxMessageSize.toBytes();
		Assert.isTrue(bytes > 0 && bytes <= Integer.MAX_VALUE, "'max-message-size' must be between 1 byte and 2 GB");
		Assert.isTrue(this.streams.streamCount > 0 && this.streams.streamCount <= MAX_STREAMS,
				"'streams.stream-count' must be between 1 and " + MAX_STREAMS);
		Assert.isTrue(this.streams.maxLength > 0, "'streams.max-length' must be positive");
		Assert.isTrue(this.streams.readCount > 0, "'streams.read-count' must be positive");
		Assert.isTrue(isPositive(this.streams.blockTime), "'streams.block-time' must be positive");
		Assert.hasText(this.streams.streamName, "'streams.stream-name' must not be empty");
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isNegative() && duration.toMillis() > 0;
	}

	public Streams getStreams() {
		return this.streams;
	}

	public PubSub getPubSub() {
		return this.pubSub;
	}

	public Sharded getSharded() {
		return this.sharded;
	}

	/**
	 * Adapter on Redis Streams. All nodes of a cluster need the same values, except for
	 * the way of reading.
	 */
	public static class Streams {

		/**
		 * Key of the stream.
		 */
		private String streamName = "socket.io";

		/**
		 * Number of streams among which the namespaces are spread. With more than one,
		 * their keys end with a number.
		 */
		private int streamCount = 1;

		/**
		 * Prefix of the names of the channels for requests and responses.
		 */
		private String channelPrefix = "socket.io";

		/**
		 * Whether to use sharded Pub/Sub for requests and responses.
		 */
		private boolean shardedPubSub;

		/**
		 * Approximate number of entries that a stream keeps.
		 */
		private long maxLength = 10_000;

		/**
		 * Maximum number of entries that are read at once.
		 */
		private int readCount = 100;

		/**
		 * Maximum time that one read waits for entries.
		 */
		private Duration blockTime = Duration.ofSeconds(5);

		/**
		 * Prefix of the keys of sessions for connection state recovery.
		 */
		private String sessionKeyPrefix = "sio:session:";

		/**
		 * Whether binary data is written as JSON.
		 */
		private boolean onlyPlaintext;

		/**
		 * When to deliver broadcasts of this node to its own clients.
		 */
		private OwnBroadcasts ownBroadcasts = OwnBroadcasts.AUTO;

		public String getStreamName() {
			return this.streamName;
		}

		public void setStreamName(String streamName) {
			this.streamName = streamName;
		}

		public int getStreamCount() {
			return this.streamCount;
		}

		public void setStreamCount(int streamCount) {
			this.streamCount = streamCount;
		}

		public String getChannelPrefix() {
			return this.channelPrefix;
		}

		public void setChannelPrefix(String channelPrefix) {
			this.channelPrefix = channelPrefix;
		}

		public boolean isShardedPubSub() {
			return this.shardedPubSub;
		}

		public void setShardedPubSub(boolean shardedPubSub) {
			this.shardedPubSub = shardedPubSub;
		}

		public long getMaxLength() {
			return this.maxLength;
		}

		public void setMaxLength(long maxLength) {
			this.maxLength = maxLength;
		}

		public int getReadCount() {
			return this.readCount;
		}

		public void setReadCount(int readCount) {
			this.readCount = readCount;
		}

		public Duration getBlockTime() {
			return this.blockTime;
		}

		public void setBlockTime(Duration blockTime) {
			this.blockTime = blockTime;
		}

		public String getSessionKeyPrefix() {
			return this.sessionKeyPrefix;
		}

		public void setSessionKeyPrefix(String sessionKeyPrefix) {
			this.sessionKeyPrefix = sessionKeyPrefix;
		}

		public boolean isOnlyPlaintext() {
			return this.onlyPlaintext;
		}

		public void setOnlyPlaintext(boolean onlyPlaintext) {
			this.onlyPlaintext = onlyPlaintext;
		}

		public OwnBroadcasts getOwnBroadcasts() {
			return this.ownBroadcasts;
		}

		public void setOwnBroadcasts(OwnBroadcasts ownBroadcasts) {
			this.ownBroadcasts = ownBroadcasts;
		}

	}

	/**
	 * When to deliver the broadcasts of a node to its own clients.
	 */
	public enum OwnBroadcasts {

		/**
		 * In the order of the stream with connection state recovery, otherwise
		 * immediately.
		 */
		AUTO,

		/**
		 * When they are read back from the stream, so that the clients of all nodes
		 * receive broadcasts in the same order.
		 */
		IN_STREAM_ORDER,

		/**
		 * As early as possible. With connection state recovery, this is when Redis has
		 * stored them. Clients that reconnect may then miss broadcasts of other nodes or
		 * receive some twice.
		 */
		AT_ONCE

	}

	/**
	 * Adapter on Pub/Sub. All nodes of a cluster need the same key.
	 */
	public static class PubSub {

		/**
		 * Prefix of the names of the channels.
		 */
		private String key = "socket.io";

		/**
		 * Whether to send responses to the requesting node only, instead of to all nodes.
		 */
		private boolean publishOnSpecificResponseChannel;

		public String getKey() {
			return this.key;
		}

		public void setKey(String key) {
			this.key = key;
		}

		public boolean isPublishOnSpecificResponseChannel() {
			return this.publishOnSpecificResponseChannel;
		}

		public void setPublishOnSpecificResponseChannel(boolean publishOnSpecificResponseChannel) {
			this.publishOnSpecificResponseChannel = publishOnSpecificResponseChannel;
		}

	}

	/**
	 * Adapter on sharded Pub/Sub. All nodes of a cluster need the same values.
	 */
	public static class Sharded {

		/**
		 * Prefix of the names of the channels.
		 */
		private String channelPrefix = "socket.io";

		/**
		 * Which rooms have a channel of their own.
		 */
		private SubscriptionMode subscriptionMode = SubscriptionMode.DYNAMIC;

		public String getChannelPrefix() {
			return this.channelPrefix;
		}

		public void setChannelPrefix(String channelPrefix) {
			this.channelPrefix = channelPrefix;
		}

		public SubscriptionMode getSubscriptionMode() {
			return this.subscriptionMode;
		}

		public void setSubscriptionMode(SubscriptionMode subscriptionMode) {
			this.subscriptionMode = subscriptionMode;
		}

	}

	/**
	 * The rooms that have their own channel.
	 */
	public enum SubscriptionMode {

		/**
		 * None: every node receives every broadcast.
		 */
		STATIC,

		/**
		 * All rooms but those of a single socket.
		 */
		DYNAMIC,

		/**
		 * All rooms.
		 */
		DYNAMIC_PRIVATE

	}

}
