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

import io.github.springsocketio.engineio.CloseReason;

/**
 * Why a socket was disconnected (SIO-40 to SIO-46).
 *
 * @since 0.1.0
 */
public enum DisconnectReason {

	/**
	 * The client left the namespace.
	 */
	CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),

	/**
	 * The server disconnected the socket.
	 */
	SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),

	/**
	 * The client closed the connection, or it was lost.
	 */
	TRANSPORT_CLOSE("transport close"),

	/**
	 * The client broke a rule of the transport.
	 */
	TRANSPORT_ERROR("transport error"),

	/**
	 * No sign of life within the heartbeat's time limit.
	 */
	PING_TIMEOUT("ping timeout"),

	/**
	 * The client sent something that is no Engine.IO packet.
	 */
	PARSE_ERROR("parse error"),

	/**
	 * The server closed the connection, also over a packet that breaks the rules.
	 */
	FORCED_CLOSE("forced close"),

	/**
	 * The server closed a connection that had no way to be told at once (SIO-17).
	 */
	FORCED_SERVER_CLOSE("forced server close"),

	/**
	 * The server is shutting down.
	 */
	SERVER_SHUTTING_DOWN("server shutting down");

	private final String text;

	DisconnectReason(String text) {
		this.text = text;
	}

	/**
	 * Return the text of the reason, as the JavaScript server gives it.
	 * @return such as {@code "transport close"}
	 */
	public String text() {
		return this.text;
	}

	static DisconnectReason of(CloseReason reason) {
		return switch (reason) {
			case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
			case TRANSPORT_ERROR -> TRANSPORT_ERROR;
			case PING_TIMEOUT -> PING_TIMEOUT;
			case PARSE_ERROR -> PARSE_ERROR;
			case FORCED_CLOSE -> FORCED_CLOSE;
		};
	}

}
