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

package io.github.springsocketio.socketio.adapter;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * The adapter that is there by default: knows the sockets of its own node and keeps the
 * sessions for connection state recovery in memory. An adapter for a cluster extends it
 * and calls these methods for what concerns its own node.
 *
 * @since 0.1.0
 */
public class InMemoryAdapter implements Adapter {

	private static final Log logger = LogFactory.getLog(InMemoryAdapter.class);

	private final AdapterNamespace namespace;

	private final RoomIndex index;

	private final boolean ordered;

	private final @Nullable RecoveryStore recovery;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create an adapter that keeps sessions, if the server is told to.
	 * @param namespace the namespace
	 */
	public InMemoryAdapter(AdapterNamespace namespace) {
		this(namespace, true);
	}

	/**
	 * Create an adapter.
	 * @param namespace the namespace
	 * @param keepSessions whether sessions and packets are kept here; {@code false} for
	 * an adapter that keeps them elsewhere and gives packets their offsets itself
	 */
	protected InMemoryAdapter(AdapterNamespace namespace, boolean keepSessions) {
		Assert.notNull(namespace, "'namespace' must not be null");
		this.namespace = namespace;
		this.index = new RoomIndex(namespace);
		RecoveryLimits limits = namespace.recovery();
		this.ordered = limits != null;
		this.recovery = (limits != null && keepSessions)
				? new RecoveryStore(namespace, limits, Clock.systemUTC(), System::nanoTime) : null;
	}

	InMemoryAdapter(AdapterNamespace namespace, RecoveryStore recovery) {
		this.namespace = namespace;
		this.index = new RoomIndex(namespace);
		this.ordered = true;
		this.recovery = recovery;
	}

	/**
	 * Return the namespace.
	 * @return the namespace
	 */
	protected final AdapterNamespace namespace() {
		return this.namespace;
	}

	@Override
	public Mono<Void> close() {
		return (this.recovery != null) ? Mono.fromRunnable(this.recovery::close) : Mono.empty();
	}

	@Override
	public void addAll(AdapterSocket socket, Collection<String> rooms) {
		this.index.addAll(socket, rooms);
	}

	@Override
	public void del(AdapterSocket socket, String room) {
		this.index.del(socket, room);
	}

	@Override
	public void delAll(AdapterSocket socket) {
		this.index.delAll(socket);
	}

	@Override
	public Set<String> socketRooms(AdapterSocket socket) {
		return this.index.rooms(socket);
	}

	@Override
	public Set<String> rooms() {
		return this.index.rooms();
	}

	@Override
	public List<AdapterSocket> sockets(BroadcastOptions options) {
		List<AdapterSocket> result = new ArrayList<>();
		this.index.forEach(options, result::add);
		return result;
	}

	@Override
	public void broadcast(BroadcastPacket packet, BroadcastOptions options) {
		if (!this.ordered) {
			send(packet, options, null);
			return;
		}
		RecoveryStore store = (packet.id() < 0 && !options.flags().droppable()) ? this.recovery : null;
		BroadcastPacket prepared = (store != null && packet.offset() == null) ? packet.withOffset(store.nextOffset())
				: packet;
		// encoded here, so that the caller gets the error if it cannot be
		EncodedMessage message = encode(prepared, options);
		this.namespace.inOrder(() -> {
			if (store != null) {
				store.append(prepared, message, options);
			}
			send(prepared, options, null);
		});
	}

	@Override
	public Disposable broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAckListener listener) {
		BroadcastPacket prepared = packet.withId(this.namespace.nextAckId());
		encode(prepared, options);
		ExpectedAcks acks = new ExpectedAcks(prepared.id(), listener);
		this.namespace.inOrder(() -> {
			send(prepared, options, acks);
			acks.complete();
		});
		return acks;
	}

	@Override
	public void addSockets(BroadcastOptions options, Collection<String> rooms) {
		forEach(options, (socket) -> socket.join(rooms));
	}

	@Override
	public void delSockets(BroadcastOptions options, Collection<String> rooms) {
		forEach(options, (socket) -> socket.leave(rooms));
	}

	@Override
	public void disconnectSockets(BroadcastOptions options, boolean close) {
		forEach(options, (socket) -> socket.disconnect(close));
	}

	@Override
	public void serverSideEmit(String event, @Nullable Object... args) {
		String message = "This adapter does not support the serverSideEmit() functionality: there is no other server";
		if (this.warned.compareAndSet(false, true)) {
			logger.warn(message);
		}
		else {
			logger.debug(message);
		}
	}

	@Override
	public void persistSession(PersistedSession session) {
		RecoveryStore store = this.recovery;
		if (store != null) {
			this.namespace.inOrder(() -> store.persist(session));
		}
	}

	@Override
	public Mono<PersistedSession> restoreSession(String pid, String offset) {
		RecoveryStore store = this.recovery;
		return (store != null)
				? Mono.create((sink) -> this.namespace.inOrder(() -> sink.success(store.restore(pid, offset))))
				: Mono.empty();
	}

	@Override
	public Mono<List<MissedPacket>> missedPackets(PersistedSession session, String offset) {
		RecoveryStore store = this.recovery;
		return (store != null)
				? Mono.create((sink) -> this.namespace.inOrder(() -> sink.success(store.missed(session, offset))))
				: Mono.just(List.of());
	}

	@Override
	public void addListener(RoomListener listener) {
		this.index.addListener(listener);
	}

	private void send(BroadcastPacket packet, BroadcastOptions options, @Nullable ExpectedAcks acks) {
		this.index.forEach(options, new Delivery(this.namespace, packet, options.flags(), acks));
	}

	private EncodedMessage encode(BroadcastPacket packet, BroadcastOptions options) {
		return packet.encoded(this.namespace.parser().encoder(), this.namespace.name(), options.flags().compress());
	}

	/**
	 * Do something to each selected socket; what goes wrong with one does not concern the
	 * others.
	 */
	private void forEach(BroadcastOptions options, Consumer<AdapterSocket> action) {
		for (AdapterSocket socket : sockets(options)) {
			try {
				action.accept(socket);
			}
			catch (IllegalStateException | IllegalArgumentException ex) {
				logger.warn("A selected socket was left as it is: " + ex.getMessage());
			}
		}
	}

}
