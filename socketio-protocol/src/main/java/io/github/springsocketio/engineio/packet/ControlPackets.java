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

/**
 * The packets of Engine.IO without data (EIO-54), encoded once for everybody.
 *
 * @since 0.1.0
 */
public final class ControlPackets {

	/**
	 * Closes a session that polls.
	 */
	public static final EncodedMessage CLOSE = EncodedMessage.text("1");

	/**
	 * Asks for a pong.
	 */
	public static final EncodedMessage PING = EncodedMessage.text("2");

	/**
	 * Answers a ping of protocol 3.
	 */
	public static final EncodedMessage PONG = EncodedMessage.text("3");

	/**
	 * Answers the probe of an upgrade.
	 */
	public static final EncodedMessage PROBE = EncodedMessage.text("3probe");

	/**
	 * Ends a poll.
	 */
	public static final EncodedMessage NOOP = EncodedMessage.text("6");

	private ControlPackets() {
	}

}
