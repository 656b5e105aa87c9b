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
 * The handshakes of one event loop. In each of its passes they are begun for a short time
 * only; those that have come beyond that wait for the next pass, so that the clients that
 * are connected are served in between. All methods are called on the event loop.
 */
final class HandshakeQueue {

	/** The least time for handshakes in one pass. */
	private static final long SHARE = 500_000;

	/** The most time for handshakes in one pass. */
	private static final long MAX_SHARE = 10_000_000;

	/** The weight of what is known against that of the latest pass. */
	private static final int WEIGHT = 7;

	private final Queue<MonoSink<Void>> waiting = new ArrayDeque<>();

	private final Executor tasks;

	private final Executor nextPass;

	private final LongSupplier nanoTime;

	private final long maxDelay;

	private boolean scheduled;

	private boolean counting;

	private long firstOfPass;

	private long lastBegun;

	/** The time from one handshake that has waited to the next, or 0 if unknown. */
	private long interval;

	/**
	 * Create a queue.
	 * @param tasks runs a task at the end of a pass
	 * @param nextPass runs a task after the event loop has dealt with what has come for
	 * others
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
	 * Return whether a handshake may be begun at once.
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
	 * Return whether one more handshake would wait for too long. One may always wait, and
	 * shows how long it takes now.
	 */
	boolean isTooLong() {
		return this.waiting.size() * this.interval >= this.maxDelay;
	}

	/**
	 * Return a Mono that completes when it is the turn of one more handshake.
	 */
	Mono<Void> await() {
		return Mono.create(this::add);
	}

	private void add(MonoSink<Void> sink) {
		if (this.waiting.isEmpty()) {
			this.lastBegun = this.nanoTime.getAsLong();
		}
		this.waiting.add(sink);
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
		// half of what everything else took: in long passes, the least time would delay
		// them for too long
		long share = Math.min(MAX_SHARE, Math.max(SHARE, (start - this.lastBegun) / 2));
		long now = start;
		int begun = 0;
		try {
			while (!this.waiting.isEmpty() && now - start < share) {
				begun++;
				// also does the work, unless the client is gone
				this.waiting.remove().success();
				now = this.nanoTime.getAsLong();
			}
		}
		finally {
			// a fatal error of the application ends its own handshake only
			measure(this.nanoTime.getAsLong(), begun);
			if (!this.waiting.isEmpty()) {
				schedule();
			}
		}
	}

	private void measure(long now, int begun) {
		long latest = Math.max(1, (now - this.lastBegun) / begun);
		this.interval = (this.interval == 0) ? latest : (WEIGHT * this.interval + latest) / (WEIGHT + 1);
		this.lastBegun = now;
	}

}
