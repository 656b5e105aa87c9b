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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import io.github.springsocketio.redis.RedisPubSubOutageTests.Type;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Signal;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests the emitter with nodes of each adapter.
 */
@RequiresProgram("redis-server")
class SocketIoEmitterTests {

	private final RedisAdapterProperties properties = RedisAdapterCluster.properties();

	private RedisServer redis;

	private RedisClient client;

	@BeforeEach
	void startRedis() {
		this.redis = RedisServer.start();
		this.client = RedisClient.create(this.redis.uri());
	}

	@AfterEach
	void stopRedis() {
		this.client.shutdown();
		this.redis.close();
	}

	static Stream<Named<Type>> types() {
		return Stream.of(Named.<Type>of("streams", RedisAdapterFactory::streams),
				Named.<Type>of("Pub/Sub", RedisAdapterFactory::pubSub),
				Named.<Type>of("sharded Pub/Sub", RedisAdapterFactory::sharded));
	}

	@ParameterizedTest
	@MethodSource("types")
	@Tag("CL-23")
	@Tag("CL-56")
	@Tag("CL-86")
	void clientsOfTheClusterAreReached(Type type) {
		try (TestNode node = TestNode.start(this.redis, 0, type, this.properties, (options) -> {
		}); RedisAdapterFactory factory = type.apply(() -> this.client, this.properties)) {
			SocketIoEmitter emitter = factory.emitter(JsonMapper.shared());
			List<ClientSocket> clients = List.of(node.connect(), node.connect());
			node.socket(clients.get(0)).join("a");
			String id = clients.get(1).id();
			Await.until("the room is reached", () -> {
				emitter.to("a").publish("probe").block(Await.LIMIT);
				return !clients.get(0).unread().isEmpty();
			});
			emitter.publish("x", 1, new byte[] { 7 }).block(Await.LIMIT);
			emitter.to("a").emit("x", 2);
			emitter.except("a").compress(false).emit("x", 3);
			emitter.to().emit("x", 4);
			emitter.of("other").emit("x", 5);
			emitter.to(id).emit("x", 6);
			emitter.to("a").socketsJoin(List.of("b"));
			Await.until("the socket has joined", () -> node.socket(clients.get(0)).rooms().contains("b"));
			emitter.to("b").socketsLeave(List.of("b"));
			Await.until("the socket has left", () -> !node.socket(clients.get(0)).rooms().contains("b"));
			ClientEvent first = clients.get(0).next("x");
			assertThat(first.get(0)).isEqualTo(1);
			assertThat(first.get(1, byte[].class)).containsExactly(7);
			assertThat(clients.get(0).next("x").get(0)).isEqualTo(2);
			assertThat(Stream.of(1, 2, 3).map((i) -> clients.get(1).next("x").get(0))).containsExactly(1, 3, 6);
			BlockingQueue<List<Object>> events = new LinkedBlockingQueue<>();
			node.main().onServerSide("q", (args, ack) -> events.add(args.toList()));
			emitter.serverSideEmit("q", "a", 1);
			assertThat(Await.next("the event", events)).containsExactly("a", 1);
			emitter.disconnectSockets(true);
			clients.forEach(ClientSocket::awaitDisconnect);
		}
	}

	@Test
	void publishFailsIfRedisDoes() {
		try (RedisAdapterFactory factory = RedisAdapterFactory.streams(() -> this.client, this.properties)) {
			SocketIoEmitter emitter = factory.emitter(JsonMapper.shared());
			emitter.publish("x").block(Await.LIMIT);
			this.redis.stop();
			Await.until("the loss of Redis is noticed", () -> !factory.isAvailable());
			assertThat(emitter.publish("x").materialize().map(Signal::hasError).block(Await.LIMIT)).isTrue();
			emitter.emit("x");
		}
	}

	@Test
	void reservedEventsAreRefused() {
		try (RedisAdapterFactory factory = RedisAdapterFactory.streams(() -> this.client, this.properties)) {
			SocketIoEmitter emitter = factory.emitter(JsonMapper.shared());
			assertThatIllegalArgumentException().isThrownBy(() -> emitter.emit("connect"));
			assertThatIllegalArgumentException().isThrownBy(() -> emitter.serverSideEmit("connection"));
		}
	}

}
