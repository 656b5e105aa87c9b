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

import io.netty.buffer.ByteBuf;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The received part of a request body. Its capacity is at most twice its length,
 * independent of the {@code Content-Length} of the request.
 */
final class BodyBuffer {

	private static final byte[] NONE = {};

	private final int limit;

	private byte[] bytes = NONE;

	private volatile int length;

	/**
	 * Create an empty buffer.
	 * @param limit the maximum length of the body in bytes
	 */
	BodyBuffer(int limit) {
		this.limit = limit;
	}

	/**
	 * Append the content of a buffer.
	 * @return {@code false} if the body would exceed its limit
	 */
	boolean add(DataBuffer source) {
		int count = source.readableByteCount();
		if (!grow(count)) {
			return false;
		}
		source.read(this.bytes, this.length - count, count);
		return true;
	}

	/**
	 * Append the content of a buffer.
	 * @return {@code false} if the body would exceed its limit
	 */
	boolean add(ByteBuf source) {
		int count = source.readableBytes();
		if (!grow(count)) {
			return false;
		}
		source.readBytes(this.bytes, this.length - count, count);
		return true;
	}

	private boolean grow(int count) {
		long total = this.length + (long) count;
		if (total > this.limit) {
			return false;
		}
		if (total > this.bytes.length) {
			long doubled = Math.min(this.limit, this.bytes.length * 2L);
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.max(total, doubled));
		}
		this.length = (int) total;
		return true;
	}

	/**
	 * Return the number of received bytes.
	 */
	int length() {
		return this.length;
	}

	/**
	 * Return the number of allocated bytes.
	 */
	int capacity() {
		return this.bytes.length;
	}

	/**
	 * Return the received bytes, and release them from this buffer.
	 */
	byte[] take() {
		byte[] result = (this.length == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.length);
		this.bytes = NONE;
		this.length = 0;
		return result;
	}

}
