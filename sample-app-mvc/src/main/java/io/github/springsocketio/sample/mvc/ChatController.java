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

package io.github.springsocketio.sample.mvc;

import java.security.Principal;
import java.util.Set;

import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Presence;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import reactor.core.publisher.Flux;

import org.springframework.security.access.prepost.PreAuthorize;

/**
 * The events of the chat.
 */
@SocketIoController
@PreAuthorize("hasRole('USER')")
class ChatController {

	static final String ROOM = "lobby";

	@OnConnected
	void enter(Socket socket) {
		socket.join(ROOM);
	}

	/**
	 * Emit the names of the present users, now and after each change.
	 */
	@OnEvent
	@Emits("present")
	Flux<Set<String>> watch(Namespace chat) {
		Presence presence = chat.presence(ROOM);
		return presence.events().concatMap((change) -> presence.users()).distinctUntilChanged();
	}

	/**
	 * Send a message to the others. The sender receives it as the acknowledgement.
	 */
	@OnEvent
	Message message(String text, Principal user, Socket socket) {
		Message message = new Message(user.getName(), text);
		socket.to(ROOM).emit("message", message);
		return message;
	}

	/**
	 * A message.
	 *
	 * @param from the name of the user
	 * @param text the text
	 */
	record Message(String from, String text) {

	}

}
