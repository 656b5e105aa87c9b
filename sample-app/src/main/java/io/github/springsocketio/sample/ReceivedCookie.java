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

package io.github.springsocketio.sample;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

import io.github.springsocketio.engineio.web.Cookies;

/**
 * A received cookie, for the inspector of the page.
 *
 * @param name the name
 * @param value the value, masked if it is secret
 * @param current whether the value is the id of the requesting session
 */
record ReceivedCookie(String name, String value, boolean current) {

	private static final Set<String> PUBLIC = Set.of("uid", "randomId");

	static List<ReceivedCookie> parse(String header, String sid) {
		return Cookies.parse(header)
			.entrySet()
			.stream()
			.map((cookie) -> new ReceivedCookie(cookie.getKey(), shown(cookie.getKey(), cookie.getValue()),
					cookie.getValue().equals(sid)))
			.sorted(Comparator.comparing(ReceivedCookie::name))
			.toList();
	}

	private static String shown(String name, String value) {
		return PUBLIC.contains(name) ? value : value.substring(0, Math.min(4, value.length())) + "…";
	}

}
