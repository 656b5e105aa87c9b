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

package io.github.springsocketio.socketio.adapter.test;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PendingBroadcastAcks;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.adapter.RestoreResult;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The adapter of one namespace of one node of a {@link LoopbackCluster}. What goes to
 * other nodes is encoded and decoded on its way, and delivered by their threads.
 */
final class LoopbackAdapter implements Adapter {

	private final AdapterNamespace namespace;

	private final LocalSockets local;

	private final LoopbackCluster cluster;

	private final LoopbackNode node;

	private final LoopbackTopic topic;

	/** The offset of the last packet that was delivered on this node. */
	private volatile String position;

	LoopbackAdapter(AdapterNamespace namespace, LoopbackCluster cluster, LoopbackNode node, LoopbackTopic topic) {
		this.namespace = namespace;
		this.local = namespace.localNode();
		this.cluster = cluster;
		this.node = node;
		this.topic = topic;
		this.position = topic.lastOffset();
	}

	@Override
	public Mono<Void> init() {
		return Mono.fromRunnable(() -> {
			this.topic.join(this);
			tellOthers();
		});
	}

	@Override
	public Mono<Void> close() {
		return Mono.fromRunnable(() -> {
			this.topic.leave(this);
			tellOthers();
		});
	}

	private void tellOthers() {
		this.topic.others(this).forEach((member) -> member.receive(member.namespace::nodesChanged));
	}

	@Override
	public Mono<Integer> serverCount() {
		return Mono.fromSupplier(() -> this.topic.members().size());
	}

	/**
	 * Run what came from the cluster.
	 */
	void receive(Runnable message) {
		if (!this.node.isStopped()) {
			this.node.execute(message);
		}
	}

	private void send(Runnable action) {
		this.cluster.checkAvailable();
		if (!this.node.isStopped()) {
			action.run();
		}
	}

