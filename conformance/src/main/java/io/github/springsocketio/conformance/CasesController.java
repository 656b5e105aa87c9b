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

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Shows what goes on in the profile {@code cases}.
 */
@RestController
@Profile("cases")
class CasesController {

	private final LogCounter log;

	private final MeterRegistry meters;

	CasesController(LogCounter log, MeterRegistry meters) {
		this.log = log;
		this.meters = meters;
	}

	@GetMapping(path = "/who", produces = MediaType.TEXT_PLAIN_VALUE)
	Mono<String> who(ServerWebExchange exchange) {
		return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty("");
	}

	@GetMapping("/log")
	Map<String, Object> log(@RequestParam(defaultValue = "0") int since) {
		return this.log.since(since);
	}

	@GetMapping("/metrics-uri")
	List<String> uris() {
		return this.meters.find("http.server.requests")
			.meters()
			.stream()
			.map((meter) -> meter.getId().getTag("uri"))
			.filter(Objects::nonNull)
			.distinct()
			.toList();
	}

}
