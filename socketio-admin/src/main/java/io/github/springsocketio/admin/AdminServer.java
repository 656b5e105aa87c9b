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

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.SocketListener;
import io.github.springsocketio.socketio.SocketRoomListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;

/**
 * The server side of the Admin UI. It implements the protocol of
 * {@code @socket.io/admin-ui} 0.5.1 in a separate namespace.
 */
final class AdminServer implements NamespaceConfigurer, Ordered, AutoCloseable {

	private static final Log logger = LogFactory.getLog(AdminServer.class);

	/**
	 * The minimum number of ticks before all sockets are sent again, if a change could
	 * not be reported.
	 */
	private static final int COLLECT_TICKS = 5;

	private static final int MAX_ADMINISTRATORS = 50;

	private final SocketIoServer server;

	private final AdminProperties properties;

	private final Duration second;

	private final Timers timers;

	private final Namespace namespace;

	private final Traffic traffic;

	private final ServerStats stats;

	private final SocketDetails details;

	private final Views views;

	private final AdminCluster cluster;

	private final AdminSessions sessions;

	private final AdminLogin login;

	private final AdminCommands commands;

	private final DetailEvents events;

	/**
	 * The views of the administrators of this node.
	 */
	private final Map<String, View> administrators = new ConcurrentHashMap<>();

	private volatile Timers.@Nullable Timeout nextSecond;

	private volatile boolean closed;

	private volatile long tick = 1;

	private boolean evenSecond;

	/**
	 * Create the server side of the UI.
	 * @param second the duration of a second; the state of this node is sent to the UI
	 * every two seconds
	 */
	AdminServer(SocketIoServer server, AdminProperties properties, Clock clock, Duration second) {
		properties.validate();
		this.server = server;
		this.properties = properties;
		this.second = second;
		this.timers = server.engine().timers();
		this.namespace = server.of(properties.getNamespace());
		this.traffic = new Traffic(clock);
		this.stats = new ServerStats(server, this.namespace.name(), this.traffic, properties.getServerId());
		this.details = new SocketDetails(properties.getMode() == AdminProperties.Mode.DEVELOPMENT, clock);
		this.views = new Views(properties.getMaxSockets());
		this.cluster = new AdminCluster(this.namespace);
		LongSupplier nanos = this.timers::nanoTime;
		this.sessions = new AdminSessions(properties.getSessionDuration(), nanos);
		this.login = new AdminLogin(server, properties, this.sessions, this.cluster, new FailedLogins(nanos));
		this.commands = new AdminCommands(server, this.namespace, this.cluster, nanos);
		this.events = new DetailEvents(this.namespace, this.views, this.details,
				new RateLimit(properties.getMaxEventsPerSecond(), nanos));
	}

