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

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses payloads for permessage-deflate (RFC 7692, section 7.2.1). The JDK's
 * {@link Deflater} always has a window of 32 KiB: for a smaller one, its history is
 * forgotten each time that many bytes were compressed. Not safe for use by several
 * threads.
 */
final class PayloadDeflater {

	/** What ends each flush and is left out at the end of a payload. */
	private static final int TAIL = 4;

	private static final byte[] EMPTY = { 0 };

	private static final byte[] NO_INPUT = {};

	private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

	private final int window;

	/** The number of bytes that may be referred to. */
	private int history;

	private byte[] output = {};

	private int length;

	/**
	 * Create a compressor.
	 * @param windowBits the number of bits of the window
	 */
	PayloadDeflater(int windowBits) {
		this.window = (windowBits < PerMessageDeflate.MAX_WINDOW_BITS) ? 1 << windowBits : Integer.MAX_VALUE;
	}

	/**
	 * Compress a payload, referring to those before.
	 */
	byte[] deflate(byte[] payload) {
		if (payload.length == 0) {
			return EMPTY;
		}
		this.output = new byte[payload.length / 2 + 64];
		this.length = 0;
		int from = 0;
		while (from < payload.length) {
			int count = Math.min(payload.length - from, this.window - this.history);
			this.deflater.setInput(payload, from, count);
			from += count;
			this.history = (this.window != Integer.MAX_VALUE) ? this.history + count : 0;
			boolean full = this.history == this.window;
			if (full) {
				this.history = 0;
				flush(Deflater.FULL_FLUSH);
			}
			else {
				flush(Deflater.SYNC_FLUSH);
			}
		}
		// the compressor keeps its input until it gets another
		this.deflater.setInput(NO_INPUT);
		byte[] result = Arrays.copyOf(this.output, this.length - TAIL);
		this.output = EMPTY;
		return result;
	}

	private void flush(int mode) {
		while (true) {
			int room = this.output.length - this.length;
			int count = this.deflater.deflate(this.output, this.length, room, mode);
			this.length += count;
			if (count < room) {
				return;
			}
			this.output = Arrays.copyOf(this.output, this.output.length * 2);
		}
	}

	/**
	 * Forget the payloads so far.
	 */
	void reset() {
		this.deflater.reset();
		this.history = 0;
	}

	/**
	 * Release the memory outside the heap.
	 */
	void end() {
		this.deflater.end();
	}

}
