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

import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnDisconnect;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;

/**
 * The namespace {@code /chat}, for those who are logged in.
 */
@SocketIoController("/chat")
class Chat {

	private static final int MAX_ROOMS = 10;

	private final Presence presence;

	Chat(Presence presence) {
		this.presence = presence;
	}

	@OnConnect
	void admit(Socket socket) {
		Login login = Login.of(socket);
		if (login == null) {
			throw new ConnectErrorException("log in first");
		}
		if (!login.isLive()) {
			throw new ConnectErrorException("session expired");
		}
	}

	@OnConnected
	void welcome(Socket socket) {
		if (Login.isLoggedOut(socket)) {
			socket.disconnect(true);
			return;
		}
		socket.emit("welcome", Login.member(socket), Mail.MAX_PICTURE);
	}

	@OnDisconnect
	void left(Namespace chat) {
		this.presence.refresh(chat);
	}

	@OnEvent
	Reply join(String room, Socket socket) {
		if (!Room.isName(room)) {
			return Reply
				.refused("A room's name has 1 to 24 letters or digits, with blanks, dots or hyphens between them");
		}
		if (Room.namesOf(socket).size() >= MAX_ROOMS) {
			return Reply.refused("You are in %d rooms already".formatted(MAX_ROOMS));
		}
		socket.join(Room.PREFIX + room);
		socket.emit("members", this.presence.room(room));
		this.presence.refresh(socket.namespace());
		return Reply.accepted();
	}

	@OnEvent
	Reply leave(String room, Socket socket) {
		socket.leave(Room.PREFIX + room);
		this.presence.refresh(socket.namespace());
		return Reply.accepted();
	}

	@OnEvent
	void typing(String room, Socket socket) {
		if (Room.isMember(socket, room)) {
			socket.to(Room.PREFIX + room).asVolatile().emit("typing", room, Login.member(socket));
		}
	}

}
