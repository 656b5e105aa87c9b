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

package io.github.springsocketio.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration;
import io.github.springsocketio.autoconfigure.SocketIoMetricsAutoConfiguration;
import io.github.springsocketio.autoconfigure.observation.SocketIoMdcAutoConfiguration;
import io.github.springsocketio.autoconfigure.observation.SocketIoObservationAutoConfiguration;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Mono;

import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * What an event costs with metrics, observations and the MDC, and without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObservedBenchmark {

	/**
	 * What is switched on.
	 */
	@Param({ "nothing", "metrics", "observations", "mdc" })
	private String on = "nothing";

	private final byte[] listener = "421[\"listener\"]".getBytes(StandardCharsets.ISO_8859_1);

	private final byte[] handler = "421[\"handler\"]".getBytes(StandardCharsets.ISO_8859_1);

	private InProcessServer server = new InProcessServer();

	private InProcessServer.Client client = this.server.connect();

	@Setup
	public void register() {
		this.server = new InProcessServer(options());
		this.server.io()
			.of("/")
			.on("listener", (socket, event) -> event.ack())
			.handle("handler", (socket, event) -> Mono.fromSupplier(() -> 1));
		this.client = this.server.connect();
	}

	private SocketIoOptions options() {
		try (AnnotationConfigReactiveWebApplicationContext context = new AnnotationConfigReactiveWebApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("benchmark",
						Map.of("socketio.observations.enabled", this.on.equals("observations"), "socketio.mdc.enabled",
								this.on.equals("mdc"), "management.metrics.enable.socketio",
								this.on.equals("metrics"))));
			context.registerBean(SimpleMeterRegistry.class);
			context.registerBean(ObservationRegistry.class, ObservedBenchmark::registry);
			context.register(SocketIoAutoConfiguration.class, SocketIoMetricsAutoConfiguration.class,
					SocketIoObservationAutoConfiguration.class, SocketIoMdcAutoConfiguration.class);
			context.refresh();
			return context.getBean(SocketIoOptions.class);
		}
	}

	/**
	 * Return a registry whose only handler does nothing: the cost of spans and meters is
	 * not ours.
	 */
	private static ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		return registry;
	}

	@TearDown
	public void close() {
		this.server.close();
	}

	private long receive(byte[] packet) {
		// a copy, as the websocket makes it
		this.client.receive(packet.clone());
		return this.client.bytes();
	}

	@Benchmark
	public long listener() {
		return receive(this.listener);
	}

	@Benchmark
	public long handler() {
		return receive(this.handler);
	}

}
