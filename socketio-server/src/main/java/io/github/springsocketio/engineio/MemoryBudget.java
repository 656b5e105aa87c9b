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
 * The memory that is in use for all clients together, and its limit. It includes outbound
 * buffers, messages that are being received, queued or handled, rooms, retained handshake
 * data and compression contexts. The bytes of a large message count once, independent of
 * the number of its sessions. Sessions report small messages in steps, so that a few
 * small messages need no update. Safe to use from any thread.
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
	 * Return whether this budget counts the bytes of a message once, instead of each
	 * session.
	 */
	boolean counts(EncodedMessage message) {
		return message.bytes() >= LARGE && message.isCountedBy(this);
	}

	/**
	 * Count a message for which {@link #counts(EncodedMessage)} is {@code true}.
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
	 * Increase the size of the kept form of a message, which is counted as long as the
	 * message is held. Does not check the limit, because it is called while a session
	 * writes, which must not be closed at that time. The next call of {@link #add(long)}
	 * checks it.
	 * @param bytes the size in bytes of the part that was added to the form
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
	 * Return how many bytes have to be released, so that an eighth of the limit is free.
	 * @return the number of bytes; zero or less if none
	 */
	long excess() {
		return this.used.get() - (this.limit - this.limit / 8);
	}

	/**
	 * Called after memory was released as far as possible. If the limit is still
	 * exceeded, it is checked again only after the memory in use has grown further.
	 */
	void rearm() {
		this.threshold = Math.max(this.limit, this.used.get() + this.limit / 64);
	}

	/**
	 * Return whether half of the limit remains free if a number of bytes is allocated.
	 */
	boolean hasSpare(long bytes) {
		return this.used.get() + bytes <= this.limit / 2;
	}

	/**
	 * Return whether the memory does not suffice for another session.
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
