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
 * {@link AutoConfigureSocketIoTester#virtualTime()}. It only advances when
 * {@link #advance(Duration)} is called. It applies to the heartbeat and to the time
 * limits of acknowledgements, namespaces, slow clients and connection state recovery. The
 * time limits of {@link SocketIoTester} and all other times are real.
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
	 * Advance the time. Returns when the server has executed all tasks that were due.
	 * When pings are due, they are sent, and the time does not advance further until the
	 * clients of the tester that are reading have replied. Must not be called on an event
	 * loop.
	 * @param duration the duration
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
	 * Wait until all threads of the server have run the tasks that were submitted to
	 * them.
	 */
	private void awaitThreads() {
		// the second round waits for tasks that the threads have submitted to each other
		for (int round = 0; round < 2; round++) {
			List<Executor> threads = new ArrayList<>();
			this.loops.get().forEach(threads::add);
			for (int i = 0; i < Schedulers.DEFAULT_POOL_SIZE; i++) {
				// each call uses the next thread
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
