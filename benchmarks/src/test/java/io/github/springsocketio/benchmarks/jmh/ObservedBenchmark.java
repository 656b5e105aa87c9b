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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration;
import io.github.springsocketio.autoconfigure.SocketIoMetricsAutoConfiguration;
import io.github.springsocketio.autoconfigure.observation.SocketIoMdcAutoConfiguration;
import io.github.springsocketio.autoconfigure.observation.SocketIoObservationAutoConfiguration;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;

/**
 * What an event costs with metrics, observations and the MDC, and without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObservedBenchmark {

	/**
	 * What is switched on. The observations have a handler that does nothing, since the
	 * cost of spans is not ours, and together with metrics those for meters that Spring
	 * Boot registers. With "absent" there is neither an auto-configuration nor a
	 * registry, with "nothing" both are there and everything is switched off, and with
	 * "noop" observations are switched on, with the registry that does nothing.
	 */
	@Param({ "absent", "nothing", "noop", "metrics", "observations", "metrics and observations", "mdc" })
	private String on = "nothing";

	private final byte[] listener = "421[\"listener\"]".getBytes(StandardCharsets.ISO_8859_1);

	private final byte[] handler = "421[\"handler\"]".getBytes(StandardCharsets.ISO_8859_1);

	private final AnnotationConfigReactiveWebApplicationContext context = new AnnotationConfigReactiveWebApplicationContext();

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
		if (this.on.equals("absent")) {
			return SocketIoOptions.defaults();
		}
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("benchmark",
					Map.of("socketio.observations.enabled", this.on.contains("observations") || this.on.equals("noop"),
							"socketio.mdc.enabled", this.on.equals("mdc"), "management.metrics.enable.socketio",
							this.on.contains("metrics"))));
		MeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry observations = this.on.equals("noop") ? ObservationRegistry.NOOP
				: ObservationRegistry.create();
		observations.observationConfig().observationHandler(new ObservationFloorBenchmark.NoHandler());
		this.context.registerBean(MeterRegistry.class, () -> meters);
		this.context.registerBean(ObservationRegistry.class, () -> observations);
		this.context.registerBean(MeterObservationHandler.class, () -> new DefaultMeterObservationHandler(meters));
		this.context.register(SocketIoAutoConfiguration.class, SocketIoMetricsAutoConfiguration.class,
				SocketIoObservationAutoConfiguration.class, SocketIoMdcAutoConfiguration.class);
		this.context.refresh();
		if (this.on.equals("metrics and observations")) {
			List<ObservationHandler<?>> handlers = this.context
				.<ObservationHandler<?>>getBeanProvider(ResolvableType.forClass(MeterObservationHandler.class))
				.orderedStream()
				.toList();
			observations.observationConfig()
				.observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(handlers));
		}
		return this.context.getBean(SocketIoOptions.class);
	}

	@TearDown
	public void close() {
		this.server.close();
		this.context.close();
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
