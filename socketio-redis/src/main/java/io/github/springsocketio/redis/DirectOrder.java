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
 * Sends broadcasts of this node to the other nodes, and delivers them in the same task.
 */
final class DirectOrder implements DeliveryOrder {

	private final OrderedTasks tasks = new OrderedTasks();

	private final LocalSockets local;

	DirectOrder(LocalSockets local) {
		this.local = local;
	}

	@Override
	public OrderedTasks tasks() {
		return this.tasks;
	}

	@Override
	public void inOrder(Runnable task) {
		this.tasks.run(task);
	}

	@Override
	public boolean isIdle() {
		return this.tasks.isIdle();
	}

	@Override
	public boolean isBehind() {
		return this.tasks.isFull();
	}

	/**
	 * {@inheritDoc} A delayed delivery is for the sockets that are selected at the time
	 * of this call.
	 */
	@Override
	public CompletionStage<?> broadcast(BroadcastPacket packet, BroadcastOptions options,
			Supplier<CompletionStage<?>> send) {
		CompletableFuture<Object> result = new CompletableFuture<>();
		boolean delivered = this.tasks.tryRun(() -> {
			DeliveryOrder.send(send, result);
			this.local.deliver(packet, options);
		});
		if (!delivered) {
			List<AdapterSocket> receivers = this.local.select(options);
			this.tasks.run(() -> {
				DeliveryOrder.send(send, result);
				this.local.deliver(packet, options, receivers);
			});
		}
		return result;
	}

}
