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

package io.github.springsocketio.engineio.packet;

import io.github.springsocketio.Internal;

/**
 * The text packets of Engine.IO with a fixed content, encoded once.
 *
 * @since 0.1.0
 */
@Internal
public final class ControlPackets {

	/**
	 * Closes a session that polls.
	 */
	public static final EncodedMessage CLOSE = EnginePacketType.CLOSE.packet("");

	/**
	 * Requests a pong.
	 */
	public static final EncodedMessage PING = EnginePacketType.PING.packet("");

	/**
	 * The response to a ping of protocol 3.
	 */
	public static final EncodedMessage PONG = EnginePacketType.PONG.packet("");

	/**
	 * Probes the transport of an upgrade, sent by the client.
	 */
	public static final EncodedMessage PROBE_PING = EnginePacketType.PING.packet("probe");

	/**
	 * The response to the probe of an upgrade.
	 */
	public static final EncodedMessage PROBE_PONG = EnginePacketType.PONG.packet("probe");

	/**
	 * Completes an upgrade, sent by the client.
	 */
	public static final EncodedMessage UPGRADE = EnginePacketType.UPGRADE.packet("");

	/**
	 * Ends a poll.
	 */
	public static final EncodedMessage NOOP = EnginePacketType.NOOP.packet("");

	private ControlPackets() {
	}

}
