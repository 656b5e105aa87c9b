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
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.socketio.adapter.AdapterFactory;

/**
 * A cluster within one process.
 */
final class LoopbackCluster implements AdapterCluster {

	private final Map<String, LoopbackTopic> topics = new ConcurrentHashMap<>();

	private final List<LoopbackNode> nodes = new ArrayList<>();

	private volatile boolean failing;

	@Override
	public AdapterFactory adapterFactory(int number) {
		LoopbackNode node = new LoopbackNode();
		this.nodes.add(node);
		return (namespace) -> new LoopbackAdapter(namespace, this, node,
				this.topics.computeIfAbsent(namespace.name(), (name) -> new LoopbackTopic()));
	}

	void checkAvailable() {
		if (this.failing) {
			throw new IllegalStateException("The cluster is not available");
		}
	}

	@Override
	public void fail(boolean failing) {
		this.failing = failing;
	}

	@Override
	public void stop(int number) {
		this.nodes.get(number).stop();
	}

	@Override
	public void close() {
		this.nodes.forEach(LoopbackNode::close);
	}

}
