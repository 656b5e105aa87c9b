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

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Encodes packets for peers, each as one message with its Engine.IO packet type. Safe to
 * use from any thread.
 *
 * @since 0.1.0
 */
public interface PacketEncoder {

	/**
	 * Encode an event.
	 * @param nsp the namespace
	 * @param id the id of the requested acknowledgement, or -1
	 * @param event the name: a string or a number
	 * @param args the arguments: any values that Jackson can write, with {@code byte[]},
	 * {@code ByteBuffer} and {@code DataBuffer} anywhere in them as binary data; an
	 * element that is {@link Arguments} represents all of its arguments
	 * @param offset the offset for connection state recovery, which becomes the last
	 * argument, or {@code null}
	 * @return the message
	 * @throws PacketEncodingException if an argument cannot be written
	 */
	EncodedMessage event(String nsp, long id, Object event, @Nullable Object[] args, @Nullable String offset);

	/**
	 * Add an offset to an encoded event without acknowledgement, as its last argument.
	 * @param nsp the namespace
	 * @param event an event that {@link #event} has encoded without offset; not changed
	 * @param offset the offset for connection state recovery
	 * @return the message with the offset, or {@code null} if the event has to be encoded
	 * again, as it is by default
	 */
	default @Nullable EncodedMessage withOffset(String nsp, EncodedMessage event, String offset) {
		return null;
	}

	/**
	 * Encode an acknowledgement.
	 * @param nsp the namespace
	 * @param id the id that the peer sent
	 * @param args the arguments, as for events
	 * @return the message
	 * @throws PacketEncodingException if an argument cannot be written
	 */
	EncodedMessage ack(String nsp, long id, @Nullable Object[] args);

	/**
	 * Encode the response to an accepted connection.
	 * @param nsp the namespace
	 * @param data the payload ({@code sid}, {@code pid}), or {@code null} for none
	 * @return the message
	 */
	EncodedMessage connect(String nsp, @Nullable Object data);

	/**
	 * Encode the response to a rejected connection.
	 * @param nsp the namespace
	 * @param data the payload: a map with {@code message} and {@code data}, or for
	 * protocol 3 any value
	 * @return the message
	 * @throws PacketEncodingException if the payload cannot be written
	 */
	EncodedMessage connectError(String nsp, @Nullable Object data);

	/**
	 * Encode a disconnection from a namespace.
	 * @param nsp the namespace
	 * @return the message
	 */
	EncodedMessage disconnect(String nsp);

	/**
	 * Create arguments from values, as if a peer had sent them.
	 * @param values the values; an element that is {@link Arguments} represents all of
	 * its arguments
	 * @return the arguments
	 */
	Arguments arguments(@Nullable Object... values);

}
