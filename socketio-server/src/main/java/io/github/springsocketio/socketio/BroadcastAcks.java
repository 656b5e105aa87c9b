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
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.PendingBroadcastAcks;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Collects the acknowledgements of a broadcast. Completes when all nodes have reported
 * the number of their receivers, and each receiver has acknowledged or is disconnected.
 */
final class BroadcastAcks implements BroadcastAckListener {

	private final DefaultNamespace namespace;

	private final MonoSink<List<Arguments>> sink;

	private final Queue<Arguments> responses = new ConcurrentLinkedQueue<>();

	private final AtomicInteger finished = new AtomicInteger();

	private final AtomicInteger clients = new AtomicInteger();

	private final AtomicInteger servers = new AtomicInteger();

	private final Disposable.Composite resources = Disposables.composite();

	private volatile int expectedServers = -1;

	private volatile @Nullable PendingBroadcastAcks pending;

	BroadcastAcks(DefaultNamespace namespace, MonoSink<List<Arguments>> sink) {
		this.namespace = namespace;
		this.sink = sink;
	}

	void start(BroadcastPacket packet, BroadcastOptions options, @Nullable Duration limit) {
		this.sink.onDispose(this.resources);
		if (limit != null) {
			Timers.Timeout timer = this.namespace.server().schedule(limit, this::timedOut);
			this.resources.add(timer::cancel);
		}
		Mono<Integer> count = options.flags().isLocal() ? Mono.just(1) : this.namespace.adapter().serverCount();
		this.resources.add(count.subscribe(this::expectServers, this.sink::error));
		this.resources.add(Mono.defer(() -> this.namespace.adapter().broadcastWithAck(packet, options, this))
			.subscribe(null, this.sink::error));
	}

	private void expectServers(int expected) {
		this.expectedServers = expected;
		check();
	}

	@Override
	public void onPending(PendingBroadcastAcks acks) {
		this.pending = acks;
		this.resources.add(acks);
	}

	@Override
	public void onClientCount(int count) {
		this.clients.addAndGet(count);
		this.servers.incrementAndGet();
		check();
	}

	@Override
	public void onAck(Arguments response) {
		this.responses.add(response);
		this.finished.incrementAndGet();
		check();
	}

	@Override
	public void onDisconnect() {
		this.finished.incrementAndGet();
		check();
	}

	private void check() {
		if (this.expectedServers >= 0 && this.servers.get() >= this.expectedServers
				&& this.finished.get() >= this.clients.get()) {
			this.sink.success(List.copyOf(this.responses));
		}
	}

	private void timedOut() {
		PendingBroadcastAcks acks = this.pending;
		this.sink
			.error(new AckTimeoutException(List.copyOf(this.responses), (acks != null) ? acks.socketIds() : Set.of()));
	}

}
