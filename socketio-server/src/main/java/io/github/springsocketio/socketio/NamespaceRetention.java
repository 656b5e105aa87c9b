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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps an empty dynamic namespace as long as states are stored in it for recovery. One
 * timer serves all states of a namespace.
 */
final class NamespaceRetention {

	private final DefaultNamespace namespace;

	private final Duration duration;

	private final AtomicBoolean acquired = new AtomicBoolean();

	/** Whether a state was stored since the timer was started. */
	private volatile boolean extended;

	NamespaceRetention(DefaultNamespace namespace, Duration duration) {
		this.namespace = namespace;
		this.duration = duration;
	}

	/**
	 * Keep the namespace for the duration from now on, and for up to twice the duration.
	 */
	void extend() {
		if (!this.namespace.isDynamic()) {
			return;
		}
		this.extended = true;
		if (this.acquired.compareAndSet(false, true)) {
			if (this.namespace.tryAcquire()) {
				schedule();
			}
			else {
				this.acquired.set(false);
			}
		}
	}

	private void schedule() {
		this.extended = false;
		this.namespace.schedule(this.duration, this::expire);
	}

	private void expire() {
		if (this.extended) {
			schedule();
			return;
		}
		this.acquired.set(false);
		if (this.extended) {
			// another thread has called extend() while the namespace was still acquired
			extend();
		}
		this.namespace.release();
	}

}
