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

package io.github.springsocketio.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.github.springsocketio.benchmarks.BenchmarkServer;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import io.netty.util.HashedWheelTimer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LoadClientTests {

	private static ConfigurableApplicationContext server;

	@BeforeAll
	static void start() {
		server = SpringApplication.run(BenchmarkServer.class, "--server.port=0", "--socketio.cookie.enabled=true");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket", "polling,websocket" })
	void shouldLoseNothing(String transports) {
		JsonNode report = run("--clients", "20", "--rate", "50", "--seconds", "1", "--transports", transports);
		assertThat(report.get("connectedAtEnd").asInt()).as(report.toString()).isEqualTo(20);
		assertThat(report.get("connections").asInt()).isEqualTo(20);
		assertThat(report.get("sent").asInt()).isPositive().isEqualTo(report.get("received").asInt());
		assertThat(report.get("lost").asInt()).isZero();
		assertThat(report.get("outOfOrder").asInt()).isZero();
		assertThat(report.get("repeated").asInt()).isZero();
		assertThat(report.get("connectErrors").isEmpty()).isTrue();
		assertThat(report.get("roundTripMillis").get("p50").asDouble()).isPositive();
	}

	@Test
	void shouldConnectAgain() {
		JsonNode report = run("--clients", "10", "--seconds", "3", "--drop", "0.5", "--transports", "websocket");
		assertThat(report.get("disconnections").get("transport close").asInt()).isPositive();
		assertThat(report.get("reconnections").asInt()).isPositive();
		assertThat(report.get("outOfOrder").asInt()).isZero();
	}

	@Test
	void shouldNotConnectAgainWhileConnected() {
		LoadOptions options = LoadOptions.parse("--url", url(), "--rate", "50", "--transports", "websocket");
		LoadReport report = new LoadReport();
		HashedWheelTimer timer = new HashedWheelTimer();
		ScheduledExecutorService emitter = Executors.newSingleThreadScheduledExecutor();
		LoadUser user = new LoadUser(options, report, timer, Runnable::run);
		try {
			user.start(emitter);
			Await.until("the connection", () -> report.connections.sum() == 1);
			user.connect(true);
			long received = report.received.sum();
			Await.until("two events", () -> report.received.sum() > received + 1);
			assertThat(JsonMapper.shared().readTree(report.toJson(options, 1, 1)).get("disconnections").isEmpty())
				.isTrue();
			assertThat(report.reconnections.sum()).isZero();
		}
		finally {
			user.stop();
			user.close();
			timer.stop();
			emitter.shutdownNow();
		}
	}

	@Test
	void shouldReportRefusals() {
		JsonNode report = run("--clients", "2", "--seconds", "1", "--namespace", "/nowhere");
		assertThat(report.get("connectErrors").get("namespace: Invalid namespace").asInt()).isGreaterThanOrEqualTo(2);
		assertThat(report.get("connectedAtEnd").asInt()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0.0, 1000 2000 4000 5000", "0.19, 1095 2190 4380 5000", "0.99, 1495 2990 5000 5000",
			"0.8, 600 1200 2400 4800" })
	void shouldWaitAsTheJavaScriptClientDoes(double random, String millis) {
		Backoff backoff = new Backoff(() -> random);
		List<Long> expected = List.of(millis.split(" ")).stream().map(Long::valueOf).toList();
		assertThat(List.of(backoff.next(), backoff.next(), backoff.next(), backoff.next()).stream())
			.map(Duration::toMillis)
			.isEqualTo(expected);
		backoff.reset();
		assertThat(backoff.next().toMillis()).isEqualTo(expected.get(0));
	}

	@Test
	void shouldReadOptions() {
		LoadOptions options = LoadOptions.parse("--url", "http://localhost", "--cookies", "off", "--transports",
				"websocket", "--seconds", "0.5");
		assertThat(options.cookies()).isFalse();
		assertThat(options.transports()).containsExactly(Transport.WEBSOCKET);
		assertThat(options.duration()).isEqualTo(Duration.ofMillis(500));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--clients 1|The option --url is missing", "--x 1|Unknown option --x",
					"--url|The option --url has no value",
					"--url u --clients 0|The option --clients has to be a number, at least 1",
					"--url u --transports flash|The option --transports has to be a list of polling and websocket",
					"--url u --cookies maybe|The option --cookies has to be on or off" })
	void shouldExplainWrongOptions(String args, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> LoadOptions.parse(args.split(" "))).withMessage(message);
	}

	private static String url() {
		return "http://localhost:" + server.getEnvironment().getProperty("local.server.port");
	}

	private static JsonNode run(String... args) {
		String[] all = new String[args.length + 2];
		all[0] = "--url";
		all[1] = url();
		System.arraycopy(args, 0, all, 2, args.length);
		String line = LoadClient.run(LoadOptions.parse(all));
		assertThat(line).doesNotContain("\n");
		return JsonMapper.shared().readTree(line);
	}

}
