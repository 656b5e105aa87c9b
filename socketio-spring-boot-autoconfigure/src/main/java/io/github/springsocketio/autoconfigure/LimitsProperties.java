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
	 * Time within which the line and the headers of a request must have arrived, from
	 * their first byte, or 0 for no limit. Holds for all requests to the web server, if
	 * that is Reactor Netty. If a duration suffix is not specified, milliseconds will be
	 * used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration requestHeadTimeout = Duration.ofSeconds(30);

	/**
	 * Maximum number of packets in the body of one polling request, or 0 for no limit.
	 */
	private int maxPacketsPerPayload = 10000;

	/**
	 * Maximum number of fragments of one websocket message.
	 */
	private int maxWebsocketFragments = 4096;

	/**
	 * Time within which all attachments of a packet must have arrived. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration attachmentTimeout = Duration.ofSeconds(30);

	/**
	 * Maximum number of namespaces that one client may join.
	 */
	private int maxNamespacesPerSession = 50;

	/**
	 * Maximum number of dynamic namespaces.
	 */
	private int maxDynamicNamespaces = 10000;

	/**
	 * Maximum number of rooms that one socket may be in.
	 */
	private int maxRoomsPerSocket = 10000;

	/**
	 * Maximum length of the name of a room, in characters.
	 */
	private int maxRoomNameLength = 1000;

	/**
	 * Maximum number of acknowledgements that are waited for from one socket.
	 */
	private int maxPendingAcks = 1000;

	/**
	 * Maximum number of reactive handlers that run for one client before reading from it
	 * is held back.
	 */
	private int maxHandlersInFlight = 256;

	/**
	 * Maximum number of events that one socket may send in a second, and at once, before
	 * it is disconnected, or 0 for no limit.
	 */
	private int maxEventsPerSecond = 0;

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

	public Duration getRequestHeadTimeout() {
		return this.requestHeadTimeout;
	}

	public void setRequestHeadTimeout(Duration requestHeadTimeout) {
		this.requestHeadTimeout = requestHeadTimeout;
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

	public Duration getAttachmentTimeout() {
		return this.attachmentTimeout;
	}

	public void setAttachmentTimeout(Duration attachmentTimeout) {
		this.attachmentTimeout = attachmentTimeout;
	}

	public int getMaxNamespacesPerSession() {
		return this.maxNamespacesPerSession;
	}

	public void setMaxNamespacesPerSession(int maxNamespacesPerSession) {
		this.maxNamespacesPerSession = maxNamespacesPerSession;
	}

	public int getMaxDynamicNamespaces() {
		return this.maxDynamicNamespaces;
	}

	public void setMaxDynamicNamespaces(int maxDynamicNamespaces) {
		this.maxDynamicNamespaces = maxDynamicNamespaces;
	}

	public int getMaxRoomsPerSocket() {
		return this.maxRoomsPerSocket;
	}

	public void setMaxRoomsPerSocket(int maxRoomsPerSocket) {
		this.maxRoomsPerSocket = maxRoomsPerSocket;
	}

	public int getMaxRoomNameLength() {
		return this.maxRoomNameLength;
	}

	public void setMaxRoomNameLength(int maxRoomNameLength) {
		this.maxRoomNameLength = maxRoomNameLength;
	}

	public int getMaxPendingAcks() {
		return this.maxPendingAcks;
	}

	public void setMaxPendingAcks(int maxPendingAcks) {
		this.maxPendingAcks = maxPendingAcks;
	}

	public int getMaxHandlersInFlight() {
		return this.maxHandlersInFlight;
	}

	public void setMaxHandlersInFlight(int maxHandlersInFlight) {
		this.maxHandlersInFlight = maxHandlersInFlight;
	}

	public int getMaxEventsPerSecond() {
		return this.maxEventsPerSecond;
	}

	public void setMaxEventsPerSecond(int maxEventsPerSecond) {
		this.maxEventsPerSecond = maxEventsPerSecond;
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
