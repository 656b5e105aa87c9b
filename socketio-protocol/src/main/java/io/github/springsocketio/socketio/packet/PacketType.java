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

package io.github.springsocketio.socketio.packet;

/**
 * The packet types of Socket.IO. The ordinal of a type is its number on the wire.
 *
 * @since 0.1.0
 */
public enum PacketType {

	/**
	 * Connects to a namespace, and the response if the connection is accepted.
	 */
	CONNECT,

	/**
	 * Disconnects from a namespace.
	 */
	DISCONNECT,

	/**
	 * An event.
	 */
	EVENT,

	/**
	 * An acknowledgement.
	 */
	ACK,

	/**
	 * The response if a connection is rejected.
	 */
	CONNECT_ERROR,

	/**
	 * An event with attachments.
	 */
	BINARY_EVENT,

	/**
	 * An acknowledgement with attachments.
	 */
	BINARY_ACK;

	/**
	 * Return the character of this type in a text packet.
	 * @return a digit
	 */
	public char character() {
		return (char) ('0' + ordinal());
	}

}
