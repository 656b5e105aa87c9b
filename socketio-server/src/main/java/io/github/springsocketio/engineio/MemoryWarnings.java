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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs warnings about clients that are closed or refused because of their memory: at most
 * one warning in ten seconds, with the number of further clients since the previous one.
 */
final class MemoryWarnings {

	private static final Log logger = LogFactory.getLog(MemoryWarnings.class);

	private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

	private final Timers timers;

	private final EngineOptions options;

	private final AtomicLong next;

	private final AtomicLong skipped = new AtomicLong();

	MemoryWarnings(Timers timers, EngineOptions options) {
		this.timers = timers;
		this.options = options;
		this.next = new AtomicLong(timers.nanoTime());
	}

	/**
	 * Warn that a client is closed because it does not read its outbound buffer.
	 */
	void closed(String client, EngineLimit limit, long bytes, long packets) {
		int max = (limit == EngineLimit.MAX_OUTBOUND_BYTES) ? this.options.maxOutboundBytes()
				: this.options.maxOutboundPackets();
		warn(() -> "Closing the connection of " + name(client) + ": " + bytes + " bytes in " + packets
				+ " packets are buffered for it, more than socketio.limits." + limit.propertyName() + " (" + max
				+ "), and it read nothing for socketio.limits.slow-reader-timeout ("
				+ this.options.slowReaderTimeout().toMillis() + " ms)");
	}

	/**
	 * Warn that a client is closed because all clients together use too much memory.
	 */
	void shed(String client, long bytes, long packets) {
		warn(() -> "Closing the connection of " + name(client) + ": it uses " + bytes + " bytes of memory, with "
				+ packets + " packets that are buffered for it, and all clients together exceed " + maxMemory());
	}

	/**
	 * Warn that a handshake is refused because all clients together use too much memory.
	 */
	void refused() {
		warn(() -> "Refusing a handshake: the memory of all clients together is close to " + maxMemory());
	}

	private String maxMemory() {
		return "socketio.limits.max-memory (" + this.options.maxMemory() + ")";
	}

	private static String name(String client) {
		return client.isEmpty() ? "a client" : client;
	}

	private void warn(Supplier<String> text) {
		long now = this.timers.nanoTime();
		long due = this.next.get();
		if (now - due < 0 || !this.next.compareAndSet(due, now + INTERVAL)) {
			this.skipped.incrementAndGet();
			return;
		}
		long others = this.skipped.getAndSet(0);
		logger.warn(text.get()
				+ ((others != 0) ? ". " + others + " more were closed or refused since the last warning" : ""));
	}

}
