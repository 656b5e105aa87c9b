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

package io.github.springsocketio.admin;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Converts arbitrary values to values for display: maps, lists and texts are truncated,
 * and other objects are replaced with the names of their types, without calls of their
 * methods.
 */
final class PlainValue {

	private static final int MAX_CHARACTERS = 4_096;

	private static final int MAX_TEXT = 1_024;

	private static final int MAX_DEPTH = 6;

	private static final String MORE = "…";

	private int left = MAX_CHARACTERS;

	private PlainValue() {
	}

	static @Nullable Object of(@Nullable Object value) {
		return new PlainValue().copy(value, MAX_DEPTH);
	}

	static String shorten(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length) + MORE;
	}

	private @Nullable Object copy(@Nullable Object value, int depth) {
		this.left -= 4;
		if (value == null || value instanceof Boolean || value instanceof Number) {
			return value;
		}
		if (value instanceof Map<?, ?> map) {
			return (depth > 0) ? copyMap(map, depth - 1) : MORE;
		}
		if (value instanceof List<?> list) {
			return (depth > 0) ? copyList(list, depth - 1) : MORE;
		}
		return text((value instanceof CharSequence || value instanceof Enum) ? value.toString() : describe(value));
	}

	private Map<String, @Nullable Object> copyMap(Map<?, ?> map, int depth) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (this.left <= 0) {
				result.put(MORE, MORE);
				break;
			}
			result.put(text(String.valueOf(entry.getKey())), copy(entry.getValue(), depth));
		}
		return result;
	}

	private List<@Nullable Object> copyList(List<?> list, int depth) {
		List<@Nullable Object> result = new ArrayList<>();
		for (Object element : list) {
			if (this.left <= 0) {
				result.add(MORE);
				break;
			}
			result.add(copy(element, depth));
		}
		return result;
	}

	private String text(String text) {
		String result = shorten(text, Math.max(0, Math.min(MAX_TEXT, this.left)));
		this.left -= result.length();
		return result;
	}

	private static String describe(Object value) {
		if (value instanceof byte[] bytes) {
			return "[" + bytes.length + " bytes]";
		}
		if (value instanceof ByteBuffer buffer) {
			return "[" + buffer.remaining() + " bytes]";
		}
		return "[" + value.getClass().getSimpleName() + "]";
	}

}
