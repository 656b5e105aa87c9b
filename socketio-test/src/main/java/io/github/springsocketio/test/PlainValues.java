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

package io.github.springsocketio.test;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Compares values as JavaScript does: numbers by their numeric value, regardless of their
 * type, and binary data by its bytes.
 */
final class PlainValues {

	private PlainValues() {
	}

	static boolean equal(@Nullable Object first, @Nullable Object second) {
		if (first instanceof Number one && second instanceof Number other) {
			return first.equals(second) || decimal(one).compareTo(decimal(other)) == 0;
		}
		if (first instanceof Map<?, ?> one && second instanceof Map<?, ?> other) {
			return one.keySet().equals(other.keySet())
					&& one.keySet().stream().allMatch((key) -> equal(one.get(key), other.get(key)));
		}
		if (first instanceof List<?> one && second instanceof List<?> other) {
			if (one.size() != other.size()) {
				return false;
			}
			for (int i = 0; i < one.size(); i++) {
				if (!equal(one.get(i), other.get(i))) {
					return false;
				}
			}
			return true;
		}
		return Objects.deepEquals(first, second);
	}

	private static BigDecimal decimal(Number number) {
		try {
			return new BigDecimal(number.toString());
		}
		catch (NumberFormatException ex) {
			return BigDecimal.valueOf(number.longValue());
		}
	}

	static String toString(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return (bytes.length <= 32) ? "bytes" + Arrays.toString(bytes) : "<" + bytes.length + " bytes>";
		}
		if (value instanceof List<?> list) {
			return list.stream().map(PlainValues::toString).collect(Collectors.joining(", ", "[", "]"));
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + "=" + toString(entry.getValue()))
				.collect(Collectors.joining(", ", "{", "}"));
		}
		return (value instanceof String text) ? "\"" + text + "\"" : String.valueOf(value);
	}

}
