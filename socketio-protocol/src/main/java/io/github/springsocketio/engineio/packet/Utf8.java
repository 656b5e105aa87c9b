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

package io.github.springsocketio.engineio.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.github.springsocketio.Internal;

/**
 * Validates UTF-8 as defined by RFC 3629, eight bytes at a time while they are ASCII.
 *
 * @since 0.1.0
 */
@Internal
public final class Utf8 {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long NON_ASCII = 0x8080808080808080L;

	private Utf8() {
	}

	/**
	 * Return whether bytes are valid UTF-8.
	 * @param data contains the bytes
	 * @param offset the position of the first byte
	 * @param length the number of bytes
	 * @return whether they are valid
	 */
	public static boolean isValid(byte[] data, int offset, int length) {
		int end = offset + length;
		int i = ascii(data, offset, end);
		while (i < end) {
			i = sequences(data, i, end);
			if (i < 0) {
				return false;
			}
			i = ascii(data, i, end);
		}
		return true;
	}

	private static int ascii(byte[] data, int from, int end) {
		int i = from;
		while (end - i >= Long.BYTES) {
			long found = (long) LONGS.get(data, i) & NON_ASCII;
			if (found != 0) {
				return i + (Long.numberOfTrailingZeros(found) >>> 3);
			}
			i += Long.BYTES;
		}
		while (i < end && data[i] >= 0) {
			i++;
		}
		return i;
	}

	/**
	 * Skip consecutive characters that are not ASCII.
	 * @param data contains the text
	 * @param from the position of the first character
	 * @param end the end of the text
	 * @return the end of the characters, or -1 if one of them is not valid
	 */
	public static int sequences(byte[] data, int from, int end) {
		int i = from;
		while (end - i >= Integer.BYTES && data[i] < 0) {
			int size = size((int) INTS.get(data, i));
			if (size == 0) {
				return -1;
			}
			i += size;
		}
		while (i < end && data[i] < 0) {
			int size = sequence(data, i, end);
			if (size == 0) {
				return -1;
			}
			i += size;
		}
		return i;
	}

	/**
	 * Return the size of the non-ASCII character at the start of four bytes, the first of
	 * which is the lowest; 0 if the character is not valid.
	 */
	private static int size(int bytes) {
		if ((bytes & 0xc0e0) == 0x80c0) {
			// not overlong
			return ((bytes & 0x1e) != 0) ? 2 : 0;
		}
		if ((bytes & 0xc0c0f0) == 0x8080e0) {
			// neither overlong nor a surrogate
			int lead = bytes & 0x200f;
			return (lead != 0 && lead != 0x200d) ? 3 : 0;
		}
		if ((bytes & 0xc0c0c0f8) == 0x808080f0) {
			// neither overlong nor beyond U+10FFFF
			int plane = (bytes & 0x7) << 2 | bytes >>> 12 & 0x3;
			return (plane >= 1 && plane <= 16) ? 4 : 0;
		}
		return 0;
	}

	/**
	 * Replace invalid sequences with U+FFFD.
	 * @param data the bytes
	 * @return valid UTF-8; the same array if there is nothing to replace
	 */
	public static byte[] repair(byte[] data) {
		return isValid(data, 0, data.length) ? data
				: new String(data, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
	}

	private static int sequence(byte[] data, int i, int end) {
		int first = data[i] & 0xff;
		if (first < 0xc2 || first > 0xf4) {
			return 0;
		}
		int size = (first < 0xe0) ? 2 : ((first < 0xf0) ? 3 : 4);
		if (i + size > end) {
			return 0;
		}
		int second = data[i + 1] & 0xff;
		int low = (first == 0xe0) ? 0xa0 : ((first == 0xf0) ? 0x90 : 0x80);
		int high = (first == 0xed) ? 0x9f : ((first == 0xf4) ? 0x8f : 0xbf);
		if (second < low || second > high) {
			return 0;
		}
		for (int k = 2; k < size; k++) {
			if ((data[i + k] & 0xc0) != 0x80) {
				return 0;
			}
		}
		return size;
	}

}
