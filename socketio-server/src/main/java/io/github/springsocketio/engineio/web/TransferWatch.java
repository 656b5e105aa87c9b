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

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.github.springsocketio.engineio.Timers;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether a transfer on a channel satisfies the minimum data rate. All methods
 * are called on the channel's event loop.
 */
final class TransferWatch {

	private final DataRate rate;

	private final Executor eventLoop;

	private final LongSupplier position;

	private final Runnable tooSlow;

	private Timers.@Nullable Timeout timer;

	/**
	 * Create a watch, which does nothing before it is started.
	 * @param eventLoop the channel's event loop
	 * @param position the number of bytes transferred so far, with an arbitrary start
	 * value
	 * @param tooSlow called once if the transfer is too slow
	 */
	TransferWatch(DataRate rate, Executor eventLoop, LongSupplier position, Runnable tooSlow) {
		this.rate = rate;
		this.eventLoop = eventLoop;
		this.position = position;
		this.tooSlow = tooSlow;
	}

	/**
	 * Create a watch for the writes of a channel.
	 */
	static TransferWatch ofWrites(DataRate rate, Channel channel, Runnable tooSlow) {
		return new TransferWatch(rate, channel.eventLoop(), AcceptedBytes.of(channel)::count, tooSlow);
	}

	/**
	 * Start, unless it is started already or there is no limit.
	 */
	void start() {
		if (this.timer == null && this.rate.isLimited()) {
			schedule();
		}
	}

	private void schedule() {
		Check check = new Check(this.position.getAsLong());
		this.timer = this.rate.timers().schedule(this.rate.period(), check);
		check.timer = this.timer;
	}

	void stop() {
		Timers.Timeout current = this.timer;
		if (current != null) {
			this.timer = null;
			current.cancel();
		}
	}

	/**
	 * Checks the progress at the end of a grace period.
	 */
	private final class Check implements Runnable {

		private final long before;

		private Timers.@Nullable Timeout timer;

		Check(long before) {
			this.before = before;
		}

		@Override
		public void run() {
			TransferWatch.this.eventLoop.execute(this::check);
		}

		private void check() {
			TransferWatch watch = TransferWatch.this;
			if (watch.timer == null || watch.timer != this.timer) {
				// Stopped, and possibly restarted, in the meantime
				return;
			}
			watch.timer = null;
			if (watch.rate.isEnough(watch.position.getAsLong() - this.before)) {
				watch.schedule();
			}
			else {
				watch.tooSlow.run();
			}
		}

	}

}
