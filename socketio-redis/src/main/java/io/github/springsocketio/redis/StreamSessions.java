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

package io.github.springsocketio.redis;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryLimits;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.socketio.adapter.RoomListener;
import io.github.springsocketio.socketio.packet.PacketEncodingException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stores the states of the clients of a namespace in Redis: those of connected sockets,
 * so that a crash of this node does not lose them, and those of disconnected sockets. The
 * first node that removes a state from Redis owns it.
 */
final class StreamSessions {

	private static final Log logger = LogFactory.getLog(StreamSessions.class);

	private static final byte[] DELETE_IF_SAME = Utf8.bytes(
			"if redis.call('get', KEYS[1]) == ARGV[1] then " + "return redis.call('del', KEYS[1]) else return 0 end");

	/** Writes a state, unless a state with another digest is stored. */
	private static final byte[] SET_UNLESS_OTHER = Utf8.bytes("local state = redis.call('get', KEYS[1]) "
			+ "if state and redis.sha1hex(state) ~= ARGV[1] then return 0 end "
			+ "redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 1");

	private static final byte[] DELETE_UNLESS_OTHER = Utf8.bytes("local state = redis.call('get', KEYS[1]) "
			+ "if state and redis.sha1hex(state) ~= ARGV[1] then return 0 end return redis.call('del', KEYS[1])");

	private static final int MAX_KEPT = 10_000;

	private static final int MAX_ATTEMPTS = 3;

	private static final Duration DEBOUNCE = Duration.ofMillis(50);

	private static final Duration MAX_REFRESH = Duration.ofSeconds(10);

	private static final Duration CHUNK_PAUSE = Duration.ofMillis(10);

	private static final int CHUNK = 200;

	private static final Duration MAX_HAND_OVER = Duration.ofSeconds(2);

	/**
	 * The time for which the state of a disconnected socket can be handed over, in
	 * nanoseconds.
	 */
	private static final long RECENT = Duration.ofSeconds(30).toNanos();

	private final AdapterNamespace namespace;

	private final RecoveryLimits limits;

	private final RedisLink link;

	private final String prefix;

	private final MessageCodec codec;

	private final ClusterAdapter cluster;

	private final DeliveryOrder order;

	private final Supplier<@Nullable String> direct;

	private final Duration refresh;

	private final RoomListener rooms = new RoomChanges();

	/**
	 * The states of connected sockets; accessed in the order of deliveries, as the next
	 * five.
	 */
	private final Map<String, Live> live = new LinkedHashMap<>();

	/** The private ids of connected sockets by the ids of the sockets. */
	private final Map<String, String> pids = new HashMap<>();

	private final Map<String, Recent> unsaved = new LinkedHashMap<>();

	private final Map<String, Recent> recent = new LinkedHashMap<>();

	private final Map<String, ClusterMessage> handOvers = new LinkedHashMap<>();

	private Iterator<Live> refreshed = List.<Live>of().iterator();

	/** The ids of sockets whose rooms have changed. */
	private final Set<String> changed = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean flushing = new AtomicBoolean();

	private final Runnable onUp = this::saveUnsaved;

	private volatile boolean closed;

	StreamSessions(AdapterNamespace namespace, RecoveryLimits limits, StreamHub hub, MessageCodec codec,
			ClusterAdapter cluster, DeliveryOrder order, Supplier<@Nullable String> direct) {
		this.namespace = namespace;
		this.limits = limits;
		this.link = hub.link();
		this.prefix = hub.options().getSessionKeyPrefix();
		this.codec = codec;
		this.cluster = cluster;
		this.order = order;
		this.direct = direct;
		Duration third = limits.maxDisconnectionDuration().dividedBy(3);
		this.refresh = (third.compareTo(MAX_REFRESH) < 0) ? third : MAX_REFRESH;
		cluster.onHandOver(this::handOver);
	}

	void start() {
		this.namespace.localNode().addListener(this.rooms);
		this.link.onUp(this.onUp);
		this.namespace.schedule(this.refresh, () -> this.order.tasks().run(this::beginRefresh));
	}

	private byte[] key(String pid) {
		return Utf8.bytes(this.prefix + pid);
	}

	// Connected sockets

	/**
	 * Store the state of a socket that has connected.
	 */
	void started(AdapterSocket socket, Supplier<PersistedSession> state) {
		if (!this.closed) {
			PersistedSession session = state.get();
			Live started = new Live(socket, session.pid(), state);
			this.live.put(session.pid(), started);
			this.unsaved.remove(session.pid());
			this.pids.put(socket.id(), session.pid());
			write(started, session);
		}
	}

