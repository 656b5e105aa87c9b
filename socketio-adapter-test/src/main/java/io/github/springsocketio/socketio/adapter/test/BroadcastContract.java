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

package io.github.springsocketio.socketio.adapter.test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.springsocketio.socketio.DynamicNamespace;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientEvent;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of broadcasts.
 */
abstract class BroadcastContract {

	private final Supplier<KitCluster> cluster;

	BroadcastContract(Supplier<KitCluster> cluster) {
		this.cluster = cluster;
	}

	private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {
	};

	@Test
	void broadcastReachesAllSocketsOfAllNodes() {
		KitScene scene = this.cluster.get().start();
		scene.io().emit("x", 1);
		assertThat(scene.receivers("x")).containsExactly(0, 1, 2);
		scene.node(2).io().emit("x", 1);
		scene.clients().forEach((client) -> client.nextEvent("x"));
	}

	@Test
	void argumentsAreKept() {
		KitScene scene = this.cluster.get().start();
		byte[] binary = { 0, 1, -1, 127, -128 };
		Map<String, Object> nested = Map.of("list", List.of(1, "two", List.of()), "binary", binary, "é\u0000",
				"\uD83D\uDE00");
		Object[] values = { null, true, 42, -1.5, 9007199254740991L, "text \" \\ \n \u2028 \uD83D\uDE00", nested,
				List.of(), Map.of(), binary, new byte[0] };
		scene.io().emit("values", values);
		scene.io().emit("none");
		for (KitClient client : scene.clients()) {
			Arguments arguments = client.nextEvent("values").arguments();
			assertThat(arguments.size()).isEqualTo(values.length);
			assertThat(Arrays.copyOf(arguments.toArray(), 6)).containsExactly(null, true, 42, -1.5, 9007199254740991L,
					values[5]);
			assertThat(arguments.require(6, OBJECT)).containsOnlyKeys("list", "binary", "é\u0000")
				.containsEntry("list", nested.get("list"))
				.containsEntry("é\u0000", "\uD83D\uDE00");
			assertThat(arguments.get(7)).isEqualTo(List.of());
			assertThat(arguments.get(8)).isEqualTo(Map.of());
			assertThat(arguments.get(9, byte[].class)).isEqualTo(binary);
			assertThat(arguments.get(10, byte[].class)).isEmpty();
			assertThat(client.nextEvent("none").arguments().size()).isZero();
		}
	}

	@Test
	void largeMessagesAreKept() {
		KitScene scene = this.cluster.get().start();
		String text = "0123456789".repeat(30_000);
		byte[] binary = new byte[300_000];
		Arrays.fill(binary, (byte) 7);
		scene.io().emit("large", text, binary);
		for (KitClient client : scene.clients()) {
			ClientEvent event = client.nextEvent("large");
			assertThat(event.arguments().get(0, String.class)).isEqualTo(text);
			assertThat(event.arguments().get(1, byte[].class)).isEqualTo(binary);
		}
	}

	@Test
	void numericNamesStayNumbers() {
		KitScene scene = this.cluster.get().start();
		scene.until()
			.value("a broadcast",
					scene.nodes()
						.get(0)
						.main()
						.adapter()
						.broadcast(new BroadcastPacket(5L, "a"), BroadcastOptions.ALL));
		for (KitClient client : scene.clients()) {
			ClientEvent event = client.nextEvent("5");
			assertThat(client.conversation()).contains("42[5,\"a\"");
			assertThat(event.arguments().toList()).containsExactly("a");
		}
	}

	@Test
	void severalRoomsAreAUnionAndExceptWins() {
		KitScene scene = this.cluster.get().start();
		scene.socket(0).join("a");
		scene.socket(1).join("a", "b");
		SocketIoServer io = scene.io();
		io.to("a").emit("x");
		assertThat(scene.receivers("x")).containsExactly(0, 1);
		io.to("a", "b").emit("x");
		assertThat(scene.receivers("x")).containsExactly(0, 1);
		io.to("a").except("b").emit("x");
		assertThat(scene.receivers("x")).containsExactly(0);
		io.except("b").emit("x");
		assertThat(scene.receivers("x")).containsExactly(0, 2);
		io.except("a", "b").emit("x");
		assertThat(scene.receivers("x")).containsExactly(2);
		io.to("a").except("a").emit("x");
		io.to("unknown").emit("x");
		assertThat(scene.receivers("x")).isEmpty();
	}

	@Test
	void socketsAreReachedByTheirIds() {
		KitScene scene = this.cluster.get().start();
		for (int i = 0; i < 3; i++) {
			scene.io().to(scene.client(i).id()).emit("x");
			assertThat(scene.receivers("x")).containsExactly(i);
			scene.io().except(scene.client(i).id()).emit("x");
			assertThat(scene.receivers("x")).hasSize(2).doesNotContain(i);
		}
	}

