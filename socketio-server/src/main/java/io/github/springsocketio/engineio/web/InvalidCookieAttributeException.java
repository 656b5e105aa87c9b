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
 * Thrown when an attribute of the session cookie has a value that no cookie can carry, or
 * that browsers are known to drop. It names the attribute, so that whoever read it from a
 * configuration can point at the property.
 *
 * @since 0.1.0
 * @see SessionCookieOptions.Builder#build()
 */
@SuppressWarnings("serial")
public final class InvalidCookieAttributeException extends IllegalArgumentException {

	private final String attribute;

	private final @Nullable String value;

	InvalidCookieAttributeException(String attribute, @Nullable Object value, String reason) {
		super("Invalid session cookie: '" + attribute + "' " + reason);
		this.attribute = attribute;
		this.value = (value != null) ? value.toString() : null;
	}

	/**
	 * Return the name of the attribute in kebab case, such as {@code same-site} or
	 * {@code max-age}.
	 * @return the name of the attribute
	 */
	public String attribute() {
		return this.attribute;
	}

	/**
	 * Return the refused value.
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String value() {
		return this.value;
	}

}
