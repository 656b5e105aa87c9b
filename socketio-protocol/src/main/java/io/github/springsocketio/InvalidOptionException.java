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

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an option has a value that is not allowed, or contradicts another option.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class InvalidOptionException extends IllegalArgumentException {

	private final String option;

	private final @Nullable String value;

	private final String reason;

	/**
	 * Create an exception with the message {@code 'option' reason}.
	 * @param option the name of the builder method that sets the option, such as
	 * {@code pingInterval}
	 * @param value the refused value, or {@code null} if there is none
	 * @param reason what is wrong with the value, to be read after the name of the
	 * option, such as {@code must be a positive duration but is PT0S}
	 */
	public InvalidOptionException(String option, @Nullable Object value, String reason) {
		super("'" + option + "' " + reason);
		this.option = option;
		this.value = (value != null) ? value.toString() : null;
		this.reason = reason;
	}

	/**
	 * Return the name of the option.
	 * @return the name of the builder method that sets the option, such as
	 * {@code pingInterval}
	 */
	public String option() {
		return this.option;
	}

	/**
	 * Return the invalid value as text.
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String value() {
		return this.value;
	}

	/**
	 * Return what is wrong with the value.
	 * @return the reason, to be read after the name of the option
	 */
	public String reason() {
		return this.reason;
	}

}
