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

package io.github.springsocketio.conformance;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.ForkedProgram;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One trace from a client with OpenTelemetry's SDK for JavaScript through a handler to
 * the acknowledgement of another client.
 */
@RequiresProgram("node")
class TracingIT {

	private static final AttributeKey<String> EVENT = AttributeKey.stringKey("messaging.socket.io.event_name");

	private static final Pattern SPANS = Pattern.compile("^\\[.*]$", Pattern.MULTILINE);

	private static List<NodeSpan> clients;

	private static List<SpanData> server;

	@BeforeAll
	static void trace(@TempDir Path folder) {
		// which reads files when it is called for the first time
		Context.current();
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class).run(
				"--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
				"--spring.reactor.netty.shutdown-quiet-period=0s", "--logging.level.root=warn",
				"--socketio.observations.enabled=true", "--socketio.observations.trace-argument=true",
				"--management.tracing.sampling.probability=1.0")) {
			String url = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
			ProcessBuilder builder = new ProcessBuilder("node",
					Path.of("target", "node", "trace.mjs").toAbsolutePath().toString(), url);
			try (ForkedProgram program = ForkedProgram.start(builder, folder.resolve("output"))) {
				clients = JsonMapper.shared()
					.readValue(program.awaitOutput(SPANS).group(), new TypeReference<List<NodeSpan>>() {
					});
			}
			InMemorySpanExporter exporter = application.getBean(InMemorySpanExporter.class);
			SdkTracerProvider provider = application.getBean(SdkTracerProvider.class);
			Await.until("the spans of the server", () -> {
				provider.forceFlush();
				return exporter.getFinishedSpanItems().stream().filter((span) -> is(span, "question")).count() == 4;
			});
			server = exporter.getFinishedSpanItems();
		}
	}

	@AfterAll
	static void forget() {
		clients = List.of();
		server = List.of();
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers", "auth", "event 1", "event 2" })
	void handlerAndAcknowledgementBelongToTheTraceOfTheClient(String way) {
		NodeSpan client = client(way);
		SpanData handler = event("ask", client);
		assertThat(handler.getKind()).isEqualTo(SpanKind.CONSUMER);
		assertThat(handler.getParentSpanId()).isEqualTo(client.spanId());
		SpanData ack = event("question", client);
		assertThat(ack.getKind()).isEqualTo(SpanKind.CLIENT);
		assertThat(ack.getParentSpanId()).isEqualTo(handler.getSpanId());
		assertThat(clients).filteredOn((span) -> span.name().equals("answer"))
			.filteredOn((span) -> span.traceId().equals(client.traceId()))
			.singleElement()
			.satisfies((answer) -> assertThat(answer.parentSpanId()).isEqualTo(handler.getSpanId()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers", "auth" })
	void connectionBelongsToTheTraceOfTheClient(String way) {
		NodeSpan client = client(way);
		assertThat(server).filteredOn((span) -> span.getName().equals("connect /"))
			.filteredOn((span) -> span.getTraceId().equals(client.traceId()))
			.singleElement()
			.satisfies((span) -> assertThat(span.getParentSpanId()).isEqualTo(client.spanId()));
	}

	@Test
	void clientsWithoutATraceHaveTracesOfTheirOwn() {
		Map<String, SpanData> roots = new HashMap<>();
		server.stream()
			.filter((span) -> span.getName().equals("connect /") && !span.getParentSpanContext().isValid())
			.forEach((span) -> roots.put(span.getTraceId(), span));
		// the second client, and the one that sends its trace with each event
		assertThat(roots).hasSize(2);
		assertThat(clients).noneMatch((span) -> roots.containsKey(span.traceId()));
	}

	private static NodeSpan client(String name) {
		NodeSpan client = clients.stream().filter((span) -> span.name().equals(name)).findFirst().orElseThrow();
		assertThat(client.parentSpanId()).isNull();
		return client;
	}

	/**
	 * Return the only span with an event that is in the trace of a client.
	 */
	private static SpanData event(String name, NodeSpan client) {
		List<SpanData> found = server.stream()
			.filter((span) -> is(span, name) && span.getTraceId().equals(client.traceId()))
			.toList();
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	private static boolean is(SpanData span, String event) {
		return event.equals(span.getAttributes().get(EVENT));
	}

	/**
	 * A span of a client.
	 *
	 * @param name its name
	 * @param traceId the id of its trace
	 * @param spanId its id
	 * @param parentSpanId the id of its parent, or {@code null} if it is the first one
	 */
	record NodeSpan(String name, String traceId, String spanId, @Nullable String parentSpanId) {

	}

	@EnableAutoConfiguration
	static class Application {

		@Bean
		InMemorySpanExporter spanExporter() {
			return InMemorySpanExporter.create();
		}

		@Bean
		NamespaceConfigurer namespaces(Tracer tracer, Propagator propagator) {
			return (io) -> io.sockets().on("second", (socket, event) -> {
				socket.join("second");
				event.ack();
			})
				.handle("ask",
						(socket, event) -> io.in("second")
							.emitWithAck("question", carrier(tracer, propagator))
							.map((responses) -> responses.get(0).get(0, String.class)));
		}

		/**
		 * Return what tells a client of the current span.
		 */
		private static Map<String, String> carrier(Tracer tracer, Propagator propagator) {
			Map<String, String> carrier = new HashMap<>();
			TraceContext current = tracer.currentTraceContext().context();
			if (current != null) {
				propagator.inject(current, carrier, Map::put);
			}
			return carrier;
		}

	}

}
