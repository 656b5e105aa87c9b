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

import java.util.concurrent.atomic.AtomicLong;

import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * The memory that is held for all clients together, and its limit: outbound buffers, what
 * is being received, waits to be handled or is handled, rooms, what is kept of
 * handshakes, and compression contexts. The bytes of a large message count once, however
 * many sessions it is for. Sessions report small messages in steps, so that a few of them
 * cost nothing. Safe to use from any thread.
 */
final class MemoryBudget {

	private static final int LARGE = 1024;

	private final long limit;

	private final Runnable exceeded;

	private final AtomicLong used = new AtomicLong();

	private volatile long threshold;

	/**
	 * Create a budget.
	 * @param limit the limit in bytes, or 0 for none
	 * @param exceeded called on the thread that exceeds the limit
	 */
	MemoryBudget(long limit, Runnable exceeded) {
		this.limit = (limit != 0) ? limit : Long.MAX_VALUE;
		this.exceeded = exceeded;
		this.threshold = this.limit;
	}

	/**
	 * Return whether the bytes of a message are counted here, and not by each session.
	 */
	boolean counts(EncodedMessage message) {
		return message.bytes() >= LARGE && message.isCountedBy(this);
	}

	/**
	 * Count a message that {@link #counts(EncodedMessage) is counted here}.
	 */
	void hold(EncodedMessage message) {
		long held = message.hold();
		if (held != 0) {
			add(held);
		}
	}

	void release(EncodedMessage message) {
		long released = message.release();
		if (released != 0) {
			add(-released);
		}
	}

	/**
	 * Count another form that is kept with a message, as long as the message is held.
	 * This is done while a session writes, which must not be closed at that moment: if it
	 * exceeds the limit, this is noticed with what is added next.
	 * @param bytes the size of what was added to it
	 */
	void grow(EncodedMessage message, int bytes) {
		if (counts(message)) {
			this.used.addAndGet(message.grow(bytes));
		}
	}

	void add(long bytes) {
		long sum = this.used.addAndGet(bytes);
		if (bytes > 0) {
			if (sum > this.threshold) {
				this.exceeded.run();
			}
		}
		else if (sum <= this.limit && this.threshold != this.limit) {
			this.threshold = this.limit;
		}
	}

	/**
	 * Return how much has to be released to leave room for others.
	 * @return the bytes, not positive if there is room
	 */
	long excess() {
		return this.used.get() - (this.limit - this.limit / 8);
	}

	/**
	 * Everything was released that can be. What is still held is not examined again
	 * before it has grown.
	 */
	void rearm() {
		this.threshold = Math.max(this.limit, this.used.get() + this.limit / 64);
	}

	/**
	 * Return whether so many bytes leave half of the limit to others.
	 */
	boolean hasSpare(long bytes) {
		return this.used.get() + bytes <= this.limit / 2;
	}

	/**
	 * Return whether there is no room for another session.
	 */
	boolean isExhausted() {
		return this.used.get() > this.limit - this.limit / 16;
	}

	long used() {
		return this.used.get();
	}

	long limit() {
		return this.limit;
	}

}
