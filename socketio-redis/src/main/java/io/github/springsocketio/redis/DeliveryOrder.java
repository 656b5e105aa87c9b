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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.github.springsocketio.socketio.adapter.OrderedTasks;

/**
 * The order in which events are delivered to the sockets of this node. Broadcasts of this
 * node are sent to the others and delivered in one step.
 */
class DeliveryOrder {

	private final OrderedTasks tasks = new OrderedTasks();

	private final LocalSockets local;

	DeliveryOrder(LocalSockets local) {
		this.local = local;
	}

	final LocalSockets local() {
		return this.local;
	}

	final OrderedTasks tasks() {
		return this.tasks;
	}

	/**
	 * Run a task after everything that was broadcast or received before.
	 */
	void inOrder(Runnable task) {
		this.tasks.run(task);
	}

	boolean isIdle() {
		return this.tasks.isIdle();
	}

	boolean isBehind() {
		return this.tasks.isFull();
	}

	/**
	 * Send a broadcast of this node and deliver it here, whether sending works or not. A
	 * delivery that has to wait is for the sockets that are selected now.
	 * @param send sends the broadcast to the other nodes
	 * @return completes when it is accepted
	 */
	CompletionStage<?> broadcast(BroadcastPacket packet, BroadcastOptions options, Supplier<CompletionStage<?>> send) {
		CompletableFuture<Object> result = new CompletableFuture<>();
		boolean delivered = this.tasks.tryRun(() -> {
			send(send, result);
			this.local.deliver(packet, options);
		});
		if (!delivered) {
			List<AdapterSocket> receivers = this.local.select(options);
			this.tasks.run(() -> {
				send(send, result);
				this.local.deliver(packet, options, receivers);
			});
		}
		return result;
	}

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
