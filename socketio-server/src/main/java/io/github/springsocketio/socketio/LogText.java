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

package io.github.springsocketio.socketio;

/**
 * Escapes text that a peer may have written, for logs (SEC-100).
 */
final class LogText {

	private static final int MAX = 200;

	private LogText() {
	}

	/**
	 * Escape characters that are not printable, and truncate long text.
	 */
	static String of(String text) {
		StringBuilder result = new StringBuilder();
		int length = Math.min(text.length(), MAX);
		for (int i = 0; i < length; i++) {
			char character = text.charAt(i);
			if (character >= ' ' && character < 0x7f && character != '\\') {
				result.append(character);
			}
			else {
				result.append(String.format("\\u%04x", (int) character));
			}
		}
		return (text.length() > MAX) ? result.append("...").toString() : result.toString();
	}

}
