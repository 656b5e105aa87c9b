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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.PresenceChange;
import io.github.springsocketio.socketio.PresenceEvent;
import io.github.springsocketio.socketio.PresenceSnapshot;
import io.github.springsocketio.socketio.PresentSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the presence of sockets.
 */
abstract class PresenceContract {

	/** Longer than any test. */
	private static final Duration NEVER = Duration.ofHours(1);

	private final Supplier<KitCluster> cluster;

	PresenceContract(Supplier<KitCluster> cluster) {
		this.cluster = cluster;
	}

	private KitScene start(Duration interval) {
		return this.cluster.get().start((options) -> options.presenceInterval(interval));
	}

	private static List<String> ids(PresenceEvent snapshot) {
		return ((PresenceSnapshot) snapshot).sockets().stream().map(PresentSocket::id).toList();
	}

	@Test
	void socketsOfAllNodesArePresent() {
		KitScene scene = start(NEVER);
		scene.socket(0).join("a");
		scene.socket(2).join("a");
		for (KitNode node : scene.nodes()) {
			PresenceSnapshot all = scene.until().require("the sockets", node.io().presence().snapshot());
			assertThat(all.complete()).isTrue();
			assertThat(ids(all)).containsExactlyInAnyOrderElementsOf(scene.ids(0, 1, 2));
			PresenceSnapshot room = scene.until().require("the sockets", node.io().presence("a").snapshot());
			assertThat(ids(room)).containsExactlyInAnyOrderElementsOf(scene.ids(0, 2));
		}
	}

	@Test
	void namespacesAreSeparate() {
		KitScene scene = start(NEVER);
		KitClient other = scene.node(1).connect(KitNode.OTHER, Map.of());
		PresenceSnapshot all = scene.until().require("the sockets", scene.io().of(KitNode.OTHER).presence().snapshot());
		assertThat(ids(all)).containsExactly(other.id());
	}

	@Test
	void changesOfAllNodesAreTold() {
		KitScene scene = start(NEVER);
		scene.socket(1).join("a");
		try (Watch watch = new Watch(scene, "a")) {
			watch.awaitSnapshot(scene.ids(1));
			scene.socket(0).join("a");
			watch.await("joined", scene.client(0).id());
			scene.socket(2).join("a", "b");
			watch.await("joined", scene.client(2).id());
			scene.socket(1).leave("a");
			watch.await("left", scene.client(1).id());
			scene.client(2).lose();
			watch.await("left", scene.client(2).id());
			scene.socket(1).join("b");
			scene.socket(1).join("a");
			watch.await("joined", scene.client(1).id());
			assertThat(watch.events).isEmpty();
		}
	}

	@Test
	void socketsOfANodeThatIsClosedHaveLeft() {
		this.cluster.get().require(AdapterFeature.OTHER_NODES);
		KitScene scene = start(NEVER);
		try (Watch watch = new Watch(scene, null)) {
			watch.awaitSnapshot(scene.ids(0, 1, 2));
			scene.until().value("the end of a server", scene.node(2).io().close());
			watch.await("left", scene.client(2).id());
			PresenceSnapshot rest = scene.until().require("the sockets", scene.node(1).io().presence().snapshot());
			assertThat(ids(rest)).containsExactlyInAnyOrderElementsOf(scene.ids(0, 1));
		}
	}

	@Test
	void socketsOfANodeThatStopsAbruptlyHaveLeft() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES, AdapterFeature.ABRUPT_STOP);
		KitScene scene = start(nodes.requestTimeout());
		try (Watch watch = new Watch(scene, null)) {
			watch.awaitSnapshot(scene.ids(0, 1, 2));
			nodes.adapters().stop(2);
			watch.await("left", scene.client(2).id());
			assertThat(watch.events).isEmpty();
		}
	}

	@Test
	void nodeThatStartsLaterIsSeen() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES);
		KitScene scene = start(nodes.requestTimeout());
		startLater(nodes, scene);
	}

	@Test
	void nodeThatStartsLaterIsSeenAtOnce() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES, AdapterFeature.NODE_CHANGES);
		startLater(nodes, start(NEVER));
	}

	private static void startLater(KitCluster nodes, KitScene scene) {
		try (Watch watch = new Watch(scene, null)) {
			watch.awaitSnapshot(scene.ids(0, 1, 2));
			KitNode late = nodes.addNode();
			KitClient client = late.connect();
			watch.await("joined", client.id());
			client.lose();
			watch.await("left", client.id());
		}
	}

	/**
	 * Subscribes to the presence events of the first node.
	 */
	private static final class Watch implements AutoCloseable {

		private final KitScene scene;

		private final Queue<PresenceEvent> events = new ConcurrentLinkedQueue<>();

		private final Disposable subscription;

		private Watch(KitScene scene, @Nullable String room) {
			this.scene = scene;
			this.subscription = ((room != null) ? scene.io().presence(room) : scene.io().presence()).events()
				.subscribe(this.events::add);
		}

		private PresenceEvent next(String what) {
			this.scene.until().until(what, () -> !this.events.isEmpty());
			return this.events.remove();
		}

		private void awaitSnapshot(List<String> ids) {
			assertThat(ids(next("a snapshot"))).containsExactlyInAnyOrderElementsOf(ids);
		}

		private void await(String type, String id) {
			PresenceEvent next = next("a change: " + type + " " + id);
			assertThat(next).isInstanceOfSatisfying(PresenceChange.class, (change) -> {
				assertThat(change.type().name()).isEqualToIgnoringCase(type);
				assertThat(change.socket().id()).isEqualTo(id);
			});
		}

		@Override
		public void close() {
			this.subscription.dispose();
		}

	}

}
