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

import org.jspecify.annotations.Nullable;

/**
 * Watches a client while its outbound buffer exceeds the limits. The session is closed if
 * the client reads nothing at all for {@link EngineOptions#slowReaderTimeout()}. A client
 * that continues to read is not closed because of a burst of messages.
 */
final class SlowReaderWatch {

	private final DefaultEngineSession session;

	private final SessionWriter writer;

	private int taken;

	private long pending;

	private volatile Timers.@Nullable Timeout timer;

	private volatile boolean stopped;

	SlowReaderWatch(DefaultEngineSession session, SessionWriter writer) {
		this.session = session;
		this.writer = writer;
	}

	void start() {
		this.taken = this.writer.taken();
		this.pending = this.session.currentTransport().pendingBytes();
		schedule();
	}

	private void schedule() {
		this.timer = this.session.timers()
			.schedule(this.session.options().slowReaderTimeout(), () -> this.session.onTimer(this::check));
		if (this.stopped || this.session.readyState() == ReadyState.CLOSED) {
			stop();
		}
	}

	/**
	 * Stop, because the session is closed. Called on any thread.
	 */
	void stop() {
		this.stopped = true;
		Timers.Timeout current = this.timer;
		if (current != null) {
			current.cancel();
		}
	}

	private void check() {
		if (this.stopped) {
			return;
		}
		if (!this.writer.isBehind()) {
			this.writer.caughtUp();
			return;
		}
		int takenNow = this.writer.taken();
		long pendingNow = this.session.currentTransport().pendingBytes();
		if (takenNow == this.taken && pendingNow >= this.pending) {
			this.writer.tooSlow();
			return;
		}
		this.taken = takenNow;
		this.pending = pendingNow;
		schedule();
	}

}
