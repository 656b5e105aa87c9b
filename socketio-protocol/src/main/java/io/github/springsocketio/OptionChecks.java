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

package io.github.springsocketio;

import java.time.Duration;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * Checks of the values that builders of options receive. Each method returns the value,
 * or throws an {@link InvalidOptionException} that names the option.
 *
 * @since 0.1.0
 */
@Internal
public final class OptionChecks {

	private OptionChecks() {
	}

	/**
	 * Check that a value is not {@code null}.
	 * @param <T> the type of the value
	 * @param option the name of the option
	 * @param value the value
	 * @return the value
	 */
	public static <T> T notNull(String option, @Nullable T value) {
		if (value == null) {
			throw new InvalidOptionException(option, null, "must not be null");
		}
		return value;
	}

	/**
	 * Check that a collection has elements.
	 * @param <T> the type of the collection
	 * @param option the name of the option
	 * @param value the collection
	 * @return the collection
	 */
	public static <T extends Collection<?>> T notEmpty(String option, @Nullable T value) {
		if (value == null || value.isEmpty()) {
			throw new InvalidOptionException(option, value, "must not be empty");
		}
		return value;
	}

	/**
	 * Check that a text has at least one character that is not whitespace.
	 * @param option the name of the option
	 * @param value the text
	 * @return the text
	 */
	public static String hasText(String option, @Nullable String value) {
		if (value == null || value.isBlank()) {
			throw new InvalidOptionException(option, value, "must not be empty");
		}
		return value;
	}

	/**
	 * Check that a duration is longer than zero.
	 * @param option the name of the option
	 * @param value the duration
	 * @return the duration
	 */
	public static Duration positive(String option, @Nullable Duration value) {
		if (value == null || value.isNegative() || value.isZero()) {
			throw new InvalidOptionException(option, value, "must be a positive duration but is " + value);
		}
		return value;
	}

	/**
	 * Check that a duration is not negative.
	 * @param option the name of the option
	 * @param value the duration
	 * @return the duration
	 */
	public static Duration notNegative(String option, @Nullable Duration value) {
		if (value == null || value.isNegative()) {
			throw new InvalidOptionException(option, value, "must not be negative but is " + value);
		}
		return value;
	}

	/**
	 * Check that a number is not too small.
	 * @param option the name of the option
	 * @param value the number
	 * @param minimum the smallest allowed number
	 * @return the number
	 */
	public static int atLeast(String option, int value, int minimum) {
		if (value < minimum) {
			throw new InvalidOptionException(option, value, "must be at least " + minimum + " but is " + value);
		}
		return value;
	}

	/**
	 * Check that a number lies within a range.
	 * @param option the name of the option
	 * @param value the number
	 * @param minimum the smallest allowed number
	 * @param maximum the largest allowed number
	 * @return the number
	 */
	public static int inRange(String option, int value, int minimum, int maximum) {
		if (value < minimum || value > maximum) {
			throw new InvalidOptionException(option, value,
					"must be between " + minimum + " and " + maximum + " but is " + value);
		}
		return value;
	}

	/**
	 * Check any other condition.
	 * @param condition whether the value is allowed
	 * @param option the name of the option
	 * @param value the value
	 * @param reason what is wrong with the value, to be read after the name of the option
	 */
	public static void isTrue(boolean condition, String option, @Nullable Object value, String reason) {
		if (!condition) {
			throw new InvalidOptionException(option, value, reason);
		}
	}

}
