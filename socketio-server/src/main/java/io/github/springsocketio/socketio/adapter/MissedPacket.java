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

package io.github.springsocketio.socketio.adapter;

import io.github.springsocketio.engineio.packet.EncodedMessage;

import org.springframework.util.Assert;

/**
 * A packet that a client has missed.
 *
 * @since 0.1.0
 */
public final class MissedPacket {

	private final String offset;

	private final EncodedMessage message;

	private MissedPacket(String offset, EncodedMessage message) {
		this.offset = offset;
		this.message = message;
	}

	/**
	 * Create a packet.
	 * @param offset the offset of the packet
	 * @param message the encoded packet, its offset included
	 * @return the packet
	 */
	public static MissedPacket of(String offset, EncodedMessage message) {
		Assert.notNull(offset, "'offset' must not be null");
		Assert.notNull(message, "'message' must not be null");
		return new MissedPacket(offset, message);
	}

	/**
	 * Return the offset of the packet.
	 * @return the offset
	 */
	public String offset() {
		return this.offset;
	}

	/**
	 * Return the encoded packet.
	 * @return the packet, its offset included
	 */
	public EncodedMessage message() {
		return this.message;
	}

}
