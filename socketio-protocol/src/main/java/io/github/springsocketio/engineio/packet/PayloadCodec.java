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

import java.util.List;

/**
 * The format of the bodies of polling requests and responses: several packets in one
 * payload. Stateless and safe to use from any thread.
 *
 * @since 0.1.0
 */
public interface PayloadCodec {

	/**
	 * Encode messages as one payload, in their order.
	 * @param messages the messages, at least one
	 * @return the payload
	 */
	Payload encode(List<EncodedMessage> messages);

	/**
	 * Decode a payload.
	 * @param body the payload; valid UTF-8 unless it came in the binary form
	 * @param binary whether it came as {@code application/octet-stream}
	 * @param maxPackets how many packets it may hold; 0 for no limit
	 * @param sink takes the packets, in their order
	 */
	void decode(byte[] body, boolean binary, int maxPackets, Sink sink);

	/**
	 * An encoded payload.
	 *
	 * @param body the bytes
	 * @param binary whether it has to go as {@code application/octet-stream}
	 */
	record Payload(byte[] body, boolean binary) {

	}

	/**
	 * Takes the packets of a payload.
	 */
	interface Sink {

		/**
		 * A text packet.
		 * @param data holds the packet in UTF-8
		 * @param offset where it begins, with its type character
		 * @param length its length, at least 1
		 * @return whether to go on
		 */
		boolean text(byte[] data, int offset, int length);

		/**
		 * A binary message.
		 * @param data the bytes, with the type byte in front where the protocol has one
		 * (protocol 3, EIO-111)
		 * @return whether to go on
		 */
		boolean binary(byte[] data);

		/**
		 * What follows is no packet (EIO-50); nothing is decoded after it.
		 */
		void malformed();

		/**
		 * There are more packets than allowed; nothing is decoded after it.
		 */
		default void tooMany() {
			malformed();
		}

	}

}
