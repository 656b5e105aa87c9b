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

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells that the server is ready, and what it has recorded.
 */
@RestController
class StatusController {

	private final Health health;

	private final EventLog events;

	StatusController(@Value("${conformance.profile}") String profile, @Value("${conformance.node}") String node,
			EventLog events) {
		this.health = new Health(true, profile, node);
		this.events = events;
	}

	@GetMapping("/health")
	Health health() {
		return this.health;
	}

	@GetMapping("/events")
	List<Map<String, Object>> events(@RequestParam(defaultValue = "0") int since) {
		return this.events.since(since);
	}

	@JsonPropertyOrder({ "ready", "profile", "node" })
	record Health(boolean ready, String profile, String node) {

	}

}
