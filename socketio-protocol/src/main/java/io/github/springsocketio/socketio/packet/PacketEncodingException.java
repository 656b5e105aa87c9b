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

import io.github.springsocketio.socketio.packet.UnsupportedValueModule.UnsupportedValueException;
import tools.jackson.core.JacksonException;

/**
 * Thrown when an argument cannot be written into a packet.
 *
 * @since 0.1.0
 */
public class PacketEncodingException extends IllegalArgumentException {

	/**
	 * Create an exception.
	 * @param message the message
	 */
	public PacketEncodingException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message the message
	 * @param cause the reason
	 */
	public PacketEncodingException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Create an exception for a failure of Jackson. The message of the failure, which may
	 * contain values, is part of the cause only.
	 * @param format the format of packets
	 * @param cause the reason
	 * @return the exception
	 */
	static PacketEncodingException unwritable(String format, JacksonException cause) {
		String message = "An argument cannot be written as " + format;
		if (cause instanceof UnsupportedValueException) {
			String path = cause.getPathReference();
			message += (path.isEmpty() ? "" : ", at " + path) + ": " + cause.getOriginalMessage();
		}
		return new PacketEncodingException(message, cause);
	}

}
