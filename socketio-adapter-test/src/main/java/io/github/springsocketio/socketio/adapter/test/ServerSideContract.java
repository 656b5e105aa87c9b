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
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.packet.Arguments;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of events between nodes.
 */
abstract class ServerSideContract {

	private final Supplier<KitCluster> cluster;

	ServerSideContract(Supplier<KitCluster> cluster) {
		this.cluster = cluster;
	}

	@Test
	void eventsReachTheOtherNodesOnly() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES);
		KitScene scene = nodes.start();
		BlockingQueue<String> seen = new LinkedBlockingQueue<>();
		for (int i = 0; i < 3; i++) {
			String name = "node " + i + " ";
			scene.node(i).main().onServerSide("x", (args, ack) -> {
				assertThat(ack).isNull();
				seen.add(name + args.toList());
			});
			scene.node(i).main().onServerSide("end", (args, ack) -> seen.add(name + "end"));
		}
		scene.node(0).main().serverSideEmit("x", "a", 1, null, Map.of("k", List.of(true)));
		scene.node(0).main().serverSideEmit("end");
		scene.until().until("the last events", () -> seen.contains("node 1 end") && seen.contains("node 2 end"));
		assertThat(seen).containsExactlyInAnyOrder("node 1 [a, 1, null, {k=[true]}]", "node 2 [a, 1, null, {k=[true]}]",
				"node 1 end", "node 2 end");
		assertThat(scene.receivers("x")).isEmpty();
	}

	@Test
	void namespacesAreSeparate() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES);
		KitScene scene = nodes.start();
		BlockingQueue<String> seen = new LinkedBlockingQueue<>();
		Namespace other = scene.node(1).io().of(KitNode.OTHER);
		scene.node(1).main().onServerSide("x", (args, ack) -> seen.add("main"));
		other.onServerSide("x", (args, ack) -> seen.add("other"));
		scene.io().of(KitNode.OTHER).serverSideEmit("x");
		scene.until().until("the event", () -> seen.contains("other"));
		scene.node(0).main().serverSideEmit("x");
		scene.until().until("the event", () -> seen.contains("main"));
		assertThat(seen).containsExactly("other", "main");
	}

	@Test
	void responsesOfTheOtherNodesAreCollected() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES);
		KitScene scene = nodes.start();
		for (int i = 0; i < 3; i++) {
			int number = i;
			scene.node(i).main().onServerSide("q", (args, ack) -> {
				Objects.requireNonNull(ack).accept(List.of(number, String.valueOf(args.get(0))));
				ack.accept("ignored");
			});
		}
		List<Arguments> responses = scene.until()
			.require("the responses", scene.node(0).main().serverSideEmitWithAck("q", "question"));
		assertThat(KitScene.first(responses)).containsExactlyInAnyOrder(List.of(1, "question"), List.of(2, "question"));
	}

	@Test
	void responsesInTimeAreInTheErrorOfTheTimeLimit() {
		KitCluster nodes = this.cluster.get();
		nodes.require(AdapterFeature.OTHER_NODES);
		KitScene scene = nodes.start();
		scene.node(1).main().onServerSide("q", (args, ack) -> Objects.requireNonNull(ack).accept("in time"));
		Throwable error = scene.until().error("the responses", scene.node(0).main().serverSideEmitWithAck("q"));
		assertThat(error).isInstanceOfSatisfying(AckTimeoutException.class,
				(timeout) -> assertThat(KitScene.first(timeout.responses())).containsExactly("in time"));
	}

	@Test
	void nobodyIsWaitedForOnASingleNode() {
		KitCluster nodes = this.cluster.get();
		KitNode single = nodes.addNode();
		nodes.awaitNodes(List.of(single), 1);
		single.main().serverSideEmit("x", 1);
		List<Arguments> responses = nodes.until().require("the responses", single.main().serverSideEmitWithAck("q"));
		assertThat(responses).isEmpty();
	}

}
