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

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.OpenPacket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The owner of the sessions: the only one who adds to the map and removes from it.
 */
final class DefaultEngineServer implements TransportServer {

	private static final Log logger = LogFactory.getLog(DefaultEngineServer.class);

	private final EngineOptions options;

	private final TimerWheel timers;

	private final ConcurrentMap<String, DefaultEngineSession> sessions = new ConcurrentHashMap<>();

	private final SessionPlaces places;

	private final ServerListeners listeners = new ServerListeners();

	private final List<String> upgrades;

	private volatile EngineConnectionHandler connectionHandler = (session) -> {
		throw new IllegalStateException("There is no connection handler");
	};

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private volatile boolean refusing;

	private volatile boolean closing;

	DefaultEngineServer(EngineOptions options) {
		this(options, new TimerWheel());
	}

	DefaultEngineServer(EngineOptions options, TimerWheel timers) {
		this.options = options;
		this.timers = timers;
		this.places = new SessionPlaces(options);
		boolean upgrades = options.allowUpgrades() && options.transports().contains(TransportType.WEBSOCKET);
		this.upgrades = upgrades ? List.of(TransportType.WEBSOCKET.text()) : List.of();
	}

	@Override
	public List<EncodedMessage> greeting(String id, TransportType type) {
		EncodedMessage open = new OpenPacket(id, (type == TransportType.POLLING) ? this.upgrades : List.of(),
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
	public void limitExceeded(String limit) {
		this.listeners.onLimitExceeded(limit);
	}

	@Override
	public @Nullable String refusal(HandshakeRequest request) {
		if (this.refusing) {
			return "Server is shutting down";
		}
		String limit = this.places.missing(request);
		if (limit != null) {
			limitExceeded(limit);
			return "Too many sessions";
		}
		return null;
	}

	@Override
	public Mono<String> generateId(HandshakeRequest request) {
		SessionIdGenerator generator = this.options.idGenerator();
		if (generator == null) {
			return Mono.just(SecureSessionIds.next());
		}
		return Mono.defer(() -> generator.generateId(request))
			.filter((id) -> !id.isEmpty() && !this.sessions.containsKey(id))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("No id, or one that is in use")));
	}

	@Override
	public @Nullable TransportSession open(String id, int protocol, HandshakeRequest request,
			SessionTransport transport) {
		DefaultEngineSession session = new DefaultEngineSession(this, id, protocol, request, transport);
		transport.attach(session);
		session.tryEnter();
		try {
			if (this.refusing || !add(session)) {
				return null;
			}
			session.open(this.connectionHandler);
		}
		catch (RuntimeException | Error ex) {
			session.closed(CloseReason.FORCED_CLOSE, null);
			throw ex;
		}
		finally {
			session.exit();
		}
		if (this.refusing) {
			session.closeNow();
		}
		return session;
	}

	private boolean add(DefaultEngineSession session) {
		String limit = this.places.take(session.request());
		if (limit != null) {
			limitExceeded(limit);
			return false;
		}
		if (this.sessions.putIfAbsent(session.id(), session) != null) {
			this.places.giveBack(session.request());
			return false;
		}
		return true;
	}

	void remove(DefaultEngineSession session) {
		if (this.sessions.remove(session.id(), session)) {
			this.places.giveBack(session.request());
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

	/**
	 * The listeners of the engine.
	 */
	static final class ServerListeners {

		private final List<EngineListener> all = new CopyOnWriteArrayList<>();

		void add(EngineListener listener) {
			this.all.add(listener);
		}

		void onConnection(EngineSession session) {
			tell((listener) -> listener.onConnection(session));
		}

		void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
			tell((listener) -> listener.onClose(session, reason, detail));
		}

		void onLimitExceeded(String limit) {
			tell((listener) -> listener.onLimitExceeded(limit));
		}

		private void tell(Consumer<EngineListener> event) {
			for (EngineListener listener : this.all) {
				try {
					event.accept(listener);
				}
				catch (RuntimeException ex) {
					logger.error("A listener of the engine failed", ex);
				}
			}
		}

		void onConnectionError(ConnectionError error) {
			tell((listener) -> listener.onConnectionError(error));
		}

	}

}
