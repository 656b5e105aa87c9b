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

package io.github.springsocketio.socketio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An error as the client gets it in an acknowledgement:
 * {@code {"error":{"code":"…","message":"…","fields":[…]}}}.
 *
 * @param code a short name for programs, such as {@code validation}
 * @param message a message for people
 * @param id an id with which the error is found in the log, or {@code null}
 * @param fields what is not valid; empty for other errors
 * @since 0.1.0
 */
public record AckError(String code, String message, @Nullable String id,
		List<ArgumentValidationException.Field> fields) {

	/** A required argument is missing or {@code null}. */
	public static final String MISSING_ARGUMENT = "missing-argument";

	/** An argument cannot be converted. */
	public static final String INVALID_ARGUMENT = "invalid-argument";

	/** An argument is not valid; the error has {@code fields}. */
	public static final String VALIDATION = "validation";

	/** The user is not allowed to do this. */
	public static final String ACCESS_DENIED = "access-denied";

	/** The user is not authenticated, or the authentication has expired. */
	public static final String UNAUTHENTICATED = "unauthenticated";

	/** A time limit was exceeded. */
	public static final String TIMEOUT = "timeout";

	/** An error of the application; its {@code id} is also in the log. */
	public static final String INTERNAL = "internal";

	public AckError {
		Assert.hasText(code, "'code' must not be empty");
		Assert.notNull(message, "'message' must not be null");
		fields = List.copyOf(fields);
	}

	/**
	 * Create an error.
	 * @param code a short name for programs
	 * @param message a message for people
	 */
	public AckError(String code, String message) {
		this(code, message, null, List.of());
	}

	/**
	 * Return the error that describes an exception by default.
	 * @param exception the exception
	 * @return the error, or {@code null} for an exception that is not disclosed to
	 * clients
	 */
	public static @Nullable AckError of(Throwable exception) {
		return ErrorCodes.describe(exception);
	}

	/**
	 * Return the acknowledgement.
	 * @return the only entry {@code error} with {@link #toMap() the content}
	 */
	public Map<String, Object> toAcknowledgement() {
		return Map.of("error", toMap());
	}

	/**
	 * Return the content: {@code code} and {@code message}, and {@code id} and
	 * {@code fields} if there are any.
	 * @return an unmodifiable map
	 */
	public Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("code", this.code);
		map.put("message", this.message);
		if (this.id != null) {
			map.put("id", this.id);
		}
		if (!this.fields.isEmpty()) {
			map.put("fields", this.fields);
		}
		return map;
	}

}
