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

package io.github.springsocketio.autoconfigure.training;

import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * The namespace of the training with its handlers, and the events that clients emit
 * there.
 */
final class TrainingHandlers {

	static final String NAMESPACE = "/socketio-training";

	private static final Object VALUE = Map.of("text", "The same text as in most messages, \"quoted\"", "number", 42,
			"flags", List.of(true, false), "ratio", 0.75);

	private static final byte[] BINARY = new byte[200];

	private static final Message MESSAGE = new Message("a text", 42, List.of("one", "two"));

	private TrainingHandlers() {
	}

	static void register(Namespace namespace) {
		namespace.on("echo", (socket, event) -> socket.emit("echo", event))
			.on("ack", (socket, event) -> event.ack(event))
			.on("typed", Message.class, (socket, message, event) -> event.ack(message))
			.on("join", String.class, (socket, room, event) -> {
				socket.join(room);
				event.ack();
			})
			.on("room", String.class, (socket, room, event) -> namespace.to(room).emit("room", event.get(1)))
			.on("leave", String.class, (socket, room, event) -> {
				socket.leave(room);
				event.ack();
			})
			.on("broadcast", (socket, event) -> namespace.emit("broadcast", event));
	}

	/**
	 * Emit each kind of event once.
	 */
	static void emit(TrainingSocket socket, String room) {
		socket.emit("echo", VALUE);
		socket.emitWithAck("ack", "text", 1);
		socket.emitWithAck("typed", MESSAGE);
		socket.emit("echo", "attachment", BINARY);
		socket.emitWithAck("join", room);
		socket.emit("room", room, VALUE);
		socket.emitWithAck("leave", room);
		socket.emit("broadcast", VALUE);
	}

	record Message(String text, int number, List<@Nullable String> tags) {

	}

}
