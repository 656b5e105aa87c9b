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

package io.github.springsocketio.engineio;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.github.springsocketio.Internal;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The outbound buffer and only queue of a session. Any thread may add messages; the
 * transport of the session removes them, on one thread at a time. Reports its size to the
 * {@link MemoryBudget} of the server.
 *
 * @since 0.1.0
 */
@Internal
public final class Outbox {

	private static final AtomicLongFieldUpdater<Outbox> SIZE = AtomicLongFieldUpdater.newUpdater(Outbox.class, "size");

	private static final AtomicLongFieldUpdater<Outbox> SHARED = AtomicLongFieldUpdater.newUpdater(Outbox.class,
			"shared");

	private static final AtomicIntegerFieldUpdater<Outbox> TAKEN = AtomicIntegerFieldUpdater.newUpdater(Outbox.class,
			"taken");

	private static final int SHIFT = 40;

	private static final long BYTES = (1L << SHIFT) - 1;

	/**
	 * The memory of a packet in addition to its bytes: objects and a place in the queue.
	 */
	static final int OVERHEAD = 64;

	/** The steps in which the cost is reported to the budget: 4 KiB. */
	private static final int STEP_SHIFT = 12;

	private final MemoryBudget budget;

	private final Queue<Object> queue = new ConcurrentLinkedQueue<>();

	/**
	 * The number of packets in the upper bits, the bytes without {@link #shared} in the
	 * lower 40.
	 */
	private volatile long size;

	/** The bytes of messages that the budget counts once for all sessions. */
	private volatile long shared;

	private volatile int taken;

	Outbox() {
		this(new MemoryBudget(0, () -> {
		}));
	}

	Outbox(MemoryBudget budget) {
		this.budget = budget;
	}

	/**
	 * Append a message.
	 * @return the size afterwards, for {@link #exceeds(long, int, int)}
	 */
	long add(EncodedMessage message) {
		if (this.budget.counts(message)) {
			this.budget.hold(message);
			SHARED.addAndGet(this, message.bytes());
			resize(packets(message));
		}
		else {
			resize(packets(message) + message.bytes());
		}
		this.queue.add(message);
		return size();
	}

	/**
	 * Change the size, and report the cost to the budget in steps.
	 */
	private void resize(long change) {
		long sum = SIZE.addAndGet(this, change);
		long steps = (cost(sum) >> STEP_SHIFT) - (cost(sum - change) >> STEP_SHIFT);
		if (steps != 0) {
			this.budget.add(steps << STEP_SHIFT);
		}
	}

	/**
	 * Return whether a size exceeds a limit.
	 * @param size a size returned by {@link #add(EncodedMessage)}
	 * @param maxBytes the maximum of bytes, or 0 for no limit
	 * @param maxPackets the maximum of packets, or 0 for no limit
	 */
	static boolean exceeds(long size, int maxBytes, int maxPackets) {
		return ((size & BYTES) > maxBytes && maxBytes != 0) || ((size >>> SHIFT) > maxPackets && maxPackets != 0);
	}

	void mark(Runnable reached) {
		this.queue.add(reached);
	}

	/**
	 * Return the next entry without removing it.
	 * @return an {@link EncodedMessage}; a {@link Runnable} to run when all preceding
	 * messages were written to the network; or {@code null}
	 */
	public @Nullable Object peek() {
		return this.queue.peek();
	}

	/**
	 * Remove the next entry.
	 * @return an entry, as with {@link #peek()}
	 */
	public @Nullable Object poll() {
		Object entry = this.queue.poll();
		if (entry instanceof EncodedMessage message) {
			TAKEN.lazySet(this, this.taken + 1);
			if (this.budget.counts(message)) {
				this.budget.release(message);
				SHARED.addAndGet(this, -message.bytes());
				resize(-packets(message));
			}
			else {
				resize(-packets(message) - message.bytes());
			}
		}
		return entry;
	}

	/**
	 * Return whether there is no message.
	 * @return whether it is empty
	 */
	public boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Return the size of all messages.
	 * @return the size in bytes
	 */
	public long bytes() {
		return size() & BYTES;
	}

	/**
	 * Return the number of packets.
	 */
	long packets() {
		return this.size >>> SHIFT;
	}

	/**
	 * Return the memory of all messages, including shared ones.
	 * @return the size in bytes
	 */
	long cost() {
		return cost(size());
	}

	private static long cost(long size) {
		return (size & BYTES) + OVERHEAD * (size >>> SHIFT);
	}

	/**
	 * Return the size for {@link #exceeds(long, int, int)}.
	 */
	long size() {
		return this.size + this.shared;
	}

	/**
	 * Return the number of removed messages, with an arbitrary start value.
	 */
	int taken() {
		return this.taken;
	}

	void clear() {
		while (poll() != null) {
			// discard
		}
	}

	private static long packets(EncodedMessage message) {
		return (long) message.packets() << SHIFT;
	}

}
