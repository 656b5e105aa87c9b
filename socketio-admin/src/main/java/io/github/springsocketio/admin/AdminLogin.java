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

package io.github.springsocketio.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.NamespaceMiddleware;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Authenticates administrators in the namespace of the UI, by the password or by the id
 * of an earlier login.
 */
final class AdminLogin implements NamespaceMiddleware {

	private static final Log logger = LogFactory.getLog(AdminLogin.class);

	/**
	 * The attribute for the id of a new login until the socket is connected.
	 */
	private static final String NEW_SESSION = AdminLogin.class.getName() + ".session";

	private static final int MAX_CHECKS = 2;

	private static final int MAX_LENGTH = 256;

	private static final String INVALID_CREDENTIALS = "invalid credentials";

	private final SocketIoServer server;

	private final String username;

	private final String passwordHash;

	private final AdminSessions sessions;

	private final AdminCluster cluster;

	private final FailedLogins failures;

	private final AtomicInteger checks = new AtomicInteger();

	private final LongAdder succeeded = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder refused = new LongAdder();

	AdminLogin(SocketIoServer server, AdminProperties properties, AdminSessions sessions, AdminCluster cluster,
			FailedLogins failures) {
		this.server = server;
		this.username = Objects.requireNonNullElse(properties.getUsername(), "");
		this.passwordHash = properties.passwordHash();
		this.sessions = sessions;
		this.cluster = cluster;
		this.failures = failures;
	}

	long succeeded() {
		return this.succeeded.sum();
	}

	long failed() {
		return this.failed.sum();
	}

	long refused() {
		return this.refused.sum();
	}

	/**
	 * Return and remove the id of the login if a socket has connected with a password.
	 */
	static @Nullable String takeSession(Socket socket) {
		return (socket.handshake().attributes().remove(NEW_SESSION) instanceof String id) ? id : null;
	}

	@Override
	public Mono<Void> handle(Socket socket) {
		Map<String, @Nullable Object> auth = socket.handshake().auth();
		String sessionId = text(auth.get("sessionId"));
		String name = text(auth.get("username"));
		String password = text(auth.get("password"));
		if (sessionId == null && (name == null || password == null)) {
			return Mono.error(new ConnectErrorException(INVALID_CREDENTIALS));
		}
		String hash = (sessionId != null) ? SocketDetails.hash(sessionId) : null;
		if (this.sessions.remaining(hash) > 0) {
			this.succeeded.increment();
			return Mono.empty();
		}
		String address = socket.handshake().address();
		if (!this.failures.begin(address)) {
			return refuse("too many failed logins");
		}
		return isKnownElsewhere(hash)
			.flatMap((known) -> known ? Mono.just(true) : checkPassword(socket, name, password))
			.flatMap((accepted) -> end(address, accepted));
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof String text && !text.isEmpty() && text.length() <= MAX_LENGTH) ? text : null;
	}

	private Mono<Void> refuse(String message) {
		this.refused.increment();
		return Mono.error(new ConnectErrorException(message));
	}

	private Mono<Void> end(String address, boolean accepted) {
		if (accepted) {
			this.failures.succeeded(address);
			this.succeeded.increment();
			return Mono.empty();
		}
		this.failed.increment();
		if (logger.isWarnEnabled()) {
			logger.warn("A login to the Admin UI from " + PlainValue.shorten(address, MAX_LENGTH) + " has failed");
		}
		return Mono.error(new ConnectErrorException(INVALID_CREDENTIALS));
	}

	private Mono<Boolean> isKnownElsewhere(@Nullable String hash) {
		if (hash == null) {
			return Mono.just(false);
		}
		return this.cluster.findSession(hash).map((remaining) -> {
			if (remaining > 0) {
				this.sessions.add(hash, remaining);
			}
			return remaining > 0;
		});
	}

	private Mono<Boolean> checkPassword(Socket socket, @Nullable String name, @Nullable String password) {
		if (name == null || password == null) {
			return Mono.just(false);
		}
		// a check needs about a tenth of a second of CPU time
		if (this.checks.incrementAndGet() > MAX_CHECKS) {
			this.checks.decrementAndGet();
			return refuse("too many logins at once").then(Mono.just(false));
		}
		return this.server.callBlocking(() -> BCrypt.checkpw(password, this.passwordHash))
			.map((matches) -> matches & isUsername(name))
			.doOnNext((accepted) -> {
				if (accepted) {
					socket.handshake().attributes().put(NEW_SESSION, this.sessions.create());
				}
			})
			.doFinally((signal) -> this.checks.decrementAndGet());
	}

	private boolean isUsername(String name) {
		return MessageDigest.isEqual(name.getBytes(StandardCharsets.UTF_8),
				this.username.getBytes(StandardCharsets.UTF_8));
	}

}
