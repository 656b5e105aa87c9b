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

package io.github.springsocketio.socketio.adapter;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the offsets of packets (SIO-93): the time in milliseconds in base 64, and a
 * counter where several are made in one millisecond. No offset comes twice, also if the
 * clock is set back. Safe to use from any thread.
 */
final class Offsets {

	private static final char[] DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
		.toCharArray();

	private static final int COUNTER_BITS = 20;

	private final Clock clock;

	/**
	 * The last one: the time, and in the lower bits the counter.
	 */
	private final AtomicLong last = new AtomicLong();

	Offsets(Clock clock) {
		this.clock = clock;
	}

	String next() {
		long now = this.clock.millis() << COUNTER_BITS;
		long next = this.last.updateAndGet((previous) -> (now > previous) ? now : previous + 1);
		String time = encode(next >>> COUNTER_BITS);
		long counter = next & ((1 << COUNTER_BITS) - 1);
		return (counter == 0) ? time : time + "." + encode(counter - 1);
	}

	private static String encode(long number) {
		StringBuilder result = new StringBuilder();
		long rest = number;
		do {
			result.append(DIGITS[(int) (rest & 63)]);
			rest >>>= 6;
		}
		while (rest != 0);
		return result.reverse().toString();
	}

}
