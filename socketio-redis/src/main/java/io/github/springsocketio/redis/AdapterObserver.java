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

package io.github.springsocketio.redis;

import java.time.Duration;

/**
 * Observes the adapters of a node, for metrics and events. Implementations return quickly
 * and do not block.
 */
interface AdapterObserver {

	/**
	 * Called when Redis has accepted a message.
	 */
	default void published(Duration duration) {
	}

	/**
	 * Called when a request to other nodes has ended.
	 */
	default void requested(RequestOutcome outcome) {
	}

	/**
	 * Called when the reader of a stream has read entries.
	 * @param lag the age of the last entry, by the clocks of Redis and of this node
	 */
	default void read(Duration lag) {
	}

	/**
	 * Called when the reader of a stream has missed entries.
	 */
	default void gap(RedisStreamGap gap) {
	}

	/**
	 * Called when an invalid message has been ignored.
	 */
	default void malformed() {
	}

	/**
	 * The outcome of a request to other nodes.
	 */
	enum RequestOutcome {

		COMPLETE("complete"), TIMEOUT("timeout");

		private final String text;

		RequestOutcome(String text) {
			this.text = text;
		}

		String text() {
			return this.text;
		}

	}

}
