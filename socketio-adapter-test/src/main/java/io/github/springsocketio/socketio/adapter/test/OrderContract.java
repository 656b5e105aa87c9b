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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.client.ClientEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the order in which broadcasts are received.
 */
abstract class OrderContract {

	private static final int MESSAGES = 300;

	private static final int SENDERS = 4;

	private final Supplier<KitCluster> cluster;

	OrderContract(Supplier<KitCluster> cluster) {
		this.cluster = cluster;
	}

	private static List<Integer> numbers(List<ClientEvent> events) {
		return events.stream().map((event) -> event.arguments().require(0, Integer.class)).toList();
	}

	@Test
	void broadcastsOfOneSenderAreReceivedInTheirOrder() {
		KitScene scene = this.cluster.get().start();
		scene.clients().forEach((client) -> scene.socket(scene.clients().indexOf(client)).join("a"));
		for (int i = 0; i < MESSAGES; i++) {
			switch (i % 4) {
				case 0 -> scene.io().emit("x", i);
				case 1 -> scene.io().to("a").emit("x", i);
				case 2 -> scene.io().to(scene.ids(0, 1, 2)).emit("x", i, new byte[] { 1 });
				default -> scene.io().except("unknown").compress(false).emit("x", i);
			}
		}
		for (List<ClientEvent> received : scene.received()) {
			assertThat(numbers(received)).isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
		}
	}

	@Test
	void publishedBroadcastsAreReceivedInTheirOrder() {
		KitScene scene = this.cluster.get().start();
		for (int i = 0; i < 20; i++) {
			scene.until().value("a broadcast", scene.io().publish("x", i));
		}
		for (List<ClientEvent> received : scene.received()) {
			assertThat(numbers(received)).isEqualTo(IntStream.range(0, 20).boxed().toList());
		}
	}

	@Test
	void whatIsSentToASocketDoesNotOvertakeTheBroadcastsOfItsSender() {
		KitScene scene = this.cluster.get().start();
		Socket socket = scene.socket(0);
		CompletableFuture<Void> noise = KitScene.inBackground(() -> {
			for (int i = 0; i < MESSAGES; i++) {
				scene.io().emit("noise", -1);
			}
		});
		for (int i = 0; i < MESSAGES; i += 3) {
			scene.io().emit("x", i);
			socket.emit("x", i + 1);
			socket.to("nobody").emit("x", -2);
			scene.io().to(socket.id()).emit("x", i + 2);
		}
		scene.until().get("the other sender", noise);
		List<ClientEvent> received = scene.received().get(0);
		assertThat(numbers(received.stream().filter((event) -> "x".equals(event.name())).toList()))
			.isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
	}

	@Test
	void broadcastsOfSeveralSendersAreEachReceivedInTheirOrder() {
		KitScene scene = this.cluster.get().start();
		for (List<ClientEvent> received : broadcastConcurrently(scene)) {
			Map<String, List<Integer>> bySender = new HashMap<>();
			for (ClientEvent event : received) {
				bySender.computeIfAbsent(String.valueOf(event.name()), (sender) -> new ArrayList<>())
					.add(event.arguments().require(0, Integer.class));
			}
			assertThat(bySender).hasSize(SENDERS)
				.allSatisfy((sender, numbers) -> assertThat(numbers)
					.isEqualTo(IntStream.range(0, MESSAGES).boxed().toList()));
		}
	}

	@Test
	void allSocketsReceiveTheBroadcastsOfSeveralSendersInOneOrder() {
		this.cluster.get().require(AdapterFeature.TOTAL_ORDER);
		KitScene scene = this.cluster.get().start();
		List<List<String>> orders = broadcastConcurrently(scene).stream()
			.map((received) -> received.stream().map((event) -> event.name() + event.arguments().toList()).toList())
			.toList();
		assertThat(orders.get(0)).hasSize(SENDERS * MESSAGES);
		assertThat(orders).allMatch(orders.get(0)::equals);
	}

	/**
	 * Broadcast from several threads of several nodes.
	 * @return the received events of each client
	 */
	private static List<List<ClientEvent>> broadcastConcurrently(KitScene scene) {
		CompletableFuture<Void> start = new CompletableFuture<>();
		List<CompletableFuture<Void>> senders = new ArrayList<>();
		for (int i = 0; i < SENDERS; i++) {
			SocketIoServer io = scene.node(i).io();
			String name = "sender-" + i;
			senders.add(KitScene.inBackground(() -> {
				scene.until().get("the start", start);
				for (int number = 0; number < MESSAGES; number++) {
					io.emit(name, number);
				}
				io.emit("end");
			}));
		}
		start.complete(null);
		senders.forEach((sender) -> scene.until().get("a sender", sender));
		return scene.clients().stream().map((client) -> {
			List<ClientEvent> received = new ArrayList<>();
			for (int i = 0; i < SENDERS; i++) {
				received.addAll(client.eventsUntil("end"));
			}
			return received;
		}).toList();
	}

}
