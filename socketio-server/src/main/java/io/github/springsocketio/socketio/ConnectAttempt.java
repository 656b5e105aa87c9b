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
import io.github.springsocketio.engineio.ApplicationCalls;
import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.socketio.ServerObserver.Operation;
import io.github.springsocketio.socketio.ServerObserver.Outcome;
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
 * client is authenticated, the state of an earlier connection is looked up, and the
 * middlewares are called. Runs in the session's turn.
 */
final class ConnectAttempt {

	private static final Log logger = LogFactory.getLog(ConnectAttempt.class);

	private final Client client;

	private final String name;

	private final @Nullable Arguments payload;

	private final int payloadBytes;

	private @Nullable DefaultNamespace namespace;

	private @Nullable DefaultSocket socket;

	private @Nullable Disposable waiting;

	private @Nullable Takeover takeover;

	/** The result of an earlier lookup; {@code null} if the state has to be looked up. */
	private final @Nullable Restoration known;

	private final DefaultHandshake handshake;

	/** Whether the authenticators were called, for this attempt or for an earlier one. */
	private boolean authenticated;

	private boolean added;

	/** Not {@code null} if the attempt is observed and in progress. */
	private @Nullable Operation operation;

	/** The memory of the payload that is counted, until the socket counts it. */
	private int counted;

	private boolean restoring;

	private boolean canceled;

	private ConnectAttempt(Client client, String name, @Nullable Arguments payload, int payloadBytes) {
		this.client = client;
		this.name = name;
		this.payload = payload;
		this.payloadBytes = payloadBytes;
		this.known = null;
		this.handshake = new DefaultHandshake(client.session().request(), client.server().authPayload(payload),
				DefaultHandshake.retainedBytes(payload, payloadBytes));
		this.operation = client.server().observerCalls().connecting(this.handshake, name, client.server().registry());
	}

	/**
	 * Create an attempt that continues another one.
	 */
	private ConnectAttempt(ConnectAttempt previous, @Nullable Restoration known) {
		this.client = previous.client;
		this.name = previous.name;
		this.payload = previous.payload;
		this.payloadBytes = previous.payloadBytes;
		this.known = known;
		this.handshake = previous.handshake;
		this.authenticated = previous.authenticated;
		this.operation = previous.operation;
		previous.operation = null;
	}

	private void observedRefusal(Throwable error) {
		boolean meant = error instanceof ConnectErrorException;
		observed(meant ? Outcome.REFUSED : Outcome.ERROR, error);
	}

	/**
	 * Notify the observer, if there is one, of the end of this attempt.
	 */
	private void observed(Outcome outcome, @Nullable Throwable error) {
		Operation current = this.operation;
		if (current != null) {
			this.operation = null;
			current.end(outcome, error);
		}
	}

	/**
	 * Create an attempt.
	 * @param bytes the size of the packet
	 */
	static ConnectAttempt of(Client client, Packet packet, int bytes) {
		if (!client.isProtocol3()) {
			return new ConnectAttempt(client, packet.nsp(), packet.arguments(), bytes);
		}
		NamespaceName parsed = NamespaceName.of(packet.nsp());
		Arguments payload = parsed.query().isEmpty() ? null
				: client.server().options().parser().encoder().arguments(parsed.query());
		return new ConnectAttempt(client, parsed.path(), payload, bytes);
	}

	static ConnectAttempt toMain(Client client) {
		return new ConnectAttempt(client, "/", null, 0);
	}

	Client client() {
		return this.client;
	}

	String name() {
		return this.name;
	}

	Map<String, @Nullable Object> auth() {
		// not from the handshake, which would keep the decoded payload
		return DefaultHandshake.authOf(this.payload);
	}

	/**
	 * Return the name of the principal, who is authenticated.
	 */
	@Nullable String principalName() {
		return DefaultHandshake.principalName(this.handshake.principal());
	}

	/**
	 * Return whether the socket was created and added to the client.
	 */
	boolean hasSocket() {
		return this.socket != null;
	}

	void start() {
		NamespaceRegistry registry = this.client.server().registry();
		DefaultNamespace existing = registry.acquire(this.name);
		if (existing != null) {
			this.namespace = existing;
			authenticate(() -> restore(existing));
			return;
		}
		Context context = this.client.server().reactorContext(this.client.session());
		await(registry.match(this.name, auth()), () -> context, (family, error) -> {
			if (family == null) {
				refuse("Invalid namespace");
				return;
			}
			authenticate(() -> create(family));
		});
	}

