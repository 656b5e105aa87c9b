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
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.log.LogMessage;
import org.springframework.stereotype.Component;

/**
 * The namespace {@code /chat}, for those who are logged in.
 */
@Component
class Chat implements NamespaceConfigurer {

	private static final Log logger = LogFactory.getLog(Chat.class);

	private static final int MAX_ROOMS = 10;

	private final Presence presence;

	private final Mail mail = new Mail();

	Chat(Presence presence) {
		this.presence = presence;
	}

	@Override
	public void configure(SocketIoServer io) {
		Namespace chat = io.of("/chat");
		chat.use(this::admit)
			.onConnection(Chat::welcome)
			.onDisconnect((socket, reason, detail) -> this.presence.refresh(chat))
			.on("join", String.class, this::join)
			.on("leave", String.class, this::leave)
			.on("typing", String.class, this::typing)
			.handle("message", this.mail::message)
			.handle("picture", this.mail::picture)
			.onError((socket, error, event) -> logger.debug(LogMessage.format("Event of %s failed", socket.id()),
					error));
	}

	private Mono<Void> admit(Socket socket) {
		Login login = Login.of(socket);
		if (login == null) {
			return Mono.error(new ConnectErrorException("log in first"));
		}
		return login.isLive() ? Mono.empty() : Mono.error(new ConnectErrorException("session expired"));
	}

	private static void welcome(Socket socket) {
		if (Login.isLoggedOut(socket)) {
			socket.disconnect(true);
			return;
		}
		socket.emit("welcome", Login.member(socket), Mail.MAX_PICTURE);
	}

	private void join(Socket socket, String room, Event event) {
		if (!Room.isName(room)) {
			event.ack(Reply
				.refused("A room's name has 1 to 24 letters or digits, with blanks, dots or hyphens between them"));
		}
		else if (Room.namesOf(socket).size() >= MAX_ROOMS) {
			event.ack(Reply.refused("You are in %d rooms already".formatted(MAX_ROOMS)));
		}
		else {
			socket.join(Room.PREFIX + room);
			event.ack(Reply.accepted());
			socket.emit("members", this.presence.room(room));
			this.presence.refresh(socket.namespace());
		}
	}

	private void leave(Socket socket, String room, Event event) {
		socket.leave(Room.PREFIX + room);
		event.ack(Reply.accepted());
		this.presence.refresh(socket.namespace());
	}

	private void typing(Socket socket, String room, Event event) {
		if (Room.isMember(socket, room)) {
			socket.to(Room.PREFIX + room).asVolatile().emit("typing", room, Login.member(socket));
		}
	}

}
