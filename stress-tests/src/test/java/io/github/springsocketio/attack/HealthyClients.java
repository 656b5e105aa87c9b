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

package io.github.springsocketio.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.Transport;

/**
 * Eight clients that behave: each sends an event ten times a second, and waits for its
 * acknowledgement. Two of them poll.
 */
final class HealthyClients implements AutoCloseable {

	static final int COUNT = 8;

	private static final int POLLING = 2;

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private final List<Thread> threads = new ArrayList<>();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final AtomicLong worst = new AtomicLong();

	private final AtomicLong acknowledged = new AtomicLong();

	private volatile boolean stopped;

	HealthyClients(int port) {
		for (int i = 0; i < COUNT; i++) {
			SocketIoClient client = SocketIoClient.builder("http://localhost:" + port)
				.transports((i < POLLING) ? Transport.POLLING : Transport.WEBSOCKET)
				.timeout(AttackSuite.PATIENCE)
				.conversation(0)
				.build();
			Thread thread = new Thread(() -> talk(client), "healthy-" + i);
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
	}

	private void talk(SocketIoClient client) {
		try (client) {
			ClientSocket socket = client.connect();
			while (!this.stopped) {
				long start = System.nanoTime();
				socket.emitWithAck("echo", "hello");
				long time = System.nanoTime() - start;
				this.worst.accumulateAndGet(time, Math::max);
				this.acknowledged.incrementAndGet();
				LockSupport.parkNanos(PAUSE);
			}
		}
		catch (RuntimeException | AssertionError ex) {
			if (!this.stopped) {
				this.failures.add(ex);
			}
		}
	}

	/**
	 * Return what ended clients.
	 */
	List<Throwable> failures() {
		return this.failures;
	}

	/**
	 * Return how many events were acknowledged.
	 */
	long acknowledged() {
		return this.acknowledged.get();
	}

	/**
	 * Return the longest time to an acknowledgement since the last call, in milliseconds.
	 */
	long worst() {
		return TimeUnit.NANOSECONDS.toMillis(this.worst.getAndSet(0));
	}

	@Override
	public void close() {
		this.stopped = true;
	}

}
