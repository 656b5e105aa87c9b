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

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

import reactor.core.publisher.FluxSink;

/**
 * A subscriber of a {@link PresenceView} and the queue of its changes. Used in the order
 * of the view only.
 */
final class PresenceSubscription {

	/**
	 * The maximum number of queued changes; further ones are replaced with a snapshot.
	 */
	static final int MAX_WAITING = 256;

	private final FluxSink<PresenceEvent> sink;

	private final Queue<PresenceChange> waiting = new ArrayDeque<>(4);

	private boolean snapshotDue = true;

	PresenceSubscription(FluxSink<PresenceEvent> sink) {
		this.sink = sink;
	}

	boolean isCanceled() {
		return this.sink.isCancelled();
	}

	void add(PresenceChange change) {
		if (this.snapshotDue) {
			return;
		}
		if (this.waiting.size() == MAX_WAITING) {
			this.waiting.clear();
			this.snapshotDue = true;
		}
		else {
			this.waiting.add(change);
		}
	}

	/**
	 * Emit as many events as the subscriber has requested.
	 */
	void drain(Supplier<PresenceSnapshot> snapshot) {
		while (this.sink.requestedFromDownstream() > 0 && !this.sink.isCancelled()) {
			PresenceEvent next = this.snapshotDue ? snapshot.get() : this.waiting.poll();
			if (next == null) {
				return;
			}
			this.snapshotDue = false;
			this.sink.next(next);
		}
	}

	void complete() {
		this.sink.complete();
	}

}
