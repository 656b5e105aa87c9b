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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.springsocketio.socketio.packet.msgpack.MsgpackReader;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackWriter;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Talks to the adapter on Pub/Sub as a node with {@code @socket.io/redis-adapter} does,
 * also an older one.
 */
@RequiresProgram("redis-server")
class RedisPubSubTests {

	private static final String REQUESTS = "socket.io-request#/#";

	private static final String RESPONSES = "socket.io-response#/#";

	private final RedisAdapterProperties properties = RedisAdapterCluster.properties();

	private final List<TestNode> nodes = new ArrayList<>();

	private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

	private RedisServer redis;

	private RedisClient client;

	private StatefulRedisPubSubConnection<String, byte[]> subscriptions;

	@BeforeEach
	void startRedis() {
		this.redis = RedisServer.start();
		this.client = RedisClient.create(this.redis.uri());
		this.subscriptions = this.client.connectPubSub(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
		this.subscriptions.addListener(new RedisPubSubAdapter<>() {

			@Override
			public void message(String channel, byte[] message) {
				RedisPubSubTests.this.messages.add(new Message(channel, message));
			}

			@Override
			public void message(String pattern, String channel, byte[] message) {
				message(channel, message);
			}

		});
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(TestNode::close);
		this.client.shutdown();
		this.redis.close();
	}

	private TestNode start() {
		TestNode node = TestNode.start(this.redis, this.nodes.size(), RedisAdapterFactory::pubSub, this.properties,
				(options) -> {
				});
		this.nodes.add(node);
		return node;
	}

	private Message next() {
		return Await.next("the message", this.messages);
	}

	private void request(String json) {
		this.redis.call((commands) -> commands.publish(REQUESTS, json));
	}

	@Test
	@Tag("CL-71")
	@Tag("CL-73")
	void broadcastsAreLikeThoseOfTheReference() {
		TestNode node = start();
		this.subscriptions.sync().psubscribe("socket.io#/#*");
		node.io().except("b").asVolatile().emit("foo", 1, "é", null);
		Message all = next();
		assertThat(all.channel()).isEqualTo("socket.io#/#");
		List<?> parts = (List<?>) all.value();
		assertThat(parts).hasSize(3);
		assertThat((String) parts.get(0)).matches("[A-Za-z0-9]{6}");
		assertThat(parts.get(1)).hasToString("{type=2, data=[foo, 1, é, null], nsp=/}");
		assertThat(parts.get(2)).hasToString("{rooms=[], except=[b], flags={volatile=true}}");
		node.io().to("a").emit("foo");
		assertThat(next().channel()).isEqualTo("socket.io#/#a#");
	}

	@Test
	@Tag("CL-74")
	void broadcastsOfOthersReachTheirNamespace() {
		TestNode node = start();
		ClientSocket socket = node.connect();
		node.socket(socket);
		Map<String, ?> options = Map.of("rooms", List.of(), "except", List.of(), "flags", Map.of());
		for (Map<String, ?> packet : List.of(Map.of("type", 2, "data", List.of("x", 1), "nsp", "/other"),
				Map.of("type", 2, "data", List.of("x", 2)))) {
			publish("socket.io#/#", MsgpackWriter.toBytes(List.of("others", packet, options)));
		}
		assertThat(socket.next("x").get(0)).isEqualTo(2);
	}

	private void publish(String channel, byte[] message) {
		try (var connection = this.client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))) {
			connection.sync().publish(channel, message);
		}
	}

	@Test
	@Tag("CL-75")
	@Tag("CL-76")
	@Tag("CL-78")
	@Tag("CL-79")
	void requestsOfOlderNodesAreAnswered() {
		TestNode node = start();
		ClientSocket socket = node.connect();
		node.socket(socket).join("a");
		this.subscriptions.sync().subscribe(RESPONSES);
		request("{\"uid\":\"tester\",\"requestId\":\"1\",\"type\":0,\"rooms\":[\"a\"]}");
		assertThat(next().text()).contains("\"requestId\":\"1\"", "\"sockets\":[\"" + socket.id() + "\"]");
		request("{\"uid\":\"tester\",\"requestId\":\"2\",\"type\":1}");
		assertThat(next().text()).contains("\"requestId\":\"2\"", "\"rooms\":[", "\"a\"");
		String change = "{\"uid\":\"tester\",\"requestId\":\"%s\",\"type\":%d,\"sid\":\"%s\",\"room\":\"b\"}";
		request(change.formatted("3", 2, socket.id()));
		assertThat(next().text()).contains("\"requestId\":\"3\"");
		assertThat(node.socket(socket).rooms()).contains("b");
		request(change.formatted("4", 3, socket.id()));
		assertThat(next().text()).contains("\"requestId\":\"4\"");
		assertThat(node.socket(socket).rooms()).doesNotContain("b");
		// answered by the node that has the socket only
		request(change.formatted("5", 2, "elsewhere"));
		request(change.formatted("6", 4, socket.id()));
		assertThat(next().text()).contains("\"requestId\":\"6\"");
		socket.awaitDisconnect();
	}

	@Test
	@Tag("CL-80")
	@Tag("CL-82")
	void responsesGoToTheRequesterIfWanted() {
		this.properties.getPubSub().setPublishOnSpecificResponseChannel(true);
		TestNode node = start();
		node.main().onServerSide("q", (args, ack) -> ack.accept("yes"));
		this.subscriptions.sync().subscribe(RESPONSES, RESPONSES + "tester#");
		request("{\"uid\":\"tester\",\"requestId\":\"1\",\"type\":5,\"opts\":{\"rooms\":[],\"except\":[]}}");
		Message sockets = next();
		assertThat(sockets.channel()).isEqualTo(RESPONSES + "tester#");
		assertThat(sockets.text()).contains("\"requestId\":\"1\"", "\"sockets\":[]");
		request("{\"uid\":\"tester\",\"requestId\":\"2\",\"type\":6,\"data\":[\"q\"]}");
		Message answer = next();
		assertThat(answer.channel()).isEqualTo(RESPONSES);
		assertThat(answer.text()).contains("\"type\":6", "\"requestId\":\"2\"", "\"data\":\"yes\"");
	}

	private record Message(String channel, byte[] bytes) {

		private String text() {
			return new String(this.bytes, StandardCharsets.UTF_8);
		}

		private Object value() {
			return new MsgpackReader(this.bytes).read();
		}

	}

}
