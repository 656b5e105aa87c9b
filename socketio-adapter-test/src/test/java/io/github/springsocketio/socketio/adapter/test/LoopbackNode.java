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

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.adapter.OrderedTasks;

/**
 * A node, with a thread that delivers what comes from the cluster.
 */
final class LoopbackNode {

	private final ExecutorService inbox = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "loopback");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicInteger pending = new AtomicInteger();

	private final OrderedTasks order = new OrderedTasks();

	private volatile boolean stopped;

	/**
	 * Run a task on the thread of this node, after those that were added before.
	 */
	void execute(Runnable task) {
		if (this.inbox.isShutdown()) {
			return;
		}
		this.pending.incrementAndGet();
		this.inbox.execute(() -> this.order.run(() -> {
			try {
				task.run();
			}
			finally {
				this.pending.decrementAndGet();
			}
		}));
	}

	/**
	 * Run a task after those that were added before; at once if there are none.
	 */
	void inOrder(Runnable task) {
		if (!isIdle() || !this.order.tryRun(task)) {
			execute(task);
		}
	}

	boolean isIdle() {
		return this.pending.get() == 0 && this.order.isIdle();
	}

	/**
	 * Neither send nor receive anything from now on.
	 */
	void stop() {
		this.stopped = true;
	}

	boolean isStopped() {
		return this.stopped;
	}

	void close() {
		this.inbox.shutdown();
	}

}
