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
import java.util.TreeSet;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the environment variables of the profile {@code cluster} ask for.
 */
final class ClusterSettings {

	private static final String PREFIX = "socketio.adapter.redis.";

	private static final Map<String, String> TYPES = Map.of("streams", "redis-streams", "pubsub", "redis", "sharded",
			"redis-sharded");

	private static final Map<String, Map<String, String>> OPTIONS = Map.of("streams",
			Map.of("streamName", "streams.stream-name", "streamCount", "streams.stream-count", "channelPrefix",
					"streams.channel-prefix", "useShardedPubSub", "streams.sharded-pub-sub", "maxLen",
					"streams.max-length", "readCount", "streams.read-count", "blockTimeInMs", "streams.block-time",
					"sessionKeyPrefix", "streams.session-key-prefix", "onlyPlaintext", "streams.only-plaintext"),
			"pubsub",
			Map.of("key", "pub-sub.key", "requestsTimeout", "", "publishOnSpecificResponseChannel",
					"pub-sub.publish-on-specific-response-channel"),
			"sharded",
			Map.of("channelPrefix", "sharded.channel-prefix", "subscriptionMode", "sharded.subscription-mode"));

	private ClusterSettings() {
	}

	static void add(Map<String, String> environment, Map<String, Object> properties) {
		String url = Settings.value(environment, "REDIS_URL", "");
		if (!url.startsWith("redis://")) {
			throw new InvalidSettingException("REDIS_URL", url, List.of("redis://HOST:PORT"));
		}
		properties.put("conformance.redis", url);
		String adapter = Settings.oneOf(environment, "ADAPTER", "streams", List.copyOf(new TreeSet<>(TYPES.keySet())));
		properties.put("socketio.adapter.type", TYPES.getOrDefault(adapter, adapter));
		Map<String, String> names = OPTIONS.getOrDefault(adapter, Map.of());
		options(environment).forEach((name, value) -> {
			String property = names.get(name);
			if (property == null) {
				throw new InvalidSettingException("ADAPTER_OPTIONS", name, List.copyOf(new TreeSet<>(names.keySet())));
			}
			properties.put(property.isEmpty() ? "conformance.requests-timeout" : PREFIX + property, value);
		});
		properties.put("socketio.cookie.enabled", true);
		addRecovery(Settings.value(environment, "RECOVERY", "off"), properties);
	}

	private static Map<String, Object> options(Map<String, String> environment) {
		String json = Settings.value(environment, "ADAPTER_OPTIONS", "{}");
		try {
			return JsonMapper.shared().readValue(json, new TypeReference<>() {
			});
		}
		catch (JacksonException ex) {
			throw new InvalidSettingException("ADAPTER_OPTIONS", json, List.of("a JSON object"));
		}
	}

	private static void addRecovery(String recovery, Map<String, Object> properties) {
		if (recovery.equals("off")) {
			return;
		}
		if (!recovery.matches("[1-9][0-9]{0,9}")) {
			throw new InvalidSettingException("RECOVERY", recovery, List.of("off", "milliseconds"));
		}
		properties.put("socketio.connection-state-recovery.enabled", true);
		properties.put("socketio.connection-state-recovery.max-disconnection-duration", recovery + "ms");
		properties.put("socketio.connection-state-recovery.skip-middlewares", true);
	}

}
