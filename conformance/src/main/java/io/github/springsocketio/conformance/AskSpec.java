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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketDisconnectedException;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who is to be asked and how: the {@code spec} of the event {@code ask}.
 *
 * @param to the id of a socket, or a room
 * @param all whether it is a room
 * @param timeout the time limit in milliseconds
 * @param event the name of the event
 * @param delay milliseconds before the event is emitted
 */
record AskSpec(@Nullable String to, @Nullable Boolean all, @Nullable Integer timeout, @Nullable String event,
		@Nullable Integer delay) {

	Mono<Map<String, Object>> ask(Namespace namespace) {
		String to = Objects.requireNonNull(this.to, "to");
		Mono<List<Arguments>> acks = Boolean.TRUE.equals(this.all) ? askAll(namespace, to)
				: askOne(namespace.sockets().get(to));
		Mono<List<Arguments>> later = (this.delay != null && this.delay > 0) ? Delays.of(this.delay).then(acks) : acks;
		return later.map((responses) -> Map.<String, Object>of("ok", true, "answers", WireBroadcasts.firsts(responses)))
			.onErrorResume((error) -> Mono.just(failure(error, to)));
	}

	private Mono<List<Arguments>> askAll(Namespace namespace, String room) {
		return namespace.in(room).timeout(limit()).emitWithAck(name());
	}

	private Mono<List<Arguments>> askOne(@Nullable Socket socket) {
		return (socket != null) ? socket.timeout(limit()).emitWithAck(name()).map((ack) -> List.of(ack))
				: Mono.error(SocketDisconnectedException::new);
	}

	private Duration limit() {
		return Duration.ofMillis(Objects.requireNonNull(this.timeout, "timeout"));
	}

	private String name() {
		return Objects.requireNonNull(this.event, "event");
	}

	private static Map<String, Object> failure(Throwable error, String to) {
		if (error instanceof AckTimeoutException timeout) {
			return failure("timeout", WireBroadcasts.firsts(timeout.responses()), timeout.missing());
		}
		if (error instanceof SocketDisconnectedException) {
			return failure("disconnected", List.of(), List.of(to));
		}
		return failure(String.valueOf(error.getMessage()), List.of(), List.of());
	}

	private static Map<String, Object> failure(String reason, List<@Nullable Object> answers,
			Collection<String> missing) {
		Map<String, Object> failure = new LinkedHashMap<>();
		failure.put("ok", false);
		failure.put("reason", reason);
		failure.put("answers", answers);
		failure.put("missing", missing);
		return failure;
	}

}
