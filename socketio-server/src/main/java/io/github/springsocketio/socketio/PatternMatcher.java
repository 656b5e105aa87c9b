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
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Accepts the names that match a pattern, and reports a pattern that is slow.
 *
 * @param pattern the pattern
 * @param failures the log
 */
record PatternMatcher(Pattern pattern, FailureLog failures) implements NamespaceMatcher {

	/**
	 * Milliseconds from which a pattern is reported as slow.
	 */
	private static final long SLOW = 50;

	@Override
	public Mono<Boolean> matches(String name, Map<String, @Nullable Object> auth) {
		return Mono.just(matches(name));
	}

	boolean matches(String name) {
		long start = System.nanoTime();
		boolean result = this.pattern.matcher(name).matches();
		long millis = (System.nanoTime() - start) / 1_000_000;
		if (millis > SLOW) {
			this.failures.logSlowPattern(this.pattern, millis);
		}
		return result;
	}

}
