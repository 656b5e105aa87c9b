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

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.github.springsocketio.redis.RedisAdapterProperties.PubSub;
import io.github.springsocketio.redis.RedisAdapterProperties.Sharded;
import io.github.springsocketio.redis.RedisAdapterProperties.SubscriptionMode;

/**
 * Transports the messages of an emitter, which is not a node of the cluster.
 */
@FunctionalInterface
interface EmitterTransport {

	/**
	 * Send a message.
	 * @return completes when Redis has accepted it
	 */
	CompletionStage<?> publish(ClusterMessage message);

	/**
	 * Return the transport for nodes with the adapter on Redis Streams.
	 */
	static EmitterTransport streams(StreamHub hub) {
		return (message) -> {
			hub.link().start();
			PubSubTransport requests = new PubSubTransport(hub.link(), hub.options().getChannelPrefix(), message.nsp(),
					message.uid(), hub.options().isShardedPubSub(), MessageCodec::toMsgpack, new MessageCodec(0));
			return new StreamsTransport(hub, message.nsp(), requests).publish(message);
		};
	}

	/**
	 * Return the transport for nodes with the adapter on Pub/Sub.
	 */
	static EmitterTransport pubSub(RedisLink link, PubSub options) {
		return (message) -> {
			link.start();
			return new ClassicWriter(link, options, message.nsp()).publish(message);
		};
	}

	/**
	 * Return the transport for nodes with the adapter on sharded Pub/Sub.
	 */
	static EmitterTransport sharded(RedisLink link, Sharded options) {
		Function<ClusterMessage, PubSubTransport> channels = (message) -> new PubSubTransport(link,
				options.getChannelPrefix(), message.nsp(), message.uid(), true, MessageCodec::toBytes,
				new MessageCodec(0));
		return (message) -> {
			link.start();
			PubSubTransport transport = channels.apply(message);
			String room = ShardedTransport.room(message);
			SubscriptionMode mode = options.getSubscriptionMode();
			return (room != null && ShardedTransport.hasChannel(mode, room))
					? transport.publish(transport.roomChannel(room), message) : transport.publish(message);
		};
	}

}
