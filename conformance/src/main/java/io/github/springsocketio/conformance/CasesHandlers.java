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

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceRegistration;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The handlers of the profile {@code cases}, which all its namespaces have.
 */
final class CasesHandlers {

	private CasesHandlers() {
	}

	static <N extends NamespaceRegistration<N>> void register(N namespace) {
		registerState(namespace);
		registerRooms(namespace);
		CasesFailures.register(namespace);
		namespace.handle("send", SendSpec.class, (socket, spec, event) -> spec.send(socket))
			.handle("ask", AskSpec.class, (socket, spec, event) -> spec.ask(socket.namespace()))
			.handle("typed", Typed.class, (socket, value, event) -> Mono.just(value))
			.on("listen", CasesHandlers::listen);
	}

	private static <N extends NamespaceRegistration<N>> void registerState(N namespace) {
		namespace.on("echo", WireHandlers::echo)
			.on("size", (socket, event) -> event.ack(size(event.get(0))))
			.on("whoami", (socket, event) -> event.ack(describe(socket)))
			.on("set", (socket, event) -> {
				socket.data().put(Args.text(event, 0), event.get(1));
				event.ack();
			})
			.on("kick", (socket,
					event) -> socket.namespace().in(Args.text(event, 0)).disconnectSockets(Args.flag(event, 1)));
	}

	private static <N extends NamespaceRegistration<N>> void registerRooms(N namespace) {
		namespace.on("join", (socket, event) -> {
			socket.join(Args.text(event, 0));
			event.ack();
		})
			.handle("count", (socket, event) -> WireBroadcasts.target(socket, event.get(0)).fetchSockets().count())
			.on("say", CasesHandlers::say)
			.on("values", CasesHandlers::values);
	}

	private static @Nullable Integer size(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return bytes.length;
		}
		return (value instanceof String text) ? text.length() : null;
	}

	private static Map<String, @Nullable Object> describe(Socket socket) {
		Principal principal = socket.handshake().principal();
		Map<String, @Nullable Object> description = new LinkedHashMap<>();
		description.put("id", socket.id());
		description.put("nsp", socket.nsp());
		description.put("user", (principal != null) ? principal.getName() : null);
		description.put("rooms", socket.rooms());
		description.put("recovered", socket.recovered());
		description.put("data", socket.data());
		return description;
	}

	private static void say(Socket socket, Event event) {
		@Nullable Object[] args = Args.from(event, 0);
		args[0] = socket.id();
		socket.namespace().in(Args.text(event, 0)).emit("said", args);
		event.ack();
	}

	private static void values(Socket socket, Event event) {
		Object room = event.get(0);
		@Nullable Object[] values = Args.from(event, 1);
		if (room != null) {
			socket.to(room.toString()).emit("values", values);
		}
		else {
			socket.emit("values", values);
		}
	}

	private static void listen(Socket socket, Event event) {
		event.ack(Map.of("ok", isAccepted(socket.namespace(), Args.text(event, 0), Args.text(event, 1))));
	}

	private static boolean isAccepted(Namespace namespace, String name, String how) {
		try {
			if (how.equals("handle")) {
				namespace.handle(name, (socket, event) -> Mono.empty());
			}
			else {
				namespace.on(name, (socket, event) -> {
				});
			}
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * The argument of the event {@code typed}.
	 *
	 * @param name a text
	 * @param count a whole number
	 */
	record Typed(@Nullable String name, @Nullable Integer count) {

	}

}
