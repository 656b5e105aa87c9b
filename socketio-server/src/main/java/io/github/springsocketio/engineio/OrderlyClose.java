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
 * An orderly close of a session (EIO-97 to EIO-99): from {@link EngineSession#close()}
 * until the outbox is written and the transport can send the close packet.
 */
final class OrderlyClose {

	private final DefaultEngineSession session;

	private Timers.@Nullable Timeout timeout;

	private volatile boolean closesWhenDrained;

	OrderlyClose(DefaultEngineSession session) {
		this.session = session;
	}

	/**
	 * Start the time limit for polls that fetch the rest of the outbox (EIO-99). Called
	 * in the session's turn.
	 */
	void startTimeout() {
		if (this.session.readyState() == ReadyState.CLOSING && this.session.currentTransport().isPolled()) {
			this.timeout = this.session.timers()
				.schedule(this.session.options().closeTimeout(),
						() -> this.session.onTimer(() -> this.session.closed(CloseReason.FORCED_CLOSE, null)));
		}
	}

	/**
	 * Cancel the time limit. Called in the session's turn.
	 */
	void cancelTimeout() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	/**
	 * Close the current transport as soon as the outbox is empty.
	 */
	void closeWhenDrained() {
		this.closesWhenDrained = true;
	}

	/**
	 * Called on the transport's thread after the transport has written as much of the
	 * outbox as possible.
	 * @param writer the writer of the session
	 */
	void onDrained(SessionWriter writer) {
		// The flag is read first: the outbox contains all messages sent before the flag
		// was set
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