	/**
	 * Remove the state of a socket that cannot be restored.
	 */
	void ended(String pid) {
		ended(pid, removeLive(pid));
	}

	private void ended(String pid, byte @Nullable [] known) {
		this.unsaved.remove(pid);
		this.link
			.execute(0,
					(commands) -> (known != null) ? commands.<Long>eval(DELETE_UNLESS_OTHER, ScriptOutputType.INTEGER,
							new byte[][] { key(pid) }, known) : commands.del(key(pid)))
			.exceptionally((error) -> 0L);
		ClusterMessage request = this.handOvers.remove(pid);
		if (request != null) {
			this.cluster.respond(request, MessageType.HAND_OVER_RESPONSE, "session", null);
		}
	}

	/**
	 * Remove a connected socket.
	 * @return the digest of the last state that was written for it, or {@code null} if it
	 * is not known
	 */
	private byte @Nullable [] removeLive(String pid) {
		Live state = this.live.remove(pid);
		if (state == null) {
			return null;
		}
		this.pids.remove(state.socket.id(), pid);
		return state.digest;
	}

	private void write(Live state, PersistedSession session) {
		byte[] value = encode(
				new SessionDocument(session, this.namespace.name(), this.cluster.uid(), this.direct.get()));
		long now = System.nanoTime();
		boolean fresh = now - state.written < this.limits.maxDisconnectionDuration().toNanos() / 2;
		byte[] known = state.digest;
		byte[] digest = digest(value);
		if (value.length == 0 || (fresh && Arrays.equals(digest, known))) {
			return;
		}
		state.written = now;
		state.digest = digest;
		// long enough for a disconnection immediately before the next refresh
		set(session.pid(), value, this.limits.maxDisconnectionDuration().plus(this.refresh), known)
			.whenComplete((stored, error) -> {
				if (error != null) {
					state.forget();
				}
				else if (!stored) {
					findOwner(state);
				}
			});
	}

	/**
	 * Disconnect a socket if its client is connected to another node. The hand-over
	 * request of that node may have been lost.
	 */
	private void findOwner(Live state) {
		this.link.execute(0, (commands) -> commands.get(key(state.pid))).thenAccept((value) -> {
			SessionDocument document = (value != null) ? SessionDocument.decode(value, this.codec) : null;
			if (document != null && document.owner() != null && !document.owner().equals(this.cluster.uid())) {
				this.order.tasks().run(() -> {
					if (this.live.get(state.pid) == state) {
						this.namespace.handOver(state.pid);
					}
				});
			}
			else {
				state.forget();
			}
		});
	}

