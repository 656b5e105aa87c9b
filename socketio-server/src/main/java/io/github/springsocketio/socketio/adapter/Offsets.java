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

import org.jspecify.annotations.Nullable;

/**
 * Generates the offsets of packets (SIO-93): the time in milliseconds in base 64, and a
 * counter for further offsets within one millisecond. Offsets are unique, even if the
 * clock is set back. An offset is the text of a position, a number that increases with
 * each offset. Safe to use from any thread.
 */
final class Offsets {

	/**
	 * The result for a text that is not an offset.
	 */
	static final long NONE = -1;

	private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

	private static final int DIGIT_BITS = 6;

	private static final int COUNTER_BITS = 20;

	private static final int TIME_BITS = Long.SIZE - 1 - COUNTER_BITS;

	private final Clock clock;

	/**
	 * The last position: the time, and in the lower bits the counter.
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
			result.append(DIGITS.charAt((int) (rest & 63)));
			rest >>>= DIGIT_BITS;
		}
		while (rest != 0);
		return result.reverse().toString();
	}

	/**
	 * Return the position of an offset.
	 * @param offset any text, such as one that a client has sent
	 * @return the position, or {@link #NONE} if the text is not an offset
	 */
	static long position(@Nullable String offset) {
		if (offset == null) {
			return NONE;
		}
		int dot = offset.indexOf('.');
		long time = decode(offset, 0, (dot < 0) ? offset.length() : dot, TIME_BITS);
		if (dot < 0 || time == NONE) {
			return (time == NONE) ? NONE : time << COUNTER_BITS;
		}
		long counter = decode(offset, dot + 1, offset.length(), COUNTER_BITS);
		boolean valid = counter != NONE && counter + 1 < (1 << COUNTER_BITS);
		return valid ? (time << COUNTER_BITS) + counter + 1 : NONE;
	}

	/**
	 * Decode a number in its canonical form, without leading zeros.
	 */
	private static long decode(String text, int start, int end, int bits) {
		int length = end - start;
		if (length < 1 || length > bits / DIGIT_BITS + 1 || (length > 1 && text.charAt(start) == DIGITS.charAt(0))) {
			return NONE;
		}
		long result = 0;
		for (int i = start; i < end; i++) {
			int digit = DIGITS.indexOf(text.charAt(i));
			if (digit < 0) {
				return NONE;
			}
			result = (result << DIGIT_BITS) | digit;
		}
		return (result >>> bits == 0) ? result : NONE;
	}

}
