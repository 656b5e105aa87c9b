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

package io.github.springsocketio.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.OrderedTasks;

/**
 * The order in which events are delivered to the sockets of this node.
 */
interface DeliveryOrder {

	OrderedTasks tasks();

	/**
	 * Run a task after the deliveries of all earlier broadcasts and received messages.
	 */
	void inOrder(Runnable task);

	boolean isIdle();

	boolean isBehind();

	/**
	 * Send a broadcast of this node, and deliver it to the sockets of this node even if
	 * the send fails.
	 * @param send sends the broadcast to the other nodes
	 * @return completes when the broadcast is accepted
	 */
	CompletionStage<?> broadcast(BroadcastPacket packet, BroadcastOptions options, Supplier<CompletionStage<?>> send);

	static void send(Supplier<CompletionStage<?>> send, CompletableFuture<Object> result) {
		send.get().whenComplete((accepted, error) -> {
			if (error != null) {
				result.completeExceptionally(error);
			}
			else {
				result.complete("");
			}
		});
	}

}
