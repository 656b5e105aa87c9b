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

package io.github.springsocketio.benchmarks;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts times with an error below two percent. Safe to use from any thread.
 */
public final class Histogram {

	private static final int SUB = 6;

	private final AtomicLongArray counts = new AtomicLongArray((64 - SUB) << SUB);

	private final LongAdder total = new LongAdder();

	/**
	 * Count a time.
	 * @param nanos the time in nanoseconds
	 */
	public void add(long nanos) {
		long value = Math.max(nanos, 1 << SUB);
		int exponent = 63 - Long.numberOfLeadingZeros(value);
		this.counts.incrementAndGet(((exponent - SUB) << SUB) + (int) (value >>> (exponent - SUB)) - (1 << SUB));
		this.total.increment();
	}

	/**
	 * Forget all times.
	 */
	public void reset() {
		for (int i = 0; i < this.counts.length(); i++) {
			this.counts.set(i, 0);
		}
		this.total.reset();
	}

	/**
	 * Return the number of times.
	 * @return the number
	 */
	public long count() {
		return this.total.sum();
	}

	/**
	 * Return the time that a share of all do not exceed.
	 * @param share from 0 to 1
	 * @return the time in microseconds, 0 if there is none
	 */
	public double quantile(double share) {
		long all = this.total.sum();
		long rest = (long) Math.ceil(all * share);
		for (int i = 0; i < this.counts.length(); i++) {
			rest -= this.counts.get(i);
			if (rest <= 0 && all > 0) {
				int exponent = (i >> SUB) + SUB;
				long low = (long) ((i & ((1 << SUB) - 1)) + (1 << SUB)) << (exponent - SUB);
				return low / 1000.0;
			}
		}
		return 0;
	}

}
