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
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a node to channels, on a separate connection. They are repeated in
 * the same order when the connection is reopened.
 */
final class Subscriptions {

	private static final Log logger = LogFactory.getLog(Subscriptions.class);

	private final ManagedConnection<StatefulRedisPubSubConnection<byte[], byte[]>> connection;

	private final Duration timeout;

	private final AtomicLong counter = new AtomicLong();

	private volatile @Nullable Ping ping;

	private final Map<Key, Subscription> subscriptions = new ConcurrentHashMap<>();

	Subscriptions(RedisClients clients, Duration timeout, Runnable onUp, Consumer<String> onLost) {
		this.timeout = timeout;
		this.connection = new ManagedConnection<>(clients::connectPubSub, (opened) -> opened,
				new ManagedConnection.Listener<>() {

					@Override
					public void opened(StatefulRedisPubSubConnection<byte[], byte[]> opened) {
						subscribeAll(opened);
						onUp.run();
					}

					@Override
					public void lost(String reason) {
						onLost.accept(reason);
					}

				});
	}

	void start() {
		this.connection.start();
	}

	void reopen() {
		this.connection.reopen();
	}

	boolean isUp() {
		return this.connection.current() != null;
	}

	/**
	 * Subscribe to a channel.
	 * @param kind the kind of the subscription
	 * @param channel the channel, or the pattern
	 * @param handler receives the channel and the message, on a thread of Lettuce
	 * @return completes when Redis has confirmed the subscription
	 */
	CompletionStage<Void> subscribe(Kind kind, String channel, BiConsumer<String, byte[]> handler) {
		Subscription subscription = new Subscription(this.counter.getAndIncrement(), handler);
		this.subscriptions.put(new Key(kind, channel), subscription);
		StatefulRedisPubSubConnection<byte[], byte[]> current = this.connection.current();
		if (current != null) {
			subscribe(current, kind, channel);
		}
		return subscription.confirmed;
	}

	void unsubscribe(Kind kind, String channel) {
		if (this.subscriptions.remove(new Key(kind, channel)) == null) {
			return;
		}
		StatefulRedisPubSubConnection<byte[], byte[]> current = this.connection.current();
		if (current != null) {
			kind.unsubscribe(current.async(), Utf8.bytes(channel)).exceptionally((error) -> null);
		}
	}

	private void subscribeAll(StatefulRedisPubSubConnection<byte[], byte[]> opened) {
		opened.addListener(new Listener());
		this.subscriptions.entrySet()
			.stream()
			.sorted(Comparator.comparingLong((entry) -> entry.getValue().number))
			.map(Map.Entry::getKey)
			.forEach((key) -> subscribe(opened, key.kind(), key.channel()));
	}

	private void subscribe(StatefulRedisPubSubConnection<byte[], byte[]> opened, Kind kind, String channel) {
		kind.subscribe(opened.async(), Utf8.bytes(channel)).whenComplete((result, error) -> {
			if (error != null && this.connection.current() == opened) {
				logger.warn("Failed to subscribe to a channel: " + error.getMessage());
			}
		});
	}

	private void confirmed(Kind kind, byte[] channel) {
		Subscription subscription = this.subscriptions.get(new Key(kind, Utf8.text(channel)));
		if (subscription != null) {
			subscription.confirmed.complete(null);
		}
	}

	private void received(Kind kind, byte[] subscribed, byte[] channel, byte[] message) {
		try {
			handle(kind, subscribed, channel, message);
		}
		catch (RuntimeException ex) {
			logger.error("A message of another node could not be handled", ex);
		}
	}

	/**
	 * Forward a message to the handler of its subscription.
	 */
	void handle(Kind kind, byte[] subscribed, byte[] channel, byte[] message) {
		String name = Utf8.text(subscribed);
		Subscription subscription = this.subscriptions.get(new Key(kind, name));
		if (subscription != null) {
			subscription.handler.accept((kind == Kind.PATTERN) ? Utf8.text(channel) : name, message);
		}
	}

	/**
	 * Close the connection if Redis does not respond.
	 */
	void watch() {
		StatefulRedisPubSubConnection<byte[], byte[]> current = this.connection.current();
		Ping last = this.ping;
		if (current == null) {
			return;
		}
		if (last == null || last.connection() != current || last.response().isDone()) {
			ping(current);
		}
		else if (System.nanoTime() - last.start() > this.timeout.toNanos()) {
			this.connection.lost(current, "no response within " + this.timeout);
		}
	}

	private void ping(StatefulRedisPubSubConnection<byte[], byte[]> current) {
		try {
			this.ping = new Ping(current, current.async().ping().toCompletableFuture(), System.nanoTime());
		}
		catch (RuntimeException ex) {
			// the client is shut down
			this.connection.lost(current, String.valueOf(ex.getMessage()));
		}
	}

	void close() {
		this.connection.close();
		this.subscriptions.clear();
	}

	/**
	 * Kinds of subscriptions.
	 */
	enum Kind {

		CHANNEL, PATTERN, SHARDED;

		CompletionStage<@Nullable Void> subscribe(RedisPubSubAsyncCommands<byte[], byte[]> commands, byte[] channel) {
			return switch (this) {
				case CHANNEL -> commands.subscribe(channel);
				case PATTERN -> commands.psubscribe(channel);
				case SHARDED -> commands.ssubscribe(channel);
			};
		}

		CompletionStage<@Nullable Void> unsubscribe(RedisPubSubAsyncCommands<byte[], byte[]> commands, byte[] channel) {
			return switch (this) {
				case CHANNEL -> commands.unsubscribe(channel);
				case PATTERN -> commands.punsubscribe(channel);
				case SHARDED -> commands.sunsubscribe(channel);
			};
		}

	}

	private record Ping(StatefulRedisPubSubConnection<byte[], byte[]> connection, CompletableFuture<?> response,
			long start) {

	}

	private record Key(Kind kind, String channel) {

	}

	private static final class Subscription {

		private final long number;

		private final BiConsumer<String, byte[]> handler;

		private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

		private Subscription(long number, BiConsumer<String, byte[]> handler) {
			this.number = number;
			this.handler = handler;
		}

	}

	private final class Listener extends RedisPubSubAdapter<byte[], byte[]> {

		@Override
		public void message(byte[] channel, byte[] message) {
			received(Kind.CHANNEL, channel, channel, message);
		}

		@Override
		public void message(byte[] pattern, byte[] channel, byte[] message) {
			received(Kind.PATTERN, pattern, channel, message);
		}

		@Override
		public void smessage(byte[] channel, byte[] message) {
			received(Kind.SHARDED, channel, channel, message);
		}

		@Override
		public void subscribed(byte[] channel, long count) {
			confirmed(Kind.CHANNEL, channel);
		}

		@Override
		public void psubscribed(byte[] pattern, long count) {
			confirmed(Kind.PATTERN, pattern);
		}

		@Override
		public void ssubscribed(byte[] channel, long count) {
			confirmed(Kind.SHARDED, channel);
		}

	}

}
