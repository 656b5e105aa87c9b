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

package io.github.springsocketio.benchmarks.load;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long a client waits before it connects again: the numbers of the JavaScript client,
 * one second that doubles with each attempt, half of it more or less at random, and five
 * seconds at most.
 */
final class Backoff {

	private static final double FIRST = 1000;

	private static final double MAX = 5000;

	private static final double JITTER = 0.5;

	private final DoubleSupplier random;

	private int attempts;

	Backoff(DoubleSupplier random) {
		this.random = random;
	}

	Duration next() {
		double millis = FIRST * Math.pow(2, this.attempts++);
		double random = this.random.getAsDouble();
		double deviation = Math.floor(random * JITTER * millis);
		boolean less = ((int) Math.floor(random * 10) & 1) == 0;
		return Duration.ofMillis((long) Math.min(less ? millis - deviation : millis + deviation, MAX));
	}

	void reset() {
		this.attempts = 0;
	}

}
