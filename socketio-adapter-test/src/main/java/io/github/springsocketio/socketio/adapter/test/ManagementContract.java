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

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.Socket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of operations on the sockets of all nodes.
 */
abstract class ManagementContract {

	private final Supplier<KitCluster> cluster;

	ManagementContract(Supplier<KitCluster> cluster) {
		this.cluster = cluster;
	}

	private static List<RemoteSocket> fetch(KitScene scene, BroadcastOperator operator) {
		return scene.until().require("the sockets", operator.fetchSockets().collectList());
	}

	private static List<String> ids(KitScene scene, BroadcastOperator operator) {
		return fetch(scene, operator).stream().map(RemoteSocket::id).toList();
	}

	@Test
	void socketsOfAllNodesAreFetched() {
		KitScene scene = this.cluster.get().start();
		scene.socket(0).join("a");
		scene.socket(1).join("a", "b");
		assertThat(ids(scene, scene.io())).containsExactlyInAnyOrderElementsOf(scene.ids(0, 1, 2));
		assertThat(ids(scene, scene.node(2).io())).containsExactlyInAnyOrderElementsOf(scene.ids(0, 1, 2));
		assertThat(ids(scene, scene.io().in("a"))).containsExactlyInAnyOrderElementsOf(scene.ids(0, 1));
		assertThat(ids(scene, scene.io().in("a").except("b"))).containsExactlyElementsOf(scene.ids(0));
		assertThat(ids(scene, scene.io().except("a"))).containsExactlyElementsOf(scene.ids(2));
		assertThat(ids(scene, scene.io().in("unknown"))).isEmpty();
		assertThat(ids(scene, scene.socket(0).in("a"))).containsExactlyElementsOf(scene.ids(1));
		List<String> local = scene.ids((scene.nodes().size() > 1) ? new int[] { 0 } : new int[] { 0, 1, 2 });
		assertThat(ids(scene, scene.io().local())).containsExactlyInAnyOrderElementsOf(local);
	}

	@Test
	void socketsOfAllNodesAreCounted() {
		KitScene scene = this.cluster.get().start();
		scene.socket(0).join("a");
		scene.socket(1).join("a", "b");
		assertThat(count(scene, scene.io())).isEqualTo(3);
		assertThat(count(scene, scene.node(2).io().in("a"))).isEqualTo(2);
		assertThat(count(scene, scene.io().in("a", "b"))).isEqualTo(2);
		assertThat(count(scene, scene.io().in("a").except("b"))).isEqualTo(1);
		assertThat(count(scene, scene.socket(0).in("a"))).isEqualTo(1);
		assertThat(count(scene, scene.io().in("unknown"))).isEqualTo(0);
		assertThat(count(scene, scene.io().local())).isEqualTo((scene.nodes().size() > 1) ? 1 : 3);
	}

	private static int count(KitScene scene, BroadcastOperator operator) {
		return scene.until().require("the number of sockets", operator.countSockets());
	}

	@Test
	void fetchedSocketsHaveTheirDetails() {
		KitScene scene = this.cluster.get().start();
		Socket socket = scene.node(1).socket(scene.node(1).connect("/", Map.of("token", "é", "n", 1)));
		socket.join("a", "b");
		socket.data().put("user", Map.of("name", "ada", "roles", List.of("x", "y")));
		RemoteSocket fetched = fetch(scene, scene.io().in("a")).get(0);
		assertThat(fetched.id()).isEqualTo(socket.id());
		assertThat(fetched.rooms()).containsExactlyInAnyOrder(socket.id(), "a", "b");
		assertThat(fetched.data()).isEqualTo(Map.of("user", Map.of("name", "ada", "roles", List.of("x", "y"))));
		assertThat(fetched.handshake().auth()).isEqualTo(Map.of("token", "é", "n", 1));
		assertThat(fetched.handshake().query()).containsEntry("transport", "websocket").containsEntry("EIO", "4");
		assertThat(fetched.handshake().header("x-kit")).isEqualTo("yes");
		assertThat(fetched.handshake().address()).isEqualTo(socket.handshake().address());
		assertThat(fetched.handshake().url()).isEqualTo(socket.handshake().url());
		assertThat(fetched.handshake().issued()).isEqualTo(socket.handshake().issued());
	}

	@Test
	void socketsOfThisNodeAreTheSocketsThemselves() {
		KitScene scene = this.cluster.get().start();
		assertThat(fetch(scene, scene.io().in(scene.ids(0)))).containsExactly(scene.socket(0));
	}

