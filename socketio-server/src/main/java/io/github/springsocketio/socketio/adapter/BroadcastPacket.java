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
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An event that is sent to any number of sockets of a namespace. It is encoded once for
 * all of them, when it is first needed.
 *
 * @since 0.1.0
 */
public final class BroadcastPacket {

	private final Object event;

	private final @Nullable Object[] args;

	private final long id;

	private final @Nullable String offset;

	/**
	 * The same event without offset, encoded.
	 */
	private final @Nullable EncodedMessage withoutOffset;

	private @Nullable EncodedMessage encoded;

	private @Nullable Arguments arguments;

	/**
	 * Create a packet.
	 * @param event the name: a string or a number
	 * @param args the arguments, not to be changed afterwards
	 */
	public BroadcastPacket(Object event, @Nullable Object... args) {
		this(event, args, -1, null, null);
	}

	private BroadcastPacket(Object event, @Nullable Object[] args, long id, @Nullable String offset,
			@Nullable EncodedMessage withoutOffset) {
		Assert.notNull(event, "'event' must not be null");
		Assert.notNull(args, "'args' must not be null");
		this.event = event;
		this.args = args;
		this.id = id;
		this.offset = offset;
		this.withoutOffset = withoutOffset;
	}

	/**
	 * Return the name of the event.
	 * @return a string or a number
	 */
	public Object event() {
		return this.event;
	}

	/**
	 * Return the arguments as they were given.
	 * @return the arguments, not to be changed
	 */
	public @Nullable Object[] args() {
		return this.args;
	}

	/**
	 * Return the id of the requested acknowledgement.
	 * @return the id, or -1 for none
	 */
	public long id() {
		return this.id;
	}

	/**
	 * Return the offset, which clients send to recover the packets that follow.
	 * @return the offset, or {@code null} for none
	 */
	public @Nullable String offset() {
		return this.offset;
	}

	/**
	 * Return the same event with a requested acknowledgement.
	 * @param id its id
	 * @return another packet
	 */
	public BroadcastPacket withId(long id) {
		return new BroadcastPacket(this.event, this.args, id, this.offset, null);
	}

	/**
	 * Return the same event with an offset. If this packet is encoded already, the offset
	 * is added to the encoded packet where the encoder can do that.
	 * @param offset the offset, which is sent as the last argument
	 * @return another packet
	 */
	public BroadcastPacket withOffset(String offset) {
		boolean reusable = this.id < 0 && this.offset == null;
		return new BroadcastPacket(this.event, this.args, this.id, offset, reusable ? this.encoded : null);
	}

	/**
	 * Return the packet as it is sent. The first call encodes it; not to be called by
	 * several threads at the same time.
	 * @param encoder the encoder
	 * @param nsp the namespace
	 * @param compress whether it may be compressed
	 * @return the message
	 * @throws io.github.springsocketio.socketio.packet.PacketEncodingException if an
	 * argument cannot be written
	 */
	public EncodedMessage encoded(PacketEncoder encoder, String nsp, boolean compress) {
		EncodedMessage message = this.encoded;
		if (message == null && this.withoutOffset != null && this.offset != null) {
			message = encoder.withOffset(nsp, this.withoutOffset, this.offset);
			this.encoded = message;
		}
		if (message == null) {
			message = encoder.event(nsp, this.id, this.event, this.args, this.offset).compress(compress);
			this.encoded = message;
		}
		return message;
	}

	/**
	 * Return the arguments as listeners for outgoing events see them, the offset
	 * included. Not to be called by several threads at the same time.
	 * @param encoder the encoder
	 * @return the arguments
	 */
	public Arguments arguments(PacketEncoder encoder) {
		Arguments result = this.arguments;
		if (result == null) {
			result = encoder.arguments((this.offset != null) ? append(this.args, this.offset) : this.args);
			this.arguments = result;
		}
		return result;
	}

	private static @Nullable Object[] append(@Nullable Object[] args, String last) {
		@Nullable Object[] result = new Object[args.length + 1];
		System.arraycopy(args, 0, result, 0, args.length);
		result[args.length] = last;
		return result;
	}

}
