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
 * The reason why an Engine.IO session was closed.
 *
 * @since 0.1.0
 */
public enum CloseReason {

	/**
	 * The peer closed the connection, or it was lost.
	 */
	TRANSPORT_CLOSE("transport close"),

	/**
	 * The peer violated a rule of the transport, such as with overlapping polls or a
	 * frame that is too large; or the transport failed.
	 */
	TRANSPORT_ERROR("transport error"),

	/**
	 * The peer did not respond within the time limit of the heartbeat.
	 */
	PING_TIMEOUT("ping timeout"),

	/**
	 * The peer sent data that is not an Engine.IO packet.
	 */
	PARSE_ERROR("parse error"),

	/**
	 * The server closed the session.
	 */
	FORCED_CLOSE("forced close");

	private final String text;

	CloseReason(String text) {
		this.text = text;
	}

	/**
	 * Return the text of the reason, which is that of the JavaScript server.
	 * @return such as {@code "transport close"}
	 */
	public String text() {
		return this.text;
	}

}
