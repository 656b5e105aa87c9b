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

package io.github.springsocketio.engineio;

import java.util.function.LongConsumer;

import io.github.springsocketio.Internal;

/**
 * A variable size that is reported to a memory counter. A change is reported when it is
 * at least as large as a step, or when the size becomes 0. Not thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class CountedBytes {

	private final LongConsumer memory;

	private final int step;

	private int size;

	private int counted;

	/**
	 * Create a size of 0.
	 * @param memory receives each reported change in bytes, negative when memory is
	 * released
	 * @param step the smallest change that is reported, in bytes
	 */
	public CountedBytes(LongConsumer memory, int step) {
		this.memory = memory;
		this.step = step;
	}

	/**
	 * Set the size.
	 * @param bytes the size in bytes; 0 releases all that is counted
	 */
	public void set(int bytes) {
		this.size = bytes;
		int change = bytes - this.counted;
		if (Math.abs(change) >= this.step || (bytes == 0 && change != 0)) {
			this.counted = bytes;
			this.memory.accept(change);
		}
	}

	/**
	 * Change the size.
	 * @param bytes the change in bytes, negative when it shrinks
	 */
	public void add(int bytes) {
		set(this.size + bytes);
	}

	/**
	 * Return the size.
	 * @return the size in bytes
	 */
	public int size() {
		return this.size;
	}

}
