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

package io.github.springsocketio.engineio.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The handshakes of one event loop. Each event loop iteration begins handshakes for a
 * limited time. Handshakes that arrive later are queued for the next iteration, so that
 * connected clients are served in between. All methods are called on the event loop.
 */
final class HandshakeQueue {

	/** The minimum time for handshakes in one iteration, in nanoseconds. */
	private static final long SHARE = 500_000;

	/** The maximum time for handshakes in one iteration, in nanoseconds. */
	private static final long MAX_SHARE = 10_000_000;

	private final Queue<Waiting> waiting = new ArrayDeque<>();

	private final Executor tasks;

	private final Executor nextIteration;

	private final LongSupplier nanoTime;

	private final long maxDelay;

	private boolean scheduled;

	private boolean counting;

	private long iterationStart;

	private long endOfLastIteration;

	private boolean late;

	/**
	 * Create a queue.
	 * @param tasks runs a task at the end of the current event loop iteration
	 * @param nextIteration runs a task in a later iteration, after pending I/O was
	 * processed
	 * @param nanoTime a clock in nanoseconds
	 * @param maxDelay the maximum time that a handshake waits
	 */
	HandshakeQueue(Executor tasks, Executor nextIteration, LongSupplier nanoTime, Duration maxDelay) {
		this.tasks = tasks;
		this.nextIteration = nextIteration;
		this.nanoTime = nanoTime;
		this.maxDelay = maxDelay.toNanos();
	}

	/**
	 * Return whether a handshake may begin at once.
	 */
	boolean isNext() {
		if (!this.waiting.isEmpty()) {
			return false;
		}
		long now = this.nanoTime.getAsLong();
		if (!this.counting) {
			this.counting = true;
			this.iterationStart = now;
			this.tasks.execute(this::endIteration);
		}
		return now - this.iterationStart < SHARE;
	}

	private void endIteration() {
		this.counting = false;
	}

	/**
	 * Return whether handshakes currently wait for too long: the queue is not empty, and
	 * the last handshake taken from it had exceeded the maximum delay.
	 */
	boolean isLate() {
		return this.late && !this.waiting.isEmpty();
	}

	/**
	 * Return a Mono that queues a handshake. It emits {@code true} when the handshake
	 * begins, or {@code false} if the maximum delay is exceeded. Its subscriber must not
	 * throw.
	 */
	Mono<Boolean> await() {
		return Mono.create(this::add);
	}

	private void add(MonoSink<Boolean> sink) {
		long now = this.nanoTime.getAsLong();
		if (this.waiting.isEmpty()) {
			this.endOfLastIteration = now;
		}
		this.waiting.add(new Waiting(sink, now));
		schedule();
	}

	private void schedule() {
		if (!this.scheduled) {
			this.scheduled = true;
			this.nextIteration.execute(this::begin);
		}
	}

	private void begin() {
		this.scheduled = false;
		long start = this.nanoTime.getAsLong();
		// half of the time that was spent on other work: if iterations are long, the
		// minimum time would delay handshakes for too long
		long share = Math.min(MAX_SHARE, Math.max(SHARE, (start - this.endOfLastIteration) / 2));
		long now = start;
		while (!this.waiting.isEmpty() && now - start < share) {
			Waiting next = this.waiting.remove();
			this.late = now - next.since() >= this.maxDelay;
			// processes the handshake synchronously, unless the client has disconnected
			next.sink().success(!this.late);
			now = this.nanoTime.getAsLong();
		}
		this.endOfLastIteration = now;
		if (!this.waiting.isEmpty()) {
			schedule();
		}
	}

	/**
	 * A queued handshake.
	 *
	 * @param sink receives whether it begins
	 * @param since the time at which it arrived, in nanoseconds
	 */
	private record Waiting(MonoSink<Boolean> sink, long since) {

	}

}
