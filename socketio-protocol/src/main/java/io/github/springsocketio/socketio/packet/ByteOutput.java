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

import java.util.Arrays;

/**
 * Bytes that grow, in memory that is used again. Belongs to one thread, where it may be
 * in use already, as when a serializer emits.
 */
class ByteOutput {

	private static final int RETAINED = 64 * 1024;

	private static final int INITIAL = 512;

	private static final int MAX = Integer.MAX_VALUE - 16;

	/**
	 * Holds what was written, up to {@link #pos}.
	 */
	protected byte[] buffer = new byte[INITIAL];

	protected int pos;

	private boolean inUse;

	/**
	 * Begin to write, unless this is in use.
	 * @return whether this can be used
	 */
	boolean acquire() {
		if (this.inUse) {
			return false;
		}
		this.inUse = true;
		return true;
	}

	/**
	 * Forget what was written, and the memory too if it is much.
	 */
	void release() {
		this.inUse = false;
		this.pos = 0;
		if (this.buffer.length > RETAINED) {
			this.buffer = new byte[INITIAL];
		}
	}

	void raw(byte[] data, int from, int to) {
		ensure(to - from);
		System.arraycopy(data, from, this.buffer, this.pos, to - from);
		this.pos += to - from;
	}

	/**
	 * Make room.
	 * @param more the number of bytes that are about to be written
	 */
	protected final void ensure(int more) {
		if (more > this.buffer.length - this.pos) {
			grow(more);
		}
	}

	private void grow(int more) {
		long needed = (long) this.pos + more;
		if (needed > MAX) {
			throw new PacketEncodingException("The packet is too large");
		}
		this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(Math.max(needed, 2L * this.buffer.length), MAX));
	}

}
