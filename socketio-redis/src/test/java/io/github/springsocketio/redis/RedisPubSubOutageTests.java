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
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.lettuce.core.AbstractRedisClient;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the adapters on Pub/Sub do while Redis is away.
 */
@Tag("SEC-114")
@RequiresProgram("redis-server")
class RedisPubSubOutageTests {

	static Stream<Named<Type>> types() {
		return Stream.of(Named.<Type>of("Pub/Sub", RedisAdapterFactory::pubSub),
				Named.<Type>of("sharded Pub/Sub", RedisAdapterFactory::sharded));
	}

	private static TestNode start(RedisServer redis, int others, Type type) {
		return TestNode.start(redis, others, type, RedisAdapterCluster.properties(), (options) -> {
		});
	}

	@ParameterizedTest
	@MethodSource("types")
	@Tag("CL-24")
	@Tag("CL-85")
	void ownClientsAreServedAndOtherNodesAreReachedAfterwards(Type type) {
		try (RedisServer redis = RedisServer.start();
				TestNode first = start(redis, 0, type);
				TestNode second = start(redis, 1, type)) {
			ClientSocket near = first.connect();
			ClientSocket far = second.connect();
			second.socket(far);
			redis.stop();
			for (TestNode node : List.of(first, second)) {
				Await.until("the loss of Redis is noticed", () -> !node.factory().isAvailable());
			}
			first.io().emit("x", 1);
			assertThat(near.next("x").get(0)).isEqualTo(1);
			assertThat(first.io().publish("x", 2).materialize().map(Signal::hasError).block(Await.LIMIT)).isTrue();
			assertThat(near.next("x").get(0)).isEqualTo(2);
			redis.restart();
			for (TestNode node : List.of(first, second)) {
				Await.until("the nodes know each other again",
						() -> node.main().adapter().serverCount().onErrorReturn(0).block(Await.LIMIT) == 2);
			}
			first.io().publish("x", 3).block(Await.LIMIT);
			assertThat(far.next("x").get(0)).isEqualTo(3);
			assertThat(near.next("x").get(0)).isEqualTo(3);
		}
	}

	/**
	 * Creates factories of one type.
	 */
	@FunctionalInterface
	interface Type extends BiFunction<Supplier<AbstractRedisClient>, RedisAdapterProperties, RedisAdapterFactory> {

	}

}
