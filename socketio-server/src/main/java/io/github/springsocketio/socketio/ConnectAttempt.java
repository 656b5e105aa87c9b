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
import java.util.function.Supplier;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.Packet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The attempt of a client to join a namespace: the namespace is found or created, the
 * state of an earlier connection is looked up, and the middlewares are called. Runs in
 * the session's turn.
 */
final class ConnectAttempt {

	private static final Log logger = LogFactory.getLog(ConnectAttempt.class);

	private final Client client;

	private final String name;

	private final @Nullable Arguments payload;

	private @Nullable DefaultNamespace namespace;

	private @Nullable DefaultSocket socket;

	private @Nullable Disposable waiting;

	private boolean added;

	private boolean restoring;

	private boolean canceled;

	private ConnectAttempt(Client client, String name, @Nullable Arguments payload) {
		this.client = client;
		this.name = name;
		this.payload = payload;
	}

	static ConnectAttempt of(Client client, Packet packet) {
		if (!client.isProtocol3()) {
			return new ConnectAttempt(client, packet.nsp(), packet.arguments());
		}
		NamespaceName parsed = NamespaceName.of(packet.nsp());
		Arguments payload = parsed.query().isEmpty() ? null
				: client.server().options().parser().encoder().arguments(parsed.query());
		return new ConnectAttempt(client, parsed.path(), payload);
	}

	static ConnectAttempt toMain(Client client) {
		return new ConnectAttempt(client, "/", null);
	}

	Client client() {
		return this.client;
	}

	String name() {
		return this.name;
	}

	Map<String, @Nullable Object> auth() {
		return DefaultHandshake.authOf(this.payload);
	}

	/**
	 * Return whether the socket was created, which the client knows from then on.
	 */
	boolean hasSocket() {
		return this.socket != null;
	}

	void start() {
		NamespaceRegistry registry = this.client.server().registry();
		DefaultNamespace existing = registry.acquire(this.name);
		if (existing != null) {
			restore(existing);
			return;
		}
		Context context = this.client.server().reactorContext(this.client.session());
		await(registry.match(this.name, auth()), () -> context, (family, error) -> {
			if (family == null) {
				refuse("Invalid namespace");
				return;
			}
			DefaultNamespace child = registry.acquireChild(this.name, family, this.client);
			if (child != null) {
				restore(child);
			}
			else {
				refuse("Too many namespaces");
			}
		});
	}

	private void restore(DefaultNamespace acquired) {
		this.namespace = acquired;
		Mono<DeliveryStrategy.RestoreRequest> request = acquired.delivery().restore(this);
		if (request == null) {
			callMiddlewares(acquired, null);
			return;
		}
		this.restoring = true;
		await(request, Context::empty, (restored, error) -> {
			this.restoring = false;
			if (!isOver()) {
				callMiddlewares(acquired, restored);
			}
			else if (restored != null) {
				acquired.delivery().cancel(restored);
			}
		});
	}

	private void callMiddlewares(DefaultNamespace acquired, DeliveryStrategy.@Nullable RestoreRequest restored) {
		DefaultSocket created = createSocket(acquired, restored);
		this.socket = created;
		this.client.add(created);
		NamespaceMiddleware[] middlewares = acquired.handlers().middlewares;
		if (middlewares.length == 0 || (created.recovered() && acquired.delivery().skipsMiddlewares())) {
			accept(created);
			return;
		}
		Mono<Void> all = Flux.fromArray(middlewares).concatMap((middleware) -> middleware.handle(created)).then();
		await(all, created::reactorContext, (none, error) -> {
			if (error == null) {
				accept(created);
			}
			else {
				refuse(created, error);
			}
		});
	}

	private DefaultSocket createSocket(DefaultNamespace acquired, DeliveryStrategy.@Nullable RestoreRequest restored) {
		DefaultHandshake handshake = new DefaultHandshake(this.client.session().request(), acquired.encoder(),
				this.payload);
		if (this.client.isProtocol3()) {
			String sid = this.client.session().id();
			String id = "/".equals(acquired.name()) ? sid : acquired.name() + "#" + sid;
			return new DefaultSocket(acquired, this.client, id, handshake, null);
		}
		RecoveryState state = acquired.delivery().newState(restored);
		String id = (state != null && state.session() != null) ? state.session().sid() : SecureSessionIds.next();
		return new DefaultSocket(acquired, this.client, id, handshake, state);
	}

	private void accept(DefaultSocket accepted) {
		this.client.remove(this);
		this.client.endConnected(this.name);
		accepted.connect();
	}

	private void refuse(DefaultSocket refused, Throwable error) {
		FatalErrors.rethrowIfFatal(error);
		this.client.remove(this);
		if (refused.state() != SocketState.CONNECTING) {
			return;
		}
		refused.end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, null, false);
		this.client.endConnected(this.name);
		if (error instanceof ConnectErrorException refusal) {
			sendError(refusal);
		}
		else {
			this.client.server().failures().log("Middleware", refused, error, false);
			sendError("Internal server error", null);
		}
	}

	private void sendError(ConnectErrorException refusal) {
		String message = String.valueOf(refusal.getMessage());
		try {
			sendError(message, refusal.data());
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			logger.error("The data of a refusal cannot be sent in namespace " + LogText.of(this.name), ex);
			sendError(message, null);
		}
	}

	/**
	 * Send a CONNECT_ERROR packet, in the form of the client's protocol.
	 */
	private void sendError(String message, @Nullable Object data) {
		Object error = (data != null) ? data : message;
		if (!this.client.isProtocol3()) {
			Map<String, Object> map = new LinkedHashMap<>();
			map.put("message", message);
			if (data != null) {
				map.put("data", data);
			}
			error = map;
		}
		send(error);
	}

	/**
	 * Refuse a client that has no socket yet.
	 */
	void refuse(String message) {
		this.client.remove(this);
		send(Map.of("message", message));
	}

	private void send(Object error) {
		this.client.session().send(this.client.server().options().parser().encoder().connectError(this.name, error));
	}

	/**
	 * Cancel this attempt, because the client has left or connects anew.
	 */
	void cancel() {
		cancelWaiting();
		if (this.socket != null) {
			this.socket.end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, null, false);
		}
	}

	/**
	 * Stop waiting, because the client is gone. A socket is ended by the client.
	 */
	void cancelWaiting() {
		this.canceled = true;
		if (this.waiting != null && !this.restoring) {
			this.waiting.dispose();
		}
		if (this.socket == null && this.namespace != null) {
			this.namespace.release();
		}
	}

	private boolean isOver() {
		return this.canceled || this.client.isClosed();
	}

	private <T> void await(Mono<T> mono, Supplier<Context> context, BiConsumer<@Nullable T, @Nullable Throwable> next) {
		boolean[] done = new boolean[1];
		Disposable subscription = Await.on(mono, this.client.session()::execute, context, (value, error) -> {
			done[0] = true;
			if (this.restoring || !isOver()) {
				next.accept(value, error);
			}
		});
		if (!done[0]) {
			this.waiting = subscription;
			if (!this.added) {
				this.added = true;
				this.client.add(this);
			}
		}
	}

}