	@Test
	void selectedSocketsJoinAndLeaveRooms() {
		KitScene scene = this.cluster.get().start();
		scene.socket(0).join("a");
		scene.socket(1).join("a");
		scene.io().in("a").socketsJoin("b", "c");
		scene.until()
			.until("the sockets have joined", () -> scene.socket(0).rooms().containsAll(Set.of("b", "c"))
					&& scene.socket(1).rooms().containsAll(Set.of("b", "c")));
		scene.io().to("b").emit("x");
		assertThat(scene.receivers("x")).containsExactly(0, 1);
		scene.io().in(scene.ids(1)).socketsLeave("b", "unknown");
		scene.until().until("the socket has left", () -> !scene.socket(1).rooms().contains("b"));
		scene.io().to("b").emit("x");
		assertThat(scene.receivers("x")).containsExactly(0);
		assertThat(scene.socket(1).rooms()).contains("a", "c");
		assertThat(scene.socket(2).rooms()).containsExactly(scene.client(2).id());
		scene.io().except("a").socketsJoin("d");
		scene.until().until("the socket has joined", () -> scene.socket(2).rooms().contains("d"));
		assertThat(scene.socket(0).rooms()).doesNotContain("d");
	}

	@Test
	void localOperationsChangeSocketsOfThisNodeOnly() {
		this.cluster.get().require(AdapterFeature.OTHER_NODES);
		KitScene scene = this.cluster.get().start();
		scene.io().local().socketsJoin("a");
		assertThat(scene.socket(0).rooms()).contains("a");
		scene.io().to("a").emit("x");
		assertThat(scene.receivers("x")).containsExactly(0);
		scene.io().local().disconnectSockets();
		scene.client(0).eventsUntilDisconnect();
		assertThat(scene.socket(1).connected()).isTrue();
		assertThat(scene.socket(2).connected()).isTrue();
	}

	@Test
	void selectedSocketsAreDisconnected() {
		KitScene scene = this.cluster.get().start();
		scene.socket(0).join("a");
		scene.socket(1).join("a");
		scene.io().in("a").disconnectSockets();
		assertThat(scene.client(0).eventsUntilDisconnect()).isEmpty();
		assertThat(scene.client(1).eventsUntilDisconnect()).isEmpty();
		assertThat(scene.socket(2).connected()).isTrue();
		assertThat(scene.client(0).isClosed()).isFalse();
		assertThat(scene.client(1).isClosed()).isFalse();
		scene.until().until("the sockets are gone", () -> ids(scene, scene.io()).equals(scene.ids(2)));
	}

	@Test
	void connectionsOfSelectedSocketsAreClosed() {
		KitScene scene = this.cluster.get().start();
		scene.io().except(scene.client(0).id()).disconnectSockets(true);
		scene.client(1).awaitClose();
		scene.client(2).awaitClose();
		assertThat(scene.socket(0).connected()).isTrue();
		assertThat(scene.client(0).isClosed()).isFalse();
	}

	@Test
	void broadcastsBeforeADisconnectionAreReceived() {
		KitScene scene = this.cluster.get().start();
		for (int i = 0; i < 50; i++) {
			scene.io().emit("goodbye", i);
		}
		scene.io().disconnectSockets();
		for (KitClient client : scene.clients()) {
			assertThat(client.eventsUntilDisconnect()).hasSize(50).allMatch((event) -> "goodbye".equals(event.name()));
		}
	}

	@Test
	void socketOfAnotherNodeIsManaged() {
		KitScene scene = this.cluster.get().start();
		RemoteSocket socket = fetch(scene, scene.io().in(scene.ids(1))).get(0);
		socket.emit("x", 1);
		assertThat(scene.receivers("x")).containsExactly(1);
		socket.join("a", "b");
		scene.until().until("the socket has joined", () -> scene.socket(1).rooms().containsAll(Set.of("a", "b")));
		socket.leave("a");
		scene.until().until("the socket has left", () -> !scene.socket(1).rooms().contains("a"));
		socket.disconnect();
		assertThat(scene.client(1).eventsUntilDisconnect()).isEmpty();
		assertThat(scene.client(1).isClosed()).isFalse();
		RemoteSocket closed = fetch(scene, scene.io().in(scene.ids(2))).get(0);
		closed.disconnect(true);
		scene.client(2).awaitClose();
	}

	@Test
	void clientsThatHaveLeftAreGone() {
		KitScene scene = this.cluster.get().start();
		scene.client(1).disconnect();
		scene.client(2).lose();
		scene.until().until("the sockets are gone", () -> ids(scene, scene.io()).equals(scene.ids(0)));
	}

}
