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

package io.github.springsocketio.socketio.packet;

/**
 * Thrown when an argument of a peer cannot be converted to the requested type. The
 * message contains neither class names nor anything that the peer sent. Has no stack
 * trace, as the peer is at fault and not the code.
 *
 * @since 0.1.0
 */
public class ArgumentConversionException extends IllegalArgumentException {

	private final int index;

	/**
	 * Create an exception.
	 * @param index the position of the argument, from 0
	 * @param cause the reason
	 */
	public ArgumentConversionException(int index, Throwable cause) {
		super("Argument " + index + " does not have the expected type", cause);
		this.index = index;
	}

	/**
	 * Return the position of the argument.
	 * @return the position, from 0
	 */
	public int index() {
		return this.index;
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
