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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.NamespaceRegistration;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The handlers of the {@code wire} profiles that reach other sockets, or wait for
 * acknowledgements.
 */
final class WireBroadcasts {

	<N extends NamespaceRegistration<N>> void register(N namespace) {
		registerRequests(namespace);
		namespace.on("cast", WireBroadcasts::cast)
			.handle("count", (socket, event) -> target(socket, event.get(0)).fetchSockets().count());
	}

	<N extends NamespaceRegistration<N>> void registerRequests(N namespace) {
		namespace.handle("ask", WireBroadcasts::ask)
			.handle("ask-all", WireBroadcasts::askAll)
			.on("move-all", WireBroadcasts::moveAll)
			.on("kick", (socket,
					event) -> socket.namespace().in(Args.text(event, 0)).disconnectSockets(Args.flag(event, 1)));
	}

	private static void cast(Socket socket, Event event) {
		Target target = Target.of(event.get(0, Target.class));
		target.of(socket).emit(Args.text(event, 1), Args.from(event, 2));
		event.ack();
	}

	private static Mono<Map<String, Object>> ask(Socket socket, Event event) {
		return socket.timeout(timeout(event, 0))
			.emitWithAck(Args.text(event, 1), Args.from(event, 2))
			.map((ack) -> answer(true, "values", ack.toList()))
			.onErrorReturn(AckTimeoutException.class, Map.of("ok", false));
	}

	private static Mono<Map<String, Object>> askAll(Socket socket, Event event) {
		return Target.of(event.get(0, Target.class))
			.of(socket)
			.timeout(timeout(event, 1))
			.emitWithAck(Args.text(event, 2), Args.from(event, 3))
			.map((acks) -> answer(true, "responses", firsts(acks)))
			.onErrorResume(AckTimeoutException.class,
					(ex) -> Mono.just(answer(false, "responses", firsts(ex.responses()))));
	}

	private static void moveAll(Socket socket, Event event) {
		BroadcastOperator room = socket.namespace().in(Args.text(event, 0));
		room.socketsJoin(Args.text(event, 1));
		room.socketsLeave(Args.text(event, 0));
		event.ack();
	}

	static BroadcastOperator target(Socket socket, @Nullable Object room) {
		return (room != null) ? socket.namespace().in(room.toString()) : socket.namespace();
	}

	private static Duration timeout(Event event, int index) {
		return Duration.ofMillis(Args.number(event, index));
	}

	private static Map<String, Object> answer(boolean ok, String name, Object values) {
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("ok", ok);
		answer.put(name, values);
		return answer;
	}

	static List<@Nullable Object> firsts(List<Arguments> acks) {
		return acks.stream().<@Nullable Object>map((ack) -> ack.get(0)).toList();
	}

}
