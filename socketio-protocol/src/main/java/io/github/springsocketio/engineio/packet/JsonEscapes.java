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

import java.nio.charset.StandardCharsets;

import io.github.springsocketio.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The escape sequences of JSON strings, the same as {@code JSON.stringify} writes.
 *
 * @since 0.1.0
 */
@Internal
public final class JsonEscapes {

	private static final char[] HEX = "0123456789abcdef".toCharArray();

	private static final byte[] @Nullable [] SEQUENCES = sequences();

	private JsonEscapes() {
	}

	private static byte[] @Nullable [] sequences() {
		byte[][] sequences = new byte[0x80][];
		for (char control = 0; control < ' '; control++) {
			sequences[control] = unicode(control);
		}
		String escaped = "\"\\\b\f\n\r\t";
		String letters = "\"\\bfnrt";
		for (int i = 0; i < escaped.length(); i++) {
			sequences[escaped.charAt(i)] = new byte[] { '\\', (byte) letters.charAt(i) };
		}
		return sequences;
	}

	/**
	 * Return the escape sequence of a character.
	 * @param ascii the character, less than 0x80
	 * @return the shared sequence in ASCII, which must not be changed; {@code null} if
	 * the character is not escaped
	 */
	public static byte @Nullable [] of(int ascii) {
		return SEQUENCES[ascii];
	}

	/**
	 * Return the escape sequence that consists of the number of a UTF-16 unit.
	 * @param unit the unit, such as a surrogate without its counterpart
	 * @return a new sequence in ASCII, such as <code>\</code>{@code ud800}
	 */
	public static byte[] unicode(char unit) {
		return new byte[] { '\\', 'u', hex(unit >> 12), hex(unit >> 8), hex(unit >> 4), hex(unit) };
	}

	private static byte hex(int bits) {
		return (byte) HEX[bits & 0xf];
	}

	/**
	 * Return a JSON string.
	 * @param text the text
	 * @return the text in quotes, escaped where needed
	 */
	public static String quote(String text) {
		StringBuilder json = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			byte[] sequence = (unit < 0x80) ? of(unit) : isUnpaired(text, i) ? unicode(unit) : null;
			if (sequence == null) {
				json.append(unit);
			}
			else {
				json.append(new String(sequence, StandardCharsets.US_ASCII));
			}
		}
		return json.append('"').toString();
	}

	/**
	 * Return whether a unit is a surrogate without its counterpart, which has no form in
	 * UTF-8.
	 * @param text the text
	 * @param index the index of the unit
	 * @return {@code false} also if the unit is no surrogate
	 */
	public static boolean isUnpaired(String text, int index) {
		char unit = text.charAt(index);
		if (Character.isHighSurrogate(unit)) {
			return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
		}
		return Character.isLowSurrogate(unit) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
	}

}
