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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import org.junit.jupiter.api.Test;
import reactor.core.Disposables;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how long broadcasts wait until they are read back.
 */
class StreamOrderTests {

	private static final Duration LIMIT = Duration.ofSeconds(4);

	private final AtomicLong time = new AtomicLong(-5);

	private final Deque<Runnable> checks = new ArrayDeque<>();

	private final AtomicInteger direct = new AtomicInteger();

	private final AtomicReference<StreamId> position = new AtomicReference<>(StreamId.MIN);

	private final AtomicReference<String> nonce = new AtomicReference<>();

	private final StreamOrder order = new StreamOrder(namespace().localNode(), true, true, LIMIT, this.time::get,
			(delay, task) -> {
				this.checks.add(task);
				return Disposables.disposed();
			}, new StreamOrder.Listener() {

				@Override
				public void readBack(StreamId id) {
					StreamOrderTests.this.position.set(id);
				}

				@Override
				public void deliveredDirectly() {
					StreamOrderTests.this.direct.incrementAndGet();
				}

			});

	/**
	 * Return a namespace without clients.
	 */
	static AdapterNamespace namespace() {
		AtomicReference<AdapterNamespace> created = new AtomicReference<>();
		AdapterFactory factory = (namespace) -> {
			created.set(namespace);
			return new InMemoryAdapter(namespace);
		};
		SocketIoServer
			.create(EngineServer.create(EngineOptions.defaults()),
					SocketIoOptions.builder().adapterFactory(factory).build())
			.sockets();
		return created.get();
	}

	private void broadcast(CompletableFuture<String> stored) {
		this.order.broadcastStored(new BroadcastPacket("x"), BroadcastOptions.ALL, (name) -> {
			this.nonce.set(name);
			return stored;
		});
	}

	private void broadcast() {
		broadcast(CompletableFuture.completedFuture("1-0"));
	}

	private void pass(Duration pause) {
		this.time.addAndGet(pause.toNanos());
		this.checks.remove().run();
	}

	@Test
	void broadcastWithoutAResponseIsDelivered() {
		broadcast(new CompletableFuture<>());
		shouldBeDeliveredAfter(LIMIT);
	}

	@Test
	void broadcastThatIsStoredButNotReadBackIsDeliveredLater() {
		broadcast();
		shouldBeDeliveredAfter(LIMIT.multipliedBy(4));
	}

	private void shouldBeDeliveredAfter(Duration limit) {
		Duration step = Duration.ofMillis(250);
		for (long i = 0; i < limit.dividedBy(step); i++) {
			pass(step);
		}
		assertThat(this.order.isIdle()).isFalse();
		pass(step);
		assertThat(this.order.isIdle()).isTrue();
		assertThat(this.direct).hasValue(1);
	}

	@Test
	void whatFollowsABroadcastKnowsThatItWasDelivered() {
		AtomicReference<StreamId> known = new AtomicReference<>();
		broadcast();
		this.order.inOrder(() -> known.set(this.position.get()));
		assertThat(known).hasNullValue();
		StreamId id = new StreamId(1, 0);
		this.order.readBack(this.nonce.get(), id);
		assertThat(known).hasValue(id);
	}

	@Test
	void timeInWhichTheProcessStandsStillDoesNotCount() {
		broadcast();
		pass(Duration.ofSeconds(10));
		assertThat(this.order.isIdle()).isFalse();
		this.order.readBack(this.nonce.get(), new StreamId(1, 0));
		assertThat(this.order.isIdle()).isTrue();
		assertThat(this.direct).hasValue(0);
	}

}