	private static byte[] digest(byte[] value) {
		try {
			return Utf8.bytes(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(value)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a document as bytes, or an empty array if the data of the socket cannot be
	 * written.
	 */
	private byte[] encode(SessionDocument document) {
		try {
			return SessionDocument.encode(document.toMap(this.namespace.parser().encoder()));
		}
		catch (IllegalArgumentException ex) {
			logger.debug("State of a socket could not be stored: " + ex.getMessage());
			return new byte[0];
		}
	}

	/**
	 * Write a state.
	 * @param known the digest of the state that this node has written last, or
	 * {@code null} if the stored state is unknown
	 * @return {@code false} if another node has written another state
	 */
	private CompletionStage<Boolean> set(String pid, byte[] value, Duration time, byte @Nullable [] known) {
		if (known == null) {
			return this.link
				.execute(value.length, (commands) -> commands.set(key(pid), value, SetArgs.Builder.px(time.toMillis())))
				.thenApply((result) -> true);
		}
		byte[] millis = Utf8.bytes(Long.toString(time.toMillis()));
		return this.link
			.execute(value.length,
					(commands) -> commands.<Long>eval(SET_UNLESS_OTHER, ScriptOutputType.INTEGER,
							new byte[][] { key(pid) }, known, value, millis))
			.thenApply((written) -> written == 1);
	}

	private void beginRefresh() {
		if (this.closed) {
			return;
		}
		this.refreshed = new ArrayList<>(this.live.values()).iterator();
		this.recent.values().removeIf((state) -> System.nanoTime() - state.since() > RECENT);
		refreshChunk();
	}

	private void refreshChunk() {
		for (int i = 0; i < CHUNK && this.refreshed.hasNext(); i++) {
			writeAgain(this.refreshed.next());
		}
		if (!this.closed) {
			boolean more = this.refreshed.hasNext();
			this.namespace.schedule(more ? CHUNK_PAUSE : this.refresh,
					() -> this.order.tasks().run(more ? this::refreshChunk : this::beginRefresh));
		}
	}

	private void writeAgain(Live state) {
		if (state.socket.connected() && this.live.get(state.pid) == state) {
			write(state, state.state.get());
		}
	}

	private void flush() {
		this.flushing.set(false);
		List<String> ids = List.copyOf(this.changed);
		ids.forEach(this.changed::remove);
		for (String id : ids) {
			String pid = this.pids.get(id);
			Live state = (pid != null) ? this.live.get(pid) : null;
			if (state != null) {
				writeAgain(state);
			}
		}
	}

	// Disconnected sockets

	/**
	 * Store the state of a disconnected socket.
	 * @param complete whether all broadcasts that it may have missed are in the stream
	 */
	CompletionStage<?> persist(PersistedSession session, boolean complete) {
		byte[] known = removeLive(session.pid());
		if (!complete) {
			ended(session.pid(), known);
			return CompletableFuture.completedFuture("");
		}
		SessionDocument document = new SessionDocument(session, this.namespace.name(), null, this.direct.get());
		ClusterMessage request = this.handOvers.remove(session.pid());
		if (request != null) {
			this.cluster.respond(request, MessageType.HAND_OVER_RESPONSE, "session", fields(document));
			return CompletableFuture.completedFuture("");
		}
		byte[] value = encode(document);
		if (value.length == 0) {
			ended(session.pid(), known);
			return CompletableFuture.completedFuture("");
		}
		Recent state = new Recent(document, value, System.nanoTime());
		remember(this.recent, session.pid(), state);
		return set(session.pid(), value, this.limits.maxDisconnectionDuration(), known).handle((result, error) -> {
			if (error != null) {
				this.order.tasks().run(() -> remember(this.unsaved, session.pid(), state));
			}
			return "";
		});
	}

	private @Nullable Map<String, @Nullable Object> fields(SessionDocument document) {
		try {
			return document.toMap(this.namespace.parser().encoder());
		}
		catch (PacketEncodingException ex) {
			return null;
		}
	}

	private static <T> void remember(Map<String, T> map, String pid, T value) {
		map.remove(pid);
		if (map.size() >= MAX_KEPT) {
			map.remove(map.keySet().iterator().next());
		}
		map.put(pid, value);
	}

	/**
	 * Write the states that could not be written, after Redis is available again.
	 */
	private void saveUnsaved() {
		this.order.tasks().run(() -> {
			Collection<Recent> states = List.copyOf(this.unsaved.values());
			this.unsaved.clear();
			for (Recent state : states) {
				if (System.nanoTime() - state.since() < this.limits.maxDisconnectionDuration().toNanos()) {
					persist(state.document().session(), true);
				}
			}
			// the next refresh writes these again, with the position up to which
			// broadcasts are not stored
			this.live.values().forEach(Live::forget);
		});
	}

	// Restoring

	/**
	 * Remove a state from Redis, and return it.
	 */
	CompletionStage<Taken> take(String pid, @Nullable String principal) {
		return take(pid, principal, 1);
	}

	private CompletionStage<Taken> take(String pid, @Nullable String principal, int attempt) {
		return this.link.execute(0, (commands) -> commands.get(key(pid))).thenCompose((value) -> {
			SessionDocument document = (value != null) ? SessionDocument.decode(value, this.codec) : null;
			RecoveryOutcome refusal = refusal(pid, document, principal, attempt);
			if (value == null || document == null || refusal != null) {
				return CompletableFuture.completedFuture(new Taken(refusal, null));
			}
			return remove(pid, value).thenCompose((removed) -> {
				if (removed) {
					return fromOwner(document).thenApply((last) -> new Taken(null, last));
				}
				// changed or removed in the meantime
				return (attempt < MAX_ATTEMPTS) ? take(pid, principal, attempt + 1)
						: CompletableFuture.completedFuture(new Taken(RecoveryOutcome.REFUSED, null));
			});
		});
	}

	private @Nullable RecoveryOutcome refusal(String pid, @Nullable SessionDocument document,
			@Nullable String principal, int attempt) {
		if (document == null || !pid.equals(document.session().pid())
				|| (document.nsp() != null && !document.nsp().equals(this.namespace.name()))) {
			return (attempt == 1) ? RecoveryOutcome.UNKNOWN : RecoveryOutcome.REFUSED;
		}
		return Objects.equals(principal, document.session().principal()) ? null : RecoveryOutcome.REFUSED;
	}

	private CompletionStage<Boolean> remove(String pid, byte[] value) {
		return this.link
			.execute(value.length,
					(commands) -> commands.<Long>eval(DELETE_IF_SAME, ScriptOutputType.INTEGER,
							new byte[][] { key(pid) }, value))
			.thenApply((removed) -> removed == 1);
	}

	/**
	 * Request the node whose socket is still connected to disconnect it, and return the
	 * current state.
	 */
	private CompletionStage<SessionDocument> fromOwner(SessionDocument document) {
		String owner = document.owner();
		if (owner == null || owner.equals(this.cluster.uid())) {
			return CompletableFuture.completedFuture(document);
		}
		Duration limit = this.namespace.requestTimeout();
		return this.cluster.ask(owner, (limit.compareTo(MAX_HAND_OVER) < 0) ? limit : MAX_HAND_OVER, (adapter, id) -> {
			Map<String, @Nullable Object> data = new LinkedHashMap<>();
			data.put("requestId", id);
			data.put("pid", document.session().pid());
			return adapter.message(MessageType.HAND_OVER, data);
		}).handle((response, error) -> {
			SessionDocument last = (response != null && response.get("session") instanceof Map<?, ?> map)
					? SessionDocument.of(map) : null;
			boolean same = last != null && last.session().pid().equals(document.session().pid());
			return same ? Objects.requireNonNull(last) : document;
		});
	}

	/**
	 * Handle a request of another node for the state of a client. Called in the order of
	 * deliveries.
	 */
	private void handOver(ClusterMessage request) {
		if (!(request.get("pid") instanceof String pid) || request.requestId() == null) {
			return;
		}
		Recent last = this.recent.remove(pid);
		this.unsaved.remove(pid);
		if (last != null && !this.live.containsKey(pid)) {
			this.cluster.respond(request, MessageType.HAND_OVER_RESPONSE, "session", fields(last.document()));
			// the state may have been written after the other node had removed the
			// previous one
			remove(pid, last.value()).exceptionally((error) -> false);
			return;
		}
		remember(this.handOvers, pid, request);
		if (!this.namespace.handOver(pid)) {
			this.handOvers.remove(pid);
			this.cluster.respond(request, MessageType.HAND_OVER_RESPONSE, "session", null);
		}
	}

	CompletionStage<Void> close() {
		this.closed = true;
		this.namespace.localNode().removeListener(this.rooms);
		this.link.removeOnUp(this.onUp);
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.order.inOrder(() -> {
			this.live.clear();
			// completes after all pending writes
			this.link.execute(0, (commands) -> commands.ping()).whenComplete((result, error) -> done.complete(null));
		});
		return done;
	}

	/**
	 * The result of {@link #take}.
	 *
	 * @param refusal the reason why there is no state, or {@code null}
	 * @param document the state, or {@code null}
	 */
	record Taken(@Nullable RecoveryOutcome refusal, @Nullable SessionDocument document) {

	}

	/**
	 * The state of a connected socket.
	 */
	private static final class Live {

		private final AdapterSocket socket;

		private final String pid;

		private final Supplier<PersistedSession> state;

		private volatile byte @Nullable [] digest;

		private long written;

		private Live(AdapterSocket socket, String pid, Supplier<PersistedSession> state) {
			this.socket = socket;
			this.pid = pid;
			this.state = state;
		}

		/**
		 * Forget the digest, so that the next write replaces any stored state.
		 */
		private void forget() {
			this.digest = null;
		}

	}

	private record Recent(SessionDocument document, byte[] value, long since) {

	}

	/**
	 * Tracks sockets that have joined or left rooms.
	 */
	private final class RoomChanges implements RoomListener {

		@Override
		public void onJoinRoom(String room, String id) {
			changed(room, id);
		}

		@Override
		public void onLeaveRoom(String room, String id) {
			changed(room, id);
		}

		private void changed(String room, String id) {
			StreamSessions self = StreamSessions.this;
			if (!room.equals(id) && self.changed.add(id) && self.flushing.compareAndSet(false, true)) {
				self.namespace.schedule(DEBOUNCE, () -> self.order.tasks().run(self::flush));
			}
		}

	}

}
