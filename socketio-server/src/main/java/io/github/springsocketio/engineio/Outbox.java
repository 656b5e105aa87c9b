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
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.github.springsocketio.Internal;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The outbound buffer and only queue of a session, bounded by bytes and packets. Any
 * thread may add to it; the transport of the session takes from it, one thread at a time.
 *
 * @since 0.1.0
 */
@Internal
public final class Outbox {

	private static final AtomicLongFieldUpdater<Outbox> SIZE = AtomicLongFieldUpdater.newUpdater(Outbox.class, "size");

	private static final int SHIFT = 40;

	private static final long BYTES = (1L << SHIFT) - 1;

	private final Queue<Object> queue = new ConcurrentLinkedQueue<>();

	/** Packets in the upper bits, bytes in the lower 40. */
	private volatile long size;

	boolean offer(EncodedMessage message, int maxBytes, int maxPackets) {
		long added = weight(message);
		long sum = SIZE.addAndGet(this, added);
		boolean first = sum == added;
		if (!first && ((sum & BYTES) > maxBytes || (sum >>> SHIFT) > maxPackets)) {
			SIZE.addAndGet(this, -added);
			return false;
		}
		this.queue.add(message);
		return true;
	}

	void mark(Runnable reached) {
		this.queue.add(reached);
	}

	/**
	 * Return the next entry without removing it.
	 * @return an {@link EncodedMessage}; a {@link Runnable} to be run when everything
	 * before it was written to the network; or {@code null}
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
			SIZE.addAndGet(this, -weight(message));
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
		return this.size & BYTES;
	}

	void clear() {
		while (poll() != null) {
			// discard
		}
	}

	private static long weight(EncodedMessage message) {
		return ((long) message.packets() << SHIFT) + message.bytes();
	}

}
