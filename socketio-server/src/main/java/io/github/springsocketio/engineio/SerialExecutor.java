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

package io.github.springsocketio.engineio;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.springsocketio.FatalErrors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in the order of submission and without a lock: on the
 * submitting thread if no task is running, otherwise on the thread of the running task.
 * The thread that runs the tasks has the <em>turn</em>.
 */
final class SerialExecutor {

	private static final Log logger = LogFactory.getLog(SerialExecutor.class);

	private static final AtomicIntegerFieldUpdater<SerialExecutor> WORK = AtomicIntegerFieldUpdater
		.newUpdater(SerialExecutor.class, "work");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<SerialExecutor, @Nullable Queue> TASKS = AtomicReferenceFieldUpdater
		.newUpdater(SerialExecutor.class, Queue.class, "tasks");

	private volatile int work;

	private volatile @Nullable Queue<Runnable> tasks;

	/**
	 * Acquire the turn, if it is free.
	 * @return whether the caller has acquired the turn and must {@link #exit()}
	 */
	boolean tryEnter() {
		return WORK.compareAndSet(this, 0, 1);
	}

	/**
	 * Release the turn, after running the tasks that were submitted in the meantime.
	 */
	void exit() {
		if (!WORK.compareAndSet(this, 1, 0)) {
			runTasks();
		}
	}

	/**
	 * Run a task in the turn: at once if the turn is free, otherwise after the tasks
	 * submitted before.
	 * @param task the task
	 */
	void submit(Runnable task) {
		if (tryEnter()) {
			try {
				run(task);
			}
			finally {
				exit();
			}
			return;
		}
		tasks().add(task);
		if (WORK.getAndIncrement(this) == 0) {
			runTasks();
		}
	}

	private Queue<Runnable> tasks() {
		Queue<Runnable> queue = this.tasks;
		if (queue == null) {
			TASKS.compareAndSet(this, null, new ConcurrentLinkedQueue<Runnable>());
			queue = this.tasks;
		}
		if (queue == null) {
			throw new IllegalStateException("No queue");
		}
		return queue;
	}

	private void runTasks() {
		Throwable fatal = null;
		int missed = this.work;
		while (missed != 0) {
			Queue<Runnable> queue = this.tasks;
			Runnable task;
			while (queue != null && (task = queue.poll()) != null) {
				try {
					run(task);
				}
				catch (Throwable ex) {
					// The remaining tasks still have to run
					fatal = ex;
				}
			}
			missed = WORK.addAndGet(this, -missed);
		}
		FatalErrors.rethrowIfFatal(fatal);
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	/**
	 * Log an exception of a task; a fatal error is rethrown.
	 */
	static void failed(Throwable ex) {
		FatalErrors.rethrowIfFatal(ex);
		logger.error("A task of a session failed", ex);
	}

}
