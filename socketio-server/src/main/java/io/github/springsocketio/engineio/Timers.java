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

import java.time.Duration;

/**
 * The one clock of a server: all heartbeats and time limits of all sessions are kept
 * here. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public interface Timers {

	/**
	 * Run a task once.
	 * @param delay the time from now, by a clock that never jumps
	 * @param task runs on the thread of the timers, late by a few milliseconds; must be
	 * short, must not block and must not throw
	 * @return to cancel it
	 */
	Timeout schedule(Duration delay, Runnable task);

	/**
	 * Run a task once, as {@link #schedule(Duration, Runnable)} does.
	 * @param nanos the time from now in nanoseconds
	 * @param task the task
	 * @return to cancel it
	 */
	default Timeout schedule(long nanos, Runnable task) {
		return schedule(Duration.ofNanos(nanos), task);
	}

	/**
	 * Return the time of this clock, which never jumps.
	 * @return nanoseconds from some fixed moment
	 */
	default long nanoTime() {
		return System.nanoTime();
	}

	/**
	 * Return whether the current thread is one that runs such tasks: what may come there
	 * must not wait, as all sessions of a server would wait with it.
	 * @return whether it is the thread of any server's timers
	 */
	static boolean isTimerThread() {
		return Thread.currentThread() instanceof TimerWheel.TimerThread;
	}

	/**
	 * A task that waits for its time.
	 */
	interface Timeout {

		/**
		 * Forget the task, if it has not begun to run.
		 */
		void cancel();

	}

}
