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

import reactor.core.publisher.Mono;

/**
 * A registry in which the nodes of a cluster publish their addresses for each other. The
 * entries are signed, so that the registry need not be trusted.
 *
 * @since 0.1.0
 * @see Forwarding
 */
public interface NodeRegistry {

	/**
	 * Publish the address of a node.
	 * @param tag the tag of the node
	 * @param address its address, as a text that only {@link Forwarding} interprets
	 * @param timeToLive how long the address is to be found, unless it is published again
	 * @return completes when the address is stored
	 */
	Mono<Void> publish(String tag, String address, Duration timeToLive);

	/**
	 * Remove the address of a node.
	 * @param tag the tag of the node
	 * @return completes when the address is removed
	 */
	Mono<Void> remove(String tag);

	/**
	 * Find the address of a node. Called on an event loop; must not block.
	 * @param tag the tag, which may be made up: 1 to 16 characters of
	 * {@code A-Z a-z 0-9 - _}
	 * @return emits the address as it was published, on any thread; empty if there is no
	 * such node
	 */
	Mono<String> find(String tag);

}
