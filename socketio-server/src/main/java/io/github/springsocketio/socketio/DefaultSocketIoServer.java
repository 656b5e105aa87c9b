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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.RecoveryLimits;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import org.springframework.util.Assert;

/**
 * A Socket.IO server on top of an engine.
 */
final class DefaultSocketIoServer
		implements SocketIoServer, NamespaceRegistrationSupport<SocketIoServer>, BroadcastDelegate {

	private static final Log logger = LogFactory.getLog(DefaultSocketIoServer.class);

	private final EngineServer engine;

	private final SocketIoOptions options;

	private final PacketEncoder encoder;

	/** An empty object. */
	private final Arguments noAuth;

	private final @Nullable RecoveryLimits recoveryLimits;

	private final HandlerTable initialHandlers;

	private final FailureLog failures;

	private final ErrorAcks errorAcks;

	private final @Nullable ArgumentValidation validation;

	private final BlockingCalls blockingCalls;

	private final ObserverCalls observerCalls;

	private final SocketListeners socketListeners;

	private final NamespaceRegistry registry = new NamespaceRegistry(this);

	private final UnjoinedClients unjoined;

	private final Authentications authentications;

	private final WebSessionWatch webSessionWatch;

	private final List<RecoveryListener> recoveryListeners = new CopyOnWriteArrayList<>();

	private final List<AdapterFailureListener> adapterFailureListeners = new CopyOnWriteArrayList<>();

	private final DefaultNamespace main;

	private final Mono<Void> close = Mono.defer(this::closeOnce).cache();

	private volatile boolean closed;

	DefaultSocketIoServer(EngineServer engine, SocketIoOptions options) {
		Assert.notNull(engine, "'engine' must not be null");
		Assert.notNull(options, "'options' must not be null");
		this.engine = engine;
		this.options = options;
		this.encoder = options.parser().encoder();
		this.noAuth = this.encoder.arguments(Map.of());
		this.failures = new FailureLog(engine.timers()::nanoTime);
		HandlerOptions handlers = options.handlers();
		this.errorAcks = new ErrorAcks(handlers, this.failures);
		this.validation = (handlers.validator() != null) ? new ArgumentValidation(handlers.validator()) : null;
		this.blockingCalls = new BlockingCalls(handlers.blockingExecutor(), handlers.threadContexts());
		this.observerCalls = new ObserverCalls(ServerObservers.of(handlers.observers()),
				new SlowHandlerWatch(options.slowHandlerThreshold(), engine.timers(), this.failures));
		this.socketListeners = new SocketListeners(this.failures);
		this.unjoined = new UnjoinedClients(this);
		this.authentications = new Authentications(this, options.security());
		this.webSessionWatch = new WebSessionWatch(this, options.security());
		this.initialHandlers = HandlerTable.EMPTY
			.changed((table) -> table.interceptors = handlers.eventInterceptors().toArray(EventInterceptor[]::new));
		ConnectionStateRecovery recovery = options.connectionStateRecovery();
		this.recoveryLimits = (recovery != null) ? limits(recovery, engine.options()) : null;
		this.main = this.registry.of("/");
		engine.setConnectionHandler(connectionHandler());
	}

	private static RecoveryLimits limits(ConnectionStateRecovery recovery, EngineOptions engine) {
		return RecoveryLimits.builder(recovery.maxDisconnectionDuration())
			.maxSessions(recovery.maxSessions())
			.maxPackets(recovery.maxPackets())
			.maxBytes(recovery.maxBytes())
			.maxPacketAge(recovery.maxDisconnectionDuration().plus(engine.pingInterval()).plus(engine.pingTimeout()))
			.maxOutboundBytes(orUnlimited(engine.maxOutboundBytes()))
			.maxOutboundPackets(orUnlimited(engine.maxOutboundPackets()))
			.build();
	}

	private static int orUnlimited(int limit) {
		return (limit != 0) ? limit : Integer.MAX_VALUE;
	}

	SocketIoOptions options() {
		return this.options;
	}

	PacketEncoder encoder() {
		return this.encoder;
	}

	/**
	 * Return the auth payload of a client.
	 * @param sent the received payload, or {@code null} if the client sent none
	 */
	Arguments authPayload(@Nullable Arguments sent) {
		return (sent != null && sent.size() != 0) ? sent : this.noAuth;
	}

	@Nullable RecoveryLimits recoveryLimits() {
		return this.recoveryLimits;
	}

	/**
	 * Return the initial registrations of a namespace.
	 */
	HandlerTable initialHandlers() {
		return this.initialHandlers;
	}

	FailureLog failures() {
		return this.failures;
	}

	ErrorAcks errorAcks() {
		return this.errorAcks;
	}

	/**
	 * Return the validation of arguments, or {@code null} if there is no validator.
	 */
	@Nullable ArgumentValidation validation() {
		return this.validation;
	}

	@Override
	public boolean hasValidator() {
		return this.validation != null;
	}

	BlockingCalls blockingCalls() {
		return this.blockingCalls;
	}

	@Override
	public <T> Mono<T> callBlocking(Callable<? extends @Nullable T> code) {
		Assert.notNull(code, "'code' must not be null");
		return Mono.defer(() -> this.blockingCalls.call(code));
	}

	@Override
	public void validate(int index, Object value, Object... hints) {
		if (this.validation != null) {
			this.validation.validate(index, value, hints);
		}
	}

	ObserverCalls observerCalls() {
		return this.observerCalls;
	}

	/**
	 * Log the failure of an operation of an adapter, and notify the listeners.
	 */
	void adapterFailed(DefaultNamespace namespace, String operation, Throwable error) {
		this.failures.log(operation, namespace, error);
		notifyAll(this.adapterFailureListeners, (listener) -> listener.onAdapterFailure(namespace, operation, error));
	}

	/**
	 * Return the time limit for acknowledgements, or {@code null} for none.
	 */
	@Nullable Duration ackTimeout(BroadcastFlags flags) {
		Duration timeout = (flags.timeout() != null) ? flags.timeout() : this.options.ackTimeout();
		return timeout.isZero() ? null : timeout;
	}

	/**
	 * Return the Reactor context for publishers of the application for a session.
	 */
	Context reactorContext(EngineSession session) {
		return Context.of(session.request().context());
	}

	/**
	 * Return the Reactor context for publishers of the application for a socket.
	 */
	Context reactorContext(DefaultSocket socket) {
		Context context = reactorContext(socket.conn());
		for (ReactorContextCustomizer customizer : this.options.handlers().reactorContextCustomizers()) {
			context = customizer.customize(context, socket);
		}
		return context;
	}

	@Override
	public String name() {
		return this.main.name();
	}

	@Override
	public SocketIoServer self() {
		return this;
	}

	@Override
	public HandlerTable handlers() {
		return this.main.handlers();
	}

	@Override
	public void change(Consumer<HandlerTable> change) {
		this.main.change(change);
	}

	NamespaceRegistry registry() {
		return this.registry;
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Schedule a task that may call the application. It does not run on the thread of the
	 * timers.
	 */
	Timers.Timeout schedule(Duration delay, Runnable task) {
		return this.engine.timers().schedule(delay, () -> Schedulers.parallel().schedule(task));
	}

	@Override
	public BroadcastOperator all() {
		return this.main.all();
	}

	@Override
	public Namespace of(String name) {
		Assert.notNull(name, "'name' must not be null");
		return this.registry.of(NamespaceName.normalize(name));
	}

	@Override
	public DynamicNamespace of(Pattern pattern) {
		Assert.notNull(pattern, "'pattern' must not be null");
		return this.registry.addFamily((name) -> new DefaultDynamicNamespace(name, this.initialHandlers,
				new PatternMatcher(pattern, this.failures), hasValidator()));
	}

	@Override
	public DynamicNamespace of(NamespaceMatcher matcher) {
		Assert.notNull(matcher, "'matcher' must not be null");
		return this.registry
			.addFamily((name) -> new DefaultDynamicNamespace(name, this.initialHandlers, matcher, hasValidator()));
	}

	@Override
	public Namespace sockets() {
		return this.main;
	}

	@Override
	public Collection<Namespace> namespaces() {
		return List.copyOf(this.registry.all());
	}

	@Override
	public void onNewNamespace(Consumer<Namespace> listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.registry.addListener(listener);
	}

	@Override
	public BroadcastOperator user(String name) {
		return inAllNamespaces(HiddenRooms.ofUser(name));
	}

	@Override
	public BroadcastOperator session(String sessionId) {
		return inAllNamespaces(HiddenRooms.ofSession(sessionId));
	}

	private BroadcastOperator inAllNamespaces(String room) {
		return new FamilyBroadcastOperator(this.registry.all(), (namespace) -> namespace.to(room));
	}

	@Override
	public void disconnectSession(String sessionId) {
		Assert.notNull(sessionId, "'sessionId' must not be null");
		disconnectRoom(HiddenRooms.ofSession(sessionId));
		// sockets whose session id changed while they were connecting, or was changed in
		// the WebSession object only
		for (DefaultNamespace namespace : this.registry.all()) {
			for (DefaultSocket socket : namespace.localSockets()) {
				if (sessionId.equals(socket.conn().request().webSessionId())) {
					socket.disconnect(true);
				}
			}
		}
	}

	@Override
	public void changeSessionId(String previousId, String id) {
		Assert.notNull(previousId, "'previousId' must not be null");
		Assert.notNull(id, "'id' must not be null");
		// first, so that a socket that is connecting joins the room of at least one of
		// the ids
		this.engine.sessions().forEach((session) -> session.request().onWebSessionIdChanged(previousId, id));
		Set<String> previous = Set.of(HiddenRooms.ofSession(previousId));
		Set<String> next = Set.of(HiddenRooms.ofSession(id));
		BroadcastOptions sockets = BroadcastOptions.ALL.withRooms(previous);
		for (DefaultNamespace namespace : this.registry.all()) {
			Adapter adapter = namespace.adapter();
			namespace.run("addSockets", () -> adapter.addSockets(sockets, next));
			namespace.run("delSockets", () -> adapter.delSockets(sockets, previous));
		}
	}

	@Override
	public void disconnectUser(String name) {
		Assert.notNull(name, "'name' must not be null");
		disconnectRoom(HiddenRooms.ofUser(name));
	}

	private void disconnectRoom(String room) {
		for (DefaultNamespace namespace : this.registry.all()) {
			namespace.all().to(room).disconnectSockets(true);
		}
	}

	SocketListeners socketListeners() {
		return this.socketListeners;
	}

	@Override
	public void addSocketListener(SocketListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.socketListeners.add(listener);
	}

	@Override
	public void addSocketListener(SocketRoomListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.socketListeners.add(listener);
	}

	@Override
	public void onRecovery(RecoveryListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.recoveryListeners.add(listener);
	}

	@Override
	public void onAdapterFailure(AdapterFailureListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.adapterFailureListeners.add(listener);
	}

	/**
	 * Notify the listeners of the outcome of a recovery.
	 */
	void notifyRecovery(Namespace namespace, RecoveryOutcome outcome) {
		notifyAll(this.recoveryListeners, (listener) -> listener.onRecovery(namespace, outcome));
	}

	private static <L> void notifyAll(List<L> listeners, Consumer<L> notification) {
		for (L listener : listeners) {
			try {
				notification.accept(listener);
			}
			catch (Throwable ex) {
				FatalErrors.rethrowIfFatal(ex);
				logger.error("Listener " + listener.getClass().getName() + " failed", ex);
			}
		}
	}

	@Override
	public EngineServer engine() {
		return this.engine;
	}

	@Override
	public EngineConnectionHandler connectionHandler() {
		return new Connections(this);
	}

	UnjoinedClients unjoined() {
		return this.unjoined;
	}

	Authentications authentications() {
		return this.authentications;
	}

	WebSessionWatch webSessionWatch() {
		return this.webSessionWatch;
	}

	/**
	 * Return the namespaces with the number of their handlers, and the type of adapter.
	 */
	@Override
	public String toString() {
		return "SocketIoServer[namespaces=" + this.registry + ", adapter="
				+ this.main.adapter().getClass().getSimpleName() + "]";
	}

	@Override
	public Mono<Void> close() {
		return this.close;
	}

	@Override
	public Mono<Void> closeGracefully(Duration limit) {
		Assert.isTrue(limit.toMillis() > 0, "'limit' must be at least 1 ms");
		return Mono.defer(() -> {
			this.engine.refuseNewSessions();
			this.closed = true;
			return new GracefulClose(this, limit).run();
		});
	}

	@Override
	public Mono<Void> drain(Duration period) {
		Assert.isTrue(!period.isNegative(), "'period' must not be negative");
		return Mono.defer(() -> {
			this.engine.refuseNewSessions();
			return new Drain(this, period).run();
		});
	}

	private Mono<Void> closeOnce() {
		this.closed = true;
		this.engine.refuseNewSessions();
		for (DefaultNamespace namespace : this.registry.all()) {
			for (DefaultSocket socket : namespace.localSockets()) {
				socket.end(DisconnectReason.SERVER_SHUTTING_DOWN, null, false);
			}
		}
		Mono<Void> adapters = Flux.fromIterable(this.registry.all()).flatMap(DefaultNamespace::close).then();
		return Mono.when(adapters, Mono.defer(this.engine::close)).then(this.blockingCalls.close());
	}

	/**
	 * Handles the sessions of the engine.
	 *
	 * @param server the server
	 */
	private record Connections(DefaultSocketIoServer server) implements EngineConnectionHandler {

		@Override
		public EngineSessionHandler onConnection(EngineSession session) {
			Client client = new Client(this.server, session);
			if (client.isProtocol3()) {
				client.connectToMain();
			}
			return client;
		}

		@Override
		public @Nullable Limit makeRoom() {
			return this.server.unjoined().makeRoom();
		}

		@Override
		public boolean closeIdleSession() {
			return this.server.unjoined().closeOldest();
		}

	}

}
