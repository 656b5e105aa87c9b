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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.test.client.ClientEvent;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of nodes that start, stop and fail.
 */
abstract class LifecycleContract {

	private final Supplier<KitCluster> cluster;

	LifecycleContract(Supplier<KitCluster> cluster) {
		this.cluster = cluster;
	}

	@Test
	void nodesAreCounted() {
		KitScene scene = this.cluster.get().start();
		for (KitNode node : scene.nodes()) {
			assertThat(node.knownNodes("/")).isEqualTo(scene.nodes().size());
		}
	}

	@Test
	void nodeThatStartsLaterIsReached() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES);
		KitScene scene = nodes.start();
		KitNode late = nodes.addNode();
		nodes.awaitNodes(List.of(scene.node(0), scene.node(1), scene.node(2), late), 4);
		KitClient client = late.connect();
		scene.io().emit("x", 1);
		client.nextEvent("x");
		assertThat(scene.receivers("x")).containsExactly(0, 1, 2);
		client.eventsUntil("marker-1");
		late.io().emit("y", 2);
		scene.clients().forEach((each) -> each.nextEvent("y"));
	}

	@Test
	void nodeThatIsClosedIsForgotten() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES);
		KitScene scene = nodes.start();
		scene.until().value("the end of a server", scene.node(2).io().close());
		nodes.awaitNodes(List.of(scene.node(0), scene.node(1)), 2);
		remainingNodesWork(scene);
		List<String> ids = scene.until()
			.require("the sockets", scene.io().fetchSockets().map((socket) -> socket.id()).collectList());
		assertThat(ids).containsExactlyInAnyOrderElementsOf(scene.ids(0, 1));
	}

	private static void remainingNodesWork(KitScene scene) {
		scene.io().emit("x", 1);
		scene.client(0).nextEvent("x");
		scene.client(1).nextEvent("x");
		Mono<List<Integer>> responses = scene.io().emitWithAck(Integer.class, "q");
		CompletableFuture<List<Integer>> future = responses.toFuture();
		for (int i = 0; i < 2; i++) {
			ClientEvent event = scene.client(i).nextEvent("q");
			scene.client(i).ack(event, i);
		}
		assertThat(scene.until().get("the acknowledgements", future)).containsExactlyInAnyOrder(0, 1);
	}

	@Test
	void closedAdapterMayBeClosedAgain() {
		KitScene scene = this.cluster.get().start();
		scene.until().value("the end of an adapter", scene.node(0).main().adapter().close());
		scene.until().value("the end of an adapter", scene.node(0).main().adapter().close());
		scene.until().value("the end of a server", scene.node(0).io().close());
	}

	@Test
	void closedServerMayBeUsedWithoutHarm() {
		KitScene scene = this.cluster.get().start();
		scene.until().value("the end of a server", scene.io().close());
		scene.io().emit("x", 1);
		scene.io().socketsJoin("a");
		scene.io().disconnectSockets();
		scene.until().outcome("a broadcast", scene.io().publish("x"));
		scene.until().outcome("a request", scene.io().timeout(Duration.ofMillis(500)).emitWithAck("q"));
	}

	@Test
	void otherNodesGoOnWhenOneStopsAbruptly() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES, AdapterFeature.ABRUPT_STOP);
		KitScene scene = nodes.start();
		nodes.adapters().stop(2);
		scene.io().emit("x", 1);
		scene.client(0).nextEvent("x");
		scene.client(1).nextEvent("x");
		assertThat(scene.until().outcome("a broadcast", scene.io().publish("y"))).isNull();
		scene.client(1).nextEvent("y");
		Throwable fetch = scene.until().outcome("fetching sockets", scene.io().fetchSockets().then());
		assertThat(fetch).satisfiesAnyOf((error) -> assertThat(error).isNull(),
				(error) -> assertThat(error).isInstanceOf(TimeoutException.class));
		Throwable request = scene.until()
			.outcome("a request", scene.io().timeout(Duration.ofMillis(500)).emitWithAck("q"));
		assertThat(request).isInstanceOf(AckTimeoutException.class);
		Throwable serverSide = scene.until()
			.outcome("a request to other nodes", scene.node(0).main().serverSideEmitWithAck("q"));
		assertThat(serverSide).isInstanceOf(AckTimeoutException.class);
	}

	@Test
	void failuresAreErrorsOfPublishAndDoNotEscapeFromEmit() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES, AdapterFeature.FAILURES);
		KitScene scene = nodes.start();
		nodes.adapters().fail(true);
		assertThat(scene.until().error("a broadcast", scene.io().publish("lost"))).isNotNull();
		scene.io().emit("lost");
		scene.io().socketsJoin("a");
		scene.io().socketsLeave("a");
		scene.node(0).main().serverSideEmit("lost");
		assertThat(scene.until().error("a request", scene.io().timeout(Duration.ofMillis(500)).emitWithAck("lost")))
			.isNotNull();
		assertThat(scene.until().error("fetching sockets", scene.io().fetchSockets().then())).isNotNull();
		assertThat(scene.until().error("a request to other nodes", scene.node(0).main().serverSideEmitWithAck("lost")))
			.isNotNull();
		nodes.adapters().fail(false);
		scene.until()
			.until("broadcasts are accepted again",
					() -> scene.until().outcome("a broadcast", scene.io().publish("back")) == null);
		for (KitClient client : scene.clients()) {
			assertThat(client.eventsUntil("back")).allMatch((event) -> "lost".equals(event.name()));
		}
		scene.received();
		scene.io().emit("x");
		assertThat(scene.receivers("x")).containsExactly(0, 1, 2);
	}

	@Test
	void localBroadcastsWorkDuringFailures() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES, AdapterFeature.FAILURES);
		KitScene scene = nodes.start();
		nodes.adapters().fail(true);
		scene.until().value("a local broadcast", scene.io().local().publish("x"));
		scene.client(0).nextEvent("x");
		assertThat(scene.until().require("the sockets", scene.io().local().fetchSockets().collectList())).hasSize(1);
		nodes.adapters().fail(false);
	}

}
