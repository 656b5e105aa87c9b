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

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Arguments that are values: of the application, or of a parser that decodes packets when
 * they are received.
 */
final class ValueArguments implements Arguments {

	private final ArgumentMapper mapper;

	private final @Nullable Object[] values;

	ValueArguments(ArgumentMapper mapper, @Nullable Object[] values) {
		this.mapper = mapper;
		this.values = values;
	}

	/**
	 * Create arguments from values.
	 * @param mapper the mapper
	 * @param values the values; an element that is {@link Arguments} represents all of
	 * its arguments
	 * @return the arguments
	 */
	static Arguments of(ArgumentMapper mapper, @Nullable Object[] values) {
		if (values.length == 1 && values[0] instanceof Arguments arguments) {
			return arguments;
		}
		return new ValueArguments(mapper, flatten(values));
	}

	private static @Nullable Object[] flatten(@Nullable Object[] values) {
		if (Arrays.stream(values).noneMatch(Arguments.class::isInstance)) {
			return values;
		}
		List<@Nullable Object> result = new ArrayList<>();
		for (Object value : values) {
			if (value instanceof Arguments arguments) {
				result.addAll(arguments.toList());
			}
			else {
				result.add(value);
			}
		}
		return result.toArray();
	}

	/**
	 * Return the values without conversion.
	 * @return the array itself
	 */
	@Nullable Object[] values() {
		return this.values;
	}

	@Override
	public int size() {
		return this.values.length;
	}

	@Override
	public @Nullable Object get(int index) {
		return get(index, (Type) Object.class);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(int index, Class<T> type) {
		return (T) get(index, (Type) type);
	}

	@Override
	public @Nullable Object get(int index, Type type) {
		Object value = (index >= 0 && index < this.values.length) ? this.values[index] : null;
		if (value == null) {
			return null;
		}
		if (needsNoConversion(value, type)) {
			return value;
		}
		try {
			return this.mapper.convert(value, type);
		}
		catch (RuntimeException ex) {
			throw new ArgumentConversionException(index, ex);
		}
	}

	@Override
	public List<@Nullable Object> toList() {
		return Collections.<@Nullable Object>unmodifiableList(Arrays.<@Nullable Object>asList(toArray()));
	}

	@Override
	public @Nullable Object[] toArray() {
		@Nullable Object[] result = new @Nullable Object[this.values.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = get(i);
		}
		return result;
	}

	// Collections are copied, as arguments in JSON return new ones with each call
	private static boolean needsNoConversion(Object value, Type type) {
		if (type == Object.class) {
			return isPlain(value);
		}
		return type instanceof Class<?> wanted && ClassUtils.isAssignableValue(wanted, value) && !(value instanceof Map)
				&& !(value instanceof Collection);
	}

	private static boolean isPlain(Object value) {
		return value instanceof String || value instanceof Number || value instanceof Boolean
				|| value instanceof byte[];
	}

	@Override
	public String toString() {
		return "Arguments[size=" + size() + "]";
	}

}