	private void create(DefaultDynamicNamespace family) {
		DefaultNamespace child = this.client.server().registry().acquireChild(this.name, family, this.client);
		if (child != null) {
			this.namespace = child;
			restore(child);
		}
		else {
			refuse("Too many namespaces");
		}
	}

	/**
	 * Authenticate the client, before the state is looked up and the middlewares are
	 * called.
	 */
	private void authenticate(Runnable next) {
		DefaultSocketIoServer server = this.client.server();
		if (this.authenticated || !server.authentications().isEnabled()) {
			next.run();
			return;
		}
		Context context = server.reactorContext(this.client.session());
		await(server.authentications().authenticate(this.name, this.handshake), () -> context,
				(authentication, error) -> {
					if (error != null) {
						refuseUnauthenticated(error);
						return;
					}
					this.handshake.authenticated(authentication);
					this.authenticated = true;
					next.run();
				});
	}

	private void refuseUnauthenticated(Throwable error) {
		FatalErrors.rethrowIfFatal(error);
		observedRefusal(error);
		this.client.remove(this);
		releaseNamespace();
		this.client.endConnected(this.name);
		if (error instanceof ConnectErrorException refusal) {
			sendError(refusal);
		}
		else {
			this.client.server().failures().authenticationFailed(this.name, error);
			sendError("Internal server error", null);
		}
	}

	private void restore(DefaultNamespace acquired) {
		Mono<Restoration> request = (this.known == null) ? acquired.delivery().restore(this) : null;
		if (request == null) {
			callMiddlewares(acquired, this.known);
			return;
		}
		this.restoring = true;
		await(request, Context::empty, (restoration, error) -> {
			this.restoring = false;
			if (!isOver()) {
				restored(acquired, restoration);
			}
			else if (restoration != null) {
				acquired.delivery().cancel(restoration);
			}
		});
	}

	private void restored(DefaultNamespace acquired, @Nullable Restoration restoration) {
		DefaultSocket living = (restoration != null) ? restoration.living() : null;
		if (restoration == null || living == null) {
			callMiddlewares(acquired, restoration);
		}
		else if (living.client() == this.client) {
			end();
			Takeover.repeatResponse(living);
		}
		else if (acquired.handlers().middlewares.length == 0 || acquired.delivery().skipsMiddlewares()) {
			takeOver(acquired, living, restoration, null);
		}
		else {
			callMiddlewares(acquired, restoration);
		}
	}

	private void callMiddlewares(DefaultNamespace acquired, @Nullable Restoration restoration) {
		DefaultSocket created = createSocket(acquired, restoration);
		this.socket = created;
		count(0);
		this.client.add(created);
		NamespaceMiddleware[] middlewares = acquired.handlers().middlewares;
		if (middlewares.length == 0 || (created.recovered() && acquired.delivery().skipsMiddlewares())) {
			accept(created);
			return;
		}
		DefaultSocket living = (restoration != null) ? restoration.living() : null;
		Takeover.StandIn standIn = (living != null) ? new Takeover.StandIn(created, living) : null;
		Mono<Void> all = Flux.fromArray(middlewares)
			.concatMap((middleware) -> ApplicationCalls.defer(() -> middleware.handle(created)))
			.then();
		await(all, created::reactorContext, (none, error) -> {
			if (error != null) {
				refuse(created, error);
			}
			else if (restoration != null && living != null) {
				takeOver(acquired, living, restoration, standIn);
			}
			else {
				accept(created);
			}
		});
	}

	private DefaultSocket createSocket(DefaultNamespace acquired, @Nullable Restoration restoration) {
		if (this.client.isProtocol3()) {
			String sid = this.client.session().id();
			String id = "/".equals(acquired.name()) ? sid : acquired.name() + "#" + sid;
			return new DefaultSocket(acquired, this.client, id, this.handshake, null);
		}
		RecoveryState state = acquired.delivery().newState(restoration);
		String id = (restoration != null) ? restoration.sid() : null;
		return new DefaultSocket(acquired, this.client, (id != null) ? id : SecureSessionIds.next(), this.handshake,
				state);
	}

