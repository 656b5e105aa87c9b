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

package io.github.springsocketio.conformance;

import java.util.List;
import java.util.Map;

/**
 * What the environment variables of the profile {@code cases} ask for.
 */
final class CasesSettings {

	private static final List<String> STRATEGIES = List.of("none", "native", "framework");

	private static final List<String> USERS = List.of("none", "session", "form", "basic");

	private static final List<String> DEFLATE = List.of("on", "server-no-context", "client-no-context");

	private CasesSettings() {
	}

	static void add(Map<String, String> environment, Map<String, Object> properties) {
		Settings.addCors(environment, properties);
		properties.put("server.forward-headers-strategy", Settings.oneOf(environment, "FORWARDED", "none", STRATEGIES));
		addUsers(Settings.oneOf(environment, "USERS", "none", USERS), properties);
		addTimers(environment, properties);
		addRecovery(Settings.value(environment, "RECOVERY", "off"), properties);
		addDeflate(Settings.value(environment, "DEFLATE", ""), properties);
	}

	private static void addUsers(String users, Map<String, Object> properties) {
		properties.put("conformance.users", users);
		properties.put("conformance.sessions", !users.equals("none"));
	}

	private static void addTimers(Map<String, String> environment, Map<String, Object> properties) {
		String[] times = Settings.value(environment, "PING", "25000,20000").split(",");
		properties.put("socketio.ping-interval", times[0]);
		properties.put("socketio.ping-timeout", times[times.length - 1]);
	}

	private static void addRecovery(String limit, Map<String, Object> properties) {
		if (!limit.equals("off")) {
			properties.put("socketio.connection-state-recovery.enabled", true);
			properties.put("socketio.connection-state-recovery.max-disconnection-duration", limit);
			properties.put("socketio.connection-state-recovery.skip-middlewares", true);
		}
	}

	private static void addDeflate(String deflate, Map<String, Object> properties) {
		if (deflate.isEmpty()) {
			return;
		}
		List<String> words = List.of(deflate.split(","));
		for (String word : words) {
			if (!DEFLATE.contains(word)) {
				throw new InvalidSettingException("DEFLATE", word, DEFLATE);
			}
		}
		String prefix = "socketio.websocket.compression.";
		properties.put(prefix + "enabled", true);
		properties.put(prefix + "server-no-context", words.contains("server-no-context"));
		properties.put(prefix + "preferred-client-no-context", words.contains("client-no-context"));
	}

}
