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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;

/**
 * Opens connections of a Lettuce client for a single server, for sentinels or for a
 * cluster. The client is requested for each connection, because its owner may replace it.
 */
final class RedisClients {

	private final Supplier<? extends AbstractRedisClient> client;

	/**
	 * Create an instance.
	 * @param client supplies a {@code RedisClient} or a {@code RedisClusterClient};
	 * throws an exception while there is none
	 */
	RedisClients(Supplier<? extends AbstractRedisClient> client) {
		this.client = client;
	}

	/**
	 * Open a connection for commands; blocks.
	 */
	CommandConnection connect() {
		AbstractRedisClient current = this.client.get();
		if (current instanceof RedisClusterClient cluster) {
			StatefulRedisClusterConnection<byte[], byte[]> connection = cluster.connect(ByteArrayCodec.INSTANCE);
			return new CommandConnection(connection, connection.async(), hasOwnEventLoops(current));
		}
		StatefulRedisConnection<byte[], byte[]> connection = ((RedisClient) current).connect(ByteArrayCodec.INSTANCE);
		return new CommandConnection(connection, connection.async(), hasOwnEventLoops(current));
	}

	private static boolean hasOwnEventLoops(AbstractRedisClient client) {
		return client.getResources().eventLoopGroupProvider().getClass() == DefaultEventLoopGroupProvider.class;
	}

	/**
	 * Open a connection for subscriptions; blocks.
	 */
	StatefulRedisPubSubConnection<byte[], byte[]> connectPubSub() {
		AbstractRedisClient current = this.client.get();
		return (current instanceof RedisClusterClient cluster) ? cluster.connectPubSub(ByteArrayCodec.INSTANCE)
				: ((RedisClient) current).connectPubSub(ByteArrayCodec.INSTANCE);
	}

	/**
	 * Count the subscribers of channels, in total on all servers of a cluster.
	 * @return one number for each channel
	 */
	static CompletionStage<List<Integer>> subscribers(CommandConnection connection, Collection<String> channels,
			boolean sharded) {
		byte[][] names = channels.stream().map(Utf8::bytes).toArray(byte[][]::new);
		Function<BaseRedisAsyncCommands<byte[], byte[]>, CompletionStage<List<Integer>>> count = (
				commands) -> (sharded ? commands.pubsubShardNumsub(names) : commands.pubsubNumsub(names))
					.thenApply(RedisClients::counts);
		if (!(connection.connection() instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster)) {
			return count.apply(connection.async());
		}
		List<CompletableFuture<List<Integer>>> counts = new ArrayList<>();
		for (RedisClusterNode node : cluster.getPartitions()) {
			if (node.getRole().isUpstream() && !node.getSlots().isEmpty()) {
				counts.add(cluster.getConnectionAsync(node.getNodeId())
					.thenCompose((single) -> count.apply(single.async())));
			}
		}
		return CompletableFuture.allOf(counts.toArray(CompletableFuture<?>[]::new))
			.thenApply((done) -> sum(channels.size(), counts));
	}

	private static List<Integer> counts(Map<byte[], Long> subscribers) {
		return subscribers.values().stream().map(Long::intValue).toList();
	}

	private static List<Integer> sum(int size, List<CompletableFuture<List<Integer>>> counts) {
		List<Integer> result = new ArrayList<>(Collections.nCopies(size, 0));
		for (CompletableFuture<List<Integer>> each : counts) {
			List<Integer> values = each.join();
			for (int i = 0; i < Math.min(size, values.size()); i++) {
				result.set(i, result.get(i) + values.get(i));
			}
		}
		return result;
	}

}
