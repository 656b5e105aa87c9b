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

import io.github.springsocketio.redis.RedisAdapterProperties.SubscriptionMode;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the channels of rooms.
 */
@RequiresProgram("redis-server")
class RedisShardedTests {

	private static void awaitChannels(RedisServer redis, String pattern, String... channels) {
		Await.until("the channels of rooms",
				() -> redis.<List<String>>call((commands) -> commands.pubsubShardChannels(pattern))
					.equals(List.of(channels)));
	}

	@Test
	@Tag("CL-92")
	@Tag("CL-93")
	@Tag("CL-91")
	void roomsHaveChannelsWhileThereIsASocketInThem() {
		RedisAdapterProperties properties = RedisAdapterCluster.properties();
		try (RedisServer redis = RedisServer.start();
				TestNode first = TestNode.start(redis, 0, RedisAdapterFactory::sharded, properties, (options) -> {
				});
				TestNode second = TestNode.start(redis, 1, RedisAdapterFactory::sharded, properties, (options) -> {
				})) {
			ClientSocket client = second.connect();
			Socket socket = second.socket(client);
			socket.join("room");
			awaitChannels(redis, "socket.io#/#room#", "socket.io#/#room#");
			first.io().to("room").emit("x", 1);
			assertThat(client.next("x").get(0)).isEqualTo(1);
			first.io().to(client.id()).emit("x", 2);
			assertThat(client.next("x").get(0)).isEqualTo(2);
			socket.leave("room");
			awaitChannels(redis, "socket.io#/#room#");
		}
	}

	@Test
	@Tag("CL-92")
	void roomsOfSocketsHaveChannelsIfWanted() {
		RedisAdapterProperties properties = RedisAdapterCluster.properties();
		properties.getSharded().setSubscriptionMode(SubscriptionMode.DYNAMIC_PRIVATE);
		try (RedisServer redis = RedisServer.start();
				TestNode first = TestNode.start(redis, 0, RedisAdapterFactory::sharded, properties, (options) -> {
				});
				TestNode second = TestNode.start(redis, 1, RedisAdapterFactory::sharded, properties, (options) -> {
				})) {
			ClientSocket client = second.connect();
			String channel = "socket.io#/#" + client.id() + "#";
			awaitChannels(redis, channel, channel);
			first.io().to(client.id()).emit("x", 1);
			assertThat(client.next("x").get(0)).isEqualTo(1);
			client.disconnect();
			awaitChannels(redis, channel);
		}
	}

}
