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

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

import io.github.springsocketio.InvalidOptionException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.unit.DataSize;

/**
 * Sets options to the values of properties. An invalid value results in an exception that
 * names the property.
 */
final class PropertyToOption {

	static final String PREFIX = "socketio.";

	private static final Pattern OPTION = Pattern.compile("(?<=')[a-z]+([A-Z][a-z0-9]+)+(?=')");

	private PropertyToOption() {
	}

	/**
	 * Set an option.
	 * @param <T> the type of the value
	 * @param property the name of the property, without prefix
	 * @param value the value; {@code null} leaves the option unchanged
	 * @param option sets the option
	 */
	static <T> void set(String property, @Nullable T value, Consumer<T> option) {
		if (value == null) {
			return;
		}
		try {
			option.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSocketIoPropertyException(PREFIX + property, value, reason(ex), ex);
		}
	}

	/**
	 * Return the exception for an invalid option that is not set by {@link #set}.
	 * @param group the group of the property, without prefix
	 * @param ex the exception with the name of the option
	 * @return the exception with the name of the property
	 */
	static InvalidSocketIoPropertyException refused(String group, InvalidOptionException ex) {
		String property = PREFIX + group + "." + DataObjectPropertyName.toDashedForm(ex.option());
		return new InvalidSocketIoPropertyException(property, ex.value(), reason(ex), ex);
	}

	/**
	 * Return the reason, with names of options replaced with names of properties.
	 */
	private static String reason(IllegalArgumentException ex) {
		String reason = (ex instanceof InvalidOptionException refused) ? refused.reason()
				: String.valueOf(ex.getMessage());
		return OPTION.matcher(reason).replaceAll((match) -> DataObjectPropertyName.toDashedForm(match.group()));
	}

	/**
	 * Set an option that is a size in bytes.
	 * @param property the name of the property, without prefix
	 * @param size the value
	 * @param option sets the option
	 */
	static void setBytes(String property, DataSize size, IntConsumer option) {
		set(property, size, (value) -> option.accept(toInt(value)));
	}

	private static int toInt(DataSize size) {
		long bytes = size.toBytes();
		if (bytes > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("must be at most " + Integer.MAX_VALUE + "B");
		}
		return (int) Math.max(bytes, Integer.MIN_VALUE);
	}

}
