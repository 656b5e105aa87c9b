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
import java.util.List;
import java.util.Set;

import io.github.springsocketio.engineio.EngineSession;
import reactor.core.publisher.Mono;

/**
 * Moves the clients of a server to other nodes: closes the sessions in batches while the
 * remaining clients are served. Handlers in progress may complete.
 */
final class Drain {

	/** The minimum time between two batches. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	/**
	 * The time limit for the handlers of a client, and then for writing its pending data.
	 */
	static final Duration GRACE = Duration.ofSeconds(5);

	private final DefaultSocketIoServer server;

	private final SessionCloser closer;

	private final Duration period;

	Drain(DefaultSocketIoServer server, Duration period) {
		this.server = server;
		this.closer = new SessionCloser(server);
		this.period = period;
	}

	Mono<Void> run() {
		List<EngineSession> sessions = List.copyOf(this.server.engine().sessions());
		if (sessions.isEmpty()) {
			return Mono.empty();
		}
		long batches = Math.max(1, Math.min(sessions.size(), this.period.dividedBy(PAUSE)));
		int size = (int) ((sessions.size() + batches - 1) / batches);
		Duration rest = this.period.plus(this.period.dividedBy(2)).plus(GRACE.multipliedBy(2));
		return this.closer.closeBatches(sessions, size, this.period.dividedBy(batches), this::finishEvents)
			.timeout(rest, Mono.fromRunnable(() -> sessions.forEach(EngineSession::closeNow)));
	}

	/**
	 * Handle no more events of the clients of sessions, and wait for handlers in
	 * progress.
	 */
	private Mono<Void> finishEvents(List<EngineSession> sessions) {
		this.closer.sockets(Set.copyOf(sessions)).forEach((socket) -> socket.client().stopEvents());
		return this.closer.finishEvents(sessions).timeout(GRACE, Mono.empty());
	}

}
