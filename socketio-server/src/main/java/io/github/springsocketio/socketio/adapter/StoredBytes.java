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

import java.util.IdentityHashMap;
import java.util.Map;

import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * The memory of stored packets, in bytes. Large attachments that several packets share
 * count once. Not thread-safe.
 */
final class StoredBytes {

	/**
	 * The memory of a packet in addition to its content.
	 */
	private static final int OVERHEAD = 160;

	private static final int LARGE = 1024;

	private final Map<byte[], Integer> shared = new IdentityHashMap<>();

	private long total;

	long total() {
		return this.total;
	}

	void add(EncodedMessage message) {
		this.total += OVERHEAD + message.text().length;
		for (byte[] binary : message.binaries()) {
			if (binary.length < LARGE || this.shared.merge(binary, 1, Integer::sum) == 1) {
				this.total += binary.length;
			}
		}
	}

	void remove(EncodedMessage message) {
		this.total -= OVERHEAD + message.text().length;
		for (byte[] binary : message.binaries()) {
			if (binary.length < LARGE
					|| this.shared.computeIfPresent(binary, (key, count) -> (count > 1) ? count - 1 : null) == null) {
				this.total -= binary.length;
			}
		}
	}

	void clear() {
		this.shared.clear();
		this.total = 0;
	}

}
