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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A socket has joined or left.
 *
 * @param type what has happened
 * @param room the name of the room, or {@code null} for the whole namespace
 * @param socket the socket
 * @param userChange whether the user of the socket has arrived with it, as the first of
 * the user's sockets, or left with it, as the last one; {@code false} if the socket has
 * no user
 * @since 0.1.0
 */
public record PresenceChange(Type type, @Nullable String room, PresentSocket socket,
		boolean userChange) implements PresenceEvent {

	/**
	 * Create a change.
	 * @param type what has happened
	 * @param room the name of the room, or {@code null} for the whole namespace
	 * @param socket the socket
	 * @param userChange whether the user has arrived or left with the socket
	 */
	public PresenceChange {
		Assert.notNull(type, "'type' must not be null");
		Assert.notNull(socket, "'socket' must not be null");
	}

	/**
	 * Return the user of the socket.
	 * @return the name of its principal, or {@code null} if it has none
	 */
	public @Nullable String user() {
		return this.socket.user();
	}

	/**
	 * What has happened.
	 */
	public enum Type {

		/**
		 * The socket has joined.
		 */
		JOINED,

		/**
		 * The socket has left, or its node is gone.
		 */
		LEFT

	}

}
