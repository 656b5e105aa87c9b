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

package io.github.springsocketio.test.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the connection ends while the client waits for a response or an event.
 *
 * @since 0.1.0
 */
public final class ConnectionLostException extends SocketIoClientException {

	private final String reason;

	ConnectionLostException(String reason, Conversation conversation, @Nullable Throwable cause) {
		super("The connection has ended: " + reason, conversation, cause);
		this.reason = reason;
	}

	/**
	 * Return the reason for the end of the connection.
	 * @return a reason of the JavaScript client, such as {@code "transport close"}
	 */
	public String reason() {
		return this.reason;
	}

}
