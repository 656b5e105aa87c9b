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

package io.github.springsocketio.testsupport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A thread that is kept in a task, so that the tasks of others wait.
 */
public final class HeldThread {

	private final CountDownLatch running = new CountDownLatch(1);

	private final CountDownLatch gate = new CountDownLatch(1);

	private final CompletableFuture<Void> worker = new CompletableFuture<>();

	private HeldThread() {
	}

	/**
	 * Keep a new thread in a task.
	 * @param order runs the task on the new thread
	 * @return when the task is running
	 */
	public static HeldThread by(Consumer<Runnable> order) {
		HeldThread held = new HeldThread();
		held.worker.completeAsync(() -> {
			order.accept(held::run);
			return null;
		}, (task) -> new Thread(task, "held").start());
		Await.on("the task", held.running);
		return held;
	}

	private void run() {
		this.running.countDown();
		Await.on("the release", this.gate);
	}

	/**
	 * Let the thread go on, and wait until it has run the tasks of others.
	 */
	public void release() {
		this.gate.countDown();
		Await.get("the end of the thread", this.worker);
	}

}
