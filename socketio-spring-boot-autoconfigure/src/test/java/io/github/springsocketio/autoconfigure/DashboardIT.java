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

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.ForkedProgram;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard in the documentation: each of its queries has data in a Prometheus that
 * has read the metrics of an application under load.
 */
@Timeout(120)
class DashboardIT {

	private static final Path DASHBOARD = Path.of("../docs/grafana/socketio.json");

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final Pattern LISTENING = Pattern.compile("msg=\"?Listening on\"? address=\\S*:(\\d+)\\s");

	private static final Pattern READY = Pattern.compile("Server is ready");

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	@RequiresProgram("prometheus")
	void everyQueryHasData() throws IOException {
		try (TestApplication application = TestApplication.run(Application.class, "socketio.limits.max-sessions=3",
				"socketio.connection-state-recovery.enabled=true")) {
			load(application);
			try (ForkedProgram prometheus = prometheus(application.port())) {
				prometheus.awaitOutput(READY);
				int port = Integer.parseInt(prometheus.awaitOutput(LISTENING).group(1));
				for (String expression : expressions()) {
					String query = expression.replace("$instance", ".*").replace("$__rate_interval", "1m");
					prometheus.until("data for " + query, () -> hasData(port, query) || loadAgain(application));
				}
			}
		}
	}

	@Test
	void dashboardIsWellFormed() throws IOException {
		JsonNode dashboard = dashboard();
		Set<Integer> ids = new HashSet<>();
		Set<String> places = new HashSet<>();
		assertThat(dashboard.get("schemaVersion").asInt()).isPositive();
		assertThat(dashboard.get("panels")).isNotEmpty().allSatisfy((panel) -> {
			assertThat(ids.add(panel.get("id").asInt())).isTrue();
			assertThat(panel.get("title").asString()).isNotEmpty();
			JsonNode place = panel.get("gridPos");
			assertThat(places.add(place.get("x") + "," + place.get("y"))).isTrue();
			assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
			if (!panel.get("type").asString().equals("row")) {
				assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
				assertThat(panel.get("targets")).isNotEmpty().allSatisfy((target) -> {
					assertThat(target.get("refId").asString()).isNotEmpty();
					assertThat(target.get("expr").asString()).contains("$instance");
				});
			}
		});
		assertThat(dashboard.at("/templating/list").valueStream().map((variable) -> variable.get("name").asString()))
			.containsExactly("datasource", "instance");
	}

	private static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(DASHBOARD));
	}

	private static List<String> expressions() throws IOException {
		List<String> expressions = new ArrayList<>();
		dashboard().get("panels")
			.forEach((panel) -> panel.path("targets")
				.forEach((target) -> expressions.add(target.get("expr").asString())));
		assertThat(expressions).hasSizeGreaterThan(15);
		return expressions;
	}

	/**
	 * Rates need a change between two readings.
	 * @return {@code false}, as it is not read yet
	 */
	private static boolean loadAgain(TestApplication application) {
		load(application);
		return false;
	}

	/**
	 * Make something of everything.
	 */
	private static void load(TestApplication application) {
		SocketIoServer io = application.bean(SocketIoServer.class);
		io.engine().sessions().forEach(EngineSession::closeNow);
		Await.until("no session is left", () -> io.engine().clientsCount() == 0);
		application.get(POLLING);
		try (WireWebSocket websocket = application.websocket(WEBSOCKET)) {
			assertThat(websocket.receive()).startsWith("0{");
			websocket.send("40{\"pid\":\"unknown\"}");
			assertThat(websocket.receive()).startsWith("40{");
			websocket.send("420[\"fine\"]");
			assertThat(websocket.receive()).isEqualTo("430[]");
			websocket.send("421[\"failing\"]");
			assertThat(websocket.receive()).startsWith("431[");
			websocket.send("42[\"unknown\"]");
			websocket.send("422[\"ask\"]");
			String question = websocket.receive();
			assertThat(question).startsWith("42").endsWith("[\"question\"]");
			websocket.send("43" + question.substring(2, question.indexOf('[')) + "[]");
			assertThat(websocket.receive()).isEqualTo("432[]");
			application.bean(OperationMetrics.class).threadHeld(io.sockets().sockets().values().iterator().next());
			io.emit("x");
			assertThat(websocket.receive()).startsWith("42[\"x\"");
			io.of("/broken").emit("x");
			application.get(POLLING + "&sid=unknown");
			application.get(POLLING);
			assertThat(application.get(POLLING).statusCode()).isEqualTo(503);
		}
	}

	private ForkedProgram prometheus(int target) throws IOException {
		Path configuration = this.directory.resolve("prometheus.yml");
		Files.writeString(configuration, """
				global:
				  scrape_interval: 1s
				  scrape_timeout: 1s
				scrape_configs:
				  - job_name: socketio
				    metrics_path: /metrics
				    static_configs:
				      - targets: ["localhost:%d"]
				""".formatted(target));
		ProcessBuilder command = new ProcessBuilder("prometheus", "--config.file=" + configuration,
				"--storage.tsdb.path=" + this.directory.resolve("data"), "--web.listen-address=127.0.0.1:0");
		return ForkedProgram.start(command, this.directory.resolve("prometheus.log"));
	}

	private boolean hasData(int port, String query) {
		JsonNode response = query(port, query);
		assertThat(response.at("/status").asString()).as(query + ": " + response).isEqualTo("success");
		return response.at("/data/result")
			.valueStream()
			.mapToDouble((series) -> series.get("value").get(1).asDouble())
			.anyMatch((value) -> value > 0 || (value == 0 && !query.contains("rate(")));
	}

	private JsonNode query(int port, String query) {
		URI uri = URI.create(
				"http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
		try {
			return JsonMapper.shared()
				.readTree(this.client
					.send(HttpRequest.newBuilder(uri).timeout(Await.LIMIT).build(), BodyHandlers.ofString())
					.body());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		PrometheusMeterRegistry meterRegistry() {
			return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		}

		@Bean
		RouterFunction<ServerResponse> metrics(PrometheusMeterRegistry registry) {
			return RouterFunctions.route()
				.GET("/metrics",
						(request) -> ServerResponse.ok()
							.header("Content-Type", "text/plain; version=0.0.4")
							.bodyValue(registry.scrape()))
				.build();
		}

		@Bean
		AdapterFactory adapterFactory() {
			return (namespace) -> namespace.name().equals("/broken") ? new FailingAdapter()
					: new InMemoryAdapter(namespace);
		}

		@Bean
		NamespaceConfigurer namespaces() {
			return (io) -> io.sockets()
				.on("fine", (socket, event) -> event.ack())
				.handle("failing", (socket, event) -> Mono.error(new IllegalStateException("failed")))
				.handle("ask", (socket, event) -> socket.emitWithAck("question").then());
		}

	}

}
