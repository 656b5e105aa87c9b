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

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Refuses a client that joins a namespace. Message and data are sent to the client.
 *
 * @since 0.1.0
 */
public class ConnectErrorException extends RuntimeException {

	private final transient @Nullable Object data;

	/**
	 * Create an exception.
	 * @param message the message for the client
	 */
	public ConnectErrorException(String message) {
		this(message, null);
	}

	/**
	 * Create an exception.
	 * @param message the message for the client
	 * @param data further data for the client, or {@code null}
	 */
	public ConnectErrorException(String message, @Nullable Object data) {
		super(message, null, false, false);
		this.data = data;
	}

	/**
	 * Create an exception with a code for programs.
	 * @param message the message for the client
	 * @param code the code, such as {@code invalid-token}; the data for the client is
	 * <code>{"code": …}</code>
	 * @return the exception
	 */
	public static ConnectErrorException withCode(String message, String code) {
		return new ConnectErrorException(message, Map.of("code", code));
	}

	/**
	 * Return the data for the client.
	 * @return the data, or {@code null}
	 */
	public @Nullable Object data() {
		return this.data;
	}

}
