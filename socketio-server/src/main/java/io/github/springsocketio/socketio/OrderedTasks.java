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

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.Timers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Runs tasks one after the other without a lock: on the thread that finds nobody at it,
 * those that come meanwhile on the same one. That thread is not kept for good: after some
 * of them it hands over to a thread that has nothing else to do. So that not too many
 * wait, threads that may block sleep for a short time when they bring tasks faster than
 * they are done: no thread spins, and threads which wait for each other go on. Event
 * loops, Reactor's non-blocking threads and those of timers never wait: there, clients
 * whose events bring too much are read from no more while {@link #isFull()}.
 */
final class OrderedTasks {

	private static final Log logger = LogFactory.getLog(OrderedTasks.class);

	private static final int MAX_WAITING = 1_000;

	/** How many tasks a thread runs that came for something else. */
	private static final int BATCH = 256;

	private static final long PAUSE = Duration.ofMillis(1).toNanos();

	private static final int MAX_PAUSES = 100;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile @Nullable Thread worker;

	void run(Runnable task) {
		for (int i = 0; i < MAX_PAUSES && isFull() && mayWait(); i++) {
			LockSupport.parkNanos(this, PAUSE);
		}
		this.tasks.add(task);
		if (this.waiting.getAndIncrement() == 0) {
			work();
		}
	}

	/**
	 * Return whether so many tasks wait that no more should be brought for now.
	 */
	boolean isFull() {
		return this.waiting.get() > MAX_WAITING;
	}

	private boolean mayWait() {
		return Thread.currentThread() != this.worker && !Schedulers.isInNonBlockingThread() && !Timers.isTimerThread();
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
						// the others still have to run
						fatal = ex;
					}
					else {
						logger.error("A task of a namespace failed", ex);
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
