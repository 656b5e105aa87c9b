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
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.engineio.ReadyState;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings a server to its end without losing what it has acknowledged (SEC-84). First no
 * event is begun any more, and what is under way may finish; then the sessions are closed
 * in batches, each after its outbox, so that the clients do not all come back at once.
 * Whoever needs longer than the limit is cut off.
 */
final class GracefulClose {

	private static final int BATCH = 100;

	private static final Duration PAUSE = Duration.ofMillis(100);

	private static final Duration CHECK = Duration.ofMillis(10);

	private final DefaultSocketIoServer server;

	private final EngineServer engine;

	private final Duration limit;

	GracefulClose(DefaultSocketIoServer server, Duration limit) {
		this.server = server;
		this.engine = server.engine();
		this.limit = limit;
	}

	Mono<Void> run() {
		Duration drain = this.limit.multipliedBy(4).dividedBy(5);
		return Mono.defer(this::finishEvents)
			.then(Mono.defer(this::closeSessions))
			.timeout(drain, Mono.empty())
			.then(this.server.close());
	}

	// Events

	private Mono<Void> finishEvents() {
		return Mono.when(this.engine.sessions().stream().map(GracefulClose::turn).toList())
			.then(Mono.defer(this::idle))
			.timeout(this.limit.dividedBy(4), Mono.empty());
	}

	/**
	 * Wait for a turn of a session: events that came before are begun by then.
	 */
	private static Mono<Void> turn(EngineSession session) {
		return Mono.create((sink) -> session.execute(sink::success));
	}

	private Mono<Void> idle() {
		return Mono.fromSupplier(this::isIdle)
			.filter(Boolean::booleanValue)
			.repeatWhenEmpty((checks) -> checks.delayElements(CHECK))
			.then();
	}

	private boolean isIdle() {
		for (DefaultNamespace namespace : this.server.registry().all()) {
			for (DefaultSocket socket : namespace.localSockets()) {
				if (socket.client().load().inFlight() > 0 || socket.pendingAcks() > 0) {
					return false;
				}
			}
		}
		return true;
	}

	// Sessions

	private Mono<Void> closeSessions() {
		List<EngineSession> sessions = new ArrayList<>(this.engine.sessions());
		Collections.shuffle(sessions);
		long batches = Math.max(1, this.limit.multipliedBy(2).dividedBy(5).dividedBy(PAUSE));
		int size = Math.max(BATCH, (int) (sessions.size() / batches) + 1);
		return Flux.fromIterable(sessions)
			.buffer(size)
			.concatMap((batch) -> pause(sessions.size() > size).then(Mono.defer(this::written)).thenReturn(batch), 1)
			.flatMap(this::closeBatch)
			.then();
	}

	/**
	 * Wait until what was emitted has come to the sessions; afterwards their sockets take
	 * nothing any more.
	 */
	private Mono<Void> written() {
		return Mono.when(this.server.registry().all().stream().map(DefaultNamespace::written).toList());
	}

	/**
	 * Half a pause to one and a half, so that the nodes of a cluster do not keep step.
	 */
	private static Mono<Void> pause(boolean needed) {
		long millis = PAUSE.toMillis();
		return needed ? Mono.delay(Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis))).then()
				: Mono.empty();
	}

	private Mono<Void> closeBatch(List<EngineSession> sessions) {
		endSockets(Set.copyOf(sessions));
		return Mono.when(sessions.stream().map(GracefulClose::close).toList());
	}

	/**
	 * Close a session after what was sent to it has reached the network, not only the
	 * connection: the event loops may end soon.
	 */
	private static Mono<Void> close(EngineSession session) {
		return session.flushed().onErrorComplete().then(Mono.defer(() -> {
			session.close();
			return closed(session);
		}));
	}

	private void endSockets(Set<EngineSession> sessions) {
		for (DefaultNamespace namespace : this.server.registry().all()) {
			for (DefaultSocket socket : namespace.localSockets()) {
				if (sessions.contains(socket.conn())) {
					socket.end(DisconnectReason.SERVER_SHUTTING_DOWN, null, false);
				}
			}
		}
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
