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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Addresses of nodes in a registry.
 */
class NodeAddressesTests {

	private static final URI ADDRESS = URI.create("http://localhost:1");

	private final AtomicLong time = new AtomicLong();

	private final AtomicInteger lookups = new AtomicInteger();

	private final MapNodeRegistry map = new MapNodeRegistry();

	private final NodeAddresses addresses = addresses(registry(this.map), "the secret of the nodes");

	private NodeRegistry registry(NodeRegistry delegate) {
		return new NodeRegistry() {

			@Override
			public Mono<Void> publish(String tag, String address, Duration timeToLive) {
				return delegate.publish(tag, address, timeToLive);
			}

			@Override
			public Mono<Void> remove(String tag) {
				return delegate.remove(tag);
			}

			@Override
			public Mono<String> find(String tag) {
				NodeAddressesTests.this.lookups.incrementAndGet();
				return delegate.find(tag);
			}

		};
	}

	private NodeAddresses addresses(NodeRegistry registry, String secret) {
		return new NodeAddresses(registry, new NodeSecret(secret), Duration.ofSeconds(1), this.time::get);
	}

	private URI find(String tag) {
		return this.addresses.find(tag).block(Await.LIMIT);
	}

	@Test
	void shouldKeepWhatIsKnownForAWhile() {
		assertThat(find("one")).isNull();
		this.addresses.publish("one", ADDRESS).block(Await.LIMIT);
		assertThat(find("one")).isNull();
		this.time.addAndGet(Duration.ofSeconds(5).toNanos());
		assertThat(find("one")).isEqualTo(ADDRESS);
		assertThat(find("one")).isEqualTo(ADDRESS);
		assertThat(this.lookups).hasValue(2);
		this.addresses.forget("one");
		assertThat(find("one")).isEqualTo(ADDRESS);
		assertThat(this.lookups).hasValue(3);
	}

	@Test
	void shouldIgnoreAddressesWithoutTheSignatureOfTheirNode() {
		addresses(this.map, "another secret of nodes").publish("one", ADDRESS).block(Await.LIMIT);
		assertThat(find("one")).isNull();
		this.addresses.publish("two", ADDRESS).block(Await.LIMIT);
		this.map.addresses().put("three", this.map.addresses().get("two"));
		assertThat(find("three")).isNull();
		assertThat(find("two")).isEqualTo(ADDRESS);
	}

	@Test
	void shouldLookUpAgainAfterAnyNumberOfFailures() {
		NodeAddresses failing = addresses(new NodeRegistry() {

			@Override
			public Mono<Void> publish(String tag, String address, Duration timeToLive) {
				return NodeAddressesTests.this.map.publish(tag, address, timeToLive);
			}

			@Override
			public Mono<Void> remove(String tag) {
				return NodeAddressesTests.this.map.remove(tag);
			}

			@Override
			public Mono<String> find(String tag) {
				if (tag.startsWith("failing")) {
					throw new IllegalStateException("test");
				}
				return NodeAddressesTests.this.map.find(tag);
			}

		}, "the secret of the nodes");
		for (int i = 0; i < 1000; i++) {
			assertThat(failing.find("failing" + i).onErrorComplete().block(Await.LIMIT)).isNull();
		}
		failing.publish("one", ADDRESS).block(Await.LIMIT);
		assertThat(failing.find("one").block(Await.LIMIT)).isEqualTo(ADDRESS);
	}

	@Test
	void shouldNotKeepAnyNumberOfForgedTags() {
		for (int i = 0; i < 10_000; i++) {
			assertThat(find("tag" + i)).isNull();
		}
		this.addresses.publish("one", ADDRESS).block(Await.LIMIT);
		assertThat(find("one")).isEqualTo(ADDRESS);
	}

	@Test
	void shouldBoundLookupsThatArePending() {
		NodeAddresses silent = addresses(registry(new SilentRegistry()), "the secret of the nodes");
		for (int i = 0; i < 200; i++) {
			silent.find("tag" + i).subscribe();
		}
		assertThat(this.lookups).hasValue(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:8080", "http://localhost", "http://localhost:1/path", "http://u@localhost:1",
			"ftp://localhost:1", "http://localhost:1?x" })
	void shouldRefuseWhatIsNoAddress(String address) {
		Forwarding forwarding = Forwarding.builder(this.map).secret("0123456789abcdef").build();
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> forwarding.announce("one", URI.create(address)));
	}

	@Test
	void shouldRefuseShortSecrets() {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> Forwarding.builder(this.map).secret("0123456789abcde"))
			.withMessageNotContaining("0123456789abcde");
	}

	/**
	 * A registry that does not respond.
	 */
	private static final class SilentRegistry implements NodeRegistry {

		@Override
		public Mono<Void> publish(String tag, String address, Duration timeToLive) {
			return Mono.never();
		}

		@Override
		public Mono<Void> remove(String tag) {
			return Mono.never();
		}

		@Override
		public Mono<String> find(String tag) {
			return Mono.never();
		}

	}

}
