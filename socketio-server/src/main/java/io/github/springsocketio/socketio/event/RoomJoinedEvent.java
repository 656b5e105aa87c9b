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
 * A socket has joined a room. With a middleware or connection state recovery, the socket
 * may join before it is connected. Not published for the socket's own room.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class RoomJoinedEvent extends AbstractSocketEvent {

	private final String room;

	/**
	 * Create an event.
	 * @param socket the socket
	 * @param room the name of the room
	 */
	public RoomJoinedEvent(Socket socket, String room) {
		super(socket);
		this.room = room;
	}

	/**
	 * Return the room.
	 * @return the name of the room
	 */
	public String getRoom() {
		return this.room;
	}

}
