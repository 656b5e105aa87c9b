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

package io.github.springsocketio.engineio;

/**
 * The errors of a handshake or other request, with their codes and messages.
 *
 * @since 0.1.0
 */
public enum EngineError {

	/**
	 * The transport is missing, unknown or disabled.
	 */
	UNKNOWN_TRANSPORT(0, "Transport unknown", 400),

	/**
	 * There is no open session with the given id.
	 */
	UNKNOWN_SID(1, "Session ID unknown", 400),

	/**
	 * The method of a handshake is not {@code GET}.
	 */
	BAD_HANDSHAKE_METHOD(2, "Bad handshake method", 400),

	/**
	 * The request is invalid in another way.
	 */
	BAD_REQUEST(3, "Bad request", 400),

	/**
	 * The application rejected the handshake.
	 */
	FORBIDDEN(4, "Forbidden", 403),

	/**
	 * The client uses a revision of the protocol that is not enabled.
	 */
	UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version", 400);

	private final int code;

	private final String message;

	private final int status;

	EngineError(int code, String message, int status) {
		this.code = code;
		this.message = message;
		this.status = status;
	}

	/**
	 * Return the code, which is sent to the client.
	 * @return the code
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Return the message, which is sent to the client.
	 * @return the message
	 */
	public String message() {
		return this.message;
	}

	/**
	 * Return the status of the response to a request that is not an upgrade.
	 * @return 400 or 403
	 */
	public int status() {
		return this.status;
	}

}
