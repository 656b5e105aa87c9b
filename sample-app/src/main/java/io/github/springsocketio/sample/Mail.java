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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Carries messages and pictures to the others in a room. The sender gets an
 * acknowledgement at once, and is told later how many clients have acknowledged.
 */
@SocketIoController("/chat")
class Mail {

	static final int MAX_TEXT = 2000;

	static final int MAX_PICTURE = 1_000_000;

	private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(5);

	@OnEvent
	Mono<Void> message(String room, @Nullable String text, Socket socket, Event event) {
		if (text == null || text.isBlank() || text.length() > MAX_TEXT) {
			return refuse(event, "A message has 1 to %d characters".formatted(MAX_TEXT));
		}
		return post(room, text, socket, event);
	}

	@OnEvent
	Mono<Void> picture(String room, byte @Nullable [] picture, Socket socket, Event event) {
		if (picture == null || !Picture.isKnown(picture)) {
			return refuse(event, "This is not a PNG, JPEG, GIF or WebP picture");
		}
		if (picture.length > MAX_PICTURE) {
			return refuse(event, "The picture has %d bytes, %d are allowed".formatted(picture.length, MAX_PICTURE));
		}
		return post(room, picture, socket, event);
	}

	private static Mono<Void> post(String room, Object content, Socket socket, Event event) {
		if (!Room.isMember(socket, room)) {
			return refuse(event, "You are not in this room");
		}
		Stamp stamp = new Stamp(UUID.randomUUID().toString(), room, Login.member(socket), Instant.now());
		event.ack(Reply.accepted(stamp));
		return socket.in(Room.PREFIX + room)
			.timeout(DELIVERY_TIMEOUT)
			.emitWithAck(event.name(), stamp, content)
			.onErrorResume(AckTimeoutException.class, (ex) -> Mono.just(ex.responses()))
			.map(List::size)
			.doOnNext((clients) -> socket.emit("delivered", stamp.id(), clients))
			.then();
	}

	private static Mono<Void> refuse(Event event, String reason) {
		event.ack(Reply.refused(reason));
		return Mono.empty();
	}

	/**
	 * What the server adds to a message.
	 *
	 * @param id names the message when it was delivered
	 * @param room the room
	 * @param from the sender
	 * @param at when the server got it
	 */
	record Stamp(String id, String room, Member from, Instant at) {

	}

}
