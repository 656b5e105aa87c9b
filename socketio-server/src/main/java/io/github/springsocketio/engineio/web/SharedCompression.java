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

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The compression of all websockets with one size of the window on which each message is
 * compressed by itself. What is compressed for one of them is kept with the message for
 * the others. Small payloads, and those of messages that were sent with
 * {@code compress(false)}, are left as they are.
 */
final class SharedCompression implements PayloadCompression {

	private final int windowBits;

	private final int threshold;

	private final Queue<PayloadDeflater> idle = new ConcurrentLinkedQueue<>();

	SharedCompression(int windowBits, int threshold) {
		this.windowBits = windowBits;
		this.threshold = threshold;
	}

	@Override
	public byte @Nullable [] compress(byte[] payload, @Nullable EncodedMessage message, int index) {
		if (payload.length < this.threshold || (message != null && !message.isCompress())) {
			return null;
		}
		return (message != null && index >= 0) ? shared(payload, message, index) : compress(payload);
	}

	private byte[] shared(byte[] payload, EncodedMessage message, int index) {
		Kept kept = kept(message);
		if (kept == null) {
			kept = new Kept(this, new byte[message.packets()][], message.kept());
			message.keep(kept);
		}
		byte[] known = kept.payloads()[index];
		if (known == null) {
			known = compress(payload);
			kept.payloads()[index] = known;
		}
		return known;
	}

	private @Nullable Kept kept(EncodedMessage message) {
		Object next = message.kept();
		while (next instanceof Kept kept) {
			if (kept.owner() == this) {
				return kept;
			}
			next = kept.next();
		}
		return null;
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
	 * @param next what else is kept with the message
	 */
	private record Kept(SharedCompression owner, byte[] @Nullable [] payloads, @Nullable Object next) {

	}

}
