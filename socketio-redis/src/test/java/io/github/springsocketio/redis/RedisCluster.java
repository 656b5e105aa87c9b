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
import java.util.stream.Stream;

import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.FreePort;
import io.lettuce.core.cluster.RedisClusterClient;

import org.springframework.data.redis.connection.RedisClusterConfiguration;

/**
 * A Redis cluster of three masters without replicas, each with a third of the slots.
 */
final class RedisCluster implements AutoCloseable {

	private static final int SLOTS = 16384;

	private static final int MASTERS = 3;

	private final List<RedisServer> masters;

	private RedisCluster(List<RedisServer> masters) {
		this.masters = masters;
	}

	static RedisCluster start() {
		List<String> busPorts = Stream.generate(FreePort::find).limit(MASTERS).map(String::valueOf).toList();
		List<RedisServer> masters = busPorts.stream()
			.map((port) -> RedisServer.start("--cluster-enabled", "yes", "--cluster-port", port))
			.toList();
		for (int i = 0; i < MASTERS; i++) {
			masters.get(i)
				.request("CLUSTER ADDSLOTSRANGE " + SLOTS * i / MASTERS + " " + (SLOTS * (i + 1) / MASTERS - 1));
			// the others are found by gossip
			masters.get(0).request("CLUSTER MEET 127.0.0.1 " + masters.get(i).port() + " " + busPorts.get(i));
		}
		for (RedisServer master : masters) {
			Await.until("the masters know each other",
					() -> master.call((redis) -> redis.clusterInfo())
						.lines()
						.toList()
						.containsAll(List.of("cluster_state:ok", "cluster_known_nodes:3", "cluster_size:3")));
		}
		return new RedisCluster(masters);
	}

	RedisClusterClient client() {
		return RedisClusterClient.create(this.masters.get(0).uri());
	}

	RedisClusterConfiguration configuration() {
		return new RedisClusterConfiguration(List.of("127.0.0.1:" + this.masters.get(0).port()));
	}

	@Override
	public void close() {
		this.masters.forEach(RedisServer::close);
	}

}
