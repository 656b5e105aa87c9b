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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.EchoTransportHandler;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fuzzing client of the Autobahn test suite against our websockets, with an echo in
 * place of sessions. It and the Jython that runs it are copied to
 * {@code target/autobahn}; each way to a websocket has a process of its own, both at the
 * same time. Cases that fail are run once more, because the client waits only half a
 * second in many of them.
 *
 * <p>
 * The build runs the way through Netty. {@code -Dautobahn.cases=*} runs all cases on both
 * ways.
 */
@Tag("SEC-123")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutobahnIT {

	private static final Path DIRECTORY = Path.of("target", "autobahn");

	private static final @Nullable String CHOSEN_CASES = System.getProperty("autobahn.cases");

	/** What is about framing, messages and the end of connections. */
	private static final String CASES = (CHOSEN_CASES != null) ? CHOSEN_CASES : "1.*,2.*,3.*,4.*,5.*,6.*,7.*";

	private static final Duration LIMIT = Duration.ofHours(2);

	private final Map<Way, Echo> echoes = new EnumMap<>(Way.class);

	private final Map<Way, Process> clients = new EnumMap<>(Way.class);

	@BeforeAll
	void startClients() throws IOException {
		for (Way way : ways()) {
			this.echoes.put(way, new Echo(way));
			this.clients.put(way, startClient(way, way.name(), CASES));
		}
	}

	private Process startClient(Way way, String report, String cases) throws IOException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(
				List.of(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
		command.add(jar("autobahntestsuite-maven-plugin") + File.pathSeparator + jar("jython-standalone"));
		command.addAll(List.of("org.python.util.jython", Path.of("src", "test", "autobahn", "client.py").toString(),
				report, "ws://127.0.0.1:" + this.echoes.get(way).port(), DIRECTORY.resolve(report).toString(), cases));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(DIRECTORY.resolve(report + ".log").toFile())
			.start();
	}

	private static String jar(String name) {
		return DIRECTORY.resolve(name + ".jar").toString();
	}

	@AfterAll
	void stop() {
		this.clients.values().forEach(Process::destroyForcibly);
		this.echoes.values().forEach(Echo::close);
	}

	static Set<Way> ways() {
		return (CHOSEN_CASES != null) ? EnumSet.allOf(Way.class) : EnumSet.of(Way.NATIVE);
	}

	@ParameterizedTest
	@MethodSource("ways")
	void shouldPassEveryCase(Way way) throws Exception {
		Map<String, Integer> summary = new TreeMap<>();
		List<String> bad = badCases(way, way.name(), summary);
		int enough = (CHOSEN_CASES != null) ? 1 : 100;
		assertThat(summary.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(enough);
		if (!bad.isEmpty()) {
			String again = way + "-AGAIN";
			this.clients.put(way, startClient(way, again, String.join(",", bad)));
			bad = badCases(way, again, new TreeMap<>());
		}
		assertThat(bad).as("Cases of %s, see the report in %s", summary, DIRECTORY).isEmpty();
	}

	private List<String> badCases(Way way, String report, Map<String, Integer> summary) throws Exception {
		assertThat(this.clients.get(way).waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		List<String> bad = new ArrayList<>();
		String json = Files.readString(DIRECTORY.resolve(report).resolve("index.json"));
		for (Map.Entry<String, JsonNode> result : new JsonMapper().readTree(json).path(report).properties()) {
			String behaviour = result.getValue().path("behavior").asString();
			String close = result.getValue().path("behaviorClose").asString();
			summary.merge(behaviour, 1, Integer::sum);
			boolean good = Set.of("OK", "NON-STRICT", "INFORMATIONAL").contains(behaviour)
					&& (Set.of("OK", "INFORMATIONAL").contains(close) || result.getKey().equals(way.badClose));
			if (!good) {
				bad.add(result.getKey());
			}
		}
		return bad;
	}

	/**
	 * Our ways to a websocket.
	 */
	enum Way {

		NATIVE(null),

		/**
		 * Reactor Netty itself answers the close frame with reserved bits of case 3.7,
		 * with these bits.
		 */
		PORTABLE("3.7");

		final @Nullable String badClose;

		Way(@Nullable String badClose) {
			this.badClose = badClose;
		}

	}

	/**
	 * A server that upgrades every request and sends back what comes.
	 */
	private static final class Echo implements AutoCloseable {

		/** One case sends messages of 16 MiB, another one in fragments of 64 bytes. */
		private static final int LARGEST = 32 * 1024 * 1024;

		private final DataRate rate;

		private final WebSocketUpgrader upgrader;

		private final DisposableServer server;

		Echo(Way way) {
			EngineServer engine = EngineServer.create(EngineOptions.builder().maxHttpBufferSize(LARGEST).build());
			EngineWebOptions options = EngineWebOptions.builder()
				.websocketCompression(WebSocketCompressionOptions.defaults())
				.maxWebsocketFragments(LARGEST / 64)
				.build();
			this.rate = new DataRate((TransportServer) engine, options);
			this.upgrader = (way == Way.NATIVE) ? new NettyWebSocketUpgrader((TransportServer) engine, options)
					: new SpringWebSocketUpgrader((TransportServer) engine, options.websocketCompression(), null);
			this.server = HttpServer.create()
				.host("localhost")
				.port(0)
				.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(this::upgrade).build()))
				.bindNow(Await.LIMIT);
		}

		private Mono<Void> upgrade(ServerWebExchange exchange) {
			EngineRequest request = new EngineRequest(exchange, "/?EIO=4", this.rate);
			this.upgrader.prepare(request);
			return this.upgrader.upgrade(request, (transport) -> transport.attach(new EchoTransportHandler(transport)));
		}

		int port() {
			return this.server.port();
		}

		@Override
		public void close() {
			this.server.disposeNow(Await.LIMIT);
		}

	}

}
