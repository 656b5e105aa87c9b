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

package io.github.springsocketio.servlet;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The received parts of a message. The buffer is at most twice as large as the received
 * data.
 */
final class MessageParts {

	private final LongConsumer memory;

	private byte[] bytes = {};

	private int length;

	/**
	 * Create an empty message.
	 * @param memory receives the number of bytes that are allocated, or a negative number
	 * when they are released
	 */
	MessageParts(LongConsumer memory) {
		this.memory = memory;
	}

	int length() {
		return this.length;
	}

	void add(byte[] part) {
		int total = this.length + part.length;
		if (total > this.bytes.length) {
			int before = this.bytes.length;
			this.bytes = Arrays.copyOf(this.bytes, Math.max(total, before * 2));
			this.memory.accept(this.bytes.length - before);
		}
		System.arraycopy(part, 0, this.bytes, this.length, part.length);
		this.length = total;
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	void release() {
		this.memory.accept(-this.bytes.length);
		this.bytes = new byte[0];
		this.length = 0;
	}

}
