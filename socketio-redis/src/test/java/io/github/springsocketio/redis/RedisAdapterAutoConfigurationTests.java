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

package io.github.springsocketio.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration;
import io.github.springsocketio.engineio.web.NodeRegistry;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

@RequiresProgram("redis-server")
class RedisAdapterAutoConfigurationTests {

	private static final Pattern ROW = Pattern
		.compile("\\| `(socketio\\.adapter\\.redis\\.[^`]+)` \\| ([^|]+) \\| ([^|]+) \\|");

	private static RedisServer redis;

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(RedisAdapterAutoConfiguration.class, RedisAdapterHealthAutoConfiguration.class,
						RedisAdapterMetricsAutoConfiguration.class, SocketIoAutoConfiguration.class))
		.withBean(LettuceConnectionFactory.class,
				() -> new LettuceConnectionFactory("127.0.0.1", redis.uri().getPort()));

	@BeforeAll
	static void startRedis() {
		redis = RedisServer.start();
	}

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	private static Adapter adapter(SocketIoServer server) {
		return server.of("/").adapter();
	}

	@ParameterizedTest
	@CsvSource({ "redis-streams,RedisStreamsAdapter", "REDIS_STREAMS,RedisStreamsAdapter", "redis,ClusterAdapter",
			"redis-sharded,ClusterAdapter" })
	void adapterIsThatOfTheProperty(String type, String name) {
		this.runner.withPropertyValues("socketio.adapter.type=" + type).run((context) -> {
			assertThat(context).hasSingleBean(SocketIoEmitter.class);
			Adapter adapter = adapter(context.getBean(SocketIoServer.class));
			assertThat(adapter.getClass().getSimpleName()).isEqualTo(name);
			Await.until("the node counts", () -> adapter.serverCount().block(Await.LIMIT) == 1);
			context.getBean(SocketIoEmitter.class).publish("x").block(Await.LIMIT);
		});
	}

	@Test
	void adapterWorksAgainAfterItsContextWasPaused() {
		this.runner.withPropertyValues("socketio.adapter.type=redis-streams").run((context) -> {
			Adapter adapter = adapter(context.getBean(SocketIoServer.class));
			Await.until("the node counts", () -> adapter.serverCount().block(Await.LIMIT) == 1);
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			source.pause();
			RedisAdapterFactory factory = context.getBean(RedisAdapterFactory.class);
			Await.until("Redis is not available", () -> !factory.isAvailable());
			source.restart();
			Await.until("the node counts", () -> adapter.serverCount().onErrorReturn(0).block(Await.LIMIT) == 1);
		});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void redisDoesNotSeemToBeLostWhenTheApplicationEnds(CapturedOutput output) {
		this.runner.withPropertyValues("socketio.adapter.type=redis-streams").run((context) -> {
			Adapter adapter = adapter(context.getBean(SocketIoServer.class));
			Await.until("the node counts", () -> adapter.serverCount().block(Await.LIMIT) == 1);
		});
		assertThat(output).doesNotContain("Redis is not available", "Connection is already closed");
	}

	@Test
	void nodesFindEachOther() {
		this.runner
			.withPropertyValues("socketio.adapter.type=redis", "socketio.cluster.forward=true",
					"socketio.cluster.secret=0123456789abcdef", "socketio.adapter.redis.node-key-prefix=nodes:")
			.run((context) -> {
				NodeRegistry registry = context.getBean(NodeRegistry.class);
				assertThat(registry.find("one").block(Await.LIMIT)).isNull();
				registry.publish("one", "http://é", Duration.ofMinutes(1)).block(Await.LIMIT);
				registry.publish("two", "http://two", Duration.ofMillis(1)).block(Await.LIMIT);
				assertThat(registry.find("one").block(Await.LIMIT)).isEqualTo("http://é");
				Await.until("the address expires", () -> registry.find("two").block(Await.LIMIT) == null);
				registry.remove("one").block(Await.LIMIT);
				assertThat(registry.find("one").block(Await.LIMIT)).isNull();
			});
	}

	@Test
	void nothingIsConfiguredForAnotherAdapter() {
		this.runner.run((context) -> {
			assertThat(context).doesNotHaveBean(AdapterFactory.class).doesNotHaveBean(SocketIoEmitter.class);
			assertThat(adapter(context.getBean(SocketIoServer.class))).isInstanceOf(InMemoryAdapter.class);
		});
	}

	@Test
	void factoryOfTheApplicationWins() {
		this.runner.withPropertyValues("socketio.adapter.type=redis-streams")
			.withBean(AdapterFactory.class, () -> InMemoryAdapter::new)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(RedisAdapterFactory.class);
				assertThat(adapter(context.getBean(SocketIoServer.class))).isInstanceOf(InMemoryAdapter.class);
			});
	}

	@Test
	void missingConnectionIsAnError() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RedisAdapterAutoConfiguration.class, SocketIoAutoConfiguration.class))
			.withPropertyValues("socketio.adapter.type=redis-streams")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("spring-boot-starter-data-redis"));
	}

	@Test
	void missingModuleIsAnError() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class))
			.withPropertyValues("socketio.adapter.type=redis-streams")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("socketio-redis"));
	}

	@Test
	void valuesAreChecked() {
		this.runner
			.withPropertyValues("socketio.adapter.type=redis-streams", "socketio.adapter.redis.streams.stream-count=0")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("stream-count"));
	}

	@Test
	void emitterNeedsNoServer() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RedisAdapterAutoConfiguration.class))
			.withBean(LettuceConnectionFactory.class,
					() -> new LettuceConnectionFactory("127.0.0.1", redis.uri().getPort()))
			.withPropertyValues("socketio.adapter.type=redis-streams")
			.run((context) -> {
				SocketIoEmitter emitter = context.getBean(SocketIoEmitter.class);
				emitter.publish("x", 1).block(Await.LIMIT);
				ConfigurableApplicationContext source = context.getSourceApplicationContext();
				source.stop();
				source.start();
				emitter.publish("x", 2).block(Await.LIMIT);
			});
	}

	@Test
	void healthAndMetersTellOfRedis() {
		this.runner.withPropertyValues("socketio.adapter.type=redis-streams").run((context) -> {
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean("socketIoRedisMetrics", MeterBinder.class).bindTo(registry);
			Adapter adapter = adapter(context.getBean(SocketIoServer.class));
			HealthIndicator health = context.getBean("socketIoAdapterHealthIndicator", HealthIndicator.class);
			Await.until("Redis is available", () -> health.health().getStatus().equals(Status.UP));
			assertThat(registry.get("socketio.adapter.connected").gauge().value()).isOne();
			Await.until("the node counts", () -> adapter.serverCount().block(Await.LIMIT) == 1);
			context.getBean(SocketIoServer.class).publish("x").block(Await.LIMIT);
			assertThat(registry.get("socketio.adapter.publish").timer().count()).isPositive();
			assertThat(registry.get("socketio.adapter.requests").tag("outcome", "timeout").counter().count()).isZero();
			assertThat(registry.get("socketio.adapter.gaps").counter().count()).isZero();
			assertThat(registry.get("socketio.adapter.lag").timeGauge()).isNotNull();
		});
	}

	@Test
	@Tag("CL-40")
	@Tag("CL-70")
	void everyPropertyIsDocumentedWithItsDefault() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		Matcher row = ROW.matcher(Files.readString(Path.of("../docs/many-nodes.md")));
		while (row.find()) {
			documented.put(row.group(1), row.group(3).strip());
		}
		Map<String, String> expected = new TreeMap<>();
		JsonNode metadata = JsonMapper.shared()
			.readTree(Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json")));
		for (JsonNode property : metadata.get("properties")) {
			assertThat(property.path("description").asString("")).as(property.get("name").asString())
				.endsWith(".")
				.doesNotStartWith("The ");
			expected.put(property.get("name").asString(), "`" + property.path("defaultValue").asString("none") + "`");
		}
		assertThat(documented).isEqualTo(expected);
	}

}
