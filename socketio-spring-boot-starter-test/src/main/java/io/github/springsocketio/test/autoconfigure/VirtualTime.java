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

package io.github.springsocketio.test.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.VirtualTimers;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.client.SocketIoClient;
import io.netty.channel.EventLoopGroup;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.Assert;

/**
 * The time of the Socket.IO server of a test with
 * {@link AutoConfigureSocketIoTester#virtualTime()}. It stands still until
 * {@link #advance(Duration)} is called. The heartbeat, the time limits of
 * acknowledgements, of namespaces, of slow clients and of connection state recovery go by
 * it; the time limits of {@link SocketIoTester} and all other time is real.
 *
 * @since 0.1.0
 */
public final class VirtualTime {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final long PAUSE = Duration.ofMillis(1).toNanos();

	private final VirtualTimers timers = new VirtualTimers();

	private final ObjectProvider<EngineServer> engines;

	private final ObjectProvider<SocketIoTester> testers;

	private final Supplier<EventLoopGroup> loops;

	VirtualTime(ObjectProvider<EngineServer> engines, ObjectProvider<SocketIoTester> testers,
			Supplier<EventLoopGroup> loops) {
		this.engines = engines;
		this.testers = testers;
		this.loops = loops;
	}

	VirtualTimers timers() {
		return this.timers;
	}

	/**
	 * Let time pass. Returns when everything that was due has happened on the server.
	 * Pings that become due are sent, and those clients of the tester that read have
	 * answered them before time goes on. Must not be called by an event loop.
	 * @param duration how long
	 */
	public void advance(Duration duration) {
		Assert.notNull(duration, "'duration' must not be null");
		this.timers.advance(duration, this::settle);
	}

	private void settle() {
		awaitThreads();
		for (SocketIoTester tester : this.testers.stream().toList()) {
			for (SocketIoClient client : tester.clients()) {
				awaitPong(client);
			}
		}
		awaitThreads();
	}

	/**
	 * Wait until all threads of the server have run what was submitted to them.
	 */
	private void awaitThreads() {
		// what they have submitted to each other takes a second round
		for (int round = 0; round < 2; round++) {
			List<Executor> threads = new ArrayList<>();
			this.loops.get().forEach(threads::add);
			for (int i = 0; i < Schedulers.DEFAULT_POOL_SIZE; i++) {
				// each task goes to the next thread
				threads.add((task) -> Schedulers.parallel().schedule(task));
			}
			CountDownLatch running = new CountDownLatch(threads.size());
			threads.forEach((thread) -> thread.execute(running::countDown));
			await(running);
		}
	}

	private static void await(CountDownLatch running) {
		try {
			Assert.state(running.await(LIMIT.toNanos(), TimeUnit.NANOSECONDS),
					() -> "The threads of the server are busy for more than " + LIMIT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	private void awaitPong(SocketIoClient client) {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (owesPong(client)) {
			Assert.state(System.nanoTime() - end < 0, () -> client + " has not responded to a ping within " + LIMIT);
			LockSupport.parkNanos(PAUSE);
		}
	}

	private boolean owesPong(SocketIoClient client) {
		String sid = client.sid();
		EngineServer engine = this.engines.getIfAvailable();
		EngineSession session = (sid != null && engine != null) ? engine.session(sid) : null;
		return session != null && session.awaitsPong() && client.isReading();
	}

}
