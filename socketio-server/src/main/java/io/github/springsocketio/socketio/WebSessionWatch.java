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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.engineio.EngineSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Checks the {@code WebSession}s of connected clients at intervals. The clients of a
 * session that has expired or was invalidated are notified, and disconnected after a
 * while, so that they reconnect. Clients whose sockets were authenticated by an
 * authenticator do not depend on their session. Nothing is checked while no client has a
 * session.
 */
final class WebSessionWatch {

	private static final Log logger = LogFactory.getLog(WebSessionWatch.class);

	private static final int CONCURRENCY = 16;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final DefaultSocketIoServer server;

	private final SecurityOptions options;

	private final AtomicBoolean started = new AtomicBoolean();

	/** The connections that are being closed, because their session has expired. */
	private final Set<EngineSession> closing = ConcurrentHashMap.newKeySet();

	WebSessionWatch(DefaultSocketIoServer server, SecurityOptions options) {
		this.server = server;
		this.options = options;
	}

	/**
	 * Start the checks, because a client with a session has connected.
	 */
	void start() {
		if (!this.options.webSessionCheckInterval().isZero() && this.started.compareAndSet(false, true)) {
			schedule();
		}
	}

	private void schedule() {
		this.server.schedule(this.options.webSessionCheckInterval(), this::check);
	}

	private void check() {
		Map<String, List<DefaultSocket>> sessions = sockets();
		if (sessions.isEmpty() || this.server.isClosed()) {
			this.started.set(false);
			// a client may have connected before the flag was reset
			if (!this.server.isClosed() && !sockets().isEmpty()) {
				start();
			}
			return;
		}
		AtomicBoolean failed = new AtomicBoolean();
		Flux.fromIterable(sessions.values())
			.flatMap((sockets) -> check(sockets, failed), CONCURRENCY)
			.subscribe(null, this::checkFailed, this::schedule);
	}

	private void checkFailed(Throwable error) {
		logger.error("WebSessions could not be checked", error);
		schedule();
	}

	/**
	 * Return the sockets that depend on a session, by its id.
	 */
	private Map<String, List<DefaultSocket>> sockets() {
		Map<String, List<DefaultSocket>> result = new HashMap<>();
		for (DefaultNamespace namespace : this.server.registry().all()) {
			for (DefaultSocket socket : namespace.localSockets()) {
				String id = socket.conn().request().webSessionId();
				if (id != null && !isAuthenticatedOtherwise(socket) && !this.closing.contains(socket.conn())) {
					result.computeIfAbsent(id, (absent) -> new ArrayList<>()).add(socket);
				}
			}
		}
		return result;
	}

	private static boolean isAuthenticatedOtherwise(DefaultSocket socket) {
		return socket.handshake() instanceof DefaultHandshake handshake && handshake.authentication() != null;
	}

	/**
	 * Check the session of sockets.
	 */
	private Mono<Void> check(List<DefaultSocket> sockets, AtomicBoolean failed) {
		boolean access = false;
		for (DefaultSocket socket : sockets) {
			HandlerLoad load = socket.client().currentLoad();
			// resets the flag of each client
			access |= load != null && load.wasActive();
		}
		return isAlive(sockets.get(0).conn(), access && this.options.webSessionKeepAlive(), failed)
			.doOnNext((alive) -> {
				if (!alive) {
					expired(sockets);
				}
			})
			.then();
	}

	/**
	 * Return whether the {@code WebSession} of a client exists; {@code true} if this is
	 * unknown.
	 */
	private static Mono<Boolean> isAlive(EngineSession session, boolean access, AtomicBoolean failed) {
		return Mono.defer(() -> session.request().checkWebSession(access)).timeout(TIMEOUT).onErrorResume((error) -> {
			if (failed.compareAndSet(false, true)) {
				logger.warn("The WebSession of a client could not be checked", error);
			}
			return Mono.just(true);
		});
	}

	private void expired(List<DefaultSocket> sockets) {
		Map<String, Object> payload = AuthenticationExpiry.payload(Instant.now(), this.options.expiryGrace());
		for (DefaultSocket socket : sockets) {
			socket.emit(AuthenticationExpiry.EVENT, payload);
			EngineSession session = socket.conn();
			if (this.closing.add(session)) {
				this.server.schedule(this.options.expiryGrace(), () -> closeIfExpired(session));
			}
		}
	}

	private void closeIfExpired(EngineSession session) {
		isAlive(session, false, new AtomicBoolean()).subscribe((alive) -> {
			this.closing.remove(session);
			if (!alive) {
				session.close();
			}
		});
	}

}
