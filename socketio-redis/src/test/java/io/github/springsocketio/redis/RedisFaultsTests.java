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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.springsocketio.redis.RedisPubSubOutageTests.Type;
import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the adapters do while Redis does not respond, and when another server takes
 * over.
 */
@Tag("SEC-114")
@Tag("SEC-116")
@RequiresProgram("redis-server")
@ExtendWith(OutputCaptureExtension.class)
class RedisFaultsTests {

	private final List<TestNode> nodes = new ArrayList<>();

	private final RedisAdapterProperties properties = RedisAdapterCluster.properties();

	@AfterEach
	void stop() {
		this.nodes.forEach(TestNode::close);
	}

	static List<Named<Type>> types() {
		return List.of(Named.of("Streams", RedisAdapterFactory::streams),
				Named.of("Pub/Sub", RedisAdapterFactory::pubSub),
				Named.of("sharded Pub/Sub", RedisAdapterFactory::sharded));
	}

	private TestNode start(RedisURI uri, Type type, Consumer<SocketIoOptions.Builder> customizer) {
		TestNode node = TestNode.start(RedisClient.create(uri), this.nodes.size(), type, this.properties, customizer);
		this.nodes.add(node);
		return node;
	}

	private TestNode start(RedisServer redis, Type type) {
		return start(redis.uri(), type, (options) -> {
		});
	}

	private TestNode startWithRecovery(RedisURI uri) {
		TestNode node = start(uri, RedisAdapterFactory::streams, RedisFaultsTests::withRecovery);
		Await.until("the node has a position", () -> node.main().adapter().position() != null);
		return node;
	}

	private void awaitNodes() {
		for (TestNode node : this.nodes) {
			Await.until("the nodes know each other",
					() -> node.main().adapter().serverCount().onErrorReturn(0).block(Await.LIMIT) == this.nodes.size());
		}
	}

	private static void withRecovery(SocketIoOptions.Builder options) {
		options.connectionStateRecovery(ConnectionStateRecovery.defaults());
	}

	private static boolean fails(Mono<Void> publication) {
		return publication.thenReturn(false).onErrorReturn(true).block(Await.LIMIT);
	}

	/**
	 * Return the numbers of the events up to one that is the end.
	 */
	private static List<Object> numbers(ClientSocket client) {
		List<Object> numbers = new ArrayList<>();
		for (ClientEvent event = client.next(); !"end".equals(event.name()); event = client.next()) {
			numbers.add(event.get(0));
		}
		return numbers;
	}

	@ParameterizedTest
	@MethodSource("types")
	@Tag("CL-48")
	@Tag("CL-120")
	void redisThatDoesNotRespondIsNoticedAndNothingComesTwice(Type type, CapturedOutput output) {
		int start = output.length();
		this.properties.setCommandTimeout(Duration.ofMillis(500));
		try (RedisServer redis = RedisServer.start()) {
			TestNode first = start(redis, type);
			TestNode second = start(redis, type);
			ClientSocket near = first.connect();
			ClientSocket far = second.connect();
			second.socket(far);
			int before = warnings(output);
			redis.pause();
			// sent, but its outcome is unknown
			assertThat(fails(first.io().publish("x", 1))).isTrue();
			for (TestNode node : this.nodes) {
				Await.until("the loss of Redis is noticed", () -> !node.factory().isAvailable());
			}
			// fails at once
			assertThat(fails(first.io().publish("x", 2))).isTrue();
			assertThat(warnings(output)).isLessThanOrEqualTo(before + this.nodes.size());
			redis.resume();
			awaitNodes();
			AtomicInteger number = new AtomicInteger(2);
			Await.until("a broadcast is accepted", () -> !fails(first.io().publish("x", number.incrementAndGet())));
			Await.until("the end is accepted", () -> !fails(first.io().publish("end")));
			assertThat(numbers(near)).isEqualTo(IntStream.rangeClosed(1, number.get()).boxed().toList());
			// Redis may have accepted after all what has failed
			assertThat(numbers(far)).endsWith(number.get()).doesNotHaveDuplicates();
		}
		assertThat(output.toString().substring(start)).doesNotContain(" ERROR ");
	}

	private static int warnings(CapturedOutput output) {
		return output.getAll().split("Redis is not available", -1).length;
	}

	@ParameterizedTest
	@MethodSource("types")
	void nodesReachEachOtherAgainAfterTheirConnectionFactoryWasRestarted(Type type, CapturedOutput output) {
		int before = warnings(output);
		int start = output.length();
		try (RedisServer redis = RedisServer.start()) {
			LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", redis.port());
			TestNode first = TestNode.start(connections, 0, type, this.properties);
			this.nodes.add(first);
			TestNode second = start(redis, type);
			ClientSocket near = first.connect();
			ClientSocket far = second.connect();
			first.socket(near);
			second.socket(far);
			connections.stop();
			Await.until("the loss of the client is noticed", () -> !first.factory().isAvailable());
			assertThat(fails(first.io().publish("x", 1))).isTrue();
			assertThat(near.next("x").get(0)).isEqualTo(1);
			connections.start();
			awaitNodes();
			first.io().publish("x", 2).block(Await.LIMIT);
			assertThat(near.next("x").get(0)).isEqualTo(2);
			assertThat(far.next("x").get(0)).isEqualTo(2);
			second.io().publish("x", 3).block(Await.LIMIT);
			assertThat(near.next("x").get(0)).isEqualTo(3);
			assertThat(warnings(output)).isEqualTo(before + 1);
		}
		assertThat(output.toString().substring(start)).doesNotContain(" ERROR ");
	}

