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

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.github.springsocketio.engineio.ApplicationCalls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The addresses of nodes in a {@link NodeRegistry}. Each entry has a signature of the tag
 * and the address. Results are cached for some seconds, including those of unknown tags,
 * because tags may be forged.
 */
final class NodeAddresses {

	static final Duration TIME_TO_LIVE = Duration.ofSeconds(15);

	private static final Log logger = LogFactory.getLog(NodeAddresses.class);

	private static final long KEPT = Duration.ofSeconds(5).toNanos();

	private static final int MAX_KEPT = 4096;

	private static final int MAX_LOOKUPS = 100;

	private static final String PURPOSE = "node";

	private final NodeRegistry registry;

	private final NodeSecret secret;

	private final Duration timeout;

	private final LongSupplier nanoTime;

	private final Map<String, Known> known = new ConcurrentHashMap<>();

	private final AtomicInteger lookups = new AtomicInteger();

	NodeAddresses(NodeRegistry registry, NodeSecret secret, Duration timeout, LongSupplier nanoTime) {
		this.registry = registry;
		this.secret = secret;
		this.timeout = timeout;
		this.nanoTime = nanoTime;
	}

	Mono<Void> publish(String tag, URI address) {
		String text = address.toString();
		return Mono
			.defer(() -> this.registry.publish(tag, text + " " + this.secret.sign(PURPOSE, tag, text), TIME_TO_LIVE))
			.timeout(this.timeout);
	}

	/**
	 * Find the address of a node.
	 * @return empty if the node is unknown, or the registry is not available
	 */
	Mono<URI> find(String tag) {
		Known last = this.known.get(tag);
		if (last != null && this.nanoTime.getAsLong() - last.time() < KEPT) {
			return Mono.justOrEmpty(last.address());
		}
		return Mono.defer(() -> {
			if (this.lookups.incrementAndGet() > MAX_LOOKUPS) {
				this.lookups.decrementAndGet();
				return Mono.empty();
			}
			return lookUp(tag).doFinally((signal) -> this.lookups.decrementAndGet());
		});
	}

	private Mono<URI> lookUp(String tag) {
		return ApplicationCalls.defer(() -> this.registry.find(tag))
			.timeout(this.timeout)
			.mapNotNull((text) -> verified(tag, text))
			.doOnNext((address) -> keep(tag, address))
			.switchIfEmpty(Mono.fromRunnable(() -> keep(tag, null)))
			.onErrorResume((ex) -> {
				logger.debug("The address of a node could not be looked up", ex);
				return Mono.empty();
			});
	}

	private @Nullable URI verified(String tag, String text) {
		int space = text.indexOf(' ');
		if (space < 0 || !this.secret.isValid(text.substring(space + 1), PURPOSE, tag, text.substring(0, space))) {
			logger.debug("Address of a node ignored: not signed with the secret of this node");
			return null;
		}
		return URI.create(text.substring(0, space));
	}

	private void keep(String tag, @Nullable URI address) {
		long now = this.nanoTime.getAsLong();
		if (this.known.size() >= MAX_KEPT) {
			this.known.values().removeIf((entry) -> now - entry.time() >= KEPT);
		}
		if (this.known.size() < MAX_KEPT) {
			this.known.put(tag, new Known(address, now));
		}
	}

	/**
	 * Remove a cached address, because the node cannot be reached.
	 */
	void forget(String tag) {
		this.known.remove(tag);
	}

	/**
	 * A cached result.
	 *
	 * @param address the address, or {@code null} if the node is unknown
	 * @param time the time of the lookup
	 */
	private record Known(@Nullable URI address, long time) {

	}

}
