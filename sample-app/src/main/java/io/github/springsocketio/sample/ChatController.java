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

import java.security.Principal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.springsocketio.socketio.AckErrorException;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Presence;
import io.github.springsocketio.socketio.PresenceSnapshot;
import io.github.springsocketio.socketio.PresentSocket;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.validation.annotation.Validated;

/**
 * The namespace {@code /chat} for authenticated users: rooms and their members.
 */
@SocketIoController("/chat")
@Validated
class ChatController {

	private static final int MAX_ROOMS = 10;

	private static final String NAME = "[\\p{L}\\p{N}]([\\p{L}\\p{N} ._-]{0,22}[\\p{L}\\p{N}])?";

	@OnConnect
	void admit(@Nullable Principal user) {
		if (user == null) {
			throw ConnectErrorException.withCode("log in first", "unauthenticated");
		}
	}

	@OnConnected
	void welcome(Principal user, Socket socket) {
		socket.emit("welcome", user.getName(), MessageController.MAX_PICTURE);
	}

	@OnEvent
	void join(@Pattern(regexp = NAME,
			message = "A room's name has 1 to 24 letters or digits, with blanks, dots or hyphens "
					+ "between them") String room,
			Socket socket) {
		if (Rooms.count(socket) >= MAX_ROOMS) {
			throw new AckErrorException("too-many-rooms", "You are in %d rooms already".formatted(MAX_ROOMS));
		}
		socket.join(Rooms.named(room));
	}

	@OnEvent
	void leave(String room, Socket socket) {
		socket.leave(Rooms.named(room));
	}

	/**
	 * Emit the members of a room to a member, until the member leaves the room.
	 */
	@OnEvent
	@Emits("members")
	Flux<Members> members(String room, Socket socket) {
		Presence presence = socket.namespace().presence(Rooms.named(room));
		return presence.events()
			.concatMap((change) -> presence.snapshot())
			.takeWhile((snapshot) -> snapshot.sockets().stream().anyMatch((each) -> each.id().equals(socket.id())))
			.map((snapshot) -> Members.of(room, snapshot));
	}

	@OnEvent
	void typing(String room, Principal user, Socket socket) {
		if (Rooms.has(socket, room)) {
			socket.to(Rooms.named(room)).asVolatile().emit("typing", room, user.getName());
		}
	}

	/**
	 * The members of a room.
	 *
	 * @param room the name of the room
	 * @param sockets the names of the members, each with the number of its sockets
	 */
	record Members(String room, Map<String, Long> sockets) {

		static Members of(String room, PresenceSnapshot snapshot) {
			return new Members(room,
					snapshot.sockets()
						.stream()
						.map(PresentSocket::user)
						.collect(Collectors.groupingBy(String::valueOf, TreeMap::new, Collectors.counting())));
		}

	}

}
