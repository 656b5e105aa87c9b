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

package com.example.chat;

import java.security.Principal;
import java.util.List;
import java.util.Set;

import io.github.springsocketio.socketio.AckErrorException;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Presence;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import jakarta.validation.Valid;
import reactor.core.publisher.Flux;

import org.springframework.security.access.prepost.PreAuthorize;

@SocketIoController
@PreAuthorize("hasRole('USER')")
class ChatController {

	private final MessageService messages;

	ChatController(MessageService messages) {
		this.messages = messages;
	}

	@OnEvent
	List<Message> join(@Valid Room room, Socket socket) {
		socket.join(room.name());
		return this.messages.latest(room.name());
	}

	@OnEvent
	Message send(@Valid NewMessage message, Principal user, Socket socket) {
		requireMember(socket, message.room());
		Message sent = this.messages.add(message.room(), user.getName(), message.text());
		socket.to(message.room()).emit("message", sent);
		return sent;
	}

	@OnEvent
	int upload(String room, String name, byte[] data, Principal user, Socket socket) {
		requireMember(socket, room);
		socket.to(room).emit("upload", user.getName(), name, data);
		return data.length;
	}

	@OnEvent
	@Emits("present")
	Flux<Set<String>> watch(@Valid Room room, Namespace chat) {
		Presence presence = chat.presence(room.name());
		return presence.events().concatMap((change) -> presence.users()).distinctUntilChanged();
	}

	@OnEvent
	void clear(@Valid Room room, Namespace chat) {
		this.messages.clear(room.name());
		chat.to(room.name()).emit("cleared");
	}

	private static void requireMember(Socket socket, String room) {
		if (!socket.rooms().contains(room)) {
			throw new AckErrorException("not-in-room", "Join the room first");
		}
	}

}
