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
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The arguments of an event or of an acknowledgement. An argument is decoded when it is
 * requested. Immutable and safe to use from any thread.
 *
 * @since 0.1.0
 */
public interface Arguments {

	/**
	 * Return the number of arguments.
	 * @return zero or more, without the name of the event
	 */
	int size();

	/**
	 * Return an argument as a plain value: {@code Map}, {@code List}, {@code String},
	 * {@code Number}, {@code Boolean}, {@code byte[]} for binary, or {@code null}.
	 * @param index the position, from 0
	 * @return the value; {@code null} also if there is no such argument
	 */
	@Nullable Object get(int index);

	/**
	 * Return an argument converted to a type: records, beans, {@code JsonNode},
	 * {@code byte[]}, {@code ByteBuffer} and any other type that Jackson can read.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type
	 * @return the value; {@code null} if there is no such argument or it is {@code null}
	 * @throws ArgumentConversionException if the argument cannot be converted
	 */
	<T> @Nullable T get(int index, Class<T> type);

	/**
	 * Return an argument converted to a generic type.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type, such as {@code new ParameterizedTypeReference<List<Order>>()
	 * {}}
	 * @return the value; {@code null} if there is no such argument or it is {@code null}
	 * @throws ArgumentConversionException if the argument cannot be converted
	 */
	@SuppressWarnings("unchecked")
	default <T> @Nullable T get(int index, ParameterizedTypeReference<T> type) {
		return (T) get(index, type.getType());
	}

	/**
	 * Return an argument converted to a type that is known at runtime only.
	 * @param index the position, from 0
	 * @param type the type
	 * @return the value; {@code null} if there is no such argument or it is {@code null}
	 * @throws ArgumentConversionException if the argument cannot be converted
	 */
	@Nullable Object get(int index, Type type);

	/**
	 * Return a required argument converted to a type.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type
	 * @return the value, never {@code null}
	 * @throws MissingArgumentException if there is no such argument or it is {@code null}
	 * @throws ArgumentConversionException if the argument cannot be converted
	 */
	default <T> T require(int index, Class<T> type) {
		T value = get(index, type);
		if (value == null) {
			throw new MissingArgumentException(index);
		}
		return value;
	}

	/**
	 * Return a required argument converted to a generic type.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type, such as {@code new ParameterizedTypeReference<List<Order>>()
	 * {}}
	 * @return the value, never {@code null}
	 * @throws MissingArgumentException if there is no such argument or it is {@code null}
	 * @throws ArgumentConversionException if the argument cannot be converted
	 */
	default <T> T require(int index, ParameterizedTypeReference<T> type) {
		T value = get(index, type);
		if (value == null) {
			throw new MissingArgumentException(index);
		}
		return value;
	}

	/**
	 * Return all arguments as plain values.
	 * @return an immutable list, which may contain {@code null}
	 */
	List<@Nullable Object> toList();

	/**
	 * Return all arguments as plain values.
	 * @return a new array, which may contain {@code null}
	 */
	default @Nullable Object[] toArray() {
		return toList().toArray();
	}

}
