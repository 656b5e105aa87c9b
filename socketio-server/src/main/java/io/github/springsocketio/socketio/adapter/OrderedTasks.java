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

package io.github.springsocketio.socketio.adapter;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.NonBlockingThread;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Runs tasks one after the other without a lock: on the thread that finds no other task
 * running, which then also runs the tasks that are added meanwhile. After a batch of
 * tasks, that thread hands the remaining tasks over to a scheduler. Threads that may
 * block are slowed down when they add tasks faster than these are run. Event loops,
 * Reactor's non-blocking threads and timer threads never wait: there, reading from
 * clients pauses while {@link #isFull()}.
 * <p>
 * Adapters use it to deliver events in one order. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public final class OrderedTasks {

	private static final Log logger = LogFactory.getLog(OrderedTasks.class);

	private static final int MAX_WAITING = 1_000;

	/** Number of tasks that one thread runs in a row. */
	private static final int BATCH = 64;

	private static final long PAUSE = Duration.ofMillis(1).toNanos();

	private static final int MAX_PAUSES = 100;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile @Nullable Thread worker;

	/**
	 * Run a task after those that were added before.
	 * @param task must not block; runs on this thread if no other task is running,
	 * otherwise on the thread that runs them. exceptions are logged
	 */
	public void run(Runnable task) {
		for (int i = 0; i < MAX_PAUSES && isFull() && mayWait(); i++) {
			LockSupport.parkNanos(this, PAUSE);
		}
		this.tasks.add(task);
		if (this.waiting.getAndIncrement() == 0) {
			work();
		}
	}

	/**
	 * Run a task at once if no other task is running or queued.
	 * @param task must not block
	 * @return {@code false} if the task was not run
	 */
	public boolean tryRun(Runnable task) {
		if (!this.waiting.compareAndSet(0, 1)) {
			return false;
		}
		this.tasks.add(task);
		work();
		return true;
	}

	/**
	 * Return whether no task is running or queued.
	 * @return whether there is none
	 */
	public boolean isIdle() {
		return this.waiting.get() == 0;
	}

	/**
	 * Return whether so many tasks are queued that no more should be added for now.
	 * @return whether there are too many
	 */
	public boolean isFull() {
		return this.waiting.get() > MAX_WAITING;
	}

	private boolean mayWait() {
		return Thread.currentThread() != this.worker && !Schedulers.isInNonBlockingThread()
				&& !NonBlockingThread.isCurrent();
	}

	private void work() {
		Throwable fatal = null;
		int left = BATCH;
		do {
			if (left-- == 0 && isHandedOver()) {
				break;
			}
			this.worker = Thread.currentThread();
			Runnable next = this.tasks.poll();
			if (next != null) {
				try {
					next.run();
				}
				catch (Throwable ex) {
					if (FatalErrors.isFatal(ex)) {
						// the remaining tasks still have to run
						fatal = ex;
					}
					else {
						logger.error("A queued task failed", ex);
					}
				}
			}
			this.worker = null;
		}
		while (this.waiting.decrementAndGet() != 0);
		FatalErrors.rethrowIfFatal(fatal);
	}

	private boolean isHandedOver() {
		try {
			Schedulers.parallel().schedule(this::work);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

}
