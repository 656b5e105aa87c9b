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
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PrometheusProcess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The queries for the adapters on Redis in the dashboard of the documentation: each has
 * data in a Prometheus that has read the metrics of a node, and each metric is in a
 * query.
 */
@Timeout(120)
@RequiresProgram("redis-server")
class RedisDashboardIT {

	private static final Path DASHBOARD = Path.of("../docs/grafana/socketio.json");

	private static final String ROW = "Adapter on Redis";

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	@TempDir
	private Path directory;

	@Test
	@RequiresProgram("prometheus")
	void everyQueryHasData() throws IOException {
		List<String> expressions = expressions();
		DisposableServer metrics = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle((request, response) -> response.header("Content-Type", "text/plain; version=0.0.4")
				.sendString(Mono.fromSupplier(this.registry::scrape)))
			.bindNow(Await.LIMIT);
		try (RedisServer redis = RedisServer.start();
				TestNode node = start(redis, 0);
				TestNode other = start(redis, 1);
				PrometheusProcess prometheus = PrometheusProcess.start(this.directory, metrics.port())) {
			new RedisAdapterMetrics(node.factory()).bindTo(this.registry);
			for (String expression : expressions) {
				prometheus.awaitData(expression, () -> load(redis, node, other));
			}
		}
		finally {
			metrics.disposeNow(Await.LIMIT);
		}
		assertThat(this.registry.getMeters()).hasSizeGreaterThan(5)
			.extracting((meter) -> meter.getId().getName().replace('.', '_'))
			.allSatisfy((name) -> assertThat(expressions.toString()).contains(name));
	}

	private static TestNode start(RedisServer redis, int others) {
		return TestNode.start(redis, others, RedisAdapterFactory::streams, RedisAdapterCluster.properties(),
				(options) -> {
				});
	}

	/**
	 * Make something of everything.
	 */
	private static void load(RedisServer redis, TestNode node, TestNode other) {
		node.io().publish("x").block(Await.LIMIT);
		other.io().publish("x").block(Await.LIMIT);
		node.io().fetchSockets().collectList().block(Await.LIMIT);
		assertThat(redis.request("XADD socket.io * uid other nsp / type x")).startsWith("$");
		node.factory().link().observers().gap(new RedisStreamGap("socket.io", "1-0", "2-0"));
	}

	private static List<String> expressions() throws IOException {
		List<String> expressions = new ArrayList<>();
		boolean inRow = false;
		for (JsonNode panel : JsonMapper.shared().readTree(Files.readString(DASHBOARD)).get("panels")) {
			if (panel.get("type").asString().equals("row")) {
				inRow = panel.get("title").asString().equals(ROW);
			}
			if (inRow) {
				panel.path("targets").forEach((target) -> expressions.add(target.get("expr").asString()));
			}
		}
		return expressions;
	}

}
