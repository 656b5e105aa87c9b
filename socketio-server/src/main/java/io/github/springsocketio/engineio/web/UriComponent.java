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

package io.github.springsocketio.engineio.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * ECMAScript's {@code encodeURIComponent} and {@code decodeURIComponent} (ECMA-262,
 * section "URI Handling Functions") over UTF-8, as required by CK-16 and CK-38.
 */
final class UriComponent {

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private static final String UNRESERVED_MARKS = "-_.!~*'()";

	private static final boolean[] UNRESERVED = new boolean[128];

	static {
		for (char c = 0; c < UNRESERVED.length; c++) {
			UNRESERVED[c] = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
					|| UNRESERVED_MARKS.indexOf(c) >= 0;
		}
	}

	private UriComponent() {
	}

	static String encode(String value) {
		int reserved = 0;
		while (reserved < value.length() && isUnreserved(value.charAt(reserved))) {
			reserved++;
		}
		if (reserved == value.length()) {
			return value;
		}
		ByteBuffer bytes = toUtf8(value);
		StringBuilder encoded = new StringBuilder(bytes.remaining() * 2);
		while (bytes.hasRemaining()) {
			byte octet = bytes.get();
			if (octet >= 0 && UNRESERVED[octet]) {
				encoded.append((char) octet);
			}
			else {
				encoded.append('%');
				HEX.toHexDigits(encoded, octet);
			}
		}
		return encoded.toString();
	}

	/**
	 * Decode a value.
	 * @param value the value to decode
	 * @return the decoded value, or the unchanged value if one of its escapes is
	 * malformed
	 */
	static String decodeLeniently(String value) {
		int percent = value.indexOf('%');
		if (percent < 0) {
			return value;
		}
		StringBuilder decoded = new StringBuilder(value.length());
		int position = 0;
		while (percent >= 0) {
			int end = endOfEscapes(value, percent);
			if (end < 0 || !appendEscapes(value, percent, end, decoded.append(value, position, percent))) {
				return value;
			}
			position = end;
			percent = value.indexOf('%', end);
		}
		return decoded.append(value, position, value.length()).toString();
	}

	// the end of a run of %XX, -1 if one of them is incomplete
	private static int endOfEscapes(String value, int start) {
		int end = start;
		while (end < value.length() && value.charAt(end) == '%') {
			if (end + 3 > value.length() || !HexFormat.isHexDigit(value.charAt(end + 1))
					|| !HexFormat.isHexDigit(value.charAt(end + 2))) {
				return -1;
			}
			end += 3;
		}
		return end;
	}

	private static boolean appendEscapes(String value, int start, int end, StringBuilder decoded) {
		byte[] bytes = new byte[(end - start) / 3];
		for (int i = 0; i < bytes.length; i++) {
			int digits = start + 3 * i + 1;
			bytes[i] = (byte) HexFormat.fromHexDigits(value, digits, digits + 2);
		}
		try {
			decoded.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	private static ByteBuffer toUtf8(String value) {
		try {
			return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("Value has an unpaired surrogate", ex);
		}
	}

	private static boolean isUnreserved(char c) {
		return c < UNRESERVED.length && UNRESERVED[c];
	}

}
