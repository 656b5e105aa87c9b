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

package io.github.springsocketio.socketio;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.EngineLimit;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are neither in a namespace nor joining one, in the order in which this
 * state began, and the limit of their number. Safe to use from any thread.
 */
final class UnjoinedClients {

	/**
	 * The time of silence after which a client may be closed to make room for another
	 * one. In nanoseconds.
	 */
	private static final long SILENCE = Duration.ofSeconds(5).toNanos();

	private static final int MAX_ENDED = 1000;

	private final DefaultSocketIoServer server;

	private final int limit;

	private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

	private final AtomicInteger count = new AtomicInteger();

	/** The number of ended entries that may still be in the queue. */
	private final AtomicInteger ended = new AtomicInteger();

	private final AtomicBoolean sweeping = new AtomicBoolean();

	UnjoinedClients(DefaultSocketIoServer server) {
		this.server = server;
		this.limit = server.options().maxUnjoinedSessions();
	}

	/**
	 * Add a client.
	 * @return the entry, or {@code null} if there is no limit
	 */
	@Nullable Entry add(Client client) {
		if (this.limit == 0) {
			return null;
		}
		Entry entry = new Entry(client, now());
		this.count.incrementAndGet();
		this.entries.add(entry);
		return entry;
	}

	/**
	 * Called when the client joins a namespace or has disconnected.
	 */
	void remove(Entry entry) {
		if (end(entry) != null && this.ended.incrementAndGet() > MAX_ENDED + this.count.get()) {
			sweep();
		}
	}

	private @Nullable Client end(Entry entry) {
		Client client = entry.getAndSet(null);
		if (client != null) {
			this.count.decrementAndGet();
		}
		return client;
	}

	/**
	 * Remove ended entries, including those behind an entry that has not ended.
	 */
	private void sweep() {
		if (this.sweeping.compareAndSet(false, true)) {
			this.ended.set(0);
			this.entries.removeIf((entry) -> entry.get() == null);
			this.sweeping.set(false);
		}
	}

	/**
	 * Make room for one more client: if the limit is reached, close the oldest client
	 * that has been silent for a while.
	 * @return the limit if it is still reached, otherwise {@code null}
	 */
	@Nullable Limit makeRoom() {
		while (this.limit != 0 && this.count.get() >= this.limit) {
			if (!closeOldest(SocketIoLimit.MAX_UNJOINED_SESSIONS)) {
				return SocketIoLimit.MAX_UNJOINED_SESSIONS;
			}
		}
		return null;
	}

	/**
	 * Close the oldest client that has been silent for a while, because memory is needed.
	 * @return whether a client was closed
	 */
	boolean closeOldest() {
		return closeOldest(EngineLimit.MAX_MEMORY);
	}

	private boolean closeOldest(Limit reason) {
		Entry oldest;
		while ((oldest = this.entries.peek()) != null) {
			if (oldest.get() != null && now() - oldest.since < SILENCE) {
				return false;
			}
			this.entries.remove(oldest);
			Client client = end(oldest);
			if (client != null) {
				client.closeUnjoined(reason);
				return true;
			}
		}
		return false;
	}

	private long now() {
		return this.server.engine().timers().nanoTime();
	}

	/**
	 * Return the number of clients.
	 */
	int count() {
		return this.count.get();
	}

	/**
	 * The entry of a client; {@code null} after the end.
	 */
	static final class Entry extends AtomicReference<@Nullable Client> {

		private static final long serialVersionUID = 1;

		private final long since;

		private Entry(Client client, long since) {
			super(client);
			this.since = since;
		}

	}

}
