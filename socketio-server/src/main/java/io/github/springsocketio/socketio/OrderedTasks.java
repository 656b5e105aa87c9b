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

package io.github.springsocketio.socketio;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other without a lock: on the thread that finds nobody at it,
 * those that come meanwhile on the same one. Whoever brings tasks faster than they are
 * done is slowed down, so that not too many wait.
 */
final class OrderedTasks {

	private static final Log logger = LogFactory.getLog(OrderedTasks.class);

	private static final int MAX_WAITING = 1_000;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile @Nullable Thread worker;

	void run(Runnable task) {
		while (this.waiting.get() > MAX_WAITING && Thread.currentThread() != this.worker) {
			Thread.yield();
		}
		this.tasks.add(task);
		if (this.waiting.getAndIncrement() == 0) {
			work();
		}
	}

	private void work() {
		VirtualMachineError fatal = null;
		do {
			this.worker = Thread.currentThread();
			Runnable next = this.tasks.poll();
			if (next != null) {
				try {
					next.run();
				}
				catch (VirtualMachineError ex) {
					// the others still have to run
					fatal = ex;
				}
				catch (Throwable ex) {
					logger.error("A task of a namespace failed", ex);
				}
			}
			this.worker = null;
		}
		while (this.waiting.decrementAndGet() != 0);
		if (fatal != null) {
			throw fatal;
		}
	}

}
