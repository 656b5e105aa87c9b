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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns of clients that are closed because of what is buffered for them: once in ten
 * seconds, with the number of those that were not named.
 */
final class OutboxWarnings {

	private static final Log logger = LogFactory.getLog(OutboxWarnings.class);

	private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

	private final Timers timers;

	private final AtomicLong next;

	private final AtomicLong skipped = new AtomicLong();

	OutboxWarnings(Timers timers) {
		this.timers = timers;
		this.next = new AtomicLong(timers.nanoTime());
	}

	void warn(String client, EngineLimit limit, EngineOptions options, long bytes, long packets) {
		long now = this.timers.nanoTime();
		long due = this.next.get();
		if (now - due < 0 || !this.next.compareAndSet(due, now + INTERVAL)) {
			this.skipped.incrementAndGet();
			return;
		}
		long others = this.skipped.getAndSet(0);
		logger.warn("Closing the connection of " + (client.isEmpty() ? "a client" : client) + ": " + bytes
				+ " bytes in " + packets + " packets are buffered for it, " + reason(limit, options)
				+ ((others != 0) ? ". " + others + " more were closed since the last warning" : ""));
	}

	private static String reason(EngineLimit limit, EngineOptions options) {
		if (limit == EngineLimit.MAX_MEMORY) {
			return "and all outbound buffers together exceed socketio.limits.max-memory (" + options.maxMemory() + ")";
		}
		int max = (limit == EngineLimit.MAX_OUTBOUND_BYTES) ? options.maxOutboundBytes() : options.maxOutboundPackets();
		return "more than socketio.limits." + limit.propertyName() + " (" + max
				+ "), and it took nothing for socketio.limits.slow-reader-timeout ("
				+ options.slowReaderTimeout().toMillis() + " ms)";
	}

}
