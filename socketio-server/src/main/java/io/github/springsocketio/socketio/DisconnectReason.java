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
 * Why a socket was disconnected.
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
	 * The client sent nothing within the time limit of the heartbeat.
	 */
	PING_TIMEOUT("ping timeout"),

	/**
	 * The client sent something that is not an Engine.IO packet.
	 */
	PARSE_ERROR("parse error"),

	/**
	 * The server closed the connection, also because of an invalid packet.
	 */
	FORCED_CLOSE("forced close"),

	/**
	 * The server closed a connection on which it could not send at that moment.
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
	 * Return the text of the reason, which is that of the JavaScript server.
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
