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
 * An orderly close of a session (EIO-97 to EIO-99): from {@link EngineSession#close()} to
 * the moment when the outbox is written and the transport can send the close.
 */
final class OrderlyClose {

	private final DefaultEngineSession session;

	private Timers.@Nullable Timeout timeout;

	private volatile boolean closesWhenDrained;

	OrderlyClose(DefaultEngineSession session) {
		this.session = session;
	}

	/**
	 * Limit the time to wait for the polls that fetch the rest (EIO-99). Called in the
	 * session's turn.
	 */
	void startTimeout() {
		if (this.session.readyState() == ReadyState.CLOSING && this.session.currentTransport().isPolled()) {
			this.timeout = this.session.timers()
				.schedule(this.session.options().closeTimeout(),
						() -> this.session.onTimer(() -> this.session.closed(CloseReason.FORCED_CLOSE, null)));
		}
	}

	/**
	 * Stop the time limit. Called in the session's turn.
	 */
	void cancelTimeout() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	/**
	 * Close the transport that is current when the outbox is empty.
	 */
	void closeWhenDrained() {
		this.closesWhenDrained = true;
	}

	/**
	 * The transport has written what it could. Called on the transport's thread.
	 * @param writer writes the rest
	 */
	void onDrained(SessionWriter writer) {
		// In this order: what was sent before the close has to be written before it
		if (this.closesWhenDrained && writer.isEmpty()) {
			this.closesWhenDrained = false;
			this.session.execute(this::closeTransport);
		}
	}

	private void closeTransport() {
		if (this.session.readyState() == ReadyState.CLOSING && this.session.currentTransport().closeOrderly()) {
			this.session.closed(CloseReason.FORCED_CLOSE, null);
		}
	}

}
