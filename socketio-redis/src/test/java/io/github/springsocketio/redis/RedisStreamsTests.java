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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackReader;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Signal;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the adapter on Redis Streams does beyond what the compatibility kit asks
 * for.
 */
@Tag("SEC-112")
@Tag("SEC-114")
@Tag("SEC-116")
@RequiresProgram("redis-server")
class RedisStreamsTests {

	private final List<TestNode> nodes = new ArrayList<>();

	private final RedisAdapterProperties properties = RedisAdapterCluster.properties();

	private RedisServer redis;

	@BeforeEach
	void startRedis() {
		this.redis = RedisServer.start();
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(TestNode::close);
		this.redis.close();
	}

	private TestNode start() {
		TestNode node = TestNode.start(this.redis, this.nodes.size(), RedisAdapterFactory::streams, this.properties,
				(options) -> {
				});
		this.nodes.add(node);
		return node;
	}

	private TestNode startWithRecovery() {
		TestNode node = TestNode.start(this.redis, this.nodes.size(), RedisAdapterFactory::streams, this.properties,
				RedisStreamsTests::withRecovery);
		this.nodes.add(node);
		Await.until("the node has a position", () -> node.main().adapter().position() != null);
		return node;
	}

	private static void withRecovery(SocketIoOptions.Builder options) {
		options.connectionStateRecovery(ConnectionStateRecovery.defaults());
	}

	private List<StreamMessage<String, String>> entries() {
		return this.redis.call((commands) -> commands.xrange("socket.io", Range.unbounded()));
	}

	private Map<?, ?> session(ClientSocket client) {
		String value = this.redis.call((commands) -> commands.get("sio:session:" + client.pid()));
		return (value != null) ? (Map<?, ?>) new MsgpackReader(Base64.getDecoder().decode(value)).read() : Map.of();
	}

	@Test
	@Tag("CL-41")
	@Tag("CL-43")
	void broadcastsAreEntriesLikeThoseOfTheReference() {
		TestNode node = start();
		node.io().to("a").except("b").asVolatile().publish("foo", 1, 1.0, "é", null).block(Await.LIMIT);
		Map<String, String> entry = entries().get(0).getBody();
		assertThat(entry.keySet()).containsExactly("uid", "nsp", "type", "data");
		assertThat(entry.get("uid")).matches("[0-9a-f]{16}");
		assertThat(entry).containsEntry("nsp", "/")
			.containsEntry("type", "3")
			.containsEntry("data", "{\"packet\":{\"type\":2,\"data\":[\"foo\",1,1,\"é\",null]},"
					+ "\"opts\":{\"rooms\":[\"a\"],\"except\":[\"b\"],\"flags\":{\"volatile\":true}}}");
	}

	@Test
	@Tag("CL-42")
	void binaryDataIsMessagePackInBase64() {
		TestNode node = start();
		node.io().publish("foo", new byte[] { 1 }).block(Await.LIMIT);
		Object data = new MsgpackReader(Base64.getDecoder().decode(entries().get(0).getBody().get("data"))).read();
		assertThat(data).isInstanceOfSatisfying(Map.class,
				(map) -> assertThat(map.get("packet")).isInstanceOfSatisfying(Map.class,
						(packet) -> assertThat(packet.get("data")).asInstanceOf(InstanceOfAssertFactories.LIST)
							.containsExactly("foo", new byte[] { 1 })));
	}

	@Test
	@Tag("CL-30")
	@Tag("CL-49")
	@Tag("CL-122")
	void allClientsGetBroadcastsInTheOrderOfTheStream() {
		TestNode first = startWithRecovery();
		TestNode second = startWithRecovery();
		List<ClientSocket> clients = List.of(first.connect(), second.connect());
		for (int i = 0; i < 100; i++) {
			first.io().emit("x", "first " + i);
			second.io().emit("x", "second " + i);
		}
		List<List<Object>> received = clients.stream()
			.map((client) -> IntStream.range(0, 200).mapToObj((i) -> client.next("x").get(0)).toList())
			.toList();
		assertThat(received.get(0)).hasSize(200).isEqualTo(received.get(1));
	}