	AdminLogin login() {
		return this.login;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void configure(SocketIoServer io) {
		io.engine().addListener(this.traffic);
		io.addSocketListener((SocketListener) this.events);
		io.addSocketListener((SocketRoomListener) this.events);
		io.namespaces().forEach(this.events::watch);
		io.onNewNamespace(this.events::watch);
		if (this.properties.getAuth() == AdminProperties.Auth.BASIC) {
			this.namespace.use(this.login);
		}
		else {
			logger.warn(
					"Anyone who can connect to the server can use the Admin UI: " + "'socketio.admin.auth' is 'none'");
		}
		this.namespace.use(this::checkNumber);
		if (!this.properties.isReadonly()) {
			this.commands.register();
		}
		this.namespace.onConnection(this::onConnection);
		this.namespace.onDisconnect((socket, reason, detail) -> onDisconnect(socket));
		this.cluster.listen(new OwnNode());
		scheduleSecond();
	}

	private Mono<Void> checkNumber(Socket socket) {
		return (this.administrators.size() < MAX_ADMINISTRATORS) ? Mono.empty()
				: Mono.error(new ConnectErrorException("too many administrators"));
	}

	private void onConnection(Socket socket) {
		String session = AdminLogin.takeSession(socket);
		if (session != null) {
			socket.emit("session", session);
		}
		View view = this.views.join(View.of(socket.handshake().query()));
		this.administrators.put(socket.id(), view);
		socket.join(view.adminRoom());
		WatchedView watched = this.views.find(view);
		if (watched != null) {
			this.views.setDetailed(watched, isDetailed(watched));
			socket.emit("config", config(watched));
			socket.emit("server_stats", this.stats.describe(List.of()));
			collectSoon(watched);
		}
	}

	private void onDisconnect(Socket socket) {
		View view = this.administrators.remove(socket.id());
		if (view != null) {
			this.views.leave(view);
		}
	}

	private Map<String, Object> config(WatchedView view) {
		List<String> features = new ArrayList<>();
		if (!this.properties.isReadonly()) {
			features.addAll(List.of("EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT"));
		}
		features.add("AGGREGATED_EVENTS");
		if (this.views.isDetailed(view)) {
			features.add("ALL_EVENTS");
		}
		return Map.of("supportedFeatures", features);
	}

	/**
	 * Return whether there are few enough sockets for details. The limit is lower while
	 * there are no details, so that the mode does not change back and forth.
	 */
	private boolean isDetailed(WatchedView view) {
		int max = this.properties.getMaxSockets();
		if (max == 0 || !view.view().isAll()) {
			return max > 0;
		}
		int limit = this.views.isDetailed(view) ? max : max * 4 / 5;
		return this.stats.sockets() + this.cluster.sockets() <= limit;
	}

	private void scheduleSecond() {
		if (!this.closed) {
			this.nextSecond = this.timers.schedule(this.second, this::onSecond);
		}
	}

	private void onSecond() {
		try {
			this.traffic.endSecond();
			this.evenSecond = !this.evenSecond;
			if (!this.evenSecond) {
				onTick();
			}
		}
		catch (RuntimeException ex) {
			logger.error("The Admin UI could not be updated", ex);
		}
		scheduleSecond();
	}

	/**
	 * Send the updates that are due every two seconds.
	 */
	private void onTick() {
		long now = ++this.tick;
		this.namespace.emit("server_stats", this.stats.describe(this.traffic.take()));
		List<WatchedView> own = this.views.own();
		own.forEach(this::update);
		List<View> stale = this.views.select((view) -> this.views.isLeased(view) && view.isStale())
			.stream()
			.map(WatchedView::view)
			.toList();
		this.cluster.publishState(now, this.stats.sockets(),
				own.stream().filter(this.views::isDetailed).map(WatchedView::view).toList(), stale);
		this.views.select((view) -> !own.contains(view)).forEach(WatchedView::takeStale);
		this.views.expire(now);
		this.events.emitUpdates();
	}

	private void update(WatchedView view) {
		boolean detailed = isDetailed(view);
		if (this.views.setDetailed(view, detailed)) {
			this.namespace.to(view.view().adminRoom()).local().emit("config", config(view));
			if (!detailed) {
				this.namespace.to(view.view().adminRoom()).local().emit("all_sockets", List.of());
			}
			view.markStale();
		}
		if (detailed && view.isStale() && this.tick - view.collectedAt() >= COLLECT_TICKS) {
			collect(view);
		}
	}

	/**
	 * Send all sockets of a view now, or at a later tick if they have been sent in this
	 * tick.
	 */
	private void collectSoon(WatchedView view) {
		if (!this.views.isDetailed(view)) {
			return;
		}
		if (view.collectedAt() == this.tick) {
			view.markStale();
		}
		else {
			collect(view);
		}
	}

	/**
	 * Send all sockets of a view to the administrators of this node.
	 */
	private void collect(WatchedView view) {
		if (view.beginCollecting(this.tick)) {
			this.cluster.fetchSockets(view)
				.flatMap((others) -> localSockets(view).map((own) -> merge(own, others)))
				.doFinally((signal) -> view.endCollecting())
				.subscribe((sockets) -> emitSockets(view, sockets), (error) -> {
					view.markStale();
					logger.error("The sockets for the Admin UI could not be collected", error);
				});
		}
		else {
			view.markStale();
		}
	}

	private List<Object> merge(List<?> own, List<?> others) {
		List<Object> sockets = new ArrayList<>(own);
		others.stream().limit(Math.max(0, this.properties.getMaxSockets() - own.size())).forEach(sockets::add);
		return sockets;
	}

	private void emitSockets(WatchedView view, List<Object> sockets) {
		if (this.views.isDetailed(view)) {
			this.namespace.to(view.view().adminRoom()).local().emit("all_sockets", sockets);
		}
	}

	/**
	 * Select the sockets of this node that belong to a view.
	 * @return the details for the UI
	 */
	private Mono<List<Object>> localSockets(WatchedView view) {
		view.clear();
		return candidates(view.view()).filter(view::show).<Object>map(this.details::of).collectList();
	}

	private Flux<Socket> candidates(View view) {
		return Flux.fromIterable(this.server.namespaces())
			.filter((one) -> view.namespace() == null || view.namespace().equals(one.name()))
			.concatMap((one) -> candidates(one, view.room()))
			.take(this.properties.getMaxSockets());
	}

	private static Flux<Socket> candidates(Namespace one, @Nullable String room) {
		if (room == null) {
			return Flux.fromIterable(one.sockets().values());
		}
		Flux<RemoteSocket> members = one.in(room).local().fetchSockets();
		return members.ofType(Socket.class);
	}

	@Override
	public void close() {
		this.closed = true;
		Timers.Timeout timeout = this.nextSecond;
		if (timeout != null) {
			timeout.cancel();
		}
	}

	/**
	 * Handles requests of other nodes.
	 */
	private final class OwnNode implements AdminCluster.Peer {

		@Override
		public Mono<List<Object>> sockets(View view) {
			WatchedView watched = AdminServer.this.views.lease(view, AdminServer.this.tick);
			if (watched == null) {
				return Mono.just(List.of());
			}
			// an administrator of this node may have the same view
			return candidates(view).doOnNext(watched::show).<Object>map(AdminServer.this.details::of).collectList();
		}

		@Override
		public long session(String hash) {
			return AdminServer.this.sessions.remaining(hash);
		}

		@Override
		public void execute(List<?> command) {
			if (!AdminServer.this.properties.isReadonly() && !command.isEmpty()) {
				AdminServer.this.commands.onForwarded(command);
			}
		}

		@Override
		public void watched(View view) {
			WatchedView known = AdminServer.this.views.find(view);
			boolean renewed = known != null && AdminServer.this.views.isLeased(known);
			WatchedView watched = AdminServer.this.views.lease(view, AdminServer.this.tick);
			if (watched != null && !renewed) {
				// the other node has not received changes in the meantime
				watched.markStale();
			}
		}

		@Override
		public void stale(View view) {
			WatchedView own = AdminServer.this.views.find(view);
			if (own != null) {
				own.markStale();
			}
		}

	}

}
