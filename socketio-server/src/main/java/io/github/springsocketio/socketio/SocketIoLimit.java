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

import java.util.Locale;

import io.github.springsocketio.Limit;

/**
 * The limits of the Socket.IO layer that a client can exceed. The limits of the parser
 * are not among them.
 *
 * @since 0.1.0
 */
public enum SocketIoLimit implements Limit {

	/**
	 * Maximum time until a client joins its first namespace.
	 */
	CONNECT_TIMEOUT,

	/**
	 * Maximum number of sessions that have not joined a namespace.
	 */
	MAX_UNJOINED_SESSIONS,

	/**
	 * Maximum number of namespaces that one client joins.
	 */
	MAX_NAMESPACES_PER_SESSION,

	/**
	 * Maximum number of namespaces that dynamic namespaces create.
	 */
	MAX_DYNAMIC_NAMESPACES,

	/**
	 * Maximum number of dynamic namespaces that one client creates.
	 */
	MAX_DYNAMIC_NAMESPACES_PER_SESSION,

	/**
	 * Maximum number of rooms of one socket.
	 */
	MAX_ROOMS_PER_SOCKET,

	/**
	 * Maximum rate of the events of one socket.
	 */
	MAX_EVENTS_PER_SECOND,

	/**
	 * Maximum number of handlers that run for one client at the same time.
	 */
	MAX_HANDLERS_IN_FLIGHT,

	/**
	 * Maximum number of acknowledgements that one socket waits for.
	 */
	MAX_PENDING_ACKS,

	/**
	 * Maximum time for receiving the attachments of a packet.
	 */
	ATTACHMENT_TIMEOUT;

	private final String propertyName = name().toLowerCase(Locale.ROOT).replace('_', '-');

	@Override
	public String propertyName() {
		return this.propertyName;
	}

}
