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

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;

/**
 * Limits the work for one client within one event loop iteration. After a number of
 * packets or bytes, other channels of the event loop are processed first. A single packet
 * is never divided.
 */
final class WorkLimit {

	private static final int MAX_PACKETS = 128;

	private static final int MAX_BYTES = 262144;

	private int packets;

	private long bytes;

	/**
	 * Count a packet.
	 * @param size its size in bytes
	 */
	void add(int size) {
		this.packets++;
		this.bytes += size;
	}

	/**
	 * Add bytes to a packet that was added before, such as the growth by inflation.
	 */
	void grow(int size) {
		this.bytes += size;
	}

	/**
	 * Return the number of bytes in this iteration.
	 */
	long bytes() {
		return this.bytes;
	}

	boolean isReached() {
		return this.packets >= MAX_PACKETS || this.bytes >= MAX_BYTES;
	}

	/**
	 * Begin another iteration.
	 */
	void reset() {
		this.packets = 0;
		this.bytes = 0;
	}

	/**
	 * Run a task in a later event loop iteration, after pending I/O of other channels was
	 * processed. {@code EventExecutor.execute} is not sufficient: a task that another
	 * task submits runs in the same iteration.
	 */
	static void afterOthers(EventExecutor loop, Runnable task) {
		loop.schedule(task, 0, TimeUnit.NANOSECONDS);
	}

	/**
	 * Run a task after everything that the peer has sent so far was read. This takes two
	 * iterations, because the current one may have polled for data before this call.
	 */
	static void afterReading(EventExecutor loop, Runnable task) {
		afterOthers(loop, () -> afterOthers(loop, task));
	}

}
