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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any value of our own cookie is sent in a line that holds nothing else, and read as it
 * was.
 */
class CookieValueFuzz {

	private static final SessionCookie COOKIE = new SessionCookie(SessionCookieOptions.builder().build());

	@FuzzTest(maxDuration = "60s")
	void fuzz(byte[] data) {
		String value = new String(data, StandardCharsets.UTF_8);
		String line = COOKIE.line(value);
		String pair = line.substring(0, line.indexOf(';'));
		String name = pair.substring(0, pair.indexOf('='));
		if (!line.chars().allMatch((c) -> c >= ' ' && c < 127)
				|| !Cookies.parse("a=b; " + pair + "; c=d").equals(Map.of("a", "b", name, value, "c", "d"))) {
			throw new IllegalStateException("Another value");
		}
	}

}
