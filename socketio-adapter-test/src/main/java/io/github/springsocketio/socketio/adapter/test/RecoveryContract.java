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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.socketio.adapter.RestoreResult;
import io.github.springsocketio.test.client.ClientEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of connection state recovery.
 */
abstract class RecoveryContract {

	private static final int LOSSES = 5;

	/** The number of messages that are sent in each step of a connection loss. */
	private static final int STEP = 20;

	private final Supplier<KitCluster> cluster;

	RecoveryContract(Supplier<KitCluster> cluster) {
		this.cluster = cluster;
	}

	private KitScene start(AdapterFeature... features) {
		this.cluster.get().require(features);
		return this.cluster.get().startWithRecovery();
	}

	/**
	 * Drop the connection of a client, and wait until its socket is removed.
	 */
	private static void lose(KitScene scene, KitNode node, KitClient client) {
		client.lose();
		scene.until().until("the socket is gone", () -> !node.main().sockets().containsKey(client.id()));
	}

	/**
	 * Emit an event to all clients, so that they have an offset for recovery.
	 */
	private static void mark(KitScene scene) {
		scene.io().emit("mark");
		scene.clients().forEach((client) -> client.nextEvent("mark"));
	}

	private static List<String> events(List<ClientEvent> events) {
		return events.stream().map((event) -> event.name() + event.arguments().get(0)).toList();
	}

	@Test
	void missedBroadcastsAreReceived() {
		missedBroadcastsAreReceived(start(AdapterFeature.RECOVERY), 1, 1);
	}

	@Test
	void missedBroadcastsAreReceivedOnAnotherNode() {
		missedBroadcastsAreReceived(
				start(AdapterFeature.RECOVERY, AdapterFeature.OTHER_NODES, AdapterFeature.RECOVERY_ON_OTHER_NODES), 1,
				2);
	}

	private static void missedBroadcastsAreReceived(KitScene scene, int from, int to) {
		Socket socket = scene.socket(from);
		socket.join("a", "b");
		socket.data().put("user", Map.of("name", "ada"));
		mark(scene);
		KitClient client = scene.client(from);
		lose(scene, scene.node(from), client);
		scene.io().emit("all", 1);
		scene.until().value("a broadcast", scene.node(2).io().to("a").publish("room", 2));
		scene.io().to("other").emit("not", 3);
		scene.io().except("b").emit("not", 4);
		scene.io().to(client.id()).emit("own", 5);
		scene.io().asVolatile().emit("not", 6);
		scene.io().to("a").except("unknown").emit("binary", 7, new byte[] { 1 });
		// afterwards, the broadcasts of all nodes are accepted
		scene.client(0).nextEvent("all");
		scene.until().value("the last broadcast", scene.io().publish("last", 8));
		KitClient restored = scene.node(to).connect("/", client.restore());
		assertThat(restored.id()).isEqualTo(client.id());
		Socket again = scene.node(to).socket(restored);
		assertThat(again.recovered()).isTrue();
		assertThat(again.rooms()).containsExactlyInAnyOrder(client.id(), "a", "b");
		assertThat(again.data()).isEqualTo(Map.of("user", Map.of("name", "ada")));
		scene.io().to("b").emit("end");
		List<String> events = events(restored.eventsUntil("end"));
		assertThat(events).containsOnlyOnce("room2")
			.filteredOn((event) -> !"room2".equals(event))
			.containsExactly("all1", "own5", "binary7", "last8");
	}

