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

package io.github.springsocketio.engineio.web;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the options for cross-origin requests contradict each other or hold a value
 * that no browser understands. It names the option, so that whoever read it from a
 * configuration can point at the property.
 *
 * @since 0.1.0
 * @see CorsOptions.Builder#build()
 */
@SuppressWarnings("serial")
public final class InvalidCorsOptionException extends IllegalArgumentException {

	private final String option;

	private final @Nullable String value;

	InvalidCorsOptionException(String option, @Nullable Object value, String reason) {
		super("Invalid CORS options: '" + option + "' " + reason);
		this.option = option;
		this.value = (value != null) ? value.toString() : null;
	}

	/**
	 * Return the name of the option in kebab case, such as {@code allowed-origins}.
	 * @return the name of the option
	 */
	public String option() {
		return this.option;
	}

	/**
	 * Return the refused value.
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String value() {
		return this.value;
	}

}
