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

import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket was disconnected from its namespace and has left its rooms. Published after
 * the listeners for disconnections of the namespace were called.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class SocketDisconnectedEvent extends AbstractSocketEvent {

	private final DisconnectReason reason;

	private final @Nullable String detail;

	/**
	 * Create an event.
	 * @param socket the socket
	 * @param reason the reason
	 * @param detail more about the reason, or {@code null}
	 */
	public SocketDisconnectedEvent(Socket socket, DisconnectReason reason, @Nullable String detail) {
		super(socket);
		this.reason = reason;
		this.detail = detail;
	}

	/**
	 * Return the reason.
	 * @return why the socket was disconnected
	 */
	public DisconnectReason getReason() {
		return this.reason;
	}

	/**
	 * Return more about the reason.
	 * @return the detail, or {@code null} if there is none
	 */
	public @Nullable String getDetail() {
		return this.detail;
	}

}