	@Override
	public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
		EncodedMessage wire = this.local.encode(packet, options);
		if (options.flags().isLocal()) {
			return Mono.fromRunnable(() -> this.node.execute(() -> this.local.deliver(packet, options)));
		}
		boolean kept = this.namespace.recovery() != null && !options.flags().isVolatile();
		return Mono.fromRunnable(() -> send(() -> {
			if (!kept) {
				this.topic.append((member) -> member.deliver(received(member, packet, wire), options));
				return;
			}
			this.topic.append((offset) -> this.local.encode(packet.withOffset(offset), options), options,
					(offset) -> (member) -> member.deliver(received(member, packet, wire).withOffset(offset), options));
		}));
	}

	private void deliver(BroadcastPacket packet, BroadcastOptions options) {
		this.local.deliver(packet, options);
		if (packet.offset() != null) {
			this.position = packet.offset();
		}
	}

	/**
	 * Return a packet as a member receives it.
	 */
	private BroadcastPacket received(LoopbackAdapter member, BroadcastPacket packet, EncodedMessage wire) {
		if (member == this) {
			return packet;
		}
		Packet decoded = decode(wire);
		String name = String.valueOf(decoded.event());
		return new BroadcastPacket(decoded.numericName() ? Long.valueOf(name) : name, decoded.arguments());
	}

	private Packet decode(EncodedMessage wire) {
		PacketDecoder decoder = this.namespace.parser().newDecoder();
		Decoded decoded = decoder.text(wire.text(), 1, wire.text().length - 1);
		for (byte[] binary : wire.binaries()) {
			decoded = decoder.binary(binary);
		}
		return (Packet) decoded;
	}

	/**
	 * Return arguments as another node receives them.
	 */
	private Arguments copy(@Nullable Object... args) {
		return decode(this.namespace.parser().encoder().event("/", -1, "copy", args, null)).arguments();
	}

	@Override
	public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAckListener listener) {
		EncodedMessage wire = this.local.encode(packet, options);
		if (options.flags().isLocal()) {
			return Mono.fromRunnable(() -> this.node.execute(() -> deliverWithAck(packet, options, listener)));
		}
		return Mono.fromRunnable(
				() -> send(() -> this.topic.append((member) -> member.deliverWithAck(received(member, packet, wire),
						options, (member != this) ? new Forwarding(member, options, listener) : listener))));
	}

	private void deliverWithAck(BroadcastPacket packet, BroadcastOptions options, BroadcastAckListener listener) {
		this.local.deliverWithAck(packet.withId(this.namespace.nextAckId()), options, listener);
	}

	@Override
	public Mono<List<RemoteSocketDetails>> fetchRemoteSockets(BroadcastOptions options) {
		return Mono.defer(() -> {
			this.cluster.checkAvailable();
			return Flux.fromIterable(this.topic.others(this))
				.flatMap((member) -> member.details(options))
				.collectList()
				.timeout(limit(options));
		});
	}

	private Duration limit(BroadcastOptions options) {
		return (options.flags().timeout() != null) ? options.flags().timeout() : this.namespace.requestTimeout();
	}

	private Flux<RemoteSocketDetails> details(BroadcastOptions options) {
		return Mono
			.<List<RemoteSocketDetails>>create((sink) -> receive(() -> sink
				.success(this.local.select(options).stream().map(AdapterSocket::details).map(this::copy).toList())))
			.flatMapIterable((details) -> details);
	}

	private RemoteSocketDetails copy(RemoteSocketDetails details) {
		Arguments copy = copy(details.handshake(), details.data());
		return RemoteSocketDetails.builder(details.id())
			.rooms(Set.copyOf(details.rooms()))
			.handshake(map(copy, 0))
			.data(map(copy, 1))
			.build();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> map(Arguments arguments, int index) {
		return arguments.require(index, Map.class);
	}

	@Override
	public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
		return change(options, (sockets) -> sockets.joinAll(options, rooms));
	}

	@Override
	public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
		return change(options, (sockets) -> sockets.leaveAll(options, rooms));
	}

	/**
	 * Change the sockets of this node at once, and those of others after what was sent
	 * before.
	 */
	private Mono<Void> change(BroadcastOptions options, Consumer<LocalSockets> change) {
		return Mono.fromRunnable(() -> {
			change.accept(this.local);
			if (!options.flags().isLocal()) {
				send(() -> this.topic.append((member) -> {
					if (member != this) {
						change.accept(member.local);
					}
				}));
			}
		});
	}

	@Override
	public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
		// after what was sent before
		return Mono.create((sink) -> {
			this.node.inOrder(() -> disconnectOwn(options, close, sink));
			if (!options.flags().isLocal()) {
				send(() -> this.topic.append((member) -> {
					if (member != this) {
						member.local.disconnectAll(options, close);
					}
				}));
			}
		});
	}

	private void disconnectOwn(BroadcastOptions options, boolean close, MonoSink<Void> sink) {
		this.local.disconnectAll(options, close);
		sink.success();
	}

	@Override
	public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
		Arguments copy = copy(args);
		return Mono.fromRunnable(() -> send(() -> this.topic.append((member) -> {
			if (member != this) {
				member.namespace.serverSideEvent(event, copy, null);
			}
		})));
	}

	@Override
	public Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> responses) {
		Arguments copy = copy(args);
		return Mono.defer(() -> {
			this.cluster.checkAvailable();
			return Flux.fromIterable(this.topic.others(this))
				.flatMap((member) -> member.request(event, copy))
				.doOnNext(responses::add)
				.then()
				.timeout(this.namespace.requestTimeout());
		});
	}

	private Mono<Arguments> request(String event, Arguments args) {
		return Mono.create((sink) -> receive(
				() -> this.namespace.serverSideEvent(event, args, (response) -> sink.success(copy(response)))));
	}

	@Override
	public void inOrder(Runnable task) {
		this.node.inOrder(task);
	}

	@Override
	public boolean isIdle() {
		return this.node.isIdle();
	}

	@Override
	public Mono<Void> persistSession(PersistedSession session) {
		return Mono.fromRunnable(() -> this.topic.persist(session));
	}

	@Override
	public @Nullable String position() {
		return this.position;
	}

	@Override
	public Mono<RestoreResult> restoreSession(String pid, @Nullable String offset, @Nullable String principal) {
		return Mono.fromSupplier(() -> this.topic.restore(pid, offset, principal));
	}

	@Override
	public Mono<List<MissedPacket>> missedPackets(PersistedSession session, @Nullable String offset) {
		return Mono.fromSupplier(() -> this.topic.missed(session, offset));
	}

	/**
	 * Passes acknowledgements of another node on.
	 */
	private final class Forwarding implements BroadcastAckListener {

		private final LoopbackAdapter member;

		private final BroadcastOptions options;

		private final BroadcastAckListener listener;

		private final AtomicBoolean ended = new AtomicBoolean();

		private Forwarding(LoopbackAdapter member, BroadcastOptions options, BroadcastAckListener listener) {
			this.member = member;
			this.options = options;
			this.listener = listener;
		}

		@Override
		public void onPending(PendingBroadcastAcks acks) {
			this.member.namespace.schedule(limit(this.options), () -> {
				this.ended.set(true);
				acks.dispose();
			});
		}

		@Override
		public void onClientCount(int clients) {
			this.listener.onClientCount(clients);
		}

		@Override
		public void onAck(Arguments response) {
			if (!this.ended.get()) {
				this.listener.onAck(copy(response.get(0)));
			}
		}

		@Override
		public void onDisconnect() {
			this.listener.onDisconnect();
		}

	}

}
