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

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts the failed logins of each address, and refuses logins after 10 failures in a
 * minute.
 */
final class FailedLogins {

	static final int MAX_FAILURES = 10;

	private static final int MAX_ADDRESSES = 1_000;

	private static final long PERIOD = Duration.ofMinutes(1).toNanos();

	private final LongSupplier clock;

	private final Map<String, Period> periods = new ConcurrentHashMap<>();

	FailedLogins(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Start a login, which counts as failed until it succeeds.
	 * @return whether the login is allowed
	 */
	boolean begin(String address) {
		long now = this.clock.getAsLong();
		if (this.periods.size() >= MAX_ADDRESSES && !this.periods.containsKey(address)) {
			makeRoom(now);
		}
		Period period = this.periods.compute(address, (key, current) -> (current == null || current.isOver(now))
				? new Period(now, 1) : new Period(current.start, Math.min(current.failures + 1, MAX_FAILURES + 1)));
		return period.failures <= MAX_FAILURES;
	}

	void succeeded(String address) {
		this.periods.computeIfPresent(address,
				(key, current) -> (current.failures > 1) ? new Period(current.start, current.failures - 1) : null);
	}

	private void makeRoom(long now) {
		this.periods.values().removeIf((period) -> period.isOver(now));
		if (this.periods.size() >= MAX_ADDRESSES) {
			this.periods.entrySet()
				.stream()
				.min(Comparator.comparingInt((entry) -> entry.getValue().failures))
				.map(Map.Entry::getKey)
				.ifPresent(this.periods::remove);
		}
	}

	/**
	 * The failures of an address.
	 *
	 * @param start the time of the first one
	 * @param failures their number
	 */
	private record Period(long start, int failures) {

		boolean isOver(long now) {
			return now - this.start >= PERIOD;
		}

	}

}
