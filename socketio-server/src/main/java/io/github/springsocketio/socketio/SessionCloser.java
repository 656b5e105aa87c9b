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

package io.github.springsocketio.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.engineio.ReadyState;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Closes sessions in batches with pauses, so that not all clients reconnect at once.
 * Sockets end with the reason {@code server shutting down}, without a DISCONNECT packet,
 * after which clients would not reconnect.
 */
final class SessionCloser {

	private static final Duration CHECK = Duration.ofMillis(10);

	private final DefaultSocketIoServer server;

	SessionCloser(DefaultSocketIoServer server) {
		this.server = server;
	}

	/**
	 * Wait until started events of sessions are handled and acknowledged.
	 */
	Mono<Void> finishEvents(Collection<? extends EngineSession> sessions) {
		return Mono.when(sessions.stream().map(SessionCloser::turn).toList()).then(Mono.defer(() -> {
			List<DefaultSocket> sockets = sockets(Set.copyOf(sessions));
			return Mono.fromSupplier(() -> isIdle(sockets))
				.filter(Boolean::booleanValue)
				.repeatWhenEmpty((checks) -> checks.delayElements(CHECK))
				.then();
		}));
	}

	/**
	 * Wait for a task in the session's turn: events that were received before have been
	 * started by then.
	 */
	private static Mono<Void> turn(EngineSession session) {
		return Mono.create((sink) -> session.execute(sink::success));
	}

	private static boolean isIdle(List<DefaultSocket> sockets) {
		for (DefaultSocket socket : sockets) {
			HandlerLoad load = socket.client().currentLoad();
			int inFlight = (load != null) ? load.inFlight() : 0;
			if (socket.connected() && (inFlight > 0 || socket.pendingAcks() > 0)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return the sockets of sessions.
	 */
	List<DefaultSocket> sockets(Set<? extends EngineSession> sessions) {
		List<DefaultSocket> result = new ArrayList<>();
		for (DefaultNamespace namespace : this.server.registry().all()) {
			for (DefaultSocket socket : namespace.localSockets()) {
				if (sessions.contains(socket.conn())) {
					result.add(socket);
				}
			}
		}
		return result;
	}

	/**
	 * Close sessions in random order.
	 * @param size the number of sessions in a batch
	 * @param pause the time before each batch, on average
	 * @param preparation called for each batch before its sockets end
	 */
	Mono<Void> closeBatches(Collection<? extends EngineSession> sessions, int size, Duration pause,
			Function<List<EngineSession>, Mono<Void>> preparation) {
		List<EngineSession> shuffled = new ArrayList<>(sessions);
		Collections.shuffle(shuffled);
		return Flux.fromIterable(shuffled)
			.buffer(size)
			.concatMap((batch) -> pause(pause).thenReturn(batch), 1)
			.flatMap((batch) -> preparation.apply(batch)
				.then(Mono.defer(this::written))
				.then(Mono.defer(() -> closeBatch(batch))))
			.then();
	}

	/**
	 * Wait for a random time of 50 to 150 percent of a pause, so that the nodes of a
	 * cluster are not synchronized.
	 */
	private static Mono<Void> pause(Duration pause) {
		long millis = pause.toMillis();
		return (millis > 0)
				? Mono.delay(Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis))).then()
				: Mono.empty();
	}

	/**
	 * Wait until the events emitted so far were passed to the sessions. Sockets that have
	 * ended receive no more events.
	 */
	private Mono<Void> written() {
		return Mono.when(this.server.registry().all().stream().map(DefaultNamespace::written).toList());
	}

	private Mono<Void> closeBatch(List<EngineSession> sessions) {
		sockets(Set.copyOf(sessions))
			.forEach((socket) -> socket.end(DisconnectReason.SERVER_SHUTTING_DOWN, null, false));
		return Mono.when(sessions.stream().map(SessionCloser::close).toList());
	}

	/**
	 * Close a session after its messages were written to the network, because the event
	 * loops may terminate soon.
	 */
	private static Mono<Void> close(EngineSession session) {
		return session.flushed().onErrorComplete().then(Mono.defer(() -> {
			session.close();
			return closed(session);
		}));
	}

	private static Mono<Void> closed(EngineSession session) {
		return Mono.create((sink) -> {
			session.addListener(new EngineSessionListener() {

				@Override
				public void onClose(EngineSession closed, CloseReason reason, @Nullable String detail) {
					sink.success();
				}

			});
			if (session.readyState() == ReadyState.CLOSED) {
				sink.success();
			}
		});
	}

}
