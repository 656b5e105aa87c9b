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

package io.github.springsocketio.engineio.web;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.engineio.Timers;
import org.jspecify.annotations.Nullable;

/**
 * Applies the minimum data rate to the {@code POST} requests of one session, of which one
 * is in progress at a time. All requests share one timer.
 */
final class UploadWatch implements Runnable {

	private final Timers timers;

	private final DataRate rate;

	private final AtomicBoolean armed = new AtomicBoolean();

	private volatile Timers.@Nullable Timeout timer;

	private volatile @Nullable DataRequest current;

	private volatile long since;

	UploadWatch(DataRate rate) {
		this.timers = rate.timers();
		this.rate = rate;
	}

	/**
	 * Handle the start of a body.
	 */
	void start(DataRequest request) {
		if (this.rate.isLimited()) {
			this.since = this.timers.nanoTime();
			this.current = request;
			arm(this.rate.period());
		}
	}

	/**
	 * Handle the end of the body.
	 */
	void stop() {
		this.current = null;
	}

	/**
	 * Cancel the timer, because the session is closed.
	 */
	void close() {
		this.current = null;
		Timers.Timeout waiting = this.timer;
		if (waiting != null) {
			waiting.cancel();
		}
	}

	private void arm(long nanos) {
		if (this.armed.compareAndSet(false, true)) {
			this.timer = this.timers.schedule(nanos, this);
		}
	}

	@Override
	public void run() {
		this.armed.set(false);
		DataRequest request = this.current;
		if (request == null) {
			return;
		}
		long left = this.since + this.rate.period() - this.timers.nanoTime();
		if (left > 0) {
			arm(left);
		}
		else if (this.rate.isEnough(request.progress())) {
			this.since = this.timers.nanoTime();
			arm(this.rate.period());
		}
		else {
			request.timedOut();
		}
	}

}
