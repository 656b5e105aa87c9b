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

import org.jspecify.annotations.Nullable;

/**
 * Caches short names in ASCII of events and namespaces. Has a fixed size; a name replaces
 * another one in the same slot. Races are harmless, because strings can be published
 * unsafely.
 */
final class NameCache {

	private static final int SLOTS = 256;

	private static final int MAX_LENGTH = 32;

	private final @Nullable String[] names = new @Nullable String[SLOTS];

	/**
	 * Return a name.
	 * @param data contains the name
	 * @param from the start of the name
	 * @param to the exclusive end of the name
	 * @return the name, or {@code null} if it is too long, not ASCII or contains a
	 * backslash
	 */
	@Nullable String get(byte[] data, int from, int to) {
		int length = to - from;
		if (length > MAX_LENGTH) {
			return null;
		}
		int hash = 0;
		for (int i = from; i < to; i++) {
			byte next = data[i];
			if (next < 0 || next == '\\') {
				return null;
			}
			hash = 31 * hash + next;
		}
		int slot = (hash ^ hash >>> 8 ^ hash >>> 16) & (SLOTS - 1);
		String name = this.names[slot];
		if (name == null || !isEqual(name, data, from, length)) {
			name = JsonText.decode(data, from, to);
			this.names[slot] = name;
		}
		return name;
	}

	private static boolean isEqual(String name, byte[] data, int from, int length) {
		if (name.length() != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (name.charAt(i) != data[from + i]) {
				return false;
			}
		}
		return true;
	}

}
