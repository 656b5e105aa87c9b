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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientEvent;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and three clients, each on a different node or all on the same one.
 */
final class KitScene {

	private static final int CLIENTS = 3;

	private final AtomicInteger markers = new AtomicInteger();

	private final KitCluster cluster;

	private final List<KitNode> nodes;

	private final List<KitClient> clients = new ArrayList<>();

	KitScene(KitCluster cluster, List<KitNode> nodes) {
		this.cluster = cluster;
		this.nodes = nodes;
		for (int i = 0; i < CLIENTS; i++) {
			this.clients.add(node(i).connect());
		}
	}

	KitWait until() {
		return this.cluster.until();
	}

	List<KitNode> nodes() {
		return this.nodes;
	}

	/**
	 * Return the node of a client.
	 */
	KitNode node(int client) {
		return this.nodes.get(client % this.nodes.size());
	}

	/**
	 * Return the server of the first node.
	 */
	SocketIoServer io() {
		return this.nodes.get(0).io();
	}

	KitClient client(int i) {
		return this.clients.get(i);
	}

	List<KitClient> clients() {
		return this.clients;
	}

	Socket socket(int client) {
		return node(client).socket(client(client));
	}

	List<String> ids(int... indexes) {
		List<String> result = new ArrayList<>();
		for (int i : indexes) {
			result.add(client(i).id());
		}
		return result;
	}

	/**
	 * Return the clients that have received an event of a name since the last call. Fails
	 * if a client has received more than one event, or another one.
	 */
	List<Integer> receivers(String event) {
		List<List<ClientEvent>> received = received();
		List<Integer> result = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			List<ClientEvent> events = received.get(i);
			Assertions.assertThat(events).as("events of client " + i).hasSizeLessThan(2);
			if (!events.isEmpty()) {
				Assertions.assertThat(events.get(0).name()).isEqualTo(event);
				result.add(i);
			}
		}
		return result;
	}

	/**
	 * Return the events that each client has received since the last call.
	 */
	List<List<ClientEvent>> received() {
		return received(io());
	}

	List<List<ClientEvent>> received(BroadcastOperator sender) {
		String marker = "marker-" + this.markers.incrementAndGet();
		sender.emit(marker);
		return this.clients.stream().map((client) -> client.eventsUntil(marker)).toList();
	}

	/**
	 * Return the first argument of each response.
	 */
	static List<@Nullable Object> first(List<Arguments> responses) {
		return responses.stream().<@Nullable Object>map((response) -> response.get(0)).toList();
	}

	/**
	 * Run a task on a new daemon thread.
	 */
	static CompletableFuture<Void> inBackground(Runnable task) {
		return CompletableFuture.runAsync(task, (run) -> {
			Thread thread = new Thread(run, "kit-sender");
			thread.setDaemon(true);
			thread.start();
		});
	}

}
