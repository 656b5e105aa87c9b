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

import io.github.springsocketio.Internal;

/**
 * The format of the bodies of polling requests and responses: several packets in one
 * payload. Stateless and safe to use from any thread.
 *
 * @since 0.1.0
 */
@Internal
public interface PayloadCodec {

	/**
	 * Encode messages as one payload, in the given order.
	 * @param messages the messages, at least one
	 * @return the payload
	 */
	Payload encode(List<EncodedMessage> messages);

	/**
	 * Decode a payload.
	 * @param body the payload; valid UTF-8 unless it is in the binary form
	 * @param binary whether the body is in the binary form
	 * ({@code application/octet-stream})
	 * @param maxPackets the maximum number of packets; 0 for no limit
	 * @param sink receives the packets in their order
	 */
	default void decode(byte[] body, boolean binary, int maxPackets, Sink sink) {
		Reader reader = reader(body, binary, maxPackets);
		boolean more = true;
		while (more) {
			more = reader.next(sink);
		}
	}

	/**
	 * Begin to decode a payload, packet by packet.
	 * @param body the payload; valid UTF-8 unless it is in the binary form
	 * @param binary whether the body is in the binary form
	 * ({@code application/octet-stream})
	 * @param maxPackets the maximum number of packets; 0 for no limit
	 * @return a reader at the first packet
	 */
	Reader reader(byte[] body, boolean binary, int maxPackets);

	/**
	 * Reads the packets of one payload. Used by one thread at a time.
	 */
	interface Reader {

		/**
		 * Read the next packet.
		 * @param sink receives the packet, or a notification that there is none
		 * @return whether there may be another packet
		 */
		boolean next(Sink sink);

	}

	/**
	 * An encoded payload.
	 *
	 * @param body the bytes
	 * @param binary whether the body is in the binary form
	 * ({@code application/octet-stream})
	 */
	record Payload(byte[] body, boolean binary) {

	}

	/**
	 * Receives the packets of a payload.
	 */
	interface Sink {

		/**
		 * Receive a text packet.
		 * @param data contains the packet in UTF-8
		 * @param offset the position of its type
		 * @param length its length in bytes, at least 1
		 * @return whether to continue
		 */
		boolean text(byte[] data, int offset, int length);

		/**
		 * Receive a binary packet.
		 * @param data the bytes, in protocol 3 with the type in front
		 * @return whether to continue
		 */
		boolean binary(byte[] data);

		/**
		 * Called when the rest of the payload is not a packet. It is not decoded.
		 */
		void malformed();

		/**
		 * Called when there are more packets than allowed. They are not decoded.
		 */
		default void tooMany() {
			malformed();
		}

	}

}
