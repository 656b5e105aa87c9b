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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.github.springsocketio.socketio.AckErrorException;
import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import reactor.core.publisher.Mono;

import org.springframework.validation.annotation.Validated;

/**
 * Broadcasts messages and pictures to the other members of a room. The sender receives an
 * acknowledgement immediately, and the number of clients that have acknowledged the
 * message later.
 */
@SocketIoController("/chat")
@Validated
class MessageController {

	static final int MAX_PICTURE = 1_000_000;

	private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(5);

	@OnEvent
	Mono<Void> message(String room, @NotBlank @Size(max = 2000) String text, Principal user, Socket socket,
			Event event) {
		return post(room, text, user, socket, event);
	}

	@OnEvent
	Mono<Void> picture(String room, @Size(max = MAX_PICTURE) byte[] picture, Principal user, Socket socket,
			Event event) {
		if (!Picture.isKnown(picture)) {
			throw new AckErrorException("no-picture", "This is not a PNG, JPEG, GIF or WebP picture");
		}
		return post(room, picture, user, socket, event);
	}

	private static Mono<Void> post(String room, Object content, Principal user, Socket socket, Event event) {
		if (!Rooms.has(socket, room)) {
			throw new AckErrorException("not-in-room", "You are not in this room");
		}
		Stamp stamp = new Stamp(UUID.randomUUID().toString(), room, user.getName(), Instant.now());
		event.ack(stamp);
		return socket.to(Rooms.named(room))
			.timeout(DELIVERY_TIMEOUT)
			.emitWithAck(event.name(), stamp, content)
			.onErrorResume(AckTimeoutException.class, (ex) -> Mono.just(ex.responses()))
			.map(List::size)
			.doOnNext((clients) -> socket.emit("delivered", stamp.id(), clients))
			.then();
	}

	/**
	 * The metadata that the server adds to a message.
	 *
	 * @param id identifies the message in the event about its delivery
	 * @param room the room
	 * @param from the sender
	 * @param at the time at which the server received it
	 */
	record Stamp(String id, String room, String from, Instant at) {

	}

}
