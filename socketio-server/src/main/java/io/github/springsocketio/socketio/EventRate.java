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

/**
 * Limits the events of one socket: a bucket that holds as many tokens as events are
 * allowed in a second, and is refilled within a second. Used in the session's turn only.
 */
final class EventRate {

	private static final long SECOND = 1_000_000_000;

	private final long interval;

	/** The time at which the bucket is full again. */
	private long full;

	EventRate(int perSecond, long now) {
		this.interval = SECOND / perSecond;
		this.full = now;
	}

	/**
	 * Take a token.
	 * @param now nanoseconds
	 * @return whether there was one
	 */
	boolean tryTake(long now) {
		long start = (this.full - now > 0) ? this.full : now;
		if (start + this.interval - now > SECOND) {
			return false;
		}
		this.full = start + this.interval;
		return true;
	}

}
