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

/**
 * Fails an event with an error that the client may know: its code and message are the
 * acknowledgement, if the client requested one.
 *
 * @since 0.1.0
 * @see AckError
 */
public class AckErrorException extends RuntimeException {

	private final transient AckError error;

	/**
	 * Create an exception.
	 * @param code a short name for programs, such as {@code room-full}
	 * @param message a message for people
	 */
	public AckErrorException(String code, String message) {
		this(new AckError(code, message));
	}

	/**
	 * Create an exception.
	 * @param error the error for the client
	 */
	public AckErrorException(AckError error) {
		super(error.message(), null, false, false);
		this.error = error;
	}

	/**
	 * Return the error for the client.
	 * @return the error
	 */
	public AckError error() {
		return this.error;
	}

}
