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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Collects the acknowledgements of a broadcast (SIO-75 to SIO-78): complete when all
 * nodes have told how many clients they reached, and all of these have answered.
 */
final class BroadcastAcks implements BroadcastAckListener {

	private final DefaultNamespace namespace;

	private final MonoSink<List<Arguments>> sink;

	private final Queue<Arguments> answers = new ConcurrentLinkedQueue<>();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger clients = new AtomicInteger();

	private final AtomicInteger servers = new AtomicInteger();

	private final Disposable.Composite waiting = Disposables.composite();

	private volatile int expectedServers = -1;

	BroadcastAcks(DefaultNamespace namespace, MonoSink<List<Arguments>> sink) {
		this.namespace = namespace;
		this.sink = sink;
	}

	void start(BroadcastPacket packet, BroadcastOptions options) {
		this.sink.onDispose(this.waiting);
		Duration timeout = options.flags().timeout();
		Timers.@Nullable Timeout timer = (timeout != null) ? this.namespace.server().schedule(timeout, this::timedOut)
				: null;
		if (timer != null) {
			this.waiting.add(timer::cancel);
		}
		Mono<Integer> count = options.flags().local() ? Mono.just(1) : this.namespace.adapter().serverCount();
		this.waiting.add(count.subscribe(this::expectServers, this.sink::error));
		this.waiting.add(this.namespace.adapter().broadcastWithAck(packet, options, this));
	}

	private void expectServers(int expected) {
		this.expectedServers = expected;
		check();
	}

	@Override
	public void onClientCount(int count) {
		this.clients.addAndGet(count);
		this.servers.incrementAndGet();
		check();
	}

	@Override
	public void onAck(Arguments answer) {
		this.answers.add(answer);
		this.answered.incrementAndGet();
		check();
	}

	private void check() {
		if (this.expectedServers >= 0 && this.servers.get() >= this.expectedServers
				&& this.answered.get() >= this.clients.get()) {
			this.sink.success(List.copyOf(this.answers));
		}
	}

	private void timedOut() {
		this.sink.error(new AckTimeoutException(List.copyOf(this.answers)));
	}

}
