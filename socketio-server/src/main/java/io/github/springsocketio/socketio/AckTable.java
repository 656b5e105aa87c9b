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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgements that a socket owes (SIO-51). Whoever puts one in takes it out
 * again when its time is over; what is left goes with the socket.
 */
final class AckTable {

	private final Map<Long, Consumer<Arguments>> pending = new ConcurrentHashMap<>(4);

	private final int limit;

	AckTable(int limit) {
		this.limit = limit;
	}

	boolean add(long id, Consumer<Arguments> ack) {
		if (this.pending.size() >= this.limit) {
			return false;
		}
		this.pending.put(id, ack);
		return true;
	}

	@Nullable Consumer<Arguments> remove(long id) {
		return this.pending.remove(id);
	}

	void clear() {
		this.pending.clear();
	}

	int size() {
		return this.pending.size();
	}

}
