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

import org.springframework.http.HttpHeaders;

/**
 * Any {@code Cookie} header is read, in the same way whether one cookie is asked for or
 * all.
 */
class CookieFuzz {

	@FuzzTest(maxDuration = "60s")
	void fuzz(byte[] data) {
		String header = new String(data, StandardCharsets.UTF_8);
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.COOKIE, header);
		Map<String, String> cookies = Cookies.parse(header);
		int length = 0;
		for (Map.Entry<String, String> cookie : cookies.entrySet()) {
			length += cookie.getKey().length() + cookie.getValue().length();
			if (!cookie.getValue().equals(Cookies.value(headers, cookie.getKey()))) {
				throw new IllegalStateException("Two values");
			}
		}
		if (length > header.length()) {
			throw new IllegalStateException("More than was sent");
		}
	}

}