	@Test
	void replicaThatIsPromotedTakesOver() {
		try (RedisServer master = RedisServer.start("--repl-diskless-sync-delay", "0");
				RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
				RedisServer sentinel = RedisServer.start("--sentinel")) {
			Await.until("the replica follows",
					() -> replica.call((redis) -> redis.info("replication")).contains("master_link_status:up"));
			sentinel.request("SENTINEL MONITOR main 127.0.0.1 " + master.port() + " 1");
			sentinel.request("SENTINEL SET main down-after-milliseconds 500");
			RedisURI uri = RedisURI.Builder.sentinel("127.0.0.1", sentinel.port(), "main").build();
			TestNode first = startWithRecovery(uri);
			TestNode second = startWithRecovery(uri);
			ClientSocket near = first.connect();
			ClientSocket far = second.connect();
			first.io().publish("x", 1).block(Await.LIMIT);
			assertThat(far.next("x").get(0)).isEqualTo(1);
			ClientEvent last = near.next("x");
			Await.until("the sentinel knows the replica",
					() -> sentinel.request("SENTINEL CKQUORUM main").startsWith("+OK")
							&& sentinel.call((redis) -> redis.info("sentinel")).contains("slaves=1"));
			assertThat(master.<Long>call((redis) -> redis.waitForReplication(1, 60_000))).isEqualTo(1);
			master.kill();
			Await.until("a broadcast is accepted again", () -> !fails(first.io().publish("y")));
			awaitNodes();
			first.io().publish("x", 2).block(Await.LIMIT);
			assertThat(far.next("x").get(0)).isEqualTo(2);
			assertThat(near.next("x").get(0)).isEqualTo(2);
			first.io().publish("x", 3).block(Await.LIMIT);
			ClientEvent after = far.next("x");
			assertThat(StreamId.parse(after.offset())).isGreaterThan(StreamId.parse(last.offset()));
			String id = far.id();
			assertThat(first.reconnect(far, after).id()).isEqualTo(id);
		}
	}

	@Test
	void connectionToAServerThatWasDemotedIsGivenUp() {
		AtomicInteger opened = new AtomicInteger();
		try (RedisServer redis = RedisServer.start()) {
			TestNode node = start(redis, RedisAdapterFactory::streams);
			node.factory().link().onUp(opened::incrementAndGet);
			// of a server that does not exist, so that it keeps what it has
			redis.request("REPLICAOF 127.0.0.1 1");
			assertThat(fails(node.io().publish("x", 1))).isTrue();
			Await.until("another connection is opened", () -> opened.get() > 0);
			redis.request("REPLICAOF NO ONE");
			Await.until("a broadcast is accepted again", () -> !fails(node.io().publish("x", 2)));
		}
	}

	@Test
	void timeInWhichTheProcessStandsStillDoesNotCount() {
		this.properties.setCommandTimeout(Duration.ofSeconds(60));
		try (RedisServer redis = RedisServer.start()) {
			RedisLink link = start(redis, RedisAdapterFactory::streams).factory().link();
			redis.pause();
			CompletableFuture<String> response = link.execute(0, (commands) -> commands.ping()).toCompletableFuture();
			AtomicLong now = new AtomicLong(System.nanoTime());
			link.watch(now.addAndGet(Duration.ofSeconds(100).toNanos()));
			assertThat(response).isNotDone();
			Await.until("the command has timed out", () -> {
				link.watch(now.addAndGet(Duration.ofSeconds(1).toNanos()));
				return response.isCompletedExceptionally();
			});
			redis.resume();
		}
	}

	@Test
	void whatWaitsForRedisIsBounded() {
		this.properties.setCommandTimeout(Duration.ofSeconds(30));
		try (RedisServer redis = RedisServer.start()) {
			TestNode node = start(redis, RedisAdapterFactory::streams);
			redis.pause();
			String large = "x".repeat(1 << 20);
			List<CompletableFuture<Void>> published = IntStream.range(0, 70)
				.mapToObj((i) -> node.io().publish("x", large).toFuture())
				.toList();
			// the first ones wait, those that are too many have failed
			assertThat(published.get(0)).isNotDone();
			assertThat(published.get(69)).isCompletedExceptionally();
			redis.resume();
			Await.get("the response of Redis", published.get(0));
			Await.until("there is room again", () -> !fails(node.io().publish("x", "small")));
		}
	}

}