	private void accept(DefaultSocket accepted) {
		this.client.remove(this);
		this.client.endConnected(this.name);
		boolean connecting = accepted.state() == SocketState.CONNECTING;
		accepted.connect(this);
		observed(connecting ? Outcome.SUCCESS : Outcome.CANCELED, null);
	}

	private void takeOver(DefaultNamespace acquired, DefaultSocket living, Restoration restoration,
			Takeover.@Nullable StandIn standIn) {
		if (standIn != null && standIn.socket().state() != SocketState.CONNECTING) {
			observed(Outcome.CANCELED, null);
			this.client.remove(this);
			return;
		}
		add();
		this.client.endConnected(this.name);
		this.takeover = acquired.delivery().takeover(this, living, restoration, this.handshake, standIn);
		this.takeover.start();
	}

	/**
	 * Called when the client has taken over a socket.
	 */
	void takenOver(DefaultSocket living) {
		end();
		living.events().callRecoveryListeners();
	}

	private void end() {
		observed(Outcome.SUCCESS, null);
		this.client.remove(this);
		releaseNamespace();
		this.client.onConnected();
	}

	/**
	 * Called when the client could not take over a socket.
	 * @param result the result to connect with, or {@code null} to look up the state
	 * again, because the socket is disconnected
	 */
	void takeoverFailed(@Nullable Restoration result) {
		if (isOver()) {
			return;
		}
		this.takeover = null;
		this.client.remove(this);
		if (this.socket != null) {
			this.socket.abandon();
		}
		releaseNamespace();
		new ConnectAttempt(this, result).start();
	}

	/**
	 * Start over without the state, because it is not complete. The socket is already
	 * disconnected.
	 */
	void startOver(Restoration result) {
		if (!this.client.isClosed()) {
			new ConnectAttempt(this, result).start();
		}
	}

	private void releaseNamespace() {
		if (this.socket == null && this.namespace != null) {
			this.namespace.release();
			this.namespace = null;
		}
	}

	private void refuse(DefaultSocket refused, Throwable error) {
		FatalErrors.rethrowIfFatal(error);
		this.client.remove(this);
		if (refused.state() != SocketState.CONNECTING) {
			observed(Outcome.CANCELED, null);
			return;
		}
		observedRefusal(error);
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
			logger.error("Data of a ConnectErrorException could not be encoded in namespace " + LogText.of(this.name),
					ex);
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
		observed(Outcome.REFUSED, null);
		this.client.remove(this);
		send(Map.of("message", message));
	}

	private void send(Object error) {
		this.client.session().send(this.client.server().options().parser().encoder().connectError(this.name, error));
	}

	/**
	 * Cancel this attempt, because the client has left or reconnects.
	 */
	void cancel(DisconnectReason reason) {
		cancelWaiting();
		if (this.socket != null) {
			this.socket.end(reason, null, false);
		}
	}

	/**
	 * Stop waiting, because the client has disconnected. The client ends the socket, if
	 * there is one.
	 */
	void cancelWaiting() {
		this.canceled = true;
		observed(Outcome.CANCELED, null);
		if (this.waiting != null && !this.restoring) {
			this.waiting.dispose();
		}
		if (this.takeover != null) {
			this.takeover.cancel();
		}
		releaseNamespace();
	}

	private boolean isOver() {
		return this.canceled || this.client.isClosed();
	}

	private <T> void await(Mono<T> mono, Supplier<Context> context, BiConsumer<@Nullable T, @Nullable Throwable> next) {
		boolean[] done = new boolean[1];
		Operation current = this.operation;
		Supplier<Context> observed = (current != null) ? () -> current.context(context.get()) : context;
		Disposable subscription = Await.on(mono, this.client.session()::execute, observed, (value, error) -> {
			done[0] = true;
			if (this.restoring || !isOver()) {
				next.accept(value, error);
			}
		});
		if (!done[0]) {
			this.waiting = subscription;
			add();
		}
	}

	private void add() {
		if (!this.added) {
			this.added = true;
			this.client.add(this);
			if (this.socket == null) {
				count(DefaultHandshake.retainedBytes(this.payload, this.payloadBytes));
			}
		}
	}

	/**
	 * Called when this attempt is no longer one of the client's attempts.
	 */
	void removed() {
		count(0);
	}

	private void count(int bytes) {
		this.client.countMemory(bytes - this.counted);
		this.counted = bytes;
	}

}
