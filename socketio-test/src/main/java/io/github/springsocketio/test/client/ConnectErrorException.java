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

import java.util.Map;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the server refuses the connection of a socket to a namespace, the
 * {@code connect_error} of the JavaScript client.
 *
 * @since 0.1.0
 */
public final class ConnectErrorException extends SocketIoClientException {

	private final String reason;

	private final transient Arguments payload;

	ConnectErrorException(String nsp, String reason, Arguments payload, Conversation conversation) {
		super("The server refuses the connection to the namespace " + nsp + ": " + reason, conversation, null);
		this.reason = reason;
		this.payload = payload;
	}

	/**
	 * Return the message of the server.
	 * @return the message; with protocol 3 the complete payload
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return the data that the server sends with the message.
	 * @return a plain value, or {@code null} if there are none
	 */
	public @Nullable Object data() {
		return (this.payload.get(0) instanceof Map<?, ?> map) ? map.get("data") : null;
	}

	/**
	 * Return the complete payload of the packet.
	 * @return one argument: an object with {@code message} and {@code data}, or any value
	 * with protocol 3
	 */
	public Arguments payload() {
		return this.payload;
	}

}
