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
import java.util.concurrent.locks.ReentrantLock;

import io.github.springsocketio.Internal;

import org.springframework.util.Assert;

/**
 * Timers for tests, whose time passes only when {@link #advance(Duration)} is called.
 *
 * @since 0.1.0
 */
@Internal
public final class VirtualTimers implements Timers {

	private final ReentrantLock lock = new ReentrantLock();

	private volatile long now;

	private final TimerWheel wheel = new TimerWheel(() -> this.now);

	@Override
	public Timeout schedule(Duration delay, Runnable task) {
		return this.wheel.schedule(delay, task);
	}

	@Override
	public Timeout schedule(long nanos, Runnable task) {
		return this.wheel.schedule(nanos, task);
	}

	@Override
	public long nanoTime() {
		return this.now;
	}

	@Override
	public void stop() {
		this.wheel.stop();
	}

	/**
	 * Advance the time, and run the tasks that become due, on this thread and in their
	 * order.
	 * @param duration the duration by which the time advances
	 */
	public void advance(Duration duration) {
		advance(duration, () -> {
		});
	}

	/**
	 * Advance the time, and run the tasks that become due, on this thread and in their
	 * order.
	 * @param duration the duration by which the time advances
	 * @param settle called first, and again at each point in time at which tasks have
	 * run, before the time advances; waits for work on other threads
	 */
	public void advance(Duration duration, Runnable settle) {
		Assert.isTrue(!duration.isNegative(), "'duration' must not be negative");
		this.lock.lock();
		try {
			long end = this.now + duration.toNanos();
			settle.run();
			moveTo(this.now, settle);
			long next = this.wheel.nextTime();
			while (next >= 0 && next < end) {
				moveTo(next, settle);
				next = this.wheel.nextTime();
			}
			moveTo(end, settle);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void moveTo(long time, Runnable settle) {
		this.now = Math.max(this.now, time);
		while (this.wheel.advance()) {
			settle.run();
		}
	}

}
