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

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.springsocketio.Internal;
import org.jspecify.annotations.Nullable;

/**
 * One message for a peer, encoded once and shared by all its receivers: at most one text
 * packet followed by any number of binary packets (the attachments of a Socket.IO event).
 * The outbox handles it as one entry, so that nothing is sent between a packet and its
 * attachments.
 *
 * <p>
 * Immutable by contract: the arrays are not copied and must not be changed after they
 * were passed to a message. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public final class EncodedMessage {

	private static final AtomicLongFieldUpdater<EncodedMessage> HELD = AtomicLongFieldUpdater
		.newUpdater(EncodedMessage.class, "held");

	private static final AtomicReferenceFieldUpdater<EncodedMessage, @Nullable Object> OWNER = AtomicReferenceFieldUpdater
		.newUpdater(EncodedMessage.class, Object.class, "owner");

	private static final AtomicReferenceFieldUpdater<EncodedMessage, @Nullable Object> KEPT = AtomicReferenceFieldUpdater
		.newUpdater(EncodedMessage.class, Object.class, "kept");

	private static final long HOLDER = 1L << Integer.SIZE;

	private static final byte[][] NONE = {};

	private final byte[] text;

	private final byte[][] binaries;

	private final boolean hasText;

	private final boolean compress;

	private final int bytes;

	/**
	 * Two counters in one field: the upper 32 bits count the outbound buffers that hold
	 * this message, the lower 32 bits are the size of the {@link #kept() kept form} in
	 * bytes.
	 */
	private volatile long held;

	private volatile @Nullable Object owner;

	private volatile @Nullable Object kept;

	private EncodedMessage(byte[] text, boolean hasText, byte[][] binaries, boolean compress) {
		this.text = text;
		this.hasText = hasText;
		this.binaries = binaries;
		this.compress = compress;
		int sum = text.length;
		for (byte[] binary : binaries) {
			sum += binary.length;
		}
		this.bytes = sum;
	}

	/**
	 * Create a message of one text packet.
	 * @param packet the packet in UTF-8, its Engine.IO type character first (such as
	 * {@code 42["hello"]})
	 * @return the message
	 */
	public static EncodedMessage text(byte[] packet) {
		return new EncodedMessage(packet, true, NONE, true);
	}

	/**
	 * Create a message of one text packet.
	 * @param packet the packet, its Engine.IO type character first
	 * @return the message
	 */
	public static EncodedMessage text(String packet) {
		return text(packet.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Create a message of one binary packet.
	 * @param data the bytes, without a packet type
	 * @return the message
	 */
	public static EncodedMessage binary(byte[] data) {
		return new EncodedMessage(new byte[0], false, new byte[][] { data }, true);
	}

	/**
	 * Create a message of one text packet and its attachments.
	 * @param packet the text packet, its Engine.IO type character first
	 * @param attachments the binary packets that follow, in their order
	 * @return the message
	 */
	public static EncodedMessage of(byte[] packet, byte[]... attachments) {
		return new EncodedMessage(packet, true, (attachments.length != 0) ? attachments : NONE, true);
	}

	/**
	 * Return the same message with compression enabled or disabled.
	 * @param compress whether transports may compress it
	 * @return this message, or another one that shares its bytes
	 */
	public EncodedMessage compress(boolean compress) {
		return (compress == this.compress) ? this
				: new EncodedMessage(this.text, this.hasText, this.binaries, compress);
	}

	/**
	 * Return whether transports may compress this message.
	 * @return {@code true} by default
	 */
	public boolean isCompress() {
		return this.compress;
	}

	/**
	 * Return whether the message begins with a text packet.
	 * @return {@code false} if it is a binary packet only
	 */
	public boolean hasText() {
		return this.hasText;
	}

	/**
	 * Return the text packet, its type character first.
	 * @return the shared bytes in UTF-8, which must not be changed; empty without a text
	 * packet
	 */
	public byte[] text() {
		return this.text;
	}

	/**
	 * Return the binary packets that follow the text packet.
	 * @return the shared bytes, which must not be changed
	 */
	public byte[][] binaries() {
		return this.binaries;
	}

	/**
	 * Return the number of Engine.IO packets.
	 * @return at least one
	 */
	public int packets() {
		return (this.hasText ? 1 : 0) + this.binaries.length;
	}

	/**
	 * Return the size of all packets together.
	 * @return the size in bytes, without any framing
	 */
	public int bytes() {
		return this.bytes;
	}

	/**
	 * Determine which object counts the memory of this message, as its receivers share
	 * it. The candidate of the first call is selected.
	 * @param candidate an object that counts memory
	 * @return whether this candidate is the selected one
	 */
	@Internal
	public boolean isCountedBy(Object candidate) {
		return this.owner == candidate || OWNER.compareAndSet(this, null, candidate) || this.owner == candidate;
	}

	/**
	 * Count an outbound buffer that holds this message.
	 * @return the bytes to add to the memory in use: all bytes of the message for the
	 * first buffer, otherwise 0
	 */
	@Internal
	public long hold() {
		long before = HELD.getAndAdd(this, HOLDER);
		return (before < HOLDER) ? this.bytes + before : 0;
	}

	/**
	 * Count an outbound buffer that no longer holds this message.
	 * @return the bytes to subtract from the memory in use: all bytes of the message for
	 * the last buffer, otherwise 0
	 */
	@Internal
	public long release() {
		long after = HELD.addAndGet(this, -HOLDER);
		return (after < HOLDER) ? this.bytes + after : 0;
	}

	/**
	 * Return the kept form of this message.
	 * @return the object of the first call of {@link #keep(Object)}, or {@code null}
	 */
	@Internal
	public @Nullable Object kept() {
		return this.kept;
	}

	/**
	 * Keep another form of this message, such as a compressed one, for reuse with further
	 * receivers. Does nothing if there is a kept form already.
	 * @param form the form
	 */
	@Internal
	public void keep(Object form) {
		KEPT.compareAndSet(this, null, form);
	}

	/**
	 * Increase the size of the kept form.
	 * @param bytes the size in bytes of the part that was added to the form
	 * @return the bytes to add to the memory in use: 0 if no outbound buffer holds this
	 * message
	 */
	@Internal
	public long grow(int bytes) {
		return (HELD.getAndAdd(this, bytes) < HOLDER) ? 0 : bytes;
	}

	@Override
	public String toString() {
		return "EncodedMessage[packets=" + packets() + ", bytes=" + this.bytes + ", text="
				+ Objects.toString(new String(this.text, 0, Math.min(this.text.length, 40), StandardCharsets.UTF_8))
				+ "]";
	}

}
