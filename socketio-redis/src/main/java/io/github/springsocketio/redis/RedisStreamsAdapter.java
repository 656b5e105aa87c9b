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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.springsocketio.redis.RedisAdapterProperties.Streams;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryLimits;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.adapter.RestoreResult;
import io.github.springsocketio.socketio.packet.Arguments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The adapter for Redis Streams, with the messages of version 0.3 of
 * {@code @socket.io/redis-streams-adapter}. With connection state recovery, broadcasts of
 * this node are delivered in the order of the stream.
 */
final class RedisStreamsAdapter implements Adapter, StreamReceiver, StreamOrder.Listener {

	private static final Log logger = LogFactory.getLog(RedisStreamsAdapter.class);

	/**
	 * The time to wait until a broadcast is read back, as a multiple of the command
	 * timeout.
	 */
	private static final int READ_BACK_FACTOR = 2;

	private final AdapterNamespace namespace;

	private final LocalSockets local;

	private final StreamHub hub;

	private final MessageCodec codec;

	private final StreamsTransport transport;

	private final DeliveryOrder order;

	/** The order if broadcasts have offsets or are read back, otherwise {@code null}. */
	private final @Nullable StreamOrder streamOrder;

	private volatile boolean closed;

	private final ClusterAdapter cluster;

	private final @Nullable StreamSessions sessions;

	private final @Nullable StreamHistory history;

	private final List<Awaiting> awaiting = new ArrayList<>();

	private volatile @Nullable StreamId position;

	/** The position at the last delivery of a broadcast that is not in the stream. */
	private volatile @Nullable StreamId direct;

	/** The position before the last gap. */
	private volatile @Nullable StreamId gap;

	RedisStreamsAdapter(AdapterNamespace namespace, StreamHub hub, MessageCodec codec) {
		this.namespace = namespace;
		this.local = namespace.localNode();
		this.hub = hub;
		this.codec = codec;
		Streams options = hub.options();
		String uid = Ids.hex();
		RedisLink link = hub.link();
		this.transport = new StreamsTransport(hub, namespace.name(),
				new PubSubTransport(link, options.getChannelPrefix(), namespace.name(), uid, options.isShardedPubSub(),
						MessageCodec::toMsgpack, codec));
		RecoveryLimits limits = namespace.recovery();
		boolean inOrder = switch (options.getOwnBroadcasts()) {
			case AUTO -> limits != null;
			case IN_STREAM_ORDER -> true;
			case AT_ONCE -> false;
		};
		this.streamOrder = (inOrder || limits != null) ? new StreamOrder(this.local, inOrder, limits != null,
				link.timeout().multipliedBy(READ_BACK_FACTOR), System::nanoTime, namespace::schedule, this) : null;
		this.order = (this.streamOrder != null) ? this.streamOrder : new DirectOrder(this.local);
		this.cluster = new ClusterAdapter(namespace, uid, this.transport, this.order, link.observers());
		this.history = (limits != null) ? new StreamHistory(namespace, limits, hub, codec) : null;
		this.sessions = (limits != null)
				? new StreamSessions(namespace, limits, hub, codec, this.cluster, this.order, () -> text(this.direct))
				: null;
		if (hub.isForeign(namespace.name())) {
			logger.warn("Servers in JavaScript cannot exchange messages in the namespace '" + namespace.name()
					+ "' with the number of streams " + options.getStreamCount());
		}
	}

	private static @Nullable String text(@Nullable StreamId id) {
		return (id != null) ? id.toString() : null;
	}

	@Override
	public Mono<Void> init() {
		return Mono.fromCompletionStage(() -> this.hub.add(this.namespace.name(), this)).then(Mono.defer(() -> {
			if (this.closed) {
				return Mono.empty();
			}
			if (this.sessions != null) {
				this.sessions.start();
			}
			return this.cluster.init();
		}));
	}

	@Override
	public Mono<Void> close() {
		return Mono.defer(() -> {
			this.closed = true;
			Mono<Void> stored = (this.sessions != null) ? Mono.fromCompletionStage(this.sessions.close())
					: Mono.empty();
			return stored.then(this.cluster.close()).doFinally((signal) -> {
				this.hub.remove(this.namespace.name(), this);
				if (this.streamOrder != null) {
					this.streamOrder.close();
				}
			});
		});
	}

	// Broadcasts

