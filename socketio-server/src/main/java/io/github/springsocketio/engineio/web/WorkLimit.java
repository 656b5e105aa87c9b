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
 * The work that is done for one client within one pass of an event loop: after so many
 * packets or bytes, the other clients of the event loop have their turn. A single packet
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
	 * Count bytes of a packet that is counted already, such as those that it has grown
	 * by.
	 */
	void grow(int size) {
		this.bytes += size;
	}

	/**
	 * Return the number of bytes in this pass.
	 */
	long bytes() {
		return this.bytes;
	}

	boolean isReached() {
		return this.packets >= MAX_PACKETS || this.bytes >= MAX_BYTES;
	}

	/**
	 * Begin another pass.
	 */
	void reset() {
		this.packets = 0;
		this.bytes = 0;
	}

	/**
	 * Run a task when the event loop has dealt with what has come for others meanwhile. A
	 * task that is executed by one of the tasks of an event loop would run before that.
	 */
	static void afterOthers(EventExecutor loop, Runnable task) {
		loop.schedule(task, 0, TimeUnit.NANOSECONDS);
	}

	/**
	 * Run a task after what the peer has sent by now was read: the pass that is running
	 * may have looked for data before.
	 */
	static void afterReading(EventExecutor loop, Runnable task) {
		afterOthers(loop, () -> afterOthers(loop, task));
	}

}
