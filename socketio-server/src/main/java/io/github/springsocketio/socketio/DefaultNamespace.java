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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.github.springsocketio.socketio.adapter.RecoveryLimits;
import io.github.springsocketio.socketio.adapter.RoomListener;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.github.springsocketio.socketio.packet.ReservedEvents;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * A namespace of this node: owner of the map of its connected sockets.
 */
final class DefaultNamespace
		implements Namespace, NamespaceRegistrationSupport<Namespace>, BroadcastDelegate, AdapterNamespace {

	private static final Log logger = LogFactory.getLog(DefaultNamespace.class);

	private static final int REMOVED = Integer.MIN_VALUE;

	private final DefaultSocketIoServer server;

	private final String name;

	private final @Nullable DefaultDynamicNamespace family;

	/** Counts the namespaces that the same client has created. */
	private final @Nullable AtomicInteger created;

	private final Map<String, DefaultSocket> sockets = new ConcurrentHashMap<>();

	private final Map<String, List<ServerSideListener>> serverSide = new ConcurrentHashMap<>(1);

	private final AtomicLong ackIds = new AtomicLong();

	/**
	 * The number of sockets, of clients that are joining, and of other users;
	 * {@link #REMOVED} or less if the namespace was removed.
	 */
	private final AtomicInteger users = new AtomicInteger();

	private final BroadcastOperator all = DefaultBroadcastOperator.of(this);

	private final AtomicReference<HandlerTable> handlers;

	private final LocalSockets local;

	private final PresenceHub presence = new PresenceHub(this);

	private final DeliveryStrategy delivery;

	private final Adapter adapter;

	/**
	 * Create a namespace.
	 * @param created counts the namespaces that the same client has created; {@code null}
	 * if it is the application that creates this one
	 */
	DefaultNamespace(DefaultSocketIoServer server, String name, @Nullable DefaultDynamicNamespace family,
			@Nullable AtomicInteger created) {
		this.handlers = new AtomicReference<>((family != null) ? family.handlers() : server.initialHandlers());
		this.server = server;
		this.name = name;
		this.family = family;
		this.created = created;
		this.local = new LocalSockets(this);
		ConnectionStateRecovery recovery = server.options().connectionStateRecovery();
		this.delivery = (recovery != null) ? new RecoverableDelivery(this, recovery) : new DirectDelivery();
		this.adapter = server.options().adapterFactory().create(this);
	}

	@Override
	public Namespace self() {
		return this;
	}

	@Override
	public HandlerTable handlers() {
		return Objects.requireNonNull(this.handlers.get());
	}

	@Override
	public void change(Consumer<HandlerTable> change) {
		this.handlers.updateAndGet((table) -> table.changed(change));
	}

	@Override
	public boolean hasValidator() {
		return this.server.validation() != null;
	}

	DeliveryStrategy delivery() {
		return this.delivery;
	}

	@Override
	public LocalSockets localNode() {
		return this.local;
	}

	@Override
	public String nodeId() {
		return this.server.options().nodeId();
	}

	@Override
	public Duration requestTimeout() {
		return this.server.options().requestTimeout();
	}

	@Override
	public Set<String> rooms() {
		return this.local.rooms();
	}

	@Override
	public Namespace addRoomListener(RoomListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.local.addListener(listener);
		return this;
	}

	@Override
	public Namespace removeRoomListener(RoomListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.local.removeListener(listener);
		return this;
	}

	@Override
	public @Nullable RoomListener roomListener(AdapterSocket socket) {
		return this.server.socketListeners().roomListener(socket);
	}

	@Override
	public void roomListenerFailed(Throwable error) {
		this.server.failures().listenerFailed("Listener for rooms", this.name, error);
	}

	@Override
	public void roomsChanged(AdapterSocket socket, Collection<String> rooms) {
		this.presence.roomsChanged(socket, rooms);
	}

	@Override
	public void nodesChanged() {
		this.presence.nodesChanged();
	}

	PresenceHub presenceHub() {
		return this.presence;
	}

	@Override
	public Presence presence() {
		return this.presence.presence(null);
	}

	@Override
	public Presence presence(String room) {
		Assert.notNull(room, "'room' must not be null");
		return this.presence.presence(room);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public DefaultSocketIoServer server() {
		return this.server;
	}

	@Override
	public boolean isDynamic() {
		return this.family != null;
	}

	@Nullable DefaultDynamicNamespace family() {
		return this.family;
	}

	@Override
	public Adapter adapter() {
		return this.adapter;
	}

	@Override
	public PacketParser parser() {
		return this.server.options().parser();
	}

	PacketEncoder encoder() {
		return this.server.encoder();
	}

	@Override
	public BroadcastOperator all() {
		return this.all;
	}

	@Override
	public Map<String, Socket> sockets() {
		return Collections.unmodifiableMap(this.sockets);
	}

	@Override
	public @Nullable DefaultSocket localSocket(String id) {
		return this.sockets.get(id);
	}

	@Override
	public Collection<DefaultSocket> localSockets() {
		return this.sockets.values();
	}

	void add(DefaultSocket socket) {
		this.sockets.put(socket.id(), socket);
	}

	/**
	 * Called before the application is notified of a connected socket.
	 */
	void connected(DefaultSocket socket) {
		this.presence.connected(socket);
		this.server.socketListeners().connected(socket);
	}

	void remove(DefaultSocket socket) {
		this.sockets.remove(socket.id(), socket);
		this.presence.left(socket);
	}

	@Override
	public long nextAckId() {
		return this.ackIds.getAndIncrement();
	}

	@Override
	public int maxRoomsPerSocket() {
		return this.server.options().maxRoomsPerSocket();
	}

	@Override
	public void onTooManyRooms() {
		this.server.engine().limitExceeded(SocketIoLimit.MAX_ROOMS_PER_SOCKET, null);
	}

	@Override
	public void countMemory(long bytes) {
		this.server.engine().countMemory(bytes);
	}

	void checkRooms(Collection<String> rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		for (String room : rooms) {
			Assert.notNull(room, "'rooms' must not contain null");
			int max = this.server.options().maxRoomNameLength();
			Assert.isTrue(room.length() <= max,
					() -> "The name of a room must not have more than " + max + " characters");
		}
	}

	/**
	 * Broadcast an event. Failures of the adapter are logged and counted.
	 */
	void broadcast(BroadcastPacket packet, BroadcastOptions options) {
		start("broadcast", () -> this.server.observerCalls()
			.startBroadcast(this, packet.event().toString(), options, () -> this.adapter.broadcast(packet, options)));
	}

	/**
	 * Run an operation of the adapter, whose failure is logged and counted.
	 * @throws IllegalArgumentException if an argument cannot be written
	 */
	void run(String operation, Supplier<Mono<Void>> action) {
		start(operation, () -> this.server.observerCalls().start(this, operation, action));
	}

	private void start(String operation, Supplier<Mono<Void>> action) {
		try {
			action.get().subscribe(null, (error) -> this.server.adapterFailed(this, operation, error));
		}
		catch (IllegalArgumentException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			this.server.adapterFailed(this, operation, ex);
		}
	}

	@Override
	public boolean handOver(String pid) {
		return this.delivery.handOver(pid);
	}

	@Override
	public @Nullable RecoveryLimits recovery() {
		return this.server.recoveryLimits();
	}

	/**
	 * Return a Mono that completes when the events emitted so far were passed to the
	 * sessions. It never completes on the delivering thread, so that subscribers do not
	 * delay deliveries.
	 */
	Mono<Void> written() {
		return Mono.defer(() -> this.adapter.isIdle() ? Mono.empty()
				: Mono.<Void>create((sink) -> this.adapter.inOrder(sink::success)).publishOn(Schedulers.parallel()));
	}

	/**
	 * Run a task after the deliveries that are in progress or queued.
	 */
	void inOrder(Runnable task) {
		if (this.adapter.isIdle()) {
			task.run();
		}
		else {
			this.adapter.inOrder(task);
		}
	}

	/**
	 * If the adapter is behind, count a handled event of a client as in flight until the
	 * events that its handlers have emitted are delivered.
	 */
	void countUntilDelivered(HandlerLoad load) {
		if (this.adapter.isBehind()) {
			int bytes = load.started();
			this.adapter.inOrder(() -> load.finished(bytes));
		}
	}

	@Override
	public Disposable schedule(Duration delay, Runnable task) {
		Timers.Timeout timeout = this.server.schedule(delay, task);
		return timeout::cancel;
	}

	/**
	 * No longer count this namespace for the client that has created it.
	 */
	void uncount() {
		if (this.created != null) {
			this.created.decrementAndGet();
		}
	}

	/**
	 * Count a client that is joining.
	 * @return {@code false} if the namespace was removed
	 */
	boolean tryAcquire() {
		return this.users.getAndUpdate((count) -> (count < 0) ? count : count + 1) >= 0;
	}

	/**
	 * Release a client that has left or did not join. The last release removes the
	 * namespace, if empty namespaces are to be removed.
	 */
	void release() {
		if (this.users.decrementAndGet() == 0 && this.family != null
				&& this.server.options().cleanupEmptyChildNamespaces() && this.users.compareAndSet(0, REMOVED)) {
			this.server.registry().remove(this);
			close().subscribe();
		}
	}

	void init() {
		this.adapter.init()
			.subscribe(null, (error) -> logger.error("Adapter of a namespace could not be started", error));
	}

	Mono<Void> close() {
		return Mono.defer(this::closeOwn).onErrorResume((error) -> {
			logger.error("Adapter of a namespace could not be closed", error);
			return Mono.empty();
		});
	}

	private Mono<Void> closeOwn() {
		this.presence.close();
		return this.adapter.close();
	}

	@Override
	public void serverSideEmit(String event, @Nullable Object... args) {
		ReservedEvents.checkServerSide(event);
		@Nullable Object[] arguments = SocketArguments.of(args);
		run("serverSideEmit", () -> this.adapter.serverSideEmit(event, arguments));
	}

	@Override
	public Mono<List<Arguments>> serverSideEmitWithAck(String event, @Nullable Object... args) {
		ReservedEvents.checkServerSide(event);
		@Nullable Object[] arguments = SocketArguments.of(args);
		return Mono.defer(() -> {
			Queue<Arguments> responses = new ConcurrentLinkedQueue<>();
			return this.server.observerCalls()
				.adapter(this, "serverSideEmit", this.adapter.serverSideEmitWithAck(event, arguments, responses))
				.onErrorMap(TimeoutException.class,
						(error) -> new AckTimeoutException(List.copyOf(responses), Set.of()))
				.then(Mono.fromSupplier(() -> List.copyOf(responses)));
		});
	}

	@Override
	public Namespace onServerSide(String event, ServerSideListener listener) {
		ReservedEvents.checkServerSide(event);
		Assert.notNull(listener, "'listener' must not be null");
		this.serverSide.computeIfAbsent(event, (key) -> new CopyOnWriteArrayList<>()).add(listener);
		return this;
	}

	@Override
	public void serverSideEvent(String event, Arguments args, @Nullable Consumer<@Nullable Object> ack) {
		if (PresenceCluster.EVENT.equals(event)) {
			this.presence.cluster().onMessage(args, ack);
			return;
		}
		for (ServerSideListener listener : this.serverSide.getOrDefault(event, List.of())) {
			try {
				listener.onEvent(args, ack);
			}
			catch (Throwable ex) {
				FatalErrors.rethrowIfFatal(ex);
				logger.error("A listener for events of other nodes failed", ex);
			}
		}
	}

	@Override
	public String toString() {
		return "Namespace[" + LogText.of(this.name) + "]";
	}

}
