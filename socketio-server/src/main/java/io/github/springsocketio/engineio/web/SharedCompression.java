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

package io.github.springsocketio.engineio.web;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ObjIntConsumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The compression of all websockets with one size of the window on which each message is
 * compressed by itself. With one of the sizes, what is compressed for one websocket is
 * kept with the message for the others. Small payloads, and those of messages that were
 * sent with {@code compress(false)}, are left as they are.
 */
final class SharedCompression implements PayloadCompression {

	private final int windowBits;

	private final int threshold;

	private final @Nullable ObjIntConsumer<EncodedMessage> memory;

	private final Queue<PayloadDeflater> idle = new ConcurrentLinkedQueue<>();

	/**
	 * Create a compression.
	 * @param windowBits the number of bits of the window
	 * @param threshold the smallest payload that is compressed
	 * @param memory notified of the bytes that are kept with a message; {@code null} if
	 * nothing is to be kept
	 */
	SharedCompression(int windowBits, int threshold, @Nullable ObjIntConsumer<EncodedMessage> memory) {
		this.windowBits = windowBits;
		this.threshold = threshold;
		this.memory = memory;
	}

	@Override
	public byte @Nullable [] compress(byte[] payload, @Nullable EncodedMessage message, int index) {
		if (payload.length < this.threshold || (message != null && !message.isCompress())) {
			return null;
		}
		return (message != null && index >= 0 && this.memory != null) ? shared(payload, message, index, this.memory)
				: compress(payload);
	}

	private byte[] shared(byte[] payload, EncodedMessage message, int index, ObjIntConsumer<EncodedMessage> memory) {
		if (message.kept() == null) {
			message.keep(new Kept(this, new AtomicReferenceArray<>(message.packets())));
		}
		if (!(message.kept() instanceof Kept kept) || kept.owner() != this) {
			return compress(payload);
		}
		byte[] known = kept.payloads().get(index);
		if (known == null) {
			known = compress(payload);
			if (kept.payloads().compareAndSet(index, null, known)) {
				memory.accept(message, known.length);
			}
		}
		return known;
	}

	private byte[] compress(byte[] payload) {
		PayloadDeflater deflater = this.idle.poll();
		if (deflater == null) {
			deflater = new PayloadDeflater(this.windowBits);
		}
		byte[] compressed = deflater.deflate(payload);
		deflater.reset();
		this.idle.add(deflater);
		return compressed;
	}

	@Override
	public void close() {
		// Nothing belongs to one websocket
	}

	/**
	 * The compressed payloads of a message. Two event loops may compress the same one at
	 * the same moment, with the same result.
	 *
	 * @param owner how it was compressed
	 * @param payloads the payloads, as far as they were compressed
	 */
	private record Kept(SharedCompression owner, AtomicReferenceArray<byte @Nullable []> payloads) {

	}

}
