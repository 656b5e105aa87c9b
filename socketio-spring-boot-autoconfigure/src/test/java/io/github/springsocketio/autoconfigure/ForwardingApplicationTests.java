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

package io.github.springsocketio.autoconfigure;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.NodeRegistry;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Applications that forward requests to each other.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ForwardingApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String FORWARD = "socketio.cluster.forward=true";

	private static final String SECRET = "socketio.cluster.secret=the secret of this cluster";

	private static final Map<String, String> ADDRESSES = new ConcurrentHashMap<>();

	private static final BlockingQueue<ServerHttpRequest> REQUESTS = new LinkedBlockingQueue<>();

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class))
		.withPropertyValues(FORWARD);

	@BeforeEach
	void forget() {
		ADDRESSES.clear();
		REQUESTS.clear();
	}

	@ParameterizedTest
	@CsvSource({ "framework,192.0.2.7", "native,192.0.2.7", "none,127.0.0.1" })
	void requestsReachTheNodeOfTheSessionAsTheyCame(String strategy, String address) {
		String[] properties = { FORWARD, SECRET, "server.address=127.0.0.1",
				"server.forward-headers-strategy=" + strategy };
		try (TestApplication one = run("one", properties); TestApplication two = run("two", properties)) {
			Await.until("the nodes are known", () -> ADDRESSES.size() == 2);
			assertThat(ADDRESSES.get("one")).startsWith("http://127.0.0.1:" + one.port() + " ");
			String sid = TestApplication.sid(one.get(POLLING).body());
			REQUESTS.clear();
			String[] forwarded = { "X-Forwarded-For", "192.0.2.7", "X-Forwarded-Proto", "https", "X-Forwarded-Host",
					"app.example" };
			assertThat(two.post(POLLING + "&sid=" + sid, "40", forwarded).body()).isEqualTo("ok");
			for (int node = 0; node < 2; node++) {
				ServerHttpRequest request = Await.next("the request", REQUESTS);
				InetSocketAddress remote = Objects.requireNonNull(request.getRemoteAddress());
				assertThat(remote.getHostString()).isEqualTo(address);
				assertThat(request.getURI().getScheme()).isEqualTo(strategy.equals("none") ? "http" : "https");
			}
			assertThat(two.get(POLLING + "&sid=" + sid).body()).startsWith("40{");
			two.close();
			Await.until("the node is gone", () -> ADDRESSES.size() == 1);
		}
	}

	private static TestApplication run(String tag, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = "socketio.cluster.node-tag=" + tag;
		return TestApplication.run(Application.class, all);
	}

	@Test
	void advertisedAddressIsPublished(CapturedOutput output) {
		try (TestApplication one = run("one", FORWARD, SECRET,
				"socketio.cluster.advertised-address=https://node.example:8443")) {
			Await.until("the node is known", () -> ADDRESSES.size() == 1);
			assertThat(ADDRESSES.get("one")).startsWith("https://node.example:8443 ");
			assertThat(output).doesNotContain("the secret of this cluster");
			assertThat(one.get(POLLING, "X-Socketio-Forwarded", "1;;;x").statusCode()).isEqualTo(403);
		}
	}

	@Test
	void addressIsPublishedAlsoAfterThePauseOfAContext() {
		try (TestApplication one = run("one", FORWARD, SECRET)) {
			Await.until("the node is known", () -> ADDRESSES.containsKey("one"));
			one.context().pause();
			one.context().restart();
			assertThat(ADDRESSES).containsKey("one");
		}
	}

	@Test
	void advertisedAddressIsChecked(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> run("one", FORWARD, SECRET, "socketio.cluster.advertised-address=node.example:8080"));
		assertThat(output).contains("APPLICATION FAILED TO START").contains("socketio.cluster.advertised-address");
	}

	@Test
	void whatIsMissingIsNamed() {
		ReactiveWebApplicationContextRunner registered = this.runner.withBean(NodeRegistry.class, Registry::new);
		assertMissing(this.runner.withPropertyValues(SECRET, "socketio.cluster.node-tag=one"),
				"socketio.cluster.forward", "socketio-redis");
		assertMissing(registered.withPropertyValues(SECRET), "socketio.cluster.node-tag", "needed");
		assertMissing(registered.withPropertyValues("socketio.cluster.node-tag=one"), "socketio.cluster.secret",
				"needed");
		assertMissing(
				registered.withPropertyValues("socketio.cluster.node-tag=one", "socketio.cluster.secret=short-one"),
				"socketio.cluster.secret", "16 characters");
		assertMissing(
				registered.withPropertyValues("socketio.cluster.node-tag=one", SECRET)
					.withClassLoader(new FilteredClassLoader("org.springframework.boot.reactor.netty")),
				"socketio.cluster.forward", "Reactor Netty");
		assertMissing(
				registered.withBean("webHandler", WebHandler.class, () -> (exchange) -> Mono.empty())
					.withPropertyValues("socketio.cluster.node-tag=one", SECRET, "socketio.server.port=0"),
				"socketio.cluster.forward", "not supported with 'socketio.server.port'");
		registered.withPropertyValues("socketio.cluster.node-tag=one", SECRET)
			.run((context) -> assertThat(context).hasSingleBean(EngineWebFilter.class)
				.hasBean("socketIoForwardedRequestFilter"));
	}

	private static void assertMissing(ReactiveWebApplicationContextRunner runner, String property, String reason) {
		runner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(InvalidSocketIoPropertyException.class)
			.hasMessageContaining("'" + property + "'")
			.hasMessageContaining(reason)
			.hasMessageNotContaining("short-one"));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		NamespaceConfigurer events() {
			return (io) -> io.sockets().on("x", (socket, event) -> event.ack());
		}

		/**
		 * Event loops of its own, because those of the process end with the first
		 * application.
		 */
		@Bean
		ReactorResourceFactory reactorResources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		@Bean
		NodeRegistry registry() {
			return new Registry();
		}

		@Bean
		WebFilter recorder() {
			return (exchange, chain) -> {
				REQUESTS.add(exchange.getRequest());
				return chain.filter(exchange);
			};
		}

	}

	/**
	 * The registry of all nodes of a test.
	 */
	private static final class Registry implements NodeRegistry {

		@Override
		public Mono<Void> publish(String tag, String address, Duration timeToLive) {
			return Mono.fromRunnable(() -> ADDRESSES.put(tag, address));
		}

		@Override
		public Mono<Void> remove(String tag) {
			return Mono.fromRunnable(() -> ADDRESSES.remove(tag));
		}

		@Override
		public Mono<String> find(String tag) {
			return Mono.fromSupplier(() -> ADDRESSES.get(tag));
		}

	}

}
