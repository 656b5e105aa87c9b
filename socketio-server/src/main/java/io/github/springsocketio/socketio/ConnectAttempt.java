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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.Packet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A client on its way into a namespace (section 3): the namespace is found or made, the
 * state of an earlier connection looked up, the middlewares are asked. Whatever has to be
 * awaited goes on in the session's turn.
 */
final class ConnectAttempt {

	private static final Log logger = LogFactory.getLog(ConnectAttempt.class);

	private final Connection connection;

	private final String name;

	private final @Nullable Arguments payload;

	private @Nullable DefaultNamespace namespace;

	private @Nullable DefaultSocket socket;

	private @Nullable Disposable waiting;

	private boolean underWay;

	private boolean restoring;

	private ConnectAttempt(Connection connection, String name, @Nullable Arguments payload) {
		this.connection = connection;
		this.name = name;
		this.payload = payload;
	}

	static ConnectAttempt of(Connection connection, Packet packet) {
		if (!connection.isProtocol3()) {
			return new ConnectAttempt(connection, packet.nsp(), packet.arguments());
		}
		NamespaceName parsed = NamespaceName.of(packet.nsp());
		Arguments payload = parsed.query().isEmpty() ? null
				: connection.server().options().parser().encoder().arguments(parsed.query());
		return new ConnectAttempt(connection, parsed.path(), payload);
	}

	static ConnectAttempt toMain(Connection connection) {
		return new ConnectAttempt(connection, "/", null);
	}

	String name() {
		return this.name;
	}

	/**
	 * Return whether the socket was made, which the connection knows from then on.
	 */
	boolean hasSocket() {
		return this.socket != null;
	}

	void start() {
		NamespaceRegistry registry = this.connection.server().registry();
		DefaultNamespace existing = registry.acquire(this.name);
		if (existing != null) {
			enter(existing);
			return;
		}
		await(registry.match(this.name, DefaultHandshake.authOf(this.payload)), (family, error) -> {
			if (family == null) {
				refuse("Invalid namespace");
				return;
			}
			DefaultNamespace child = registry.acquireChild(this.name, family);
			if (child != null) {
				enter(child);
			}
			else {
				this.connection.server().engine().limitExceeded(SocketIoLimit.MAX_DYNAMIC_NAMESPACES);
				refuse("Too many namespaces");
			}
		});
	}

	private void enter(DefaultNamespace entered) {
		this.namespace = entered;
		String offset = (entered.recovery() != null && !this.connection.isProtocol3())
				? Recovery.offset(DefaultHandshake.authOf(this.payload)) : null;
		if (offset == null) {
			ask(entered, null, null);
			return;
		}
		String pid = String.valueOf(DefaultHandshake.authOf(this.payload).get("pid"));
		this.restoring = true;
		await(entered.adapter().restoreSession(pid, offset), (session, error) -> {
			if (error != null) {
				logger.warn("The state of a client cannot be looked up", error);
			}
			this.restoring = false;
			if (!this.connection.isClosed()) {
				ask(entered, session, offset);
			}
			else if (session != null) {
				// taken out for a client that is gone again
				entered.adapter().persistSession(session);
			}
		});
	}

	private void ask(DefaultNamespace entered, @Nullable PersistedSession session, @Nullable String offset) {
		DefaultSocket made = make(entered, session, offset);
		this.socket = made;
		this.connection.add(made);
		NamespaceMiddleware[] middlewares = entered.handlers().middlewares;
		if (middlewares.length == 0 || (session != null && entered.server().skipsMiddlewares())) {
			accept(made);
			return;
		}
		Mono<Void> all = Flux.fromArray(middlewares).concatMap((middleware) -> middleware.handle(made)).then();
		await(all, (none, error) -> {
			if (error == null) {
				accept(made);
			}
			else {
				refuse(made, error);
			}
		});
	}

	private DefaultSocket make(DefaultNamespace entered, @Nullable PersistedSession session, @Nullable String offset) {
		DefaultHandshake handshake = new DefaultHandshake(this.connection.session().request(), entered.encoder(),
				this.payload);
		if (this.connection.isProtocol3()) {
			String sid = this.connection.session().id();
			String id = "/".equals(entered.name()) ? sid : entered.name() + "#" + sid;
			return new DefaultSocket(entered, this.connection, id, handshake, null);
		}
		if (session != null && offset != null) {
			return new DefaultSocket(entered, this.connection, session.sid(), handshake, Recovery.of(session, offset));
		}
		Recovery recovery = (entered.recovery() != null) ? Recovery.fresh() : null;
		return new DefaultSocket(entered, this.connection, SecureSessionIds.next(), handshake, recovery);
	}

	private void accept(DefaultSocket accepted) {
		this.connection.remove(this);
		if (accepted.state() == SocketState.CONNECTING) {
			SocketLifecycle.connect(accepted);
		}
	}

	private void refuse(DefaultSocket refused, Throwable error) {
		FatalErrors.rethrowIfFatal(error);
		this.connection.remove(this);
		if (refused.state() != SocketState.CONNECTING) {
			return;
		}
		SocketLifecycle.end(refused, DisconnectReason.SERVER_NAMESPACE_DISCONNECT, null, false);
		if (error instanceof ConnectException refusal) {
			answer(refusal);
		}
		else {
			logger.error("A middleware failed in namespace " + LogText.of(this.name), error);
			answer("Internal server error", null);
		}
	}

	private void answer(ConnectException refusal) {
		String message = String.valueOf(refusal.getMessage());
		try {
			answer(message, refusal.data());
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			logger.error("The data of a refusal cannot be sent in namespace " + LogText.of(this.name), ex);
			answer(message, null);
		}
	}

	/**
	 * Tell a client why it got no socket, in the form of its protocol (SIO-28, SIO-114).
	 */
	private void answer(String message, @Nullable Object data) {
		Object payload = (data != null) ? data : message;
		if (!this.connection.isProtocol3()) {
			Map<String, Object> map = new LinkedHashMap<>();
			map.put("message", message);
			if (data != null) {
				map.put("data", data);
			}
			payload = map;
		}
		send(payload);
	}

	/**
	 * Refuse a client that has no socket yet.
	 */
	void refuse(String message) {
		this.connection.remove(this);
		send(Map.of("message", message));
	}

	private void send(Object payload) {
		this.connection.session()
			.send(this.connection.server().options().parser().encoder().connectError(this.name, payload));
	}

	/**
	 * Give up, because the client is gone (SIO-31). A socket is ended by the connection.
	 */
	void cancel() {
		if (this.waiting != null && !this.restoring) {
			this.waiting.dispose();
		}
		if (this.socket == null && this.namespace != null) {
			this.namespace.release();
		}
	}

	private <T> void await(Mono<T> mono, BiConsumer<@Nullable T, @Nullable Throwable> next) {
		boolean[] done = new boolean[1];
		Disposable subscription = Await.on(mono, this.connection.session()::execute, (value, error) -> {
			done[0] = true;
			if (this.restoring || !this.connection.isClosed()) {
				next.accept(value, error);
			}
		});
		if (!done[0]) {
			this.waiting = subscription;
			if (!this.underWay) {
				this.underWay = true;
				this.connection.add(this);
			}
		}
	}

}
