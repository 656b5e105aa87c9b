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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * The default adapter: reaches the sockets of this node and keeps sessions for connection
 * state recovery in memory. All members of a namespace see its broadcasts in the same
 * order.
 *
 * @since 0.1.0
 */
public final class InMemoryAdapter implements Adapter {

	private static final Log logger = LogFactory.getLog(InMemoryAdapter.class);

	private final AdapterNamespace namespace;

	private final LocalSockets local;

	private final OrderedTasks order = new OrderedTasks();

	private final @Nullable RecoveryStore recovery;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create an adapter.
	 * @param namespace the namespace
	 */
	public InMemoryAdapter(AdapterNamespace namespace) {
		this(namespace, System::nanoTime);
	}

	InMemoryAdapter(AdapterNamespace namespace, LongSupplier nanoTime) {
		Assert.notNull(namespace, "'namespace' must not be null");
		this.namespace = namespace;
		this.local = namespace.localNode();
		RecoveryLimits limits = namespace.recovery();
		this.recovery = (limits != null)
				? new RecoveryStore(namespace, limits, this.order::run, Clock.systemUTC(), nanoTime) : null;
	}

	/**
	 * Return the store of connection state recovery, or {@code null} if it is off.
	 */
	@Nullable RecoveryStore recovery() {
		return this.recovery;
	}

	@Override
	public boolean reachesOtherNodes() {
		return false;
	}

	@Override
	public Mono<Void> close() {
		return (this.recovery != null) ? Mono.fromRunnable(this.recovery::close) : Mono.empty();
	}

	@Override
	public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
		// encoded here, so that the caller gets the error
		this.local.encode(packet, options);
		RecoveryStore store = this.recovery;
		if (store == null) {
			return Mono
				.fromRunnable(() -> deliver(options, (receivers) -> this.local.deliver(packet, options, receivers),
						() -> this.local.deliver(packet, options)));
		}
		boolean stored = packet.id() < 0 && !options.flags().isVolatile();
		return Mono.fromRunnable(() -> {
			List<AdapterSocket> selected = this.order.isIdle() ? List.of() : this.local.select(options);
			this.order.run(() -> {
				if (stored) {
					deliverStored(store, packet, options, selected);
				}
				else {
					deliver(packet, options, selected);
				}
			});
		});
	}

	/**
	 * Deliver to the sockets that are selected now, and to those that were selected when
	 * the event was sent and have disconnected since then.
	 */
	private void deliver(BroadcastPacket packet, BroadcastOptions options, List<AdapterSocket> selected) {
		if (selected.isEmpty()) {
			this.local.deliver(packet, options);
			return;
		}
		Set<AdapterSocket> receivers = new LinkedHashSet<>(this.local.select(options));
		selected.stream().filter(AdapterSocket::hasLeft).forEach(receivers::add);
		this.local.deliver(packet, options, List.copyOf(receivers));
	}

	/**
	 * Deliver a packet with an offset, in the order of the offsets.
	 */
	private void deliverStored(RecoveryStore store, BroadcastPacket packet, BroadcastOptions options,
			List<AdapterSocket> selected) {
		String offset = store.nextOffset();
		BroadcastPacket prepared = packet.withOffset(offset);
		store.append(prepared, this.local.encode(prepared, options), options);
		deliver(prepared, options, selected);
		store.delivered(offset);
	}

	/**
	 * Deliver now if no other event is being delivered. Otherwise deliver later to the
	 * sockets that are selected now, even if they join or leave rooms in the meantime.
	 */
	private void deliver(BroadcastOptions options, Consumer<List<AdapterSocket>> later, Runnable now) {
		if (!this.order.tryRun(now)) {
			List<AdapterSocket> receivers = this.local.select(options);
			this.order.run(() -> later.accept(receivers));
		}
	}

	@Override
	public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAckListener listener) {
		BroadcastPacket prepared = packet.withId(this.namespace.nextAckId());
		this.local.encode(prepared, options);
		return Mono.fromRunnable(() -> this.order.run(() -> this.local.deliverWithAck(prepared, options, listener)));
	}

	@Override
	public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
		return Mono.fromRunnable(() -> this.local.joinAll(options, rooms));
	}

	@Override
	public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
		return Mono.fromRunnable(() -> this.local.leaveAll(options, rooms));
	}

	@Override
	public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
		return Mono.fromRunnable(() -> this.local.disconnectAll(options, close));
	}

	@Override
	public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
		String message = "This adapter does not support the serverSideEmit() functionality: there is no other server";
		return Mono.fromRunnable(() -> {
			if (this.warned.compareAndSet(false, true)) {
				logger.warn(message);
			}
			else {
				logger.debug(message);
			}
		});
	}

	@Override
	public void inOrder(Runnable task) {
		this.order.run(task);
	}

	@Override
	public boolean isIdle() {
		return this.order.isIdle();
	}

	@Override
	public boolean isBehind() {
		return this.order.isFull();
	}

	@Override
	public Mono<Void> persistSession(PersistedSession session) {
		RecoveryStore store = this.recovery;
		return (store != null) ? Mono.fromRunnable(() -> this.order.run(() -> store.persist(session))) : Mono.empty();
	}

	@Override
	public Mono<RestoreResult> restoreSession(String pid, @Nullable String offset, @Nullable String principal) {
		RecoveryStore store = this.recovery;
		return (store != null)
				? Mono.create((sink) -> this.order.run(() -> sink.success(store.restore(pid, offset, principal))))
				: Mono.just(RestoreResult.failed(RecoveryOutcome.UNKNOWN));
	}

	@Override
	public Mono<List<MissedPacket>> missedPackets(PersistedSession session, @Nullable String offset) {
		RecoveryStore store = this.recovery;
		return (store != null)
				? Mono.create((sink) -> this.order.run(() -> sink.success(store.missed(session, offset))))
				: Mono.empty();
	}

	@Override
	public @Nullable String position() {
		return (this.recovery != null) ? this.recovery.position() : null;
	}

}
