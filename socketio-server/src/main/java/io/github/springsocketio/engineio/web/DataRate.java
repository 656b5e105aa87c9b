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

import java.time.Duration;

import io.github.springsocketio.engineio.TransportServer;

/**
 * The rate at which clients have to send and to accept data, measured over grace periods.
 * A transfer that is slower in one of them has failed, however long it takes in total.
 */
final class DataRate {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final TransportServer server;

	private final long period;

	private final long minimum;

	DataRate(TransportServer server, EngineWebOptions options) {
		this.server = server;
		this.period = options.minDataRateGracePeriod().toNanos();
		this.minimum = (options.minDataRate() != 0)
				? Math.max(1, Math.round(options.minDataRate() * (this.period / (double) SECOND))) : 0;
	}

	/**
	 * Return the server whose clients are measured, which has the clock.
	 */
	TransportServer server() {
		return this.server;
	}

	/**
	 * Return whether there is a limit at all.
	 */
	boolean isLimited() {
		return this.minimum != 0;
	}

	/**
	 * Return the length of a grace period in nanoseconds.
	 */
	long period() {
		return this.period;
	}

	/**
	 * Return whether a number of bytes is enough for one grace period.
	 */
	boolean isEnough(long bytes) {
		return bytes >= this.minimum;
	}

}
