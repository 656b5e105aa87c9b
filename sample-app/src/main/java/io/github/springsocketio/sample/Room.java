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

package io.github.springsocketio.sample;

import java.util.List;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.RemoteSocket;
import org.jspecify.annotations.Nullable;

/**
 * Names of chat rooms. The prefix keeps them apart from the other rooms that a socket is
 * in: its own id and its login session.
 */
final class Room {

	static final String PREFIX = "room:";

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._-]{0,22}[\\p{L}\\p{N}])?");

	private Room() {
	}

	static boolean isName(@Nullable String name) {
		return name != null && NAME.matcher(name).matches();
	}

	static boolean isMember(RemoteSocket socket, @Nullable String name) {
		return socket.rooms().contains(PREFIX + name);
	}

	static List<String> namesOf(RemoteSocket socket) {
		return socket.rooms()
			.stream()
			.filter((room) -> room.startsWith(PREFIX))
			.map((room) -> room.substring(PREFIX.length()))
			.toList();
	}

}
