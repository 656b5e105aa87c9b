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

package io.github.springsocketio.engineio;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.OpenPacket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The default engine. Owns the sessions: no other class adds a session to the map or
 * removes one.
 */
final class DefaultEngineServer implements TransportServer {

	private static final Log logger = LogFactory.getLog(DefaultEngineServer.class);

	private static final int MAX_SHED = 100;

	/** The maximum number of idle sessions that are closed for one new session. */
	private static final int MAX_CLOSED = 16;

	private final EngineOptions options;

	private final Timers timers;

	private final ConcurrentMap<String, DefaultEngineSession> sessions = new ConcurrentHashMap<>();

	private final SessionLimiter limiter;

	private final MemoryBudget budget;

	private final MemoryWarnings memoryWarnings;

	private final AtomicBoolean shedding = new AtomicBoolean();

	private final ServerListeners listeners = new ServerListeners();

	private final Map<TransportType, List<String>> upgrades = new EnumMap<>(TransportType.class);

	private volatile EngineConnectionHandler connectionHandler = (session) -> {
		throw new IllegalStateException("There is no connection handler");
	};

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private volatile boolean refusing;

	private volatile boolean closing;

	DefaultEngineServer(EngineOptions options) {
		this(options, new TimerWheel());
	}

	DefaultEngineServer(EngineOptions options, Timers timers) {
		this.options = options;
		this.timers = timers;
		this.limiter = new SessionLimiter(options);
		this.budget = new MemoryBudget(options.maxMemory(), this::shed);
		this.memoryWarnings = new MemoryWarnings(timers, options);
		for (TransportType type : TransportType.values()) {
			this.upgrades.put(type, upgrades(options, type));
		}
	}

	private static List<String> upgrades(EngineOptions options, TransportType type) {
		return type.upgradesTo()
			.stream()
			.filter((target) -> options.allowUpgrades() && options.transports().contains(target))
			.map(TransportType::text)
			.toList();
	}

	@Override
	public List<EncodedMessage> greeting(String id, TransportType type) {
		EncodedMessage open = new OpenPacket(id, this.upgrades.getOrDefault(type, List.of()),
				this.options.pingInterval(), this.options.pingTimeout(), this.options.maxHttpBufferSize())
			.encode();
		String initial = this.options.initialPacket();
		return (initial != null) ? List.of(open, EnginePacketType.MESSAGE.packet(initial)) : List.of(open);
	}

	@Override
	public EngineOptions options() {
		return this.options;
	}

	@Override
	public Timers timers() {
		return this.timers;
	}

	MemoryBudget budget() {
		return this.budget;
	}

	MemoryWarnings memoryWarnings() {
		return this.memoryWarnings;
	}

	@Override
	public void countMemory(long bytes) {
		this.budget.add(bytes);
	}

	@Override
	public void countKept(EncodedMessage message, int bytes) {
		this.budget.grow(message, bytes);
	}

	@Override
	public boolean hasSpareMemory(long bytes) {
		return this.budget.hasSpare(bytes);
	}

	/**
	 * Close the sessions that use the most memory, until the memory in use is below the
	 * limit.
	 */
	private void shed() {
		if (!this.shedding.compareAndSet(false, true)) {
			return;
		}
		try {
			List<SessionWriter> largest = this.sessions.values()
				.stream()
				.map(DefaultEngineSession::writer)
				.filter(SessionWriter::holdsMemory)
				.map(SessionCost::of)
				.sorted(Comparator.comparingLong(SessionCost::cost).reversed())
				.limit(MAX_SHED)
				.map(SessionCost::writer)
				.toList();
			long later = 0;
			for (SessionWriter writer : largest) {
				if (this.budget.excess() <= later) {
					break;
				}
				writer.shed();
				// If another thread runs the tasks of the session, this memory is
				// released later
				later += writer.retainedBytes();
			}
			this.budget.rearm();
		}
		finally {
			this.shedding.set(false);
		}
	}

