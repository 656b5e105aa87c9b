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

/**
 * The received part of a websocket message that is sent in fragments.
 */
final class PartialMessage {

	private static final int MINIMUM = 256;

	private final boolean text;

	private byte[] bytes = {};

	private int length;

	private int fragments;

	/**
	 * Create an empty message.
	 * @param text whether it is text, according to the first fragment
	 */
	PartialMessage(boolean text) {
		this.text = text;
	}

	boolean isText() {
		return this.text;
	}

	int length() {
		return this.length;
	}

	int fragments() {
		return this.fragments;
	}

	/**
	 * Append a fragment.
	 */
	void add(ByteBuf fragment) {
		int count = fragment.readableBytes();
		if (this.length + count > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes,
					Math.max(MINIMUM, Math.max(this.length + count, this.bytes.length * 2)));
		}
		fragment.readBytes(this.bytes, this.length, count);
		this.length += count;
		this.fragments++;
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

}
