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

import java.util.regex.Pattern;

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

	private static final Pattern FORMAT = Pattern.compile("(0|[1-9][0-9]{0,19})-(0|[1-9][0-9]{0,19})");

	/**
	 * Parse an id.
	 * @param text any text, such as one that a client has sent
	 * @return {@code null} if it is not an id
	 */
	static @Nullable StreamId parse(@Nullable String text) {
		if (text == null || text.length() > 41 || !FORMAT.matcher(text).matches()) {
			return null;
		}
		int dash = text.indexOf('-');
		try {
			return new StreamId(Long.parseUnsignedLong(text, 0, dash, 10),
					Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
		}
		catch (NumberFormatException ex) {
			return null;
		}
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
