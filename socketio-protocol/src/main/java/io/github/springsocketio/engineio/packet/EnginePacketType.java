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

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The packet types of Engine.IO. The ordinal of a type is its number on the wire: as a
 * digit in front of a text packet, and as a byte in front of a binary packet of protocol
 * 3. Binary packets of protocol 4 have no type; they are messages.
 *
 * @since 0.1.0
 */
public enum EnginePacketType {

	/**
	 * Sent by the server when a session is opened, see {@link OpenPacket}.
	 */
	OPEN,

	/**
	 * Closes a session or a transport.
	 */
	CLOSE,

	/**
	 * Checks the connection: sent by the server in protocol 4, by the client in protocol
	 * 3 and as a probe of an upgrade.
	 */
	PING,

	/**
	 * The response to a ping.
	 */
	PONG,

	/**
	 * A message of the layer above.
	 */
	MESSAGE,

	/**
	 * Completes an upgrade.
	 */
	UPGRADE,

	/**
	 * Ends a poll.
	 */
	NOOP;

	/**
	 * The first character of a text packet that holds a binary message in base64. It
	 * takes the place of a type.
	 */
	public static final char BASE64 = 'b';

	private static final EnginePacketType[] TYPES = values();

	private final String text = name().toLowerCase(Locale.ROOT);

	/**
	 * Return the type of a text packet.
	 * @param character the first character of the packet
	 * @return the type, or {@code null} if there is no such type
	 */
	public static @Nullable EnginePacketType of(int character) {
		int number = character - '0';
		return (number >= 0 && number < TYPES.length) ? TYPES[number] : null;
	}

	/**
	 * Return the character in front of a text packet of this type.
	 * @return a digit
	 */
	public char character() {
		return (char) ('0' + ordinal());
	}

	/**
	 * Return the byte in front of a binary packet of this type in protocol 3.
	 * @return the number of the type
	 */
	public byte number() {
		return (byte) ordinal();
	}

	/**
	 * Return the name of the type in the JavaScript API.
	 * @return such as {@code "message"}
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Create a text packet of this type.
	 * @param content what follows the type, empty for none
	 * @return the packet
	 */
	public EncodedMessage packet(String content) {
		return EncodedMessage.text(character() + content);
	}

	/**
	 * Return whether a text packet has this type.
	 * @param data contains the packet
	 * @param offset the position of the packet
	 * @param length the length of the packet in bytes
	 * @return {@code false} also if the packet is empty
	 */
	public boolean isTypeOf(byte[] data, int offset, int length) {
		return length > 0 && data[offset] == character();
	}

}
