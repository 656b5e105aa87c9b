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
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.engineio.Timers;

/**
 * Detects handlers that hold their thread for long. Reading the system clock twice for
 * each event is too expensive. Instead, a timer updates a field with the time as long as
 * there are events, so that durations have an error of a sixteenth of the threshold. Safe
 * to use from any thread.
 */
final class SlowHandlerWatch {

	private static final int STEPS = 16;

	private final long threshold;

	private final Duration step;

	private final Timers timers;

	private final FailureLog failures;

	private final AtomicBoolean ticking = new AtomicBoolean();

	/** Only valid as long as {@link #used}. */
	private volatile long now;

	/** Whether the time was used since the last tick. */
	private volatile boolean used;

	SlowHandlerWatch(Duration threshold, Timers timers, FailureLog failures) {
		this.threshold = threshold.toNanos();
		this.step = threshold.dividedBy(STEPS);
		this.timers = timers;
		this.failures = failures;
	}

	/**
	 * Return whether slow handlers are reported.
	 */
	boolean isEnabled() {
		return this.threshold != 0;
	}

	/**
	 * Return the time before a handler is called.
	 */
	long start() {
		if (!this.used) {
			this.now = this.timers.nanoTime();
			this.used = true;
			tickLater();
		}
		return this.now;
	}

	/**
	 * Report a handler that has returned too late.
	 * @param start the time before it was called
	 * @return whether it has returned too late
	 */
	boolean end(long start, Handler handler, Event event, DefaultSocket socket) {
		long end = this.used ? this.now : this.timers.nanoTime();
		if (end - start >= this.threshold) {
			this.failures.logSlow(handler, event, socket, this.timers.nanoTime() - start);
			return true;
		}
		return false;
	}

	private void tickLater() {
		if (this.ticking.compareAndSet(false, true)) {
			this.timers.schedule(this.step, this::tick);
		}
	}

	private void tick() {
		this.now = this.timers.nanoTime();
		boolean again = this.used;
		this.used = false;
		this.ticking.set(false);
		if (again || this.used) {
			tickLater();
		}
	}

}
