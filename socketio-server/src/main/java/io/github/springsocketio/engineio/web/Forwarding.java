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

import io.github.springsocketio.OptionChecks;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Forwards requests for sessions of other nodes to these nodes. Each node announces its
 * address, and needs a
 * {@linkplain io.github.springsocketio.engineio.EngineOptions#nodeTag() tag} and Reactor
 * Netty as the server.
 *
 * @since 0.1.0
 * @see EngineWebFilter.Builder#forwarding(Forwarding)
 */
public final class Forwarding {

	private static final Log logger = LogFactory.getLog(Forwarding.class);

	private static final int MIN_SECRET = 16;

	private final NodeRegistry registry;

	private final NodeSecret secret;

	private final Duration connectTimeout;

	private final int maxRequests;

	private Forwarding(Builder builder) {
		this.registry = builder.registry;
		this.secret = new NodeSecret(OptionChecks.hasText("secret", builder.secret));
		this.connectTimeout = builder.connectTimeout;
		this.maxRequests = builder.maxRequests;
	}

	/**
	 * Return a builder.
	 * @param registry where nodes publish their addresses
	 * @return a new builder
	 */
	public static Builder builder(NodeRegistry registry) {
		return new Builder(registry);
	}

	NodeSecret secret() {
		return this.secret;
	}

	NodeRegistry registry() {
		return this.registry;
	}

	Duration connectTimeout() {
		return this.connectTimeout;
	}

	int maxRequests() {
		return this.maxRequests;
	}

	/**
	 * Announce the address of this node every five seconds, and remove it in the end. An
	 * announcement that fails is logged and tried again.
	 * @param nodeTag the tag of this node
	 * @param address where other nodes reach this node: {@code http} or {@code https}, a
	 * host and a port
	 * @return cold; announces the address until it is cancelled, and never completes
	 * @throws IllegalArgumentException if the address is not of that form
	 */
	public Flux<Void> announce(String nodeTag, URI address) {
		OptionChecks.isTrue(isAddress(address), "advertisedAddress", address,
				"must have the form 'http://host:port' or 'https://host:port'");
		NodeAddresses addresses = new NodeAddresses(this.registry, this.secret, this.connectTimeout, System::nanoTime);
		Mono<Void> removal = Mono.defer(() -> this.registry.remove(nodeTag)).onErrorComplete();
		return Flux.usingWhen(Mono.just(nodeTag),
				(tag) -> Flux.interval(Duration.ZERO, NodeAddresses.TIME_TO_LIVE.dividedBy(3))
					.onBackpressureDrop()
					.concatMap((count) -> addresses.publish(tag, address).onErrorResume((ex) -> {
						logger.debug("The address of this node could not be published", ex);
						return Mono.empty();
					}), 1),
				(tag) -> removal);
	}

	private static boolean isAddress(URI address) {
		return ("http".equals(address.getScheme()) || "https".equals(address.getScheme())) && address.getHost() != null
				&& address.getPort() > 0 && address.getUserInfo() == null && address.getRawPath().isEmpty()
				&& address.getRawQuery() == null && address.getRawFragment() == null;
	}

	/**
	 * Builder for {@link Forwarding}.
	 */
	public static final class Builder {

		private final NodeRegistry registry;

		private @Nullable String secret;

		private Duration connectTimeout = Duration.ofSeconds(2);

		private int maxRequests = 10000;

		private Builder(NodeRegistry registry) {
			this.registry = OptionChecks.notNull("registry", registry);
		}

		/**
		 * Set the secret with which nodes sign the requests that they forward, and their
		 * addresses.
		 * @param secret at least 16 characters, the same on each node
		 * @return this builder
		 */
		public Builder secret(String secret) {
			OptionChecks.isTrue(OptionChecks.hasText("secret", secret).length() >= MIN_SECRET, "secret", null,
					"must have at least " + MIN_SECRET + " characters");
			this.secret = secret;
			return this;
		}

		/**
		 * Set the maximum time of a call of the registry, to publish an address or to
		 * look one up, and the maximum time to open a TCP connection to it.
		 * @param connectTimeout the value; {@code Duration.ofSeconds(2)} by default
		 * @return this builder
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = OptionChecks.positive("connectTimeout", connectTimeout);
			return this;
		}

		/**
		 * Set the maximum number of requests and websockets that this node forwards at
		 * the same time. Further ones are refused with the status 503.
		 * @param maxRequests the value; {@code 10000} by default
		 * @return this builder
		 */
		public Builder maxRequests(int maxRequests) {
			this.maxRequests = OptionChecks.atLeast("maxRequests", maxRequests, 1);
			return this;
		}

		/**
		 * Create the forwarding.
		 * @return the forwarding
		 */
		public Forwarding build() {
			return new Forwarding(this);
		}

	}

}
