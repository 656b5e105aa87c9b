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

package io.github.springsocketio.benchmarks.compare;

/**
 * Counts times with an error below two percent.
 */
final class Histogram {

	private static final int SUB = 6;

	private final long[] counts = new long[(64 - SUB) << SUB];

	private long total;

	void add(long nanos) {
		long value = Math.max(nanos, 1 << SUB);
		int exponent = 63 - Long.numberOfLeadingZeros(value);
		this.counts[((exponent - SUB) << SUB) + (int) (value >>> (exponent - SUB)) - (1 << SUB)]++;
		this.total++;
	}

	void reset() {
		java.util.Arrays.fill(this.counts, 0);
		this.total = 0;
	}

	/**
	 * Return the time that a share of all do not exceed, in microseconds.
	 */
	double quantile(double share) {
		long rest = (long) Math.ceil(this.total * share);
		for (int i = 0; i < this.counts.length; i++) {
			rest -= this.counts[i];
			if (rest <= 0 && this.total > 0) {
				int exponent = (i >> SUB) + SUB;
				long low = (long) ((i & ((1 << SUB) - 1)) + (1 << SUB)) << (exponent - SUB);
				return low / 1000.0;
			}
		}
		return 0;
	}

}
