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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryLimits;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads missed packets of clients from the stream.
 */
final class StreamHistory {

	private static final int PAGE = 500;

	private final AdapterNamespace namespace;

	private final RecoveryLimits limits;

	private final StreamHub hub;

	private final byte[] key;

	private final MessageCodec codec;

	StreamHistory(AdapterNamespace namespace, RecoveryLimits limits, StreamHub hub, MessageCodec codec) {
		this.namespace = namespace;
		this.limits = limits;
		this.hub = hub;
		this.key = Utf8.bytes(hub.stream(namespace.name()));
		this.codec = codec;
	}

	/**
	 * Return the offset up to which a client has received all packets.
	 * @param named the last received offset as sent by the client
	 * @return {@code null} if it is not known
	 */
	static @Nullable StreamId from(PersistedSession session, @Nullable String named) {
		return StreamId.parse(session.resolve(named));
	}

	/**
	 * Return whether all entries after an offset are still in the stream, and the offset
	 * is known for the client or exists in the stream.
	 */
	CompletionStage<Boolean> isComplete(PersistedSession session, StreamId from) {
		return this.hub.link()
			.execute(0, (commands) -> StreamChecks.isComplete(commands, this.key, from))
			.thenCompose((complete) -> (!complete || isKnown(session, from.toString()))
					? CompletableFuture.completedFuture(complete) : exists(from));
	}

	private static boolean isKnown(PersistedSession session, String offset) {
		return offset.equals(session.startOffset()) || offset.equals(session.lastOffset())
				|| offset.equals(session.receivedOffset()) || offset.equals(session.sentAfter())
				|| session.sentOffsets().contains(offset);
	}

	private CompletionStage<Boolean> exists(StreamId id) {
		return this.hub.link()
			.execute(0,
					(commands) -> commands.xrange(this.key, Range.create(id.toString(), id.toString()),
							Limit.create(0, 1)))
			.thenApply((found) -> !found.isEmpty());
	}

	/**
	 * Return the packets that a client has missed.
	 * @param from the offset up to which it has received all packets
	 * @param end the offset of the last entry to read
	 * @return the packets, or {@code null} if there are too many
	 */
	CompletionStage<@Nullable List<MissedPacket>> missed(PersistedSession session, StreamId from, StreamId end) {
		return page(new Search(session, end), from);
	}

	private CompletionStage<@Nullable List<MissedPacket>> page(Search search, StreamId after) {
		if (!search.end.isAfter(after)) {
			return CompletableFuture.completedFuture(search.found);
		}
		Range<String> range = Range.from(Range.Boundary.excluding(after.toString()),
				Range.Boundary.including(search.end.toString()));
		return this.hub.link()
			.execute(0, (commands) -> commands.xrange(this.key, range, Limit.create(0, PAGE)))
			.thenCompose((messages) -> {
				StreamId last = after;
				for (StreamMessage<byte[], byte[]> message : messages) {
					StreamEntry entry = StreamEntry.of(message);
					if (entry != null && !search.add(entry)) {
						return CompletableFuture.completedFuture(null);
					}
					StreamId id = StreamId.parse(message.getId());
					last = (id != null) ? id : last;
				}
				return (messages.size() < PAGE) ? CompletableFuture.completedFuture(search.found) : page(search, last);
			});
	}

	/**
	 * Reserve a part of the limit for the response to the client, and for packets that
	 * are sent in the meantime.
	 */
	private static int share(int limit) {
		return limit - limit / 8 - 1;
	}

	/**
	 * Collects the missed packets of a client.
	 */
	private final class Search {

		private final PersistedSession session;

		private final StreamId end;

		private final StreamId sentAfter;

		private final @Nullable StreamId sentUntil;

		private final List<MissedPacket> found = new ArrayList<>();

		private long bytes;

		private long packets;

		private Search(PersistedSession session, StreamId end) {
			this.session = session;
			this.end = end;
			this.sentAfter = StreamId.max(StreamId.MIN, StreamId.parse(session.sentAfter()));
			StreamId until = StreamId.parse(session.endOffset());
			this.sentUntil = (until != null) ? StreamId.max(until, StreamId.parse(session.lastOffset())) : null;
		}

		/**
		 * Add the packet of an entry, if the client has missed it.
		 * @return {@code false} if the packets exceed the limits
		 */
		private boolean add(StreamEntry entry) {
			if (!entry.isBroadcast() || !StreamHistory.this.namespace.name().equals(entry.nsp()) || !maySend(entry)) {
				return true;
			}
			ClusterMessage message = entry.message(StreamHistory.this.codec);
			BroadcastPacket packet = (message != null && message.requestId() == null)
					? MessageCodec.broadcast(message.packet()) : null;
			if (packet == null || message == null) {
				return true;
			}
			BroadcastOptions options = MessageCodec.options(message.get("opts"));
			if (options.flags().isVolatile() || !(isListed(entry.id()) || options.selects(this.session.rooms()))) {
				return true;
			}
			String offset = entry.id().toString();
			MissedPacket missed = MissedPacket.of(offset,
					StreamHistory.this.namespace.localNode().encode(packet.withOffset(offset), options));
			this.found.add(missed);
			this.bytes += missed.message().bytes();
			this.packets += missed.message().packets();
			return this.bytes <= share(StreamHistory.this.limits.maxOutboundBytes())
					&& this.packets <= share(StreamHistory.this.limits.maxOutboundPackets());
		}

		/**
		 * Return whether the entry is in the range for which the sent offsets are known.
		 */
		private boolean isListed(StreamId id) {
			return this.sentUntil != null && id.isAfter(this.sentAfter) && !id.isAfter(this.sentUntil);
		}

		private boolean maySend(StreamEntry entry) {
			return !isListed(entry.id()) || this.session.sentOffsets().contains(entry.id().toString());
		}

	}

}
