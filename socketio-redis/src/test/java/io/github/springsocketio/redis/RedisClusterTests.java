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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.springsocketio.redis.RedisPubSubOutageTests.Type;
import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the adapters with a Redis cluster of several masters.
 */
@Tag("SEC-114")
@RequiresProgram("redis-server")
class RedisClusterTests {

	private static RedisCluster redis;

	private final List<TestNode> nodes = new ArrayList<>();

	@BeforeAll
	static void startRedis() {
		redis = RedisCluster.start();
	}

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(TestNode::close);
	}

	static List<Named<Type>> types() {
		return List.of(Named.of("Streams", RedisAdapterFactory::streams),
				Named.of("Pub/Sub", RedisAdapterFactory::pubSub),
				Named.of("sharded Pub/Sub", RedisAdapterFactory::sharded));
	}

	private TestNode start(Type type, RedisAdapterProperties properties, boolean recovery) {
		TestNode node = TestNode.start(redis.client(), this.nodes.size(), type, properties, (options) -> {
			if (recovery) {
				withRecovery(options);
			}
		});
		this.nodes.add(node);
		return node;
	}

	private static void withRecovery(SocketIoOptions.Builder options) {
		options.connectionStateRecovery(ConnectionStateRecovery.defaults());
	}

	@Test
	void newClientOfTheConnectionFactoryIsUsed() {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(redis.configuration());
		TestNode node = TestNode.start(connections, 0, RedisAdapterFactory::streams, RedisAdapterCluster.properties());
		this.nodes.add(node);
		connections.stop();
		Await.until("the loss of the client is noticed", () -> !node.factory().isAvailable());
		connections.start();
		Await.until("a broadcast is accepted again",
				() -> node.io().publish("x").thenReturn(true).onErrorReturn(false).block(Await.LIMIT));
	}

	@ParameterizedTest
	@MethodSource("types")
	@Tag("CL-47")
	@Tag("CL-94")
	void nodesReachEachOther(Type type) {
		TestNode first = start(type, RedisAdapterCluster.properties(), false);
		TestNode second = start(type, RedisAdapterCluster.properties(), false);
		ClientSocket client = second.connect();
		Socket socket = second.socket(client);
		first.io().publish("x", 1).block(Await.LIMIT);
		assertThat(client.next("x").get(0)).isEqualTo(1);
		assertThat(first.io().fetchSockets().map(RemoteSocket::id).collectList().block(Await.LIMIT))
			.containsExactly(client.id());
		second.main().onServerSide("q", (args, ack) -> {
			if (ack != null) {
				ack.accept(args.get(0));
			}
		});
		assertThat(first.main().serverSideEmitWithAck("q", "back").block(Await.LIMIT)).singleElement()
			.satisfies((response) -> assertThat(response.get(0)).isEqualTo("back"));
		first.io().socketsJoin("a");
		Await.until("the socket has joined", () -> socket.rooms().contains("a"));
	}

	@Test
	@Tag("CL-92")
	void roomsAreSpreadOverTheSlots() {
		TestNode first = start(RedisAdapterFactory::sharded, RedisAdapterCluster.properties(), false);
		TestNode second = start(RedisAdapterFactory::sharded, RedisAdapterCluster.properties(), false);
		ClientSocket client = second.connect();
		Socket socket = second.socket(client);
		Set<Integer> masters = new HashSet<>();
		for (int i = 0; i < 12; i++) {
			String room = "room-" + i;
			socket.join(room);
			masters.add(SlotHash.getSlot("socket.io#/#" + room + "#") * 3 / SlotHash.SLOT_COUNT);
			// subscribed to a moment later
			Await.until("the room is reached", () -> {
				first.io().to(room).publish(room).block(Await.LIMIT);
				return client.unread().stream().anyMatch((event) -> room.equals(event.name()));
			});
			socket.leave(room);
		}
		assertThat(masters).hasSize(3);
	}

	@Test
	void clientsTakeTheirSocketsWithThemBetweenAnyTwoNodes() {
		for (int i = 0; i < 3; i++) {
			start(RedisAdapterFactory::streams, RedisAdapterCluster.properties(), true);
		}
		Await.until("the nodes have a position",
				() -> this.nodes.stream().allMatch((node) -> node.main().adapter().position() != null));
		for (int i = 0; i < 3; i++) {
			TestNode node = this.nodes.get(i);
			TestNode next = this.nodes.get((i + 1) % 3);
			ClientSocket client = node.connect();
			String id = client.id();
			next.io().emit("x", i);
			ClientEvent last = client.next("x");
			// is not stored at once, but handed over
			node.socket(client).data().put("name", "node " + i);
			ClientSocket again = next.reconnect(client, last);
			assertThat(again.id()).isEqualTo(id);
			assertThat(next.socket(again).data()).containsEntry("name", "node " + i);
		}
	}

	@Test
	@Tag("CL-50")
	void streamsAreSpreadOverTheSlotsAndClientsRecover() {
		RedisAdapterProperties properties = RedisAdapterCluster.properties();
		properties.getStreams().setStreamCount(4);
		TestNode first = start(RedisAdapterFactory::streams, properties, true);
		TestNode second = start(RedisAdapterFactory::streams, properties, true);
		Await.until("the nodes have a position",
				() -> this.nodes.stream().allMatch((node) -> node.main().adapter().position() != null));
		ClientSocket client = first.connect();
		first.socket(client).join("a");
		second.io().to("a").publish("x", 1).block(Await.LIMIT);
		ClientEvent last = client.next("x");
		String id = client.id();
		ClientSocket again = second.reconnect(client, last);
		assertThat(again.id()).isEqualTo(id);
		first.io().to("a").publish("x", 2).block(Await.LIMIT);
		assertThat(again.next("x").get(0)).isEqualTo(2);
		for (String name : List.of("/a", "/b", "/c", "/d")) {
			first.io().of(name);
			second.io().of(name);
			Await.until("the nodes know each other",
					() -> first.io().of(name).adapter().serverCount().block(Await.LIMIT) == 2);
			ClientSocket other = second.connect().io().connect(name);
			first.io().of(name).publish("x", name).block(Await.LIMIT);
			assertThat(other.next("x").get(0)).isEqualTo(name);
		}
	}

}