	@Test
	void eventsOfOtherNodesAreReceivedAfterTheyWereMissed() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		mark(scene);
		KitClient client = scene.client(1);
		lose(scene, scene.node(1), client);
		scene.until().value("a broadcast", scene.node(2).io().publish("x", 1));
		// afterwards, the node of the client has received the broadcast as well
		scene.client(2).nextEvent("x");
		KitClient restored = scene.node(1).connect("/", client.restore());
		scene.node(2).io().emit("end");
		assertThat(events(restored.eventsUntil("end"))).containsExactly("x1");
	}

	@Test
	void clientThatHasReceivedNothingIsRestored() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		KitClient client = scene.client(1);
		lose(scene, scene.node(1), client);
		scene.until().value("a broadcast", scene.io().publish("x", 1));
		KitClient restored = scene.node(1).connect("/", client.restore());
		assertThat(restored.id()).isEqualTo(client.id());
		restored.nextEvent("x");
	}

	@Test
	void clientThatConnectsAnewTakesOverItsSocket() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		mark(scene);
		KitClient client = scene.client(1);
		Socket socket = scene.socket(1);
		KitClient again = scene.node(1).connect("/", client.restore());
		assertThat(again.id()).isEqualTo(client.id());
		assertThat(scene.node(1).socket(again)).isSameAs(socket);
		assertThat(socket.recovered()).isTrue();
		scene.io().emit("x", 1);
		again.nextEvent("x");
	}

	@Test
	void stateIsRestoredOnce() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		mark(scene);
		KitClient client = scene.client(1);
		lose(scene, scene.node(1), client);
		KitClient restored = scene.node(1).connect("/", client.restore());
		assertThat(restored.id()).isEqualTo(client.id());
		scene.node(1).socket(restored).disconnect();
		restored.eventsUntilDisconnect();
		KitClient second = scene.node(1).connect("/", client.restore());
		assertThat(second.id()).isNotEqualTo(client.id());
		assertThat(scene.node(1).socket(second).recovered()).isFalse();
	}

	@Test
	void stateIsRestoredAgainAfterEachLoss() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		mark(scene);
		KitClient client = scene.client(1);
		for (int i = 0; i < 3; i++) {
			lose(scene, scene.node(1), client);
			scene.until().value("a broadcast", scene.io().publish("x", i));
			client = scene.node(1).connect("/", client.restore());
			assertThat(client.id()).isEqualTo(scene.client(1).id());
			assertThat(client.nextEvent("x").arguments().get(0)).isEqualTo(i);
		}
	}

	@Test
	void unknownStateIsANewClient() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		mark(scene);
		KitClient client = scene.client(1);
		String offset = String.valueOf(client.restore().get("offset"));
		KitClient unknownId = scene.node(1).connect("/", Map.of("pid", "unknown", "offset", offset));
		assertThat(scene.node(1).socket(unknownId).recovered()).isFalse();
		lose(scene, scene.node(1), client);
		String pid = String.valueOf(client.restore().get("pid"));
		KitClient unknownOffset = scene.node(1).connect("/", Map.of("pid", pid, "offset", "unknown"));
		assertThat(unknownOffset.id()).isNotEqualTo(client.id());
		assertThat(scene.node(1).socket(unknownOffset).recovered()).isFalse();
	}

	@Test
	void stateIsRestoredForItsPrincipalOnly() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		mark(scene);
		Adapter adapter = scene.node(1).main().adapter();
		assertThat(restore(scene, adapter, "ada", "eve").outcome()).isEqualTo(RecoveryOutcome.REFUSED);
		assertThat(restore(scene, adapter, "ada", null).outcome()).isEqualTo(RecoveryOutcome.REFUSED);
		assertThat(restore(scene, adapter, null, "eve").outcome()).isEqualTo(RecoveryOutcome.REFUSED);
		assertThat(restore(scene, adapter, null, null).outcome()).isEqualTo(RecoveryOutcome.RECOVERED);
		RestoreResult restored = restore(scene, adapter, "ada", "ada");
		assertThat(restored.outcome()).isEqualTo(RecoveryOutcome.RECOVERED);
		assertThat(restored.session()).satisfies((session) -> assertThat(session.principal()).isEqualTo("ada"));
	}

	private static RestoreResult restore(KitScene scene, Adapter adapter, @Nullable String owner,
			@Nullable String principal) {
		String pid = "pid-of-" + owner + "-for-" + principal;
		PersistedSession session = PersistedSession.builder("sid-" + pid, pid)
			.principal(owner)
			.startOffset(adapter.position())
			.endOffset(adapter.position())
			.build();
		scene.until().value("the persistence", adapter.persistSession(session));
		return scene.until().require("the state", adapter.restoreSession(pid, null, principal));
	}

	@Test
	void missedPacketsAreThoseOfTheRoomsAtTheirTime() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		Socket socket = scene.socket(1);
		socket.join("before");
		mark(scene);
		KitClient client = scene.client(1);
		Map<String, Object> restore = client.restore();
		scene.until().value("a broadcast", scene.io().to("after").publish("not", 1));
		scene.until().value("a broadcast", scene.io().to("before").publish("before", 2));
		client.nextEvent("before");
		socket.leave("before");
		socket.join("after");
		scene.until().value("a broadcast", scene.io().to("before").publish("not", 3));
		scene.until().value("a broadcast", scene.io().to("after").publish("after", 4));
		client.nextEvent("after");
		lose(scene, scene.node(1), client);
		scene.until().value("a broadcast", scene.io().to("before").publish("not", 5));
		scene.until().value("a broadcast", scene.io().to("after").publish("after", 6));
		// with the offset before the events that preceded the connection loss
		KitClient restored = scene.node(1).connect("/", restore);
		assertThat(restored.id()).isEqualTo(client.id());
		scene.io().emit("end");
		assertThat(events(restored.eventsUntil("end"))).containsExactly("before2", "after4", "after6");
	}

	@Test
	void stateOfAClientThatWasDisconnectedIsNotKept() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		mark(scene);
		KitClient client = scene.client(1);
		scene.socket(1).disconnect();
		client.eventsUntilDisconnect();
		KitClient again = scene.node(1).connect("/", client.restore());
		assertThat(again.id()).isNotEqualTo(client.id());
		assertThat(scene.node(1).socket(again).recovered()).isFalse();
	}

	@Test
	void namespacesAreSeparate() {
		KitScene scene = start(AdapterFeature.RECOVERY);
		KitClient client = scene.node(1).connect(KitNode.OTHER, Map.of());
		scene.io().of(KitNode.OTHER).emit("mark");
		client.nextEvent("mark");
		client.lose();
		scene.until().until("the socket is gone", () -> scene.node(1).io().of(KitNode.OTHER).sockets().isEmpty());
		KitClient wrong = scene.node(1).connect("/", client.restore());
		assertThat(wrong.id()).isNotEqualTo(client.id());
		scene.until().value("a broadcast", scene.io().of(KitNode.OTHER).publish("x", 1));
		KitClient restored = scene.node(1).connect(KitNode.OTHER, client.restore());
		assertThat(restored.id()).isEqualTo(client.id());
		restored.nextEvent("x");
	}

	@Test
	void nothingIsLostOrReceivedTwiceWhileConnectionsAreLost() {
		nothingIsLost(start(AdapterFeature.RECOVERY), List.of(1));
	}

	@Test
	void nothingIsLostOrReceivedTwiceOnChangingNodes() {
		nothingIsLost(
				start(AdapterFeature.RECOVERY, AdapterFeature.OTHER_NODES, AdapterFeature.RECOVERY_ON_OTHER_NODES),
				List.of(1, 2, 0));
	}

	private static void nothingIsLost(KitScene scene, List<Integer> nodes) {
		mark(scene);
		Semaphore permits = new Semaphore(0);
		CompletableFuture<Void> sender = KitScene.inBackground(() -> {
			for (int i = 0; i < LOSSES * 3 * STEP; i++) {
				scene.until().acquire("a permit", permits);
				scene.io().emit("x", i);
			}
			scene.io().emit("end");
		});
		List<ClientEvent> received = new ArrayList<>();
		KitClient client = scene.client(1);
		KitNode node = scene.node(1);
		String id = client.id();
		for (int i = 0; i < LOSSES; i++) {
			permits.release(STEP);
			received.add(client.nextEvent("x"));
			client.lose();
			received.addAll(client.rest());
			permits.release(STEP);
			KitNode current = node;
			scene.until().until("the socket is gone", () -> !current.main().sockets().containsKey(id));
			permits.release(STEP);
			node = scene.node(nodes.get(i % nodes.size()));
			client = node.connect("/", client.restore());
			assertThat(client.id()).isEqualTo(id);
		}
		scene.until().get("the sender", sender);
		received.addAll(client.eventsUntil("end"));
		assertThat(received.stream().map((event) -> event.arguments().get(0, Integer.class)))
			.isEqualTo(IntStream.range(0, LOSSES * 3 * STEP).boxed().toList());
	}

}
