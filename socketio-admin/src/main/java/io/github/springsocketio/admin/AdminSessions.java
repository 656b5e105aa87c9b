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

package io.github.springsocketio.admin;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The remembered logins by the hashes of their ids.
 */
final class AdminSessions {

	private static final int MAX_SESSIONS = 1_000;

	/**
	 * The size of an id in bytes, as in the reference implementation. The UI stores the
	 * id.
	 */
	private static final int BYTES = 8;

	private final SecureRandom random = new SecureRandom();

	private final long nanos;

	private final LongSupplier clock;

	private final Map<String, Long> ends = new ConcurrentHashMap<>();

	AdminSessions(Duration duration, LongSupplier clock) {
		this.nanos = duration.toNanos();
		this.clock = clock;
	}

	/**
	 * Remember a login.
	 * @return the id that the client uses from now on
	 */
	String create() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		String id = HexFormat.of().formatHex(bytes);
		add(SocketDetails.hash(id), this.nanos);
		return id;
	}

	/**
	 * Remember a login of another node.
	 */
	void add(String hash, long remainingNanos) {
		removeEnded();
		if (this.ends.size() >= MAX_SESSIONS) {
			this.ends.entrySet()
				.stream()
				.min(Comparator.comparingLong((entry) -> entry.getValue() - this.clock.getAsLong()))
				.map(Map.Entry::getKey)
				.ifPresent(this.ends::remove);
		}
		this.ends.put(hash, this.clock.getAsLong() + Math.min(remainingNanos, this.nanos));
	}

	/**
	 * Return the remaining time of a login in nanoseconds, or 0 if it is unknown.
	 */
	long remaining(@Nullable String hash) {
		Long end = (hash != null) ? this.ends.get(hash) : null;
		return (end != null) ? Math.max(0, end - this.clock.getAsLong()) : 0;
	}

	private void removeEnded() {
		long now = this.clock.getAsLong();
		this.ends.values().removeIf((end) -> end - now <= 0);
	}

}