	@Test
	@Tag("CL-123")
	@Tag("CL-52")
	void sessionsAreStoredWhileTheirSocketsAreConnected() {
		TestNode node = startWithRecovery();
		ClientSocket client = node.connect();
		Await.until("the session is stored", () -> !session(client).isEmpty());
		assertThat(session(client).get("sid")).isEqualTo(client.id());
		assertThat(session(client).get("pid")).isEqualTo(client.pid());
		node.socket(client).data().put("name", "ada");
		node.socket(client).join("a");
		Await.until("the room is stored", () -> session(client).get("rooms").equals(List.of(client.id(), "a")));
		assertThat(session(client).get("data")).isEqualTo(Map.of("name", "ada"));
		client.disconnect();
		Await.until("the session is removed", () -> session(client).isEmpty());
	}

	@Test
	@Tag("CL-123")
	@Tag("CL-54")
	void clientOfANodeThatWasKilledIsRecovered() {
		TestNode killed = startWithRecovery();
		TestNode other = startWithRecovery();
		ClientSocket client = killed.connect();
		killed.socket(client).join("a");
		Await.until("the room is stored", () -> List.of(client.id(), "a").equals(session(client).get("rooms")));
		other.io().emit("x", 1);
		ClientEvent last = client.next("x");
		String id = client.id();
		killed.kill();
		other.io().to("a").publish("x", 2).block(Await.LIMIT);
		other.io().to("b").publish("x", 3).block(Await.LIMIT);
		ClientSocket again = other.reconnect(client, last);
		assertThat(again.id()).isEqualTo(id);
		assertThat(again.next("x").get(0)).isEqualTo(2);
		other.io().emit("x", 4);
		assertThat(again.next("x").get(0)).isEqualTo(4);
		assertThat(other.socket(again).rooms()).containsExactly(id, "a");
	}

	@Test
	void clientThatConnectsToAnotherNodeTakesItsSocketWithIt() {
		TestNode first = startWithRecovery();
		TestNode second = startWithRecovery();
		ClientSocket client = first.connect();
		first.io().emit("x", 1);
		ClientEvent last = client.next("x");
		// not stored yet, but handed over
		first.socket(client).data().put("name", "ada");
		String id = client.id();
		ClientSocket again = second.reconnect(client, last);
		assertThat(again.id()).isEqualTo(id);
		assertThat(second.socket(again).data()).containsEntry("name", "ada");
		Await.until("the socket has left its node", () -> first.main().sockets().isEmpty());
		first.io().emit("x", 2);
		assertThat(again.next("x").get(0)).isEqualTo(2);
		assertThat(session(again).get("owner")).isNotNull();
	}

	/**
	 * Let another node have a client, without a request to hand it over.
	 */
	private void claim(ClientSocket client) {
		Map<String, Object> fields = Map.of("sid", client.id(), "pid", client.pid(), "rooms", List.of(), "data",
				Map.of(), "nsp", "/", "owner", "other");
		String value = new String(SessionDocument.encode(new LinkedHashMap<>(fields)), StandardCharsets.US_ASCII);
		Await.until("the state is stored", () -> session(client).get("owner") != null);
		this.redis.call((commands) -> commands.set("sio:session:" + client.pid(), value));
	}

	@Test
	@Tag("CL-124")
	void stateOfAClientThatAnotherNodeHasIsNotOverwritten() {
		TestNode node = startWithRecovery();
		ClientSocket claimed = node.connect();
		ClientSocket other = node.connect();
		claim(claimed);
		for (ClientSocket client : List.of(claimed, other)) {
			client.io().drop();
			Await.until("the socket is gone", () -> !node.has(client));
		}
		Await.until("the session is stored", () -> session(other).get("end") != null);
		assertThat(session(claimed).get("owner")).isEqualTo("other");
	}