	@Test
	void socketIsLeftOutOfItsBroadcasts() {
		KitScene scene = this.cluster.get().start();
		scene.socket(0).join("a");
		scene.socket(1).join("a");
		scene.socket(0).broadcast().emit("x");
		assertThat(scene.receivers("x")).containsExactly(1, 2);
		scene.socket(0).to("a").emit("x");
		assertThat(scene.receivers("x")).containsExactly(1);
	}

	@Test
	void localBroadcastReachesThisNodeOnly() {
		KitScene scene = this.cluster.get().start();
		scene.socket(0).join("a");
		scene.socket(1).join("a");
		List<Integer> expected = (scene.nodes().size() > 1) ? List.of(0) : List.of(0, 1, 2);
		scene.io().local().emit("x");
		assertThat(scene.receivers("x")).isEqualTo(expected);
		expected = (scene.nodes().size() > 1) ? List.of(0) : List.of(0, 1);
		scene.io().to("a").local().emit("x");
		assertThat(scene.receivers("x")).isEqualTo(expected);
	}

	@Test
	void volatileAndUncompressedBroadcastsReachClientsThatRead() {
		KitScene scene = this.cluster.get().start();
		scene.until()
			.until("the sockets can write",
					() -> Stream.of(0, 1, 2).allMatch((index) -> scene.socket(index).conn().isWritable()));
		scene.io().asVolatile().emit("x");
		assertThat(scene.receivers("x")).containsExactly(0, 1, 2);
		scene.io().compress(false).emit("x");
		assertThat(scene.receivers("x")).containsExactly(0, 1, 2);
	}

	@Test
	void roomsMayHaveAnyName() {
		KitScene scene = this.cluster.get().start();
		for (String room : List.of("", " ", "a,b", "#", "*", "é\uD83D\uDE00", "\r\n", "/", "[]", "a#b:c", "a\u0000b")) {
			scene.socket(1).join(room);
			scene.io().to(room).emit("x");
			assertThat(scene.receivers("x")).as("room '" + room + "'").containsExactly(1);
			scene.socket(1).leave(room);
		}
	}

	@Test
	void socketsThatHaveLeftARoomAreNotReached() {
		KitScene scene = this.cluster.get().start();
		scene.socket(1).join("a");
		scene.io().to("a").emit("x");
		assertThat(scene.receivers("x")).containsExactly(1);
		scene.socket(1).leave("a");
		scene.io().to("a").emit("x");
		assertThat(scene.receivers("x")).isEmpty();
	}

	@Test
	void namespacesAreSeparate() {
		KitScene scene = this.cluster.get().start();
		scene.socket(1).join("a");
		KitClient other = scene.node(1).connect(KitNode.OTHER, Map.of());
		scene.node(1).socket(other).join("a");
		scene.io().of(KitNode.OTHER).to("a").emit("x");
		other.nextEvent("x");
		assertThat(scene.receivers("x")).isEmpty();
		scene.io().to("a").emit("x");
		assertThat(scene.receivers("x")).containsExactly(1);
		scene.io().of(KitNode.OTHER).emit("end");
		assertThat(other.eventsUntil("end")).isEmpty();
	}

	@Test
	void namespacesThatAreCreatedForClientsAreReached() {
		KitScene scene = this.cluster.get().start();
		List<DynamicNamespace> families = scene.nodes()
			.stream()
			.map((node) -> node.io().of(Pattern.compile("/dynamic-\\d")))
			.toList();
		KitClient near = scene.node(0).connect("/dynamic-1", Map.of());
		KitClient far = scene.node(1).connect("/dynamic-1", Map.of());
		KitClient other = scene.node(1).connect("/dynamic-2", Map.of());
		scene.until()
			.until("the nodes know each other in the namespace",
					() -> scene.node(0).knownNodes("/dynamic-1") >= Math.min(2, scene.nodes().size()));
		scene.io().of("/dynamic-1").emit("x", 1);
		near.nextEvent("x");
		far.nextEvent("x");
		scene.node(1).io().of("/dynamic-2").emit("end");
		assertThat(other.eventsUntil("end")).isEmpty();
		assertThat(families.get(0).children()).isNotEmpty();
	}

	@Test
	void publishCompletesWhenTheBroadcastIsAccepted() {
		KitScene scene = this.cluster.get().start();
		scene.until().value("a broadcast", scene.io().publish("x", 1));
		assertThat(scene.receivers("x")).containsExactly(0, 1, 2);
		scene.until().value("a broadcast to nobody", scene.io().to("unknown").publish("x"));
		assertThat(scene.receivers("x")).isEmpty();
	}

	@Test
	void operationsAreCold() {
		KitScene scene = this.cluster.get().start();
		Mono<Void> publish = scene.nodes()
			.get(0)
			.main()
			.adapter()
			.broadcast(new BroadcastPacket("x", 1), BroadcastOptions.ALL);
		assertThat(scene.receivers("x")).isEmpty();
		scene.until().value("a broadcast", publish);
		assertThat(scene.receivers("x")).containsExactly(0, 1, 2);
	}

}
