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

package io.github.springsocketio.socketio.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.github.springsocketio.engineio.packet.Utf8;

/**
 * Reads tokens of JSON text in UTF-8. All methods but {@link #string} and {@link #hex}
 * require valid text.
 */
final class JsonText {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long HIGHS = 0x8080808080808080L;

	private JsonText() {
	}

	/**
	 * Find the end of a string.
	 * @param data the text
	 * @param from the position after the opening quote
	 * @param end the end of the text
	 * @return the position of the closing quote, or -1 if the string is malformed
	 */
	static int string(byte[] data, int from, int end) {
		int pos = from;
		while (pos >= 0 && (pos = plain(data, pos, end)) < end) {
			byte next = data[pos];
			if (next == '"') {
				return pos;
			}
			if (next == '\\') {
				pos = escape(data, pos, end);
			}
			else {
				pos = (next < 0) ? Utf8.sequences(data, pos, end) : -1;
			}
		}
		return -1;
	}

	// Skip ASCII characters without a special meaning, eight at a time.
	private static int plain(byte[] data, int from, int end) {
		int pos = from;
		while (pos + Long.BYTES <= end) {
			long word = (long) LONGS.get(data, pos);
			long quote = word ^ (ONES * '"');
			long backslash = word ^ (ONES * '\\');
			long found = ((quote - ONES) & ~quote | (backslash - ONES) & ~backslash | (word - ONES * ' ') & ~word
					| word) & HIGHS;
			if (found != 0) {
				return pos + (Long.numberOfTrailingZeros(found) >>> 3);
			}
			pos += Long.BYTES;
		}
		while (pos < end && data[pos] >= ' ' && data[pos] != '"' && data[pos] != '\\') {
			pos++;
		}
		return pos;
	}

	private static int escape(byte[] data, int pos, int end) {
		if (pos + 1 >= end) {
			return -1;
		}
		return switch (data[pos + 1]) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> pos + 2;
			case 'u' -> (pos + 6 <= end && hex(data, pos + 2) >= 0) ? pos + 6 : -1;
			default -> -1;
		};
	}

	private static int hex(byte[] data, int pos) {
		int value = 0;
		for (int i = 0; i < 4; i++) {
			int digit = Character.digit((char) (data[pos + i] & 0xff), 16);
			if (digit < 0 || data[pos + i] < 0) {
				return -1;
			}
			value = value << 4 | digit;
		}
		return value;
	}

	/**
	 * Return whether a string exceeds a length.
	 * @param data the text
	 * @param from the first byte within the quotes
	 * @param to the position of the closing quote
	 * @param max the limit in UTF-16 units
	 * @return whether it is longer
	 */
	static boolean isLonger(byte[] data, int from, int to, int max) {
		// each unit takes at least one byte
		if (to - from <= max) {
			return false;
		}
		int units = 0;
		int pos = from;
		while (pos < to) {
			byte next = data[pos];
			if (next == '\\') {
				pos += (data[pos + 1] == 'u') ? 6 : 2;
				units++;
			}
			else {
				pos++;
				// four bytes are a pair of surrogates
				units += ((next & 0xc0) == 0x80) ? 0 : ((next & 0xf8) == 0xf0) ? 2 : 1;
			}
		}
		return units > max;
	}

	/**
	 * Decode a string.
	 * @param data the text
	 * @param from the first byte within the quotes
	 * @param to the position of the closing quote
	 * @return the string, which may contain unpaired surrogates
	 */
	static String decode(byte[] data, int from, int to) {
		int backslash = indexOf(data, from, to, (byte) '\\');
		if (backslash < 0) {
			return new String(data, from, to - from, StandardCharsets.UTF_8);
		}
		StringBuilder result = new StringBuilder(to - from);
		int pos = from;
		while (backslash >= 0) {
			if (backslash > pos) {
				result.append(new String(data, pos, backslash - pos, StandardCharsets.UTF_8));
			}
			pos = unescape(data, backslash + 1, result);
			backslash = indexOf(data, pos, to, (byte) '\\');
		}
		return result.append(new String(data, pos, to - pos, StandardCharsets.UTF_8)).toString();
	}

	private static int unescape(byte[] data, int pos, StringBuilder result) {
		switch (data[pos]) {
			case 'b' -> result.append('\b');
			case 'f' -> result.append('\f');
			case 'n' -> result.append('\n');
			case 'r' -> result.append('\r');
			case 't' -> result.append('\t');
			case 'u' -> {
				result.append((char) hex(data, pos + 1));
				return pos + 5;
			}
			default -> result.append((char) data[pos]);
		}
		return pos + 1;
	}

	/**
	 * Return whether a string equals a value, with escapes decoded.
	 * @param data the text
	 * @param from the first byte within the quotes
	 * @param to the position of the closing quote
	 * @param value a value in ASCII
	 * @return whether they are equal
	 */
	static boolean isEqual(byte[] data, int from, int to, String value) {
		if (to - from != value.length()) {
			return to - from > value.length() && indexOf(data, from, to, (byte) '\\') >= 0
					&& decode(data, from, to).equals(value);
		}
		for (int i = from; i < to; i++) {
			if (data[i] != value.charAt(i - from)) {
				return false;
			}
		}
		return true;
	}

	private static int indexOf(byte[] data, int from, int to, byte value) {
		for (int i = from; i < to; i++) {
			if (data[i] == value) {
				return i;
			}
		}
		return -1;
	}

}
