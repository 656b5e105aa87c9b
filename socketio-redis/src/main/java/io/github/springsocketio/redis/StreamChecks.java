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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * Checks whether entries of a stream were removed.
 */
final class StreamChecks {

	private StreamChecks() {
	}

	/**
	 * Return whether all entries after an id are still in the stream.
	 * @param from the id of an entry, or {@link StreamId#MIN} for all entries that were
	 * ever added
	 */
	static CompletionStage<Boolean> isComplete(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] key,
			StreamId from) {
		return commands.xrange(key, Range.unbounded(), Limit.create(0, 1)).thenCompose((first) -> {
			if (first.isEmpty()) {
				return CompletableFuture.completedFuture(from.equals(StreamId.MIN));
			}
			if (!isAfter(first.get(0), from)) {
				return CompletableFuture.completedFuture(true);
			}
			return from.equals(StreamId.MIN) ? isWhole(commands, key) : CompletableFuture.completedFuture(false);
		});
	}

	private static boolean isAfter(StreamMessage<byte[], byte[]> message, StreamId from) {
		StreamId id = StreamId.parse(message.getId());
		return id == null || id.isAfter(from);
	}

	/**
	 * Return whether no entry was ever removed. Returns {@code false} before Redis 7,
	 * which does not provide this information.
	 */
	private static CompletionStage<Boolean> isWhole(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] key) {
		return commands.xinfoStream(key).thenApply((info) -> {
			Object added = field(info, "entries-added");
			return added instanceof Number && added.equals(field(info, "length"));
		});
	}

	private static Object field(List<Object> info, String name) {
		for (int i = 0; i + 1 < info.size(); i += 2) {
			Object field = info.get(i);
			String text = (field instanceof byte[] bytes) ? Utf8.text(bytes) : String.valueOf(field);
			if (text.equals(name)) {
				return info.get(i + 1);
			}
		}
		return "";
	}

}
