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

import java.util.Arrays;
import java.util.Base64;

import io.github.springsocketio.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the base64 of binary packets: both alphabets, with or without padding, and with
 * the line breaks that the official Java client writes.
 *
 * @since 0.1.0
 */
@Internal
public final class LenientBase64 {

	private LenientBase64() {
	}

	/**
	 * Decode base64.
	 * @param data contains the text
	 * @param offset the position of the text
	 * @param length the length of the text in bytes
	 * @return the bytes, or {@code null} if the text is not base64
	 */
	public static byte @Nullable [] decode(byte[] data, int offset, int length) {
		byte[] text = new byte[length];
		int size = 0;
		for (int i = offset; i < offset + length; i++) {
			byte c = data[i];
			if (c != '\n' && c != '\r') {
				text[size++] = (byte) ((c == '-') ? '+' : (c == '_') ? '/' : c);
			}
		}
		int end = size;
		while (end > 0 && text[end - 1] == '=') {
			end--;
		}
		if (size - end > 2) {
			return null;
		}
		try {
			return Base64.getDecoder().decode(Arrays.copyOf(text, end));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
