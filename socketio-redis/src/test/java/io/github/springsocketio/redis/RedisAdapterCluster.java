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

import io.github.springsocketio.redis.RedisPubSubOutageTests.Type;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.test.AdapterCluster;
import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;

/**
 * Nodes that are connected by a Redis server.
 */
final class RedisAdapterCluster implements AdapterCluster {

	private static final ClientResources RESOURCES = ClientResources.create();

	private final RedisServer redis = RedisServer.shared();

	private final Type type;

	private final RedisAdapterProperties properties;

	private final List<RedisClient> clients = new ArrayList<>();

	private final List<RedisAdapterFactory> factories = new ArrayList<>();

	RedisAdapterCluster(Type type, RedisAdapterProperties properties) {
		this.type = type;
		this.properties = properties;
	}

	/**
	 * Return options for slow machines.
	 */
	static RedisAdapterProperties properties() {
		RedisAdapterProperties properties = new RedisAdapterProperties();
		properties.setCommandTimeout(Duration.ofSeconds(10));
		return properties;
	}

	@Override
	public AdapterFactory adapterFactory(int node) {
		RedisClient client = RedisClient.create(RESOURCES, this.redis.uri());
		this.clients.add(client);
		RedisAdapterFactory factory = this.type.apply(() -> client, this.properties);
		this.factories.add(factory);
		return factory;
	}

	@Override
	public void stop(int node) {
		this.factories.get(node).close();
	}

	@Override
	public void fail(boolean failing) {
		if (failing) {
			this.redis.stop();
		}
		else {
			this.redis.restart();
		}
	}

	@Override
	public void close() {
		this.factories.forEach(RedisAdapterFactory::close);
		this.clients.forEach((client) -> client.shutdown(Duration.ZERO, Duration.ofSeconds(2)));
	}

}
