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
import java.util.function.Supplier;

import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of broadcasts with acknowledgements.
 */
abstract class AcknowledgementContract {

	private final Supplier<KitCluster> cluster;

	AcknowledgementContract(Supplier<KitCluster> cluster) {
		this.cluster = cluster;
	}

	/**
	 * Emit an event, which clients acknowledge with their number.
	 */
	private static List<@Nullable Object> ask(KitScene scene, BroadcastOperator operator, int... clients) {
		CompletableFuture<List<Arguments>> responses = operator.emitWithAck("q", "question").toFuture();
		for (int client : clients) {
			ClientEvent event = scene.client(client).nextEvent("q");
			assertThat(event.arguments().toList()).containsExactly("question");
			scene.client(client).ack(event, client);
		}
		return KitScene.first(scene.until().get("the acknowledgements", responses));
	}

	@Test
	void acknowledgementsOfAllNodesAreCollected() {
		KitScene scene = this.cluster.get().start();
		assertThat(ask(scene, scene.io(), 0, 1, 2)).containsExactlyInAnyOrder(0, 1, 2);
		assertThat(ask(scene, scene.io(), 2, 1, 0)).containsExactlyInAnyOrder(0, 1, 2);
		assertThat(ask(scene, scene.node(1).io(), 1, 2, 0)).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void selectedSocketsAreAskedOnly() {
		KitScene scene = this.cluster.get().start();
		scene.socket(0).join("a");
		scene.socket(1).join("a");
		assertThat(ask(scene, scene.io().to("a"), 0, 1)).containsExactlyInAnyOrder(0, 1);
		assertThat(ask(scene, scene.io().except("a"), 2)).containsExactly(2);
		assertThat(ask(scene, scene.socket(0).to("a"), 1)).containsExactly(1);
		assertThat(ask(scene, scene.io().to(scene.ids(0)).local(), 0)).containsExactly(0);
		assertThat(scene.receivers("q")).isEmpty();
	}

	@Test
	void nobodyIsWaitedForIfNoSocketIsSelected() {
		KitScene scene = this.cluster.get().start();
		assertThat(ask(scene, scene.io().to("unknown"))).isEmpty();
		assertThat(ask(scene, scene.io().local().to("unknown"))).isEmpty();
	}

	@Test
	void responsesAreKept() {
		KitScene scene = this.cluster.get().start();
		CompletableFuture<List<Arguments>> responses = scene.io().emitWithAck("q").toFuture();
		Object[] values = { new byte[] { 1, -1 }, "é\uD83D\uDE00", List.of(1, List.of()) };
		for (int i = 0; i < 3; i++) {
			scene.client(i).ack(scene.client(i).nextEvent("q"), values[i]);
		}
		assertThat(KitScene.first(scene.until().get("the acknowledgements", responses))).hasSize(3).contains(values);
	}

	@Test
	void requestsAreNotMixedUp() {
		KitScene scene = this.cluster.get().start();
		CompletableFuture<List<Arguments>> first = scene.io().emitWithAck("q1").toFuture();
		CompletableFuture<List<Arguments>> second = scene.node(1).io().emitWithAck("q2").toFuture();
		CompletableFuture<List<Arguments>> third = scene.io().emitWithAck("q3").toFuture();
		for (KitClient client : scene.clients()) {
			for (int i = 0; i < 3; i++) {
				ClientEvent event = client.next();
				client.ack(event, "re " + event.name());
			}
		}
		assertThat(KitScene.first(scene.until().get("the first acknowledgements", first))).hasSize(3)
			.containsOnly("re q1");
		assertThat(KitScene.first(scene.until().get("the second acknowledgements", second))).hasSize(3)
			.containsOnly("re q2");
		assertThat(KitScene.first(scene.until().get("the third acknowledgements", third))).hasSize(3)
			.containsOnly("re q3");
	}

	@Test
	void responsesInTimeAreInTheErrorOfTheTimeLimit() {
		KitScene scene = this.cluster.get().start();
		CompletableFuture<Throwable> error = new CompletableFuture<>();
		scene.io().timeout(Duration.ofSeconds(1)).emitWithAck("q").subscribe((responses) -> {
		}, error::complete);
		scene.client(0).nextEvent("q");
		scene.client(1).ack(scene.client(1).nextEvent("q"), "in time");
		scene.client(2).nextEvent("q");
		assertThat(scene.until().get("the end of the time limit", error))
			.isInstanceOfSatisfying(AckTimeoutException.class, (timeout) -> {
				assertThat(KitScene.first(timeout.responses())).containsExactly("in time");
				assertThat(timeout.missing()).contains(scene.client(0).id()).doesNotContain(scene.client(1).id());
			});
		assertThat(ask(scene, scene.io(), 0, 1, 2)).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void socketOfThisNodeThatDisconnectsIsNotWaitedFor() {
		KitScene scene = this.cluster.get().start();
		CompletableFuture<List<Arguments>> responses = scene.io().emitWithAck("q").toFuture();
		scene.client(0).nextEvent("q");
		scene.client(0).lose();
		for (int i = 1; i < 3; i++) {
			scene.client(i).ack(scene.client(i).nextEvent("q"), i);
		}
		assertThat(KitScene.first(scene.until().get("the acknowledgements", responses))).containsExactlyInAnyOrder(1,
				2);
	}

	@Test
	void socketOfAnotherNodeThatDisconnectsDoesNotKeepTheResponsesOfOthers() {
		KitScene scene = this.cluster.get().start();
		CompletableFuture<List<Arguments>> responses = scene.io()
			.timeout(Duration.ofSeconds(1))
			.emitWithAck("q")
			.onErrorResume(AckTimeoutException.class, (timeout) -> Mono.just(timeout.responses()))
			.toFuture();
		scene.client(1).nextEvent("q");
		scene.client(1).lose();
		for (int i = 0; i < 3; i += 2) {
			scene.client(i).ack(scene.client(i).nextEvent("q"), i);
		}
		assertThat(KitScene.first(scene.until().get("the acknowledgements", responses))).containsExactlyInAnyOrder(0,
				2);
	}

	@Test
	void canceledRequestDoesNotAffectLaterOnes() {
		KitScene scene = this.cluster.get().start();
		scene.io().emitWithAck("q").subscribe().dispose();
		for (KitClient client : scene.clients()) {
			client.ack(client.nextEvent("q"), "late");
		}
		assertThat(ask(scene, scene.io(), 0, 1, 2)).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void socketOfAnotherNodeAcknowledges() {
		KitScene scene = this.cluster.get().start();
		RemoteSocket socket = scene.until().require("the socket", scene.io().in(scene.ids(1)).fetchSockets().single());
		CompletableFuture<Arguments> response = socket.emitWithAck("q", 1).toFuture();
		scene.client(1).ack(scene.client(1).nextEvent("q"), "ok");
		assertThat(scene.until().get("the acknowledgement", response).get(0)).isEqualTo("ok");
		Throwable error = scene.until()
			.error("the time limit", socket.timeout(Duration.ofMillis(500)).emitWithAck("q"));
		assertThat(error).isInstanceOf(AckTimeoutException.class);
	}

}
