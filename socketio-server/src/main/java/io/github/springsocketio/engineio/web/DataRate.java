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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.engineio.TransportServer;

/**
 * The minimum rate at which clients have to send and to accept data, measured over grace
 * periods. A transfer fails if it is slower in one grace period, independent of its total
 * duration.
 */
final class DataRate {

	private static final double SECOND = Duration.ofSeconds(1).toNanos();

	private final TransportServer server;

	private final long period;

	private final double bytesPerSecond;

	private final Set<ResponseWrite> writes = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	DataRate(TransportServer server, EngineWebOptions options) {
		this.server = server;
		this.period = options.minDataRateGracePeriod().toNanos();
		this.bytesPerSecond = options.minDataRate();
		abortWritesWhenClosed();
	}

	/**
	 * Abort the responses that are still being written when the engine is closed. No
	 * session watches them any more, and the web server would wait for them.
	 */
	private void abortWritesWhenClosed() {
		this.server.closed().subscribe(null, null, () -> {
			this.closed = true;
			this.writes.forEach(ResponseWrite::abort);
		});
	}

	/**
	 * Register a response that could not be written at once.
	 */
	void add(ResponseWrite write) {
		this.writes.add(write);
		if (this.closed) {
			write.abort();
		}
	}

	void remove(ResponseWrite write) {
		this.writes.remove(write);
	}

	Timers timers() {
		return this.server.timers();
	}

	/**
	 * Return whether there is a minimum rate.
	 */
	boolean isLimited() {
		return this.bytesPerSecond != 0;
	}

	/**
	 * Return the length of a grace period in nanoseconds.
	 */
	long period() {
		return this.period;
	}

	/**
	 * Return the time limit of a transfer whose progress cannot be measured, in
	 * nanoseconds.
	 */
	long period(long bytes) {
		return this.period + (long) (bytes / this.bytesPerSecond * SECOND);
	}

	/**
	 * Return whether a number of bytes satisfies the minimum rate for one grace period.
	 */
	boolean isEnough(long bytes) {
		return isEnough(bytes, this.period);
	}

	/**
	 * Return whether a number of bytes satisfies the minimum rate for a period. Without a
	 * limit, one byte is enough.
	 */
	boolean isEnough(long bytes, long nanos) {
		return bytes >= Math.max(1, Math.round(this.bytesPerSecond * nanos / SECOND));
	}

	/**
	 * Report a client that was too slow.
	 */
	void exceeded() {
		this.server.limitExceeded(EngineLimit.MIN_DATA_RATE, null);
	}

}
