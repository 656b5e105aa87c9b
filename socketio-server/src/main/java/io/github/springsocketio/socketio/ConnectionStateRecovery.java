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

import org.springframework.util.Assert;

/**
 * Options of connection state recovery (SIO-90): clients that come back in time get their
 * id, rooms and data again, and what they have missed.
 *
 * @param maxDisconnectionDuration how long a client may be away; two minutes by default
 * @param skipMiddlewares whether the namespace's middlewares are skipped for clients that
 * are recovered; {@code true} by default
 * @param maxSessions how many disconnected sessions are kept in memory for a namespace;
 * 100,000 by default
 * @param maxPackets how many packets are kept in memory for a namespace; 100,000 by
 * default
 * @since 0.1.0
 */
public record ConnectionStateRecovery(Duration maxDisconnectionDuration, boolean skipMiddlewares, int maxSessions,
		int maxPackets) {

	private static final int LIMIT = 100_000;

	public ConnectionStateRecovery {
		Assert.isTrue(
				maxDisconnectionDuration != null && !maxDisconnectionDuration.isNegative()
						&& !maxDisconnectionDuration.isZero(),
				() -> "'maxDisconnectionDuration' must be a positive duration but is " + maxDisconnectionDuration);
		Assert.isTrue(maxSessions > 0, () -> "'maxSessions' must be at least 1 but is " + maxSessions);
		Assert.isTrue(maxPackets > 0, () -> "'maxPackets' must be at least 1 but is " + maxPackets);
	}

	/**
	 * Return the options with their default values.
	 * @return the defaults
	 */
	public static ConnectionStateRecovery defaults() {
		return of(Duration.ofMinutes(2), true);
	}

	/**
	 * Return options with the default limits.
	 * @param maxDisconnectionDuration how long a client may be away
	 * @param skipMiddlewares whether the namespace's middlewares are skipped for clients
	 * that are recovered
	 * @return the options
	 */
	public static ConnectionStateRecovery of(Duration maxDisconnectionDuration, boolean skipMiddlewares) {
		return new ConnectionStateRecovery(maxDisconnectionDuration, skipMiddlewares, LIMIT, LIMIT);
	}

}
