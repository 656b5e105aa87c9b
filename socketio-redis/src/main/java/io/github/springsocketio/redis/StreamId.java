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

package io.github.springsocketio.redis;

import org.jspecify.annotations.Nullable;

/**
 * The id of an entry of a stream, which is the offset of a broadcast.
 *
 * @param millis the time, unsigned
 * @param sequence the number within the millisecond, unsigned
 */
record StreamId(long millis, long sequence) implements Comparable<StreamId> {

	/**
	 * The id before all entries.
	 */
	static final StreamId MIN = new StreamId(0, 0);

	/** The number of digits of the highest unsigned number of 64 bits. */
	private static final int MAX_DIGITS = 20;

	/**
	 * Parse an id.
	 * @param text any text, such as one that a client has sent
	 * @return {@code null} if it is not an id
	 */
	static @Nullable StreamId parse(@Nullable String text) {
		if (text == null) {
			return null;
		}
		int dash = text.indexOf('-');
		if (!isNumber(text, 0, dash) || !isNumber(text, dash + 1, text.length())) {
			return null;
		}
		try {
			return new StreamId(Long.parseUnsignedLong(text, 0, dash, 10),
					Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Return whether a part of a text is a decimal number without leading zeros.
	 */
	private static boolean isNumber(String text, int from, int to) {
		int length = to - from;
		if (length < 1 || length > MAX_DIGITS || (length > 1 && text.charAt(from) == '0')) {
			return false;
		}
		for (int i = from; i < to; i++) {
			char digit = text.charAt(i);
			if (digit < '0' || digit > '9') {
				return false;
			}
		}
		return true;
	}

	@Override
	public int compareTo(StreamId other) {
		int result = Long.compareUnsigned(this.millis, other.millis);
		return (result != 0) ? result : Long.compareUnsigned(this.sequence, other.sequence);
	}

	boolean isAfter(StreamId other) {
		return compareTo(other) > 0;
	}

	static StreamId max(StreamId first, @Nullable StreamId second) {
		return (second != null && second.isAfter(first)) ? second : first;
	}

	@Override
	public String toString() {
		return Long.toUnsignedString(this.millis) + '-' + Long.toUnsignedString(this.sequence);
	}

}
