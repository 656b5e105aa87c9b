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
import org.springframework.util.unit.DataSize;

/**
 * Limits for what clients may make the server do or keep.
 *
 * @since 0.1.0
 */
public class LimitsProperties {

	/**
	 * Maximum size of what waits to be sent to one client before it is disconnected.
	 */
	private DataSize maxOutboundBytes = DataSize.ofBytes(4194304);

	/**
	 * Maximum number of packets that wait to be sent to one client before it is
	 * disconnected.
	 */
	private int maxOutboundPackets = 10000;

	/**
	 * Time within which a websocket must take what was written to it. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration writeTimeout = Duration.ofSeconds(30);

	/**
	 * Time within which the body of a request must have arrived. If a duration suffix is
	 * not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration requestBodyTimeout = Duration.ofSeconds(10);

	/**
	 * Maximum number of packets in the body of one polling request, or 0 for no limit.
	 */
	private int maxPacketsPerPayload = 10000;

	/**
	 * Maximum number of fragments of one websocket message.
	 */
	private int maxWebsocketFragments = 4096;

	/**
	 * Maximum number of sessions, or 0 for no limit.
	 */
	private int maxSessions = 0;

	/**
	 * Maximum number of sessions from one address, or 0 for no limit.
	 */
	private int maxSessionsPerAddress = 0;

	/**
	 * Maximum number of handshakes that wait for a decision.
	 */
	private int maxHandshakesInFlight = 1000;

	public DataSize getMaxOutboundBytes() {
		return this.maxOutboundBytes;
	}

	public void setMaxOutboundBytes(DataSize maxOutboundBytes) {
		this.maxOutboundBytes = maxOutboundBytes;
	}

	public int getMaxOutboundPackets() {
		return this.maxOutboundPackets;
	}

	public void setMaxOutboundPackets(int maxOutboundPackets) {
		this.maxOutboundPackets = maxOutboundPackets;
	}

	public Duration getWriteTimeout() {
		return this.writeTimeout;
	}

	public void setWriteTimeout(Duration writeTimeout) {
		this.writeTimeout = writeTimeout;
	}

	public Duration getRequestBodyTimeout() {
		return this.requestBodyTimeout;
	}

	public void setRequestBodyTimeout(Duration requestBodyTimeout) {
		this.requestBodyTimeout = requestBodyTimeout;
	}

	public int getMaxPacketsPerPayload() {
		return this.maxPacketsPerPayload;
	}

	public void setMaxPacketsPerPayload(int maxPacketsPerPayload) {
		this.maxPacketsPerPayload = maxPacketsPerPayload;
	}

	public int getMaxWebsocketFragments() {
		return this.maxWebsocketFragments;
	}

	public void setMaxWebsocketFragments(int maxWebsocketFragments) {
		this.maxWebsocketFragments = maxWebsocketFragments;
	}

	public int getMaxSessions() {
		return this.maxSessions;
	}

	public void setMaxSessions(int maxSessions) {
		this.maxSessions = maxSessions;
	}

	public int getMaxSessionsPerAddress() {
		return this.maxSessionsPerAddress;
	}

	public void setMaxSessionsPerAddress(int maxSessionsPerAddress) {
		this.maxSessionsPerAddress = maxSessionsPerAddress;
	}

	public int getMaxHandshakesInFlight() {
		return this.maxHandshakesInFlight;
	}

	public void setMaxHandshakesInFlight(int maxHandshakesInFlight) {
		this.maxHandshakesInFlight = maxHandshakesInFlight;
	}

}
