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

import io.github.springsocketio.Limit;

/**
 * The limits of {@link ParserOptions}.
 *
 * @since 0.1.0
 */
public enum ParserLimit implements Limit {

	/**
	 * The maximum number of attachments of a packet.
	 */
	MAX_ATTACHMENTS("max-attachments"),

	/**
	 * The maximum size of a packet together with its attachments.
	 */
	MAX_MESSAGE_BYTES("max-message-bytes"),

	/**
	 * The maximum length of a namespace.
	 */
	MAX_NAMESPACE_LENGTH("max-namespace-length"),

	/**
	 * The maximum nesting depth of arrays and objects.
	 */
	MAX_DEPTH("max-depth"),

	/**
	 * The maximum length of a string.
	 */
	MAX_STRING_LENGTH("max-string-length"),

	/**
	 * The maximum length of a number.
	 */
	MAX_NUMBER_LENGTH("max-number-length"),

	/**
	 * The maximum length of the name of an event or of a property of an object.
	 */
	MAX_NAME_LENGTH("max-name-length"),

	/**
	 * The maximum number of arguments of an event or an acknowledgement.
	 */
	MAX_ARGUMENTS("max-arguments");

	private final String propertyName;

	ParserLimit(String propertyName) {
		this.propertyName = propertyName;
	}

	@Override
	public String propertyName() {
		return this.propertyName;
	}

}
