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

package io.github.springsocketio.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of connection state recovery.
 *
 * @since 0.1.0
 */
public class ConnectionStateRecoveryProperties {

	/**
	 * Whether clients that come back in time get their session again, and what they have
	 * missed.
	 */
	private boolean enabled;

	/**
	 * Time for which a client may be away. If a duration suffix is not specified,
	 * milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration maxDisconnectionDuration = Duration.ofMinutes(2);

	/**
	 * Whether middlewares of the namespace are skipped for clients that are recovered.
	 */
	private boolean skipMiddlewares = true;

	/**
	 * Maximum number of disconnected sessions that are kept for a namespace.
	 */
	private int maxSessions = 100000;

	/**
	 * Maximum number of packets that are kept for a namespace.
	 */
	private int maxPackets = 100000;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getMaxDisconnectionDuration() {
		return this.maxDisconnectionDuration;
	}

	public void setMaxDisconnectionDuration(Duration maxDisconnectionDuration) {
		this.maxDisconnectionDuration = maxDisconnectionDuration;
	}

	public boolean isSkipMiddlewares() {
		return this.skipMiddlewares;
	}

	public void setSkipMiddlewares(boolean skipMiddlewares) {
		this.skipMiddlewares = skipMiddlewares;
	}

	public int getMaxSessions() {
		return this.maxSessions;
	}

	public void setMaxSessions(int maxSessions) {
		this.maxSessions = maxSessions;
	}

	public int getMaxPackets() {
		return this.maxPackets;
	}

	public void setMaxPackets(int maxPackets) {
		this.maxPackets = maxPackets;
	}

}
