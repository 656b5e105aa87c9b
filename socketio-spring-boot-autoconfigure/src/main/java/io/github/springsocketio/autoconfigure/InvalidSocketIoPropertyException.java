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

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a property has an invalid value.
 */
@SuppressWarnings("serial")
final class InvalidSocketIoPropertyException extends RuntimeException {

	private final String property;

	private final @Nullable String value;

	private final String reason;

	InvalidSocketIoPropertyException(String property, @Nullable Object value, String reason,
			@Nullable Throwable cause) {
		super("Invalid value of the property '" + property + "': " + reason, cause);
		this.property = property;
		this.value = (value != null) ? value.toString() : null;
		this.reason = reason;
	}

	String property() {
		return this.property;
	}

	@Nullable String value() {
		return this.value;
	}

	String reason() {
		return this.reason;
	}

}
