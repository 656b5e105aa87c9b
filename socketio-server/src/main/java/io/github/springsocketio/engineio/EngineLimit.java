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

import java.util.Locale;

import io.github.springsocketio.Limit;

/**
 * The limits of the engine and its web endpoint that a client can exceed.
 *
 * @since 0.1.0
 */
public enum EngineLimit implements Limit {

	/**
	 * Maximum number of sessions.
	 */
	MAX_SESSIONS,

	/**
	 * Maximum number of sessions from one address.
	 */
	MAX_SESSIONS_PER_ADDRESS,

	/**
	 * Maximum number of handshakes in progress.
	 */
	MAX_HANDSHAKES_IN_FLIGHT,

	/**
	 * Maximum delay of a handshake that is queued.
	 */
	MAX_HANDSHAKE_DELAY,

	/**
	 * Maximum time for a decision about a handshake.
	 */
	ALLOW_REQUEST_TIMEOUT,

	/**
	 * Maximum time for the listeners for response headers.
	 */
	HEADERS_TIMEOUT,

	/**
	 * Maximum time for locating a session.
	 */
	SESSION_LOCATOR_TIMEOUT,

	/**
	 * Maximum time for receiving the head of a request.
	 */
	REQUEST_HEAD_TIMEOUT,

	/**
	 * Maximum memory for all clients together.
	 */
	MAX_MEMORY,

	/**
	 * Minimum rate at which clients have to send request bodies, and to accept responses
	 * and websocket messages.
	 */
	MIN_DATA_RATE,

	/**
	 * Maximum size of a message or request body.
	 */
	MAX_HTTP_BUFFER_SIZE,

	/**
	 * Maximum number of packets in one request body.
	 */
	MAX_PACKETS_PER_PAYLOAD,

	/**
	 * Maximum number of fragments of a websocket message.
	 */
	MAX_FRAGMENTS,

	/**
	 * Maximum size of the outbound buffer of a client in bytes.
	 */
	MAX_OUTBOUND_BYTES,

	/**
	 * Maximum number of packets in the outbound buffer of a client.
	 */
	MAX_OUTBOUND_PACKETS,

	/**
	 * Maximum time for an upgrade of the transport.
	 */
	UPGRADE_TIMEOUT;

	private final String propertyName = name().toLowerCase(Locale.ROOT).replace('_', '-');

	@Override
	public String propertyName() {
		return this.propertyName;
	}

}