	@Test
	@Tag("CL-124")
	void socketOfAClientThatAnotherNodeHasIsDisconnected() {
		TestNode node = startWithRecovery();
		ClientSocket client = node.connect();
		claim(client);
		node.socket(client).join("room");
		Await.until("the socket is gone", () -> !node.has(client));
		assertThat(session(client).get("owner")).isEqualTo("other");
	}

	@Test
	@Tag("CL-48")
	void ownClientsAreServedWhileRedisIsAway() {
		TestNode node = startWithRecovery();
		ClientSocket client = node.connect();
		node.io().emit("x", 1);
		ClientEvent before = client.next("x");
		assertThat(before.offset()).matches("[0-9]+-[0-9]+");
		this.redis.stop();
		Await.until("the loss of Redis is noticed", () -> !node.factory().isAvailable());
		node.io().emit("x", 2);
		ClientEvent during = client.next("x");
		assertThat(during.arguments().toList()).containsExactly(2);
		assertThat(node.io().publish("x", 3).materialize().map(Signal::hasError).block(Await.LIMIT)).isTrue();
		assertThat(client.next("x").get(0)).isEqualTo(3);
		this.redis.restart();
		Await.until("Redis is back", () -> node.factory().isAvailable());
		node.io().publish("x", 4).block(Await.LIMIT);
		assertThat(client.next("x").get(0)).isEqualTo(4);
		assertThat(client.unread()).isEmpty();
	}

	@Test
	void clientIsNotRecoveredIfItMayHaveMissedWhatIsNotInTheStream() {
		this.redis.close();
		this.redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
		TestNode node = startWithRecovery();
		List<RecoveryOutcome> outcomes = new CopyOnWriteArrayList<>();
		node.io().onRecovery((namespace, outcome) -> outcomes.add(outcome));
		ClientSocket client = node.connect();
		node.io().emit("x", 1);
		ClientEvent last = client.next("x");
		client.io().drop();
		Await.until("the socket is gone", () -> !node.has(client));
		Await.until("the session is stored", () -> session(client).get("end") != null);
		this.redis.stop();
		Await.until("the loss of Redis is noticed", () -> !node.factory().isAvailable());
		node.io().emit("x", 2);
		this.redis.restart();
		Await.until("Redis is back", () -> node.factory().isAvailable());
		node.reconnect(client, last);
		assertThat(outcomes).containsExactly(RecoveryOutcome.GAP);
	}

	@Test
	@Tag("CL-121")
	void gapIsNoticed() {
		List<RedisStreamGap> gaps = new CopyOnWriteArrayList<>();
		this.properties.getStreams().setMaxLength(1);
		TestNode node = startWithRecovery();
		node.factory().link().observers().add(new AdapterObserver() {

			@Override
			public void gap(RedisStreamGap gap) {
				gaps.add(gap);
			}

		});
		ClientSocket client = node.connect();
		node.io().emit("x", 1);
		ClientEvent last = client.next("x");
		this.redis.call((commands) -> {
			// more than one node of the stream's tree, so that all of them are removed
			commands.multi();
			for (int i = 0; i < 300; i++) {
				commands.xadd("socket.io", "uid", "other", "nsp", "/", "type", "3", "data", "{}");
			}
			commands.xtrim("socket.io", 1);
			return commands.exec();
		});
		Await.until("the gap is noticed", () -> !gaps.isEmpty());
		assertThat(gaps.get(0).stream()).isEqualTo("socket.io");
		assertThat(gaps.get(0).after()).isEqualTo(last.offset());
		client.io().drop();
		Await.until("the socket is gone", () -> !node.has(client));
		assertThat(node.reconnect(client, last).recovered()).isFalse();
	}

