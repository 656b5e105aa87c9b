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
 * The handshakes of one event loop. Each of its passes begins handshakes for a short time
 * only. Those that arrive after that time wait for the next pass, so that connected
 * clients are served in between. All methods are called on the event loop.
 */
final class HandshakeQueue {

	/** The least time for handshakes in one pass. */
	private static final long SHARE = 500_000;

	/** The most time for handshakes in one pass. */
	private static final long MAX_SHARE = 10_000_000;

	private final Queue<Waiting> waiting = new ArrayDeque<>();

	private final Executor tasks;

	private final Executor nextPass;

	private final LongSupplier nanoTime;

	private final long maxDelay;

	private boolean scheduled;

	private boolean counting;

	private long firstOfPass;

	private long endOfLastPass;

	private boolean late;

	/**
	 * Create a queue.
	 * @param tasks runs a task at the end of a pass
	 * @param nextPass runs a task after the event loop has processed the input of others
	 * @param nanoTime nanoseconds
	 * @param maxDelay the time for which a handshake may wait
	 */
	HandshakeQueue(Executor tasks, Executor nextPass, LongSupplier nanoTime, Duration maxDelay) {
		this.tasks = tasks;
		this.nextPass = nextPass;
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
			this.firstOfPass = now;
			this.tasks.execute(this::endPass);
		}
		return now - this.firstOfPass < SHARE;
	}

	private void endPass() {
		this.counting = false;
	}

	/**
	 * Return whether handshakes wait for too long at present: others wait, and the last
	 * one whose turn came had waited for too long.
	 */
	boolean isLate() {
		return this.late && !this.waiting.isEmpty();
	}

	/**
	 * Return a Mono that emits when it is the turn of one more handshake: {@code true} if
	 * it begins, {@code false} if it has waited for too long.
	 */
	Mono<Boolean> await() {
		return Mono.create(this::add);
	}

	private void add(MonoSink<Boolean> sink) {
		long now = this.nanoTime.getAsLong();
		if (this.waiting.isEmpty()) {
			this.endOfLastPass = now;
		}
		this.waiting.add(new Waiting(sink, now));
		schedule();
	}

	private void schedule() {
		if (!this.scheduled) {
			this.scheduled = true;
			this.nextPass.execute(this::begin);
		}
	}

	private void begin() {
		this.scheduled = false;
		long start = this.nanoTime.getAsLong();
		// half of the time of everything else: in long passes, the least time would delay
		// them for too long
		long share = Math.min(MAX_SHARE, Math.max(SHARE, (start - this.endOfLastPass) / 2));
		long now = start;
		try {
			while (!this.waiting.isEmpty() && now - start < share) {
				Waiting next = this.waiting.remove();
				this.late = now - next.since() >= this.maxDelay;
				// also does the work, unless the client is gone
				next.sink().success(!this.late);
				now = this.nanoTime.getAsLong();
			}
		}
		finally {
			// a fatal error of the application ends its own handshake only
			this.endOfLastPass = this.nanoTime.getAsLong();
			if (!this.waiting.isEmpty()) {
				schedule();
			}
		}
	}

	/**
	 * A handshake that waits.
	 *
	 * @param sink receives whether it begins
	 * @param since the time at which it arrived, in nanoseconds
	 */
	private record Waiting(MonoSink<Boolean> sink, long since) {

	}

}
