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

package io.github.springsocketio.admin;

import java.util.HashMap;
import java.util.Map;

import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The selection of sockets that an administrator sees individually.
 *
 * @param namespace the name of their namespace, or {@code null} for all
 * @param room a room or the id of a socket, or {@code null} for all
 */
record View(@Nullable String namespace, @Nullable String room) {

	static final View ALL = new View(null, null);

	/**
	 * The prefix of the rooms of administrators.
	 */
	static final String ROOM_PREFIX = "socketio-admin:view:";

	/**
	 * Create a view from the query parameters of a handshake, or from a message of
	 * another node.
	 */
	static View of(Map<?, ?> values) {
		return new View(Names.valid(values.get("namespace")), Names.valid(values.get("room")));
	}

	Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> values = new HashMap<>();
		values.put("namespace", this.namespace);
		values.put("room", this.room);
		return values;
	}

	/**
	 * Return the room of the administrators with this view.
	 */
	String adminRoom() {
		return ROOM_PREFIX + ((this.namespace != null) ? this.namespace : "") + ","
				+ ((this.room != null) ? this.room : "");
	}

	boolean isAll() {
		return this.namespace == null && this.room == null;
	}

	boolean matches(Socket socket) {
		return (this.namespace == null || this.namespace.equals(socket.nsp()))
				&& (this.room == null || this.room.equals(socket.id()) || socket.rooms().contains(this.room));
	}

}
