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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;

/**
 * Logs requests that were refused because of their origin, once per origin and minute.
 * Further ones are logged at debug level.
 */
final class RefusedOrigins {

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private static final int MAX_ORIGINS = 100;

	private static final int MAX_LENGTH = 200;

	private final Log logger;

	private final LongSupplier nanoTime;

	private final Map<String, Long> logged = new ConcurrentHashMap<>();

	RefusedOrigins(Log logger, LongSupplier nanoTime) {
		this.logger = logger;
		this.nanoTime = nanoTime;
	}

	void log(String kind, String origin, String own, String advice) {
		boolean first = isFirst(shortened(origin));
		if (first || this.logger.isDebugEnabled()) {
			String message = kind + " refused: its origin '" + shortened(origin) + "' is not the server's '"
					+ shortened(own) + "'. " + advice;
			if (first) {
				this.logger.warn(message);
			}
			else {
				this.logger.debug(message);
			}
		}
	}

	private boolean isFirst(String origin) {
		long now = this.nanoTime.getAsLong();
		Long last = this.logged.get(origin);
		if (last != null && now - last < INTERVAL) {
			return false;
		}
		this.logged.values().removeIf((time) -> now - time >= INTERVAL);
		return this.logged.size() < MAX_ORIGINS && this.logged.putIfAbsent(origin, now) == null;
	}

	private static String shortened(String value) {
		StringBuilder result = new StringBuilder();
		value.chars().limit(MAX_LENGTH).forEach((c) -> result.append((c >= ' ' && c < 0x7f) ? (char) c : '?'));
		return (value.length() > MAX_LENGTH) ? result.append("...").toString() : result.toString();
	}

}
