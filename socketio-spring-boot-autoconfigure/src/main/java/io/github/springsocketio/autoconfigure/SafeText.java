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

package io.github.springsocketio.autoconfigure;

import io.github.springsocketio.Internal;

/**
 * Escapes text that may originate from a client, for logs and other output.
 *
 * @since 0.1.0
 */
@Internal
public final class SafeText {

	private static final int MAX_LENGTH = 200;

	private SafeText() {
	}

	/**
	 * Escape control and format characters and surrogates, and truncate long text.
	 * @param text the text
	 * @return the escaped text of at most 200 characters of the original
	 */
	public static String of(String text) {
		int length = Math.min(text.length(), MAX_LENGTH);
		StringBuilder result = new StringBuilder(length);
		for (int i = 0; i < length; i++) {
			char character = text.charAt(i);
			if (isHarmless(character)) {
				result.append(character);
			}
			else {
				result.append(String.format("\\u%04x", (int) character));
			}
		}
		return (length < text.length()) ? result.append("...").toString() : result.toString();
	}

	private static boolean isHarmless(char character) {
		return !Character.isISOControl(character) && !Character.isSurrogate(character)
				&& Character.getType(character) != Character.FORMAT
				&& Character.getType(character) != Character.LINE_SEPARATOR
				&& Character.getType(character) != Character.PARAGRAPH_SEPARATOR;
	}

}
