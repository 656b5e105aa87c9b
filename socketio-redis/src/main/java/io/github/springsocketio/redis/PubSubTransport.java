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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.springsocketio.redis.Subscriptions.Kind;

/**
 * Transports messages by Pub/Sub, with a channel for all nodes of a namespace and a
 * channel for each of them.
 */
final class PubSubTransport implements ClusterTransport {

	private final RedisLink link;

	private final String channel;

	private final String uid;

	private final boolean sharded;

	private final Function<ClusterMessage, byte[]> writer;

	private final MessageCodec codec;

	private final Kind kind;

	/**
	 * Create a transport.
	 * @param prefix the prefix of the names of channels
	 * @param sharded whether to use sharded channels
	 * @param writer writes messages
	 */
	PubSubTransport(RedisLink link, String prefix, String nsp, String uid, boolean sharded,
			Function<ClusterMessage, byte[]> writer, MessageCodec codec) {
		this.link = link;
		this.channel = prefix + "#" + nsp + "#";
		this.uid = uid;
		this.sharded = sharded;
		this.writer = writer;
		this.codec = codec;
		this.kind = sharded ? Kind.SHARDED : Kind.CHANNEL;
	}

	private String privateChannel(String node) {
		return this.channel + node + "#";
	}

	/**
	 * Return the channel for a room.
	 */
	String roomChannel(String room) {
		return privateChannel(room);
	}

	@Override
	public CompletionStage<Void> open(Consumer<ClusterMessage> receiver) {
		BiConsumer<String, byte[]> handler = handler(receiver);
		this.link.start();
		CompletionStage<Void> own = this.link.subscriptions().subscribe(this.kind, privateChannel(this.uid), handler);
		// last, because other nodes count the subscribers of this channel
		return this.link.subscriptions()
			.subscribe(this.kind, this.channel, handler)
			.thenCombine(own, (first, second) -> first);
	}

	/**
	 * Return the handler for the messages of a channel.
	 */
	BiConsumer<String, byte[]> handler(Consumer<ClusterMessage> receiver) {
		return (name, bytes) -> {
			ClusterMessage message = this.codec.read(bytes);
			if (message != null) {
				receiver.accept(message);
			}
			else {
				this.link.observers().malformed();
			}
		};
	}

	@Override
	public void close() {
		this.link.subscriptions().unsubscribe(this.kind, this.channel);
		this.link.subscriptions().unsubscribe(this.kind, privateChannel(this.uid));
	}

	@Override
	public CompletionStage<Long> publish(ClusterMessage message) {
		return publish(this.channel, message);
	}

	@Override
	public CompletionStage<Long> send(String node, ClusterMessage message) {
		return publish(privateChannel(node), message);
	}

	/**
	 * Publish a message on a channel.
	 */
	CompletionStage<Long> publish(String name, ClusterMessage message) {
		byte[] bytes;
		try {
			bytes = this.writer.apply(message);
		}
		catch (IllegalArgumentException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		byte[] target = Utf8.bytes(name);
		return this.link.publish(bytes.length,
				(commands) -> this.sharded ? commands.spublish(target, bytes) : commands.publish(target, bytes));
	}

	@Override
	public CompletionStage<List<Integer>> count(Collection<String> uids) {
		List<String> channels = new ArrayList<>(uids.size() + 1);
		channels.add(this.channel);
		uids.forEach((node) -> channels.add(privateChannel(node)));
		return this.link.subscribers(channels, this.sharded);
	}

}
