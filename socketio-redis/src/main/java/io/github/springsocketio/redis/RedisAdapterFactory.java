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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.lettuce.core.AbstractRedisClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates adapters that connect the nodes of a cluster by Redis. A factory belongs to one
 * server. Its adapters share the connections, which are opened with the first adapter.
 */
final class RedisAdapterFactory implements AdapterFactory, AutoCloseable {

	private final RedisLink link;

	private final AdapterFactory factory;

	private final @Nullable StreamHub hub;

	private final EmitterTransport emitterTransport;

	private final AtomicBoolean closed = new AtomicBoolean();

	private RedisAdapterFactory(RedisLink link, AdapterFactory factory, @Nullable StreamHub hub,
			EmitterTransport emitterTransport) {
		this.link = link;
		this.factory = factory;
		this.hub = hub;
		this.emitterTransport = emitterTransport;
	}

	private static RedisLink link(Supplier<? extends AbstractRedisClient> client, RedisAdapterProperties properties) {
		properties.validate();
		return new RedisLink(new RedisClients(client), properties.getCommandTimeout(), new AdapterObservers());
	}

	private static MessageCodec codec(RedisAdapterProperties properties) {
		return new MessageCodec(Math.toIntExact(properties.getMaxMessageSize().toBytes()));
	}

	/**
	 * Create a factory for adapters on Redis Streams, which are compatible with
	 * {@code @socket.io/redis-streams-adapter} 0.3.
	 * @param client supplies the {@code RedisClient} or {@code RedisClusterClient} of
	 * Lettuce for the next connection; the factory does not close it
	 * @param properties the options, which must not be changed afterwards
	 * @return the factory
	 */
	static RedisAdapterFactory streams(Supplier<? extends AbstractRedisClient> client,
			RedisAdapterProperties properties) {
		RedisLink link = link(client, properties);
		MessageCodec codec = codec(properties);
		StreamHub hub = new StreamHub(link, properties.getStreams());
		return new RedisAdapterFactory(link, (namespace) -> new RedisStreamsAdapter(namespace, hub, codec), hub,
				EmitterTransport.streams(hub));
	}

	/**
	 * Create a factory for adapters on Redis Pub/Sub, which are compatible with
	 * {@code @socket.io/redis-adapter} 8.
	 * @param client supplies the {@code RedisClient} or {@code RedisClusterClient} of
	 * Lettuce for the next connection; the factory does not close it
	 * @param properties the options, which must not be changed afterwards
	 * @return the factory
	 */
	static RedisAdapterFactory pubSub(Supplier<? extends AbstractRedisClient> client,
			RedisAdapterProperties properties) {
		RedisLink link = link(client, properties);
		MessageCodec codec = codec(properties);
		return new RedisAdapterFactory(link, (namespace) -> {
			String uid = Ids.six();
			ClusterTransport transport = new ClassicTransport(namespace, link, properties.getPubSub(), uid, codec);
			return cluster(namespace, uid, transport, link);
		}, null, EmitterTransport.pubSub(link, properties.getPubSub()));
	}

	/**
	 * Create a factory for adapters on sharded Pub/Sub of Redis 7, which are compatible
	 * with the sharded adapter of {@code @socket.io/redis-adapter} 8.
	 * @param client supplies the {@code RedisClient} or {@code RedisClusterClient} of
	 * Lettuce for the next connection; the factory does not close it
	 * @param properties the options, which must not be changed afterwards
	 * @return the factory
	 */
	static RedisAdapterFactory sharded(Supplier<? extends AbstractRedisClient> client,
			RedisAdapterProperties properties) {
		RedisLink link = link(client, properties);
		MessageCodec codec = codec(properties);
		return new RedisAdapterFactory(link, (namespace) -> {
			String uid = Ids.hex();
			PubSubTransport channels = new PubSubTransport(link, properties.getSharded().getChannelPrefix(),
					namespace.name(), uid, true, MessageCodec::toBytes, codec);
			return cluster(namespace, uid, new ShardedTransport(namespace.localNode(), link, channels,
					properties.getSharded().getSubscriptionMode()), link);
		}, null, EmitterTransport.sharded(link, properties.getSharded()));
	}

	private static Adapter cluster(AdapterNamespace namespace, String uid, ClusterTransport transport, RedisLink link) {
		return new ClusterAdapter(namespace, uid, transport, new DirectOrder(namespace.localNode()), link.observers());
	}

	RedisLink link() {
		return this.link;
	}

	@Override
	public Adapter create(AdapterNamespace namespace) {
		return this.factory.create(namespace);
	}

	/**
	 * Return an emitter that uses the connections of this factory.
	 */
	SocketIoEmitter emitter(JsonMapper mapper) {
		return new DefaultSocketIoEmitter(this.emitterTransport, mapper);
	}

	/**
	 * Return whether Redis is available.
	 * @return {@code false} also before the first adapter is created
	 */
	boolean isAvailable() {
		return this.link.isUp();
	}

	/**
	 * Allow the emitter to open the connections again. The adapters remain closed, like
	 * their server.
	 */
	void reopen() {
		if (this.closed.compareAndSet(true, false)) {
			this.link.reopen();
		}
	}

	/**
	 * Close the connections. The server has closed the adapters before.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			if (this.hub != null) {
				this.hub.close();
			}
			this.link.close();
		}
	}

}
