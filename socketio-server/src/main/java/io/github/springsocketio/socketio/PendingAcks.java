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

package io.github.springsocketio.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.socketio.adapter.AckCallback;
import org.jspecify.annotations.Nullable;

/**
 * The pending acknowledgements of one socket. An acknowledgement that is not received is
 * removed by its owner after the time limit, or with the socket.
 */
final class PendingAcks {

	private final Map<Long, AckCallback> callbacks = new ConcurrentHashMap<>(4);

	private final int limit;

	PendingAcks(int limit) {
		this.limit = limit;
	}

	boolean add(long id, AckCallback callback) {
		if (this.callbacks.size() >= this.limit) {
			return false;
		}
		this.callbacks.put(id, callback);
		return true;
	}

	@Nullable AckCallback remove(long id) {
		return this.callbacks.remove(id);
	}

	/**
	 * Remove all and return them.
	 */
	List<AckCallback> removeAll() {
		return this.callbacks.keySet()
			.stream()
			.map(this.callbacks::remove)
			.filter((callback) -> callback != null)
			.toList();
	}

	int size() {
		return this.callbacks.size();
	}

}
