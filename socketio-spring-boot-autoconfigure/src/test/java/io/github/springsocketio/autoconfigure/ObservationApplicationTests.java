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

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.springsocketio.autoconfigure.observation.DefaultSocketEventObservationConvention;
import io.github.springsocketio.autoconfigure.observation.SocketEventObservationContext;
import io.github.springsocketio.autoconfigure.observation.SocketEventObservationConvention;
import io.github.springsocketio.autoconfigure.observation.SocketIoObservationAutoConfiguration;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.test.AckSpec;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testsupport.Await;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traces that reach from a client through a handler to the acknowledgement of another
 * client.
 */
@Timeout(120)
class ObservationApplicationTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String OTHER_TRACE = "1af7651916cd43dd8448eb211c80319c";

	private static final String SPAN = "b7ad6b7169203331";

	@RegisterExtension
	static final SharedApplication applications = new SharedApplication();

	private TestApplication application;

	private InMemorySpanExporter exporter;

	@BeforeEach
	void run() {
		this.application = applications.run(Application.class, "socketio.observations.enabled=true",
				"socketio.observations.trace-argument=true");
		this.exporter = this.application.bean(InMemorySpanExporter.class);
		this.exporter.reset();
	}

	@Test
	void traceOfTheHandshakeReachesTheAcknowledgementOfAnotherClient() {
		SocketTester second = this.application.tester().connect();
		second.emitWithAck("second").expectEmptyAck();
		this.exporter.reset();
		SocketTester first = connect(parent(TRACE));
		AckSpec ask = first.emitWithAck("ask", Map.of("x", 1));
		second.expectEvent("question").isEqualTo().ack("answer");
		ask.expectAck().isEqualTo("answer");
		Map<String, SpanData> spans = spans(3);
		assertThat(spans).containsOnlyKeys("connect /", "receive /", "send /");
		assertThat(spans.values()).allSatisfy((span) -> assertThat(span.getTraceId()).isEqualTo(TRACE));
		assertThat(spans.get("connect /").getParentSpanId()).isEqualTo(SPAN);
		assertThat(spans.get("receive /").getParentSpanId()).isEqualTo(SPAN);
		assertThat(spans.get("send /").getParentSpanId()).isEqualTo(spans.get("receive /").getSpanId());
		assertThat(spans.get("receive /").getKind()).isEqualTo(SpanKind.CONSUMER);
		assertThat(attributes(spans.get("receive /"))).containsEntry("messaging.system", "socket.io")
			.containsEntry("messaging.destination", "/")
			.containsEntry("messaging.operation", "receive")
			.containsEntry("messaging.socket.io.event_name", "ask")
			.containsEntry("outcome", "success")
			.containsEntry("error.type", "none")
			.containsEntry("custom", "yes");
		assertThat(attributes(spans.get("send /"))).containsEntry("messaging.socket.io.event_name", "question")
			.containsEntry("messaging.socket.io.namespace", "/")
			.containsEntry("messaging.destination_kind", "topic")
			.containsEntry("outcome", "success");
	}

	@Test
	void traceOfTheAuthPayloadComesBeforeThatOfTheHandshake() {
		this.application.tester()
			.header("traceparent", parent(OTHER_TRACE))
			.auth(Map.of("traceparent", parent(TRACE)))
			.connect()
			.emitWithAck("fine")
			.expectEmptyAck();
		assertThat(spans(2).values()).allSatisfy((span) -> assertThat(span.getTraceId()).isEqualTo(TRACE));
	}

	@Test
	void traceOfAnEventComesFirst() {
		connect(parent(OTHER_TRACE)).emitWithAck("fine", Map.of("traceparent", parent(TRACE))).expectEmptyAck();
		Map<String, SpanData> spans = spans(2);
		assertThat(spans.get("connect /").getTraceId()).isEqualTo(OTHER_TRACE);
		assertThat(spans.get("receive /").getTraceId()).isEqualTo(TRACE);
	}

	@Test
	void withoutATraceOfTheClientThereIsANewOne() {
		connect("not a trace").emitWithAck("fine").expectEmptyAck();
		Map<String, SpanData> spans = spans(2);
		assertThat(spans.values()).allSatisfy((span) -> assertThat(span.getParentSpanContext().isValid()).isFalse());
	}

	@Test
	void errorsAndBroadcastsAreObserved() {
		connect(parent(TRACE)).emitWithAck("failing").expectError("internal");
		this.application.tester().namespace("/unknown").expectConnectError().expectMessage("Invalid namespace");
		Map<String, SpanData> spans = spans(4);
		SpanData failed = spans.get("receive /");
		assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(attributes(failed)).containsEntry("outcome", "error")
			.containsEntry("error.type", IllegalStateException.class.getName());
		// the namespace is named by a client
		assertThat(attributes(spans.get("connect _OTHER"))).containsEntry("outcome", "refused");
		SpanData broadcast = spans.get("send /");
		assertThat(broadcast.getKind()).isEqualTo(SpanKind.PRODUCER);
		assertThat(broadcast.getParentSpanId()).isEqualTo(failed.getSpanId());
		assertThat(attributes(broadcast)).containsEntry("messaging.socket.io.rooms", "room");
	}

	@Test
	void nothingIsObservedUnlessItIsAskedFor() {
		ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoObservationAutoConfiguration.class));
		ReactiveWebApplicationContextRunner enabled = runner.withPropertyValues("socketio.observations.enabled=true");
		enabled.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().observers()).hasSize(1));
		runner.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().observers()).isEmpty());
		enabled.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().observers()).isEmpty());
		enabled.withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketIoObservations"));
	}

	private static String parent(String trace) {
		return "00-" + trace + "-" + SPAN + "-01";
	}

	private SocketTester connect(String parent) {
		return this.application.tester().header("traceparent", parent).connect();
	}

	private Map<String, SpanData> spans(int count) {
		Await.until(count + " spans", () -> messages().size() >= count);
		return messages().stream().collect(Collectors.toMap(SpanData::getName, (span) -> span));
	}

	/**
	 * Return the spans without those of HTTP requests.
	 */
	private List<SpanData> messages() {
		return this.exporter.getFinishedSpanItems()
			.stream()
			.filter((span) -> attributes(span).containsKey("messaging.system"))
			.toList();
	}

	private static Map<String, String> attributes(SpanData span) {
		return span.getAttributes()
			.asMap()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> ((AttributeKey<?>) entry.getKey()).getKey(),
					(entry) -> String.valueOf(entry.getValue())));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		InMemorySpanExporter exporter() {
			return InMemorySpanExporter.create();
		}

		@Bean
		ObservationRegistry observationRegistry(InMemorySpanExporter exporter) {
			// which reads files when it is called for the first time
			Context.current();
			SdkTracerProvider provider = SdkTracerProvider.builder()
				.addSpanProcessor(SimpleSpanProcessor.create(exporter))
				.build();
			Tracer otel = provider.get("test");
			OtelTracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), (event) -> {
			});
			OtelPropagator propagator = new OtelPropagator(
					ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig()
				.observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
						new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
						new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
						new DefaultTracingObservationHandler(tracer)));
			return registry;
		}

		@Bean
		SocketEventObservationConvention convention() {
			return new DefaultSocketEventObservationConvention() {

				@Override
				public KeyValues getHighCardinalityKeyValues(SocketEventObservationContext context) {
					return KeyValues.of("custom", "yes");
				}

			};
		}

		@Bean
		NamespaceConfigurer namespaces() {
			return (io) -> io.sockets().on("second", (socket, event) -> {
				socket.join("second");
				event.ack();
			}).on("fine", (socket, event) -> event.ack()).handle("failing", (socket, event) -> {
				io.to("room").emit("x");
				return Mono.error(new IllegalStateException("failed"));
			})
				.handle("ask",
						(socket, event) -> io.in("second")
							.emitWithAck("question")
							.map((responses) -> responses.get(0).get(0, String.class)));
		}

	}

}
