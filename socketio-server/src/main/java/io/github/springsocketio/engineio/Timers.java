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

import io.github.springsocketio.Internal;

/**
 * The timers of a server, for the heartbeats and time limits of all sessions. Safe to use
 * from any thread.
 *
 * @since 0.1.0
 */
@Internal
public interface Timers {

	/**
	 * Run a task once.
	 * @param delay the delay, measured with a monotonic clock
	 * @param task the task, which runs on the thread of the timers, up to a few
	 * milliseconds late; must be short, and must not block or throw exceptions
	 * @return the scheduled task, to cancel it
	 */
	Timeout schedule(Duration delay, Runnable task);

	/**
	 * Run a task once, as {@link #schedule(Duration, Runnable)} does.
	 * @param nanos the delay in nanoseconds
	 * @param task the task
	 * @return the scheduled task, to cancel it
	 */
	default Timeout schedule(long nanos, Runnable task) {
		return schedule(Duration.ofNanos(nanos), task);
	}

	/**
	 * Return the time of a monotonic clock.
	 * @return nanoseconds since an arbitrary moment
	 */
	default long nanoTime() {
		return System.nanoTime();
	}

	/**
	 * Run no more tasks.
	 */
	void stop();

	/**
	 * A scheduled task.
	 */
	interface Timeout {

		/**
		 * Cancel the task, unless it has started.
		 */
		void cancel();

	}

}
