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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.SocketIoOptions;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The nodes of a test.
 */
final class KitCluster {

	private static final int NODES = 3;

	private final AdapterCompatibilityKit kit;

	private final Set<AdapterFeature> features;

	private final KitWait wait;

	private final AdapterCluster adapters;

	private final List<KitNode> nodes = new ArrayList<>();

	KitCluster(AdapterCompatibilityKit kit) {
		this.kit = kit;
		this.features = kit.features();
		this.wait = new KitWait(kit.timeLimit());
		this.adapters = kit.createCluster();
	}

	KitWait until() {
		return this.wait;
	}

	AdapterCluster adapters() {
		return this.adapters;
	}

	Duration requestTimeout() {
		return this.kit.requestTimeout();
	}

	/**
	 * Skip the test if the adapter does not support a feature.
	 */
	void require(AdapterFeature... required) {
		for (AdapterFeature feature : required) {
			Assumptions.assumeTrue(this.features.contains(feature), () -> "The adapter does not have " + feature);
		}
	}

	/**
	 * Start three nodes, or one if the adapter does not support several nodes.
	 */
	KitScene start() {
		return start((options) -> {
		});
	}

	/**
	 * Start nodes with connection state recovery.
	 */
	KitScene startWithRecovery() {
		return start((options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
	}

	KitScene start(Consumer<SocketIoOptions.Builder> customizer) {
		int count = this.features.contains(AdapterFeature.OTHER_NODES) ? NODES : 1;
		for (int i = 0; i < count; i++) {
			addNode(customizer);
		}
		awaitNodes(this.nodes, count);
		return new KitScene(this, List.copyOf(this.nodes));
	}

	KitNode addNode() {
		return addNode((options) -> {
		});
	}

	private KitNode addNode(Consumer<SocketIoOptions.Builder> customizer) {
		SocketIoOptions.Builder options = SocketIoOptions.builder()
			.adapterFactory(this.adapters.adapterFactory(this.nodes.size()))
			.requestTimeout(this.kit.requestTimeout());
		customizer.accept(options);
		this.kit.customize(options);
		KitNode node = new KitNode(this.wait, options.build());
		this.nodes.add(node);
		return node;
	}

	/**
	 * Wait until the nodes are aware of each other.
	 */
	void awaitNodes(List<KitNode> knowing, int count) {
		for (String nsp : List.of("/", KitNode.OTHER)) {
			this.wait.until(count + " nodes know each other",
					() -> knowing.stream().allMatch((node) -> node.knownNodes(nsp) == count));
		}
	}

	/**
	 * Close all nodes and adapters, even if one fails to close.
	 */
	void close() {
		SoftAssertions.assertSoftly((softly) -> {
			this.nodes.forEach((node) -> softly.assertThatCode(node::close).doesNotThrowAnyException());
			softly.assertThatCode(this.adapters::close).doesNotThrowAnyException();
		});
	}

}
