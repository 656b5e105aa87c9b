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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.SocketIoOptionsCustomizer;
import io.github.springsocketio.redis.RedisStreamGap;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;

/**
 * The profile {@code cluster}: one of several nodes that share a Redis.
 */
@Configuration(proxyBeanMethods = false)
@Profile("cluster")
class ClusterConfiguration {

	private final EventLog events;

	ClusterConfiguration(EventLog events) {
		this.events = events;
	}

	@Bean
	SocketIoOptionsCustomizer requestsTimeout(@Value("${conformance.requests-timeout:5000}") long millis) {
		return (options) -> options.requestTimeout(Duration.ofMillis(millis));
	}

	@Bean
	NamespaceConfigurer namespaces(@Value("${conformance.node}") String node) {
		ClusterHandlers handlers = new ClusterHandlers(this.events, node);
		return (io) -> {
			io.onRecovery((namespace, outcome) -> record(namespace.name(), outcome));
			for (String name : new String[] { "/", "/chat", "/only-" + node }) {
				handlers.register(io.of(name));
			}
			handlers.register(io.of("/slow").use((socket) -> Delays.of(500)));
			io.onNewNamespace(handlers::registerServerSide);
			handlers.registerSockets(io.of(Pattern.compile("^/dyn-.*$")));
		};
	}

	private void record(String nsp, RecoveryOutcome outcome) {
		String text = (outcome == RecoveryOutcome.EXPIRED) ? RecoveryOutcome.UNKNOWN.text() : outcome.text();
		this.events.add("recovery", Map.of("nsp", nsp, "outcome", text));
	}

	@EventListener
	void gap(RedisStreamGap gap) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("nsp", null);
		this.events.add("gap", fields);
	}

}
