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

/**
 * Counts the UTF-16 units of text in UTF-8. Protocol 3 states lengths in these units.
 */
final class Utf16Units {

	private Utf16Units() {
	}

	/**
	 * Return the number of units of a text.
	 * @param text valid UTF-8
	 * @return its length in UTF-16
	 */
	static int count(byte[] text) {
		int units = 0;
		for (byte octet : text) {
			units += units(octet);
		}
		return units;
	}

	/**
	 * Return the end of a part of a text.
	 * @param text valid UTF-8
	 * @param offset the start of the part
	 * @param units its length in UTF-16
	 * @return the exclusive end, or -1 if the text is shorter or the part ends inside of
	 * a character
	 */
	static int end(byte[] text, int offset, int units) {
		int index = offset;
		int left = units;
		while (index < text.length && (left > 0 || isContinuation(text[index]))) {
			left -= units(text[index]);
			index++;
		}
		return (left == 0) ? index : -1;
	}

	private static int units(byte octet) {
		if (isContinuation(octet)) {
			return 0;
		}
		return ((octet & 0xf8) == 0xf0) ? 2 : 1;
	}

	private static boolean isContinuation(byte octet) {
		return (octet & 0xc0) == 0x80;
	}

}
