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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.github.springsocketio.redis.RedisAdapterProperties.Streams;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a node. A reader for each stream forwards the entries to the adapters of
 * their namespaces.
 */
final class StreamHub {

	private static final Log logger = LogFactory.getLog(StreamHub.class);

	private final RedisLink link;

	private final Streams options;

	private final List<Channel> channels = new ArrayList<>();

	StreamHub(RedisLink link, Streams options) {
		this.link = link;
		this.options = options;
		for (int i = 0; i < options.getStreamCount(); i++) {
			this.channels.add(new Channel(name(i)));
		}
	}

	private String name(int index) {
		return (this.options.getStreamCount() == 1) ? this.options.getStreamName()
				: this.options.getStreamName() + "-" + index;
	}

	RedisLink link() {
		return this.link;
	}

	Streams options() {
		return this.options;
	}

	/**
	 * Return the key of the stream of a namespace. The JavaScript server computes a
	 * negative index for some namespaces, whose stream no server reads; for these, the
	 * result differs.
	 */
	String stream(String nsp) {
		return name(index(nsp));
	}

	private int index(String nsp) {
		return Math.floorMod(nsp.hashCode(), this.options.getStreamCount());
	}

	/**
	 * Return whether the JavaScript server uses another stream for a namespace.
	 */
	boolean isForeign(String nsp) {
		return nsp.hashCode() % this.options.getStreamCount() < 0;
	}

	/**
	 * Start to forward entries to an adapter.
	 * @return completes when the receiver has been notified of the position after which
	 * entries follow
	 */
	CompletableFuture<Void> add(String nsp, StreamReceiver receiver) {
		this.link.start();
		return this.channels.get(index(nsp)).add(nsp, receiver);
	}

	void remove(String nsp, StreamReceiver receiver) {
		this.channels.get(index(nsp)).receivers.remove(nsp, receiver);
	}

	void close() {
		this.channels.forEach((channel) -> channel.reader.close());
	}

	/**
	 * A stream and the adapters that receive its entries.
	 */
	private final class Channel implements StreamReader.Handler {

		private final Map<String, StreamReceiver> receivers = new ConcurrentHashMap<>();

		private final CompletableFuture<Void> started = new CompletableFuture<>();

		private final StreamReader reader;

		/** Accessed in tasks of the reader only. */
		private @Nullable StreamId position;

		private Channel(String stream) {
			this.reader = new StreamReader(StreamHub.this.link, stream, StreamHub.this.options, this);
		}

		private CompletableFuture<Void> add(String nsp, StreamReceiver receiver) {
			this.receivers.put(nsp, receiver);
			this.reader.start();
			CompletableFuture<Void> added = new CompletableFuture<>();
			this.started.thenRun(() -> this.reader.execute(() -> {
				if (this.position != null) {
					receiver.started(this.position);
				}
				added.complete(null);
			}));
			return added;
		}

		@Override
		public void started(StreamId start) {
			this.position = start;
			this.started.complete(null);
		}

		@Override
		public CompletableFuture<Void> read(List<StreamEntry> entries, StreamId last) {
			this.position = last;
			StreamHub.this.link.observers()
				.read(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - last.millis())));
			List<CompletableFuture<Void>> pending = new ArrayList<>();
			Map<String, List<StreamEntry>> byNamespace = entries.stream()
				.collect(Collectors.groupingBy(StreamEntry::nsp));
			this.receivers.forEach(
					(nsp, receiver) -> pending.add(receiver.receive(byNamespace.getOrDefault(nsp, List.of()), last)));
			return CompletableFuture.allOf(pending.toArray(CompletableFuture<?>[]::new));
		}

		@Override
		public boolean isBehind() {
			return this.receivers.values().stream().anyMatch(StreamReceiver::isBehind);
		}

		@Override
		public void gap(RedisStreamGap gap) {
			StreamId before = StreamId.parse(gap.before());
			StreamId after = StreamId.parse(gap.after());
			if (before != null && after != null && after.isAfter(before)) {
				this.position = before;
			}
			logger.warn("Entries of the stream '" + gap.stream() + "' after " + gap.after()
					+ " were removed before they were read: clients of this node have missed broadcasts");
			this.receivers.values().forEach((receiver) -> receiver.gap(gap));
			StreamHub.this.link.observers().gap(gap);
		}

	}

}
