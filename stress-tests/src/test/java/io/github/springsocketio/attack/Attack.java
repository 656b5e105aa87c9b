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

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One vector under way: its connections, which stay open until it is closed.
 */
final class Attack implements AutoCloseable {

	private static final int THREADS = 8;

	/** A server that answers no more would let every connection wait. */
	private static final Duration LIMIT = Duration.ofMinutes(2);

	private final Target target;

	private final Queue<Peer> peers = new ConcurrentLinkedQueue<>();

	private final AtomicLong sent = new AtomicLong();

	private final AtomicInteger refused = new AtomicInteger();

	private final long deadline = System.nanoTime() + LIMIT.toNanos();

	Attack(Target target) {
		this.target = target;
	}

	/**
	 * Do something with many connections, on a few threads. A connection that the server
	 * refuses or closes is counted.
	 * @param count the number of connections
	 * @param action what to do with each
	 */
	void connections(int count, Action action) {
		AtomicInteger next = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(THREADS);
		for (int i = 0; i < THREADS; i++) {
			Thread thread = new Thread(() -> {
				try {
					while (next.getAndIncrement() < count && this.target.isAlive()
							&& System.nanoTime() - this.deadline < 0) {
						connection(action);
					}
				}
				finally {
					done.countDown();
				}
			}, "attacker-" + i);
			thread.setDaemon(true);
			thread.start();
		}
		try {
			done.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void connection(Action action) {
		try {
			Peer peer = new Peer(this.target.port(), this.sent, this.deadline);
			this.peers.add(peer);
			action.run(peer);
		}
		catch (IOException ex) {
			this.refused.incrementAndGet();
		}
	}

	/**
	 * Close a connection before the end of the attack.
	 */
	void release(Peer peer) {
		peer.close();
		this.peers.remove(peer);
	}

	long sent() {
		return this.sent.get();
	}

	int refused() {
		return this.refused.get();
	}

	@Override
	public void close() {
		this.peers.forEach(Peer::close);
		this.peers.clear();
	}

	/**
	 * What is done with a connection.
	 */
	@FunctionalInterface
	interface Action {

		void run(Peer peer) throws IOException;

	}

}
