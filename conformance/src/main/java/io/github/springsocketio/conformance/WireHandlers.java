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

package io.github.springsocketio.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.NamespaceRegistration;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The handlers of the {@code wire} profiles, which all their namespaces have.
 */
final class WireHandlers {

	private final EventLog events;

	private final WireBroadcasts broadcasts = new WireBroadcasts();

	WireHandlers(EventLog events) {
		this.events = events;
	}

	<N extends NamespaceRegistration<N>> void register(N namespace) {
		namespace.onDisconnect(this::record)
			.use(WireHandlers::intercept)
			.onError(WireHandlers::tellError)
			.on("silent", (socket, event) -> {
			});
		registerState(namespace);
		registerStreams(namespace);
		registerVolatile(namespace);
		this.broadcasts.register(namespace);
	}

	private void record(Socket socket, DisconnectReason reason, @Nullable String detail) {
		this.events.add("disconnect", Map.of("id", socket.id(), "nsp", socket.nsp(), "reason", reason.text()));
	}

	private static Mono<Event> intercept(Socket socket, Event event) {
		return switch (event.name()) {
			case "blocked" -> Mono.error(new BlockedException());
			case "rewritten" -> Mono.just(event.withName("echo"));
			default -> Mono.just(event);
		};
	}

	private static void tellError(Socket socket, Throwable error, @Nullable Event event) {
		if (error instanceof BlockedException) {
			socket.emit("handler-error", error.getMessage());
		}
	}

	private static <N extends NamespaceRegistration<N>> void registerState(N namespace) {
		namespace.on("echo", WireHandlers::echo)
			.on("whoami", (socket, event) -> event.ack(describe(socket)))
			.on("set", WireHandlers::set)
			.on("join", WireHandlers::join)
			.on("leave", WireHandlers::leave)
			.on("bye", (socket, event) -> socket.disconnect(Args.flag(event, 0)));
	}

	static void set(Socket socket, Event event) {
		socket.data().put(Args.text(event, 0), event.get(1));
		event.ack();
	}

	static void join(Socket socket, Event event) {
		socket.join(Args.text(event, 0));
		event.ack(socket.rooms());
	}

	static void leave(Socket socket, Event event) {
		socket.leave(Args.text(event, 0));
		event.ack(socket.rooms());
	}

	private static <N extends NamespaceRegistration<N>> void registerStreams(N namespace) {
		namespace.on("text", (socket, event) -> socket.emit("text", "x".repeat(Args.number(event, 0))))
			.on("plain", (socket, event) -> socket.compress(false).emit("text", "x".repeat(Args.number(event, 0))))
			.on("bytes", (socket, event) -> socket.emit("bytes", bytes(Args.number(event, 0))))
			.on("burst", (socket, event) -> burst(socket, Args.number(event, 0), Args.flag(event, 1)));
	}

	private static <N extends NamespaceRegistration<N>> void registerVolatile(N namespace) {
		namespace.on("volatile-pair", (socket, event) -> {
			socket.emit("v", "regular");
			socket.asVolatile().emit("v", "volatile");
		})
			.handle("volatile-later", (socket, event) -> Delays.of(Args.number(event, 0))
				.doOnSuccess((nothing) -> socket.asVolatile().emit("v", "later")));
	}

	static void echo(Socket socket, Event event) {
		if (event.isAckRequested()) {
			event.ack(event);
		}
		else {
			socket.emit("echo", event);
		}
	}

	static Map<String, @Nullable Object> describe(Socket socket) {
		Map<String, @Nullable Object> description = new LinkedHashMap<>();
		description.put("id", socket.id());
		description.put("nsp", socket.nsp());
		description.put("rooms", socket.rooms());
		description.put("transport", socket.conn().transportType().text());
		description.put("recovered", socket.recovered());
		description.put("data", socket.data());
		description.put("handshake", socket.handshake().toMap());
		return description;
	}

	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) i;
		}
		return bytes;
	}

	private static void burst(Socket socket, int length, boolean bye) {
		for (int i = 0; i < length; i++) {
			socket.emit("burst", i);
		}
		if (bye) {
			socket.disconnect(true);
		}
	}

	private static final class BlockedException extends RuntimeException {

		BlockedException() {
			super("blocked by middleware", null, false, false);
		}

	}

}