	@Override
	public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
		StreamOrder stored = this.streamOrder;
		if (stored == null || options.flags().isLocal()) {
			return this.cluster.broadcast(packet, options);
		}
		// encoded here, so that an error is thrown to the caller
		this.local.encode(packet, options);
		ClusterMessage message = this.cluster.broadcastMessage(packet, options);
		return ClusterAdapter.mono(() -> (this.position != null)
				? stored.broadcastStored(packet, options, (nonce) -> this.transport.append(message, nonce))
				: stored.broadcast(packet, options, () -> this.transport.append(message, null)));
	}

	@Override
	public void readBack(StreamId id) {
		this.position = id;
	}

	@Override
	public void deliveredDirectly() {
		this.direct = this.position;
	}

	// Entries of the stream

	@Override
	public void started(StreamId start) {
		this.order.tasks().run(() -> moveTo(start));
	}

	@Override
	public CompletableFuture<Void> receive(List<StreamEntry> entries, StreamId last) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.order.tasks().run(() -> {
			try {
				for (StreamEntry entry : entries) {
					receive(entry);
				}
				moveTo(last);
			}
			finally {
				done.complete(null);
			}
		});
		return done;
	}

	private void receive(StreamEntry entry) {
		try {
			if (!this.cluster.uid().equals(entry.uid())) {
				receiveFromOther(entry);
			}
			else if (this.streamOrder != null) {
				this.streamOrder.readBack(entry.nonce(), entry.id());
			}
		}
		catch (RuntimeException ex) {
			logger.error("An entry of the stream could not be handled", ex);
		}
		this.position = entry.id();
	}

	private void receiveFromOther(StreamEntry entry) {
		ClusterMessage message = entry.message(this.codec);
		if (message == null) {
			this.hub.link().observers().malformed();
		}
		else if (message.type() <= MessageType.DISCONNECT_SOCKETS || message.type() == MessageType.SERVER_SIDE_EMIT) {
			this.cluster.handle(message, (this.history != null) ? entry.id().toString() : null);
		}
	}

	private void moveTo(StreamId id) {
		this.position = id;
		Iterator<Awaiting> waiting = this.awaiting.iterator();
		while (waiting.hasNext()) {
			Awaiting next = waiting.next();
			if (!next.id().isAfter(id)) {
				waiting.remove();
				next.reached().complete(true);
			}
		}
	}

	@Override
	public void gap(RedisStreamGap missed) {
		this.order.tasks().run(() -> {
			this.gap = StreamId.parse(missed.after());
			StreamId before = StreamId.parse(missed.before());
			if (before != null && this.position != null && this.position.isAfter(before)) {
				this.position = before;
			}
		});
	}

	// Recovery

	@Override
	public @Nullable String position() {
		return (this.history != null) ? text(this.position) : null;
	}

	@Override
	public void sessionStarted(AdapterSocket socket, Supplier<PersistedSession> state) {
		if (this.sessions != null) {
			this.sessions.started(socket, state);
		}
	}

	@Override
	public void sessionEnded(String pid) {
		if (this.sessions != null) {
			this.sessions.ended(pid);
		}
	}

	@Override
	public Mono<Void> persistSession(PersistedSession session) {
		StreamSessions store = this.sessions;
		if (store == null) {
			return Mono.empty();
		}
		return ClusterAdapter.mono(() -> {
			CompletableFuture<Object> done = new CompletableFuture<>();
			this.order.tasks()
				.run(() -> store.persist(session, !spansGap(session))
					.whenComplete((result, error) -> done.complete("")));
			return done;
		});
	}

	/**
	 * Return whether the client was connected during a gap.
	 */
	private boolean spansGap(PersistedSession session) {
		StreamId start = StreamId.parse(session.startOffset());
		StreamId last = this.gap;
		return last != null && start != null && !start.isAfter(last);
	}

	@Override
	public Mono<RestoreResult> restoreSession(String pid, @Nullable String offset, @Nullable String principal) {
		StreamSessions store = this.sessions;
		if (store == null) {
			return Mono.just(RestoreResult.failed(RecoveryOutcome.UNKNOWN));
		}
		return Mono.fromCompletionStage(() -> store.take(pid, principal).thenCompose((taken) -> {
			SessionDocument document = taken.document();
			return (document != null) ? restore(document, offset) : CompletableFuture.completedFuture(
					RestoreResult.failed((taken.refusal() != null) ? taken.refusal() : RecoveryOutcome.UNKNOWN));
		})).onErrorResume((error) -> {
			logger.debug("State of a disconnected client could not be read", error);
			return Mono.just(RestoreResult.failed(RecoveryOutcome.UNKNOWN));
		});
	}

	private CompletionStage<RestoreResult> restore(SessionDocument document, @Nullable String offset) {
		PersistedSession session = document.session();
		StreamId from = StreamHistory.from(session, offset);
		StreamId unknown = StreamId.parse(document.direct());
		RestoreResult incomplete = RestoreResult.failed(RecoveryOutcome.GAP);
		if (this.history == null || from == null || spansGap(session) || !isAfterDirect(from)
				|| (unknown != null && !from.isAfter(unknown))) {
			return CompletableFuture.completedFuture(incomplete);
		}
		StreamId end = StreamId.max(StreamId.max(from, StreamId.parse(session.endOffset())),
				StreamId.parse(session.lastOffset()));
		return this.history.isComplete(session, from)
			.thenCompose((complete) -> complete ? await(end) : CompletableFuture.completedFuture(false))
			.thenApply((reached) -> reached ? RestoreResult.recovered(session) : incomplete);
	}

	private boolean isAfterDirect(StreamId from) {
		StreamId last = this.direct;
		return last == null || from.isAfter(last);
	}

	/**
	 * Wait until this node has read the stream up to an entry.
	 * @return {@code false} on timeout
	 */
	private CompletionStage<Boolean> await(StreamId id) {
		CompletableFuture<Boolean> reached = new CompletableFuture<>();
		Awaiting next = new Awaiting(id, reached);
		this.order.tasks().run(() -> {
			StreamId current = this.position;
			if (current != null && !id.isAfter(current)) {
				reached.complete(true);
				return;
			}
			this.awaiting.add(next);
			Duration limit = this.namespace.requestTimeout();
			this.namespace.schedule(limit, () -> this.order.tasks().run(() -> {
				this.awaiting.remove(next);
				reached.complete(false);
			}));
		});
		return reached;
	}

	@Override
	public Mono<List<MissedPacket>> missedPackets(PersistedSession session, @Nullable String offset) {
		StreamId end = this.position;
		StreamId from = StreamHistory.from(session, offset);
		StreamHistory stored = this.history;
		if (stored == null || end == null || from == null || spansGap(session) || !isAfterDirect(from)) {
			return Mono.empty();
		}
		return Mono
			.fromCompletionStage(() -> stored.isComplete(session, from)
				.thenCompose((complete) -> complete ? stored.missed(session, from, end)
						: CompletableFuture.<@Nullable List<MissedPacket>>completedFuture(null)))
			.onErrorResume((error) -> {
				logger.debug("Missed packets of a client could not be read", error);
				return Mono.empty();
			});
	}

	// Delegation to the cluster adapter

	@Override
	public Mono<Integer> serverCount() {
		return this.cluster.serverCount();
	}

	@Override
	public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAckListener listener) {
		return this.cluster.broadcastWithAck(packet, options, listener);
	}

	@Override
	public Mono<List<RemoteSocketDetails>> fetchRemoteSockets(BroadcastOptions options) {
		return this.cluster.fetchRemoteSockets(options);
	}

	@Override
	public Mono<Integer> countRemoteSockets(BroadcastOptions options) {
		return this.cluster.countRemoteSockets(options);
	}

	@Override
	public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
		return this.cluster.addSockets(options, rooms);
	}

	@Override
	public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
		return this.cluster.delSockets(options, rooms);
	}

	@Override
	public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
		return this.cluster.disconnectSockets(options, close);
	}

	@Override
	public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
		return this.cluster.serverSideEmit(event, args);
	}

	@Override
	public Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> responses) {
		return this.cluster.serverSideEmitWithAck(event, args, responses);
	}

	@Override
	public void inOrder(Runnable task) {
		this.order.inOrder(task);
	}

	@Override
	public boolean isIdle() {
		return this.order.isIdle();
	}

	@Override
	public boolean isBehind() {
		return this.order.isBehind();
	}

	/**
	 * Waits until an entry has been handled.
	 *
	 * @param id the id of the entry
	 * @param reached completes when the entry has been handled
	 */
	private record Awaiting(StreamId id, CompletableFuture<Boolean> reached) {

	}

}
