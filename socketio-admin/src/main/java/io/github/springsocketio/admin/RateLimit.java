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

package io.github.springsocketio.admin;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limits the number of operations per second. The same number is allowed as a burst.
 */
final class RateLimit {

	private final long nanosEach;

	private final long nanosAtOnce;

	private final LongSupplier clock;

	/**
	 * The time at which all allowed operations would be complete at a constant rate.
	 */
	private final AtomicLong usedUntil;

	RateLimit(int perSecond, LongSupplier clock) {
		this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
		this.nanosAtOnce = this.nanosEach * perSecond;
		this.clock = clock;
		this.usedUntil = new AtomicLong(clock.getAsLong());
	}

	boolean tryAcquire() {
		long now = this.clock.getAsLong();
		while (true) {
			long current = this.usedUntil.get();
			long next = ((current - now > 0) ? current : now) + this.nanosEach;
			if (next - now > this.nanosAtOnce) {
				return false;
			}
			if (this.usedUntil.compareAndSet(current, next)) {
				return true;
			}
		}
	}

}
