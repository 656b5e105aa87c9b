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
import java.util.Collection;

import io.github.springsocketio.engineio.EngineSession;
import reactor.core.publisher.Mono;

/**
 * Closes a server without losing acknowledged events (SEC-84). First, no more events are
 * handled, and handlers in progress may complete. Then the sessions are closed in
 * batches, each after its outbox was written, so that not all clients reconnect at once.
 * What remains at the end of the time limit is closed at once.
 */
final class GracefulClose {

	private static final int BATCH = 100;

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final DefaultSocketIoServer server;

	private final SessionCloser closer;

	private final Duration limit;

	GracefulClose(DefaultSocketIoServer server, Duration limit) {
		this.server = server;
		this.closer = new SessionCloser(server);
		this.limit = limit;
	}

	Mono<Void> run() {
		Duration drain = this.limit.multipliedBy(4).dividedBy(5);
		return Mono.defer(this::finishEvents)
			.then(Mono.defer(this::closeSessions))
			.timeout(drain, Mono.empty())
			.then(this.server.close());
	}

	private Mono<Void> finishEvents() {
		return this.closer.finishEvents(this.server.engine().sessions()).timeout(this.limit.dividedBy(4), Mono.empty());
	}

	private Mono<Void> closeSessions() {
		Collection<? extends EngineSession> sessions = this.server.engine().sessions();
		int count = sessions.size();
		long batches = Math.max(1, this.limit.multipliedBy(2).dividedBy(5).dividedBy(PAUSE));
		int size = Math.max(BATCH, (int) (count / batches) + 1);
		return this.closer.closeBatches(sessions, size, (count > size) ? PAUSE : Duration.ZERO,
				(batch) -> Mono.empty());
	}

}
