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

import java.util.List;

/**
 * Thrown when an argument of a client is not valid. Has no stack trace, as the client is
 * at fault and not the code.
 *
 * @since 0.1.0
 */
public class ArgumentValidationException extends IllegalArgumentException {

	private final int index;

	private final transient List<Field> fields;

	/**
	 * Create an exception.
	 * @param index the position of the argument, from 0, or -1 for the auth payload
	 * @param fields what is not valid
	 */
	public ArgumentValidationException(int index, List<Field> fields) {
		super((index >= 0) ? "Argument " + index + " is not valid" : "The auth payload is not valid");
		this.index = index;
		this.fields = List.copyOf(fields);
	}

	/**
	 * Return the position of the argument.
	 * @return the position, from 0, or -1 for the auth payload
	 */
	public int index() {
		return this.index;
	}

	/**
	 * Return what is not valid.
	 * @return an immutable list
	 */
	public List<Field> fields() {
		return this.fields;
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

	/**
	 * A part of an argument that is not valid.
	 *
	 * @param path the path within the argument, such as {@code items[0].name}; empty for
	 * the argument itself
	 * @param message the message for the client
	 * @since 0.1.0
	 */
	public record Field(String path, String message) {

	}

}