	ServerListeners listeners() {
		return this.listeners;
	}

	@Override
	public void setConnectionHandler(EngineConnectionHandler handler) {
		this.connectionHandler = handler;
	}

	@Override
	public int clientsCount() {
		return this.sessions.size();
	}

	@Override
	public @Nullable TransportSession session(String sid) {
		return this.sessions.get(sid);
	}

	@Override
	public Mono<TransportSession> locate(String sid) {
		SessionLocator locator = this.options.sessionLocator();
		if (locator == null) {
			return Mono.empty();
		}
		return ApplicationCalls.defer(() -> locator.locate(sid, this::session))
			.timeout(this.options.sessionLocatorTimeout(), Mono.error(() -> {
				limitExceeded(EngineLimit.SESSION_LOCATOR_TIMEOUT, null);
				return new TimeoutException("The session locator did not complete within its time limit");
			}))
			.filter((session) -> session.readyState() != ReadyState.CLOSED)
			.cast(TransportSession.class);
	}

	@Override
	public @Nullable String otherNode(String sid) {
		String own = this.options.nodeTag();
		String tag = (own != null) ? NodeTags.find(sid) : null;
		return (tag != null && !tag.equals(own)) ? tag : null;
	}

	@Override
	public void onMisroutedRequest(MisroutedRequest outcome) {
		this.listeners.onMisroutedRequest(outcome);
	}

	@Override
	public Collection<? extends EngineSession> sessions() {
		return Collections.unmodifiableCollection(this.sessions.values());
	}