	@Test
	@Tag("CL-23")
	void entriesThatAreNotValidHarmNobody() {
		TestNode node = startWithRecovery();
		ClientSocket client = node.connect();
		String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
		this.redis.call((commands) -> {
			for (String data : List.of("", "{", "{}", "{\"packet\":1,\"opts\":2}", "{\"packet\":{\"data\":[]}}",
					"{\"packet\":{\"data\":[[1]]}}", "%%%", "3////w==", deep)) {
				for (String type : List.of("3", "4", "5", "6", "9", "7", "100", "x", "99999999999")) {
					if (!("6".equals(type))) {
						commands.xadd("socket.io", "uid", "other", "nsp", "/", "type", type, "data", data);
					}
				}
			}
			commands.xadd("socket.io", "a", "b");
			commands.publish("socket.io#/#", "no message");
			return "";
		});
		node.io().emit("x", 1);
		assertThat(client.next().name()).isEqualTo("x");
	}

	@Test
	@Tag("CL-56")
	void eventsForServersAreAcceptedFromTheStream() {
		// has resolved where it begins to read
		TestNode node = startWithRecovery();
		BlockingQueue<List<Object>> events = new LinkedBlockingQueue<>();
		node.main().onServerSide("q", (args, ack) -> events.add(args.toList()));
		this.redis.call((commands) -> commands.xadd("socket.io", "uid", "emitter", "nsp", "/", "type", "9", "data",
				"{\"packet\":[\"q\",1]}"));
		assertThat(Await.next("the event", events)).containsExactly(1);
	}

	@Test
	@Tag("CL-125")
	void nobodyWaitsForANodeThatIsGone() {
		this.properties.getStreams().setBlockTime(Duration.ofSeconds(1));
		TestNode first = start();
		TestNode second = start();
		CountDownLatch asked = new CountDownLatch(1);
		second.main().onServerSide("q", (args, ack) -> asked.countDown());
		CompletableFuture<List<Arguments>> responses = first.main().serverSideEmitWithAck("q").toFuture();
		Await.on("the request", asked);
		second.kill();
		// otherwise it would fail when its time is over
		assertThat(Await.get("the responses", responses)).isEmpty();
	}

	@Test
	@Tag("CL-46")
	void requestsUseShardedChannelsIfWanted() {
		this.properties.getStreams().setShardedPubSub(true);
		TestNode first = start();
		TestNode second = start();
		ClientSocket client = second.connect();
		second.socket(client);
		assertThat(first.io().fetchSockets().map(RemoteSocket::id).collectList().block(Await.LIMIT))
			.containsExactly(client.id());
		List<String> channels = this.redis.call((commands) -> commands.pubsubShardChannels("socket.io#/#"));
		assertThat(channels).containsExactly("socket.io#/#");
	}

	@Test
	@Tag("CL-50")
	@ExtendWith(OutputCaptureExtension.class)
	void namespacesAreSpreadAmongStreams(CapturedOutput output) {
		this.properties.getStreams().setStreamCount(3);
		TestNode first = start();
		TestNode second = start();
		for (String name : List.of("/a", "/b", "/c", "/notifications")) {
			first.io().of(name);
			second.io().of(name);
			Await.until("the nodes know each other",
					() -> first.io().of(name).adapter().serverCount().block(Await.LIMIT) == 2);
			ClientSocket client = second.connect().io().connect(name);
			first.io().of(name).emit("x", name);
			assertThat(client.next("x").get(0)).isEqualTo(name);
		}
		List<String> keys = this.redis.call((commands) -> commands.keys("socket.io*"));
		assertThat(keys).hasSizeGreaterThan(1).allMatch((key) -> key.matches("socket\\.io-[0-2]"));
		// its number would be negative in JavaScript
		assertThat(output).contains("in the namespace '/notifications' with the number of streams 3")
			.doesNotContain("in the namespace '/a'");
	}

}
