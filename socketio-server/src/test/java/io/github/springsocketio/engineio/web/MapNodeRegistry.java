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

import reactor.core.publisher.Mono;

/**
 * A registry of nodes in memory.
 */
final class MapNodeRegistry implements NodeRegistry {

	private final Map<String, String> addresses = new ConcurrentHashMap<>();

	Map<String, String> addresses() {
		return this.addresses;
	}

	@Override
	public Mono<Void> publish(String tag, String address, Duration timeToLive) {
		return Mono.fromRunnable(() -> this.addresses.put(tag, address));
	}

	@Override
	public Mono<Void> remove(String tag) {
		return Mono.fromRunnable(() -> this.addresses.remove(tag));
	}

	@Override
	public Mono<String> find(String tag) {
		return Mono.fromSupplier(() -> this.addresses.get(tag));
	}

}
