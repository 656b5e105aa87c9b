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

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.test.AckSpec;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PrometheusProcess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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
import org.springframework.core.io.FileSystemResource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard in the documentation: each of its queries has data in a Prometheus that
 * has read the metrics of an application under load, and each metric is in a query. A
 * test of socketio-redis checks the queries of the row for the adapters on Redis. With
 * the system property {@code pictures}, its picture in the documentation is taken, after
 * two minutes of load.
 */
@Timeout(300)
class DashboardIT {

	private static final Path DASHBOARD = Path.of("../docs/grafana/socketio.json");

	private static final Path PICTURE = Path.of("../docs/images/dashboard.png");

	/**
	 * The row whose queries are those of a test of the adapters on Redis.
	 */
	private static final String REDIS = "Adapter on Redis";

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	@TempDir
	private Path directory;

	@Test
	@RequiresProgram("prometheus")
	void everyQueryHasData() throws IOException {
		try (TestApplication application = TestApplication.run(Application.class, "socketio.limits.max-sessions=3",
				"socketio.connection-state-recovery.enabled=true", "socketio.cluster.node-tag=n1")) {
			load(application);
			try (PrometheusProcess prometheus = PrometheusProcess.start(this.directory, application.port())) {
				for (String expression : expressions()) {
					prometheus.awaitData(expression, () -> load(application));
				}
				assertThat(application.bean(PrometheusMeterRegistry.class).getMeters())
					.extracting((meter) -> meter.getId().getName())
					.filteredOn((name) -> name.startsWith("socketio."))
					.hasSizeGreaterThan(15)
					.allSatisfy((name) -> assertThat(expressions().toString()).contains(name.replace('.', '_')));
			}
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "pictures", matches = "true")
	@RequiresProgram("prometheus")
	void pictureIsTaken() throws Exception {
		try (TestApplication application = TestApplication.run(Application.class, "socketio.limits.max-sessions=3",
				"socketio.connection-state-recovery.enabled=true", "socketio.cluster.node-tag=n1");
				PrometheusProcess prometheus = PrometheusProcess.start(this.directory, application.port())) {
			for (int i = 0; i < 240; i++) {
				load(application);
				Await.pass(Duration.ofMillis((long) (350 + 250 * Math.sin(i / 12.0))));
			}
			Files.createDirectories(PICTURE.getParent());
			String page = "http://localhost:" + application.port() + "/grafana/preview.html?minutes=2&interval=10s"
					+ "&prometheus=http://127.0.0.1:" + prometheus.port();
			Process browser = new ProcessBuilder("chromium", "--headless", "--no-sandbox", "--disable-gpu",
					"--user-data-dir=" + this.directory.resolve("profile"), "--hide-scrollbars",
					"--window-size=1100,1290", "--virtual-time-budget=60000",
					"--screenshot=" + PICTURE.toAbsolutePath(), page)
				.redirectErrorStream(true)
				.redirectOutput(this.directory.resolve("browser.log").toFile())
				.start();
			assertThat(browser.waitFor(1, TimeUnit.MINUTES)).isTrue();
		}
		shrink(PICTURE);
	}

	/**
	 * Use 16 tones of each color instead of 256.
	 */
	private static void shrink(Path picture) throws IOException {
		BufferedImage image = ImageIO.read(picture.toFile());
		for (int x = 0; x < image.getWidth(); x++) {
			for (int y = 0; y < image.getHeight(); y++) {
				int high = (image.getRGB(x, y) >> 4) & 0x0f0f0f;
				image.setRGB(x, y, 0xff000000 | high << 4 | high);
			}
		}
		assertThat(ImageIO.write(image, "png", picture.toFile())).isTrue();
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
		boolean elsewhere = false;
		for (JsonNode panel : dashboard().get("panels")) {
			if (panel.get("type").asString().equals("row")) {
				elsewhere = panel.get("title").asString().equals(REDIS);
			}
			if (!elsewhere) {
				panel.path("targets").forEach((target) -> expressions.add(target.get("expr").asString()));
			}
		}
		assertThat(expressions).hasSizeGreaterThan(15);
		return expressions;
	}

	/**
	 * Make something of everything.
	 */
	private static void load(TestApplication application) {
		SocketIoServer io = application.bean(SocketIoServer.class);
		io.engine().sessions().forEach(EngineSession::closeNow);
		Await.until("no session is left", () -> io.engine().clientsCount() == 0);
		application.get(POLLING);
		SocketTester socket = application.tester().auth(Map.of("pid", "unknown")).connect().expectNotRecovered();
		socket.emitWithAck("fine").expectEmptyAck();
		socket.emitWithAck("failing").expectError("internal");
		socket.emit("unknown");
		AckSpec ask = socket.emitWithAck("ask");
		socket.expectEvent("question").ack();
		ask.expectEmptyAck();
		application.bean(OperationMetrics.class).threadHeld(io.sockets().sockets().values().iterator().next());
		io.emit("x");
		socket.expectEvent("x");
		io.of("/broken").emit("x");
		application.get(POLLING + "&sid=unknown");
		application.get(POLLING + "&sid=n2-AAAAAAAAAAAAAAAAAAAA");
		application.get(POLLING);
		assertThat(application.get(POLLING).statusCode()).isEqualTo(503);
		application.tester().close();
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
		RouterFunction<ServerResponse> preview() {
			return RouterFunctions.resources("/grafana/**",
					new FileSystemResource(DASHBOARD.getParent().toAbsolutePath() + "/"));
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
