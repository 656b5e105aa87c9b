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

package io.github.springsocketio.socketio.event;

import io.github.springsocketio.socketio.Socket;

/**
 * The state of an earlier connection was recovered. For a socket that is new to the
 * server a {@link SocketConnectedEvent} precedes it; a socket that has moved to another
 * connection before the server has detected the loss has this event only.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class SocketRecoveredEvent extends AbstractSocketEvent {

	/**
	 * Create an event.
	 * @param socket the socket
	 */
	public SocketRecoveredEvent(Socket socket) {
		super(socket);
	}

}