	@Override
	public void addListener(EngineListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void onConnectionError(ConnectionError error) {
		this.listeners.onConnectionError(error);
	}

	@Override
	public void limitExceeded(Limit limit, @Nullable EngineSession session) {
		this.listeners.onLimitExceeded(limit, session);
	}

	@Override
	public @Nullable String refusal(HandshakeRequest request) {
		if (this.refusing) {
			return "Server is shutting down";
		}
		if (isOutOfMemory()) {
			this.memoryWarnings.refused();
			limitExceeded(EngineLimit.MAX_MEMORY, null);
			return "Out of memory for new sessions";
		}
		Limit limit = this.limiter.exceededLimit(request);
		if (limit == null) {
			limit = this.connectionHandler.makeRoom();
		}
		if (limit != null) {
			limitExceeded(limit, null);
			return "Too many sessions";
		}
		return null;
	}

	/**
	 * Return whether the memory for another session is still missing after idle sessions
	 * were closed.
	 */
	private boolean isOutOfMemory() {
		int closed = 0;
		while (this.budget.isExhausted()) {
			if (closed++ == MAX_CLOSED || !this.connectionHandler.closeIdleSession()) {
				return true;
			}
		}
		return false;
	}

	@Override
	public Mono<String> generateId(HandshakeRequest request) {
		SessionIdGenerator generator = this.options.idGenerator();
		if (generator == null) {
			String tag = this.options.nodeTag();
			return Mono.just((tag != null) ? NodeTags.nextId(tag) : SecureSessionIds.next());
		}
		return ApplicationCalls.defer(() -> generator.generateId(request))
			.filter((id) -> !id.isEmpty() && !this.sessions.containsKey(id))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("The session id is missing or in use")));
	}

	@Override
	public @Nullable TransportSession open(String id, int protocol, HandshakeRequest request, Transport transport) {
		DefaultEngineSession session = new DefaultEngineSession(this, id, protocol, request, transport);
		transport.attach(session);
		if (!session.open(this.connectionHandler)) {
			return null;
		}
		if (this.refusing) {
			session.closeNow();
		}
		return session;
	}

	/**
	 * Add a session, unless the engine refuses it.
	 * @return whether it was added
	 */
	boolean add(DefaultEngineSession session) {
		if (this.refusing) {
			return false;
		}
		Limit limit = acquire(session.request());
		if (limit != null) {
			limitExceeded(limit, null);
			return false;
		}
		if (this.sessions.putIfAbsent(session.id(), session) != null) {
			this.limiter.release(session.request());
			return false;
		}
		this.budget.add(session.request().retainedBytes());
		return true;
	}

	/**
	 * Count a session. Idle sessions are closed only if no other limit refuses the new
	 * session.
	 * @return {@code null} if it was counted, else the limit that it would exceed
	 */
	private @Nullable Limit acquire(HandshakeRequest request) {
		Limit limit = this.limiter.acquire(request);
		if (limit != null) {
			return limit;
		}
		limit = this.connectionHandler.makeRoom();
		if (limit != null) {
			this.limiter.release(request);
		}
		return limit;
	}

	void remove(DefaultEngineSession session) {
		if (this.sessions.remove(session.id(), session)) {
			this.limiter.release(session.request());
			this.budget.add(-session.request().retainedBytes());
			completeClose();
		}
	}

	private void completeClose() {
		if (this.closing && this.sessions.isEmpty()) {
			this.timers.stop();
			this.closed.tryEmitEmpty();
		}
	}

	@Override
	public void refuseNewSessions() {
		this.refusing = true;
	}

	@Override
	public boolean isRefusingNewSessions() {
		return this.refusing;
	}

	@Override
	public Mono<Void> close() {
		return Mono.defer(() -> {
			this.refusing = true;
			this.closing = true;
			List.copyOf(this.sessions.values()).forEach(DefaultEngineSession::closeNow);
			completeClose();
			return this.closed.asMono();
		});
	}

	@Override
	public Mono<Void> closed() {
		return this.closed.asMono();
	}

	/**
	 * A session and a snapshot of its memory.
	 *
	 * @param writer the writer of the session
	 * @param cost the memory in bytes
	 */
	private record SessionCost(SessionWriter writer, long cost) {

		static SessionCost of(SessionWriter writer) {
			return new SessionCost(writer, writer.cost());
		}

	}

	/**
	 * The listeners of the engine.
	 */
	static final class ServerListeners {

		private final List<EngineListener> all = new CopyOnWriteArrayList<>();

		void add(EngineListener listener) {
			this.all.add(listener);
		}

		void onConnection(EngineSession session) {
			call((listener) -> listener.onConnection(session));
		}

		void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
			if (logger.isDebugEnabled()) {
				logger.debug("A connection" + client(session.request()) + " was closed: " + reason.text()
						+ ((detail != null) ? " (" + detail + ")" : ""));
			}
			call((listener) -> listener.onClose(session, reason, detail));
		}

		void onMisroutedRequest(MisroutedRequest outcome) {
			call((listener) -> listener.onMisroutedRequest(outcome));
		}

		void onLimitExceeded(Limit limit, @Nullable EngineSession session) {
			call((listener) -> listener.onLimitExceeded(limit, session));
		}

		private void call(Consumer<EngineListener> event) {
			for (EngineListener listener : this.all) {
				try {
					event.accept(listener);
				}
				catch (Throwable ex) {
					FatalErrors.rethrowIfFatal(ex);
					logger.error("An engine listener failed", ex);
				}
			}
		}

		void onConnectionError(ConnectionError error) {
			if (logger.isDebugEnabled()) {
				Object name = error.context().get("name");
				logger.debug("A request" + client(error.request()) + " was refused: " + error.error().message()
						+ ((name != null) ? " (" + name + ")" : ""));
			}
			call((listener) -> listener.onConnectionError(error));
		}

		/**
		 * Return the address for log messages. An unresolved address is left out, because
		 * it is the text of a header and may be forged.
		 */
		private static String client(HandshakeRequest request) {
			InetSocketAddress address = request.remoteAddress();
			return (address != null && address.getAddress() != null) ? " of " + address.getAddress().getHostAddress()
					: "";
		}

	}

}
