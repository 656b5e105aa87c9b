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

import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
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

/**
 * What an observation costs that is nothing but Micrometer's: less than this is not
 * possible for an observed event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObservationFloorBenchmark {

	private static final KeyValues KEY_VALUES = KeyValues.of("messaging.system", "socket.io", "messaging.destination",
			"/", "messaging.operation", "receive", "messaging.socket.io.event_name", "x", "outcome", "success",
			"error.type", "none");

	/**
	 * The handlers of the registry.
	 */
	@Param({ "none", "meters" })
	private String handlers = "none";

	private ObservationRegistry registry = ObservationRegistry.create();

	@Setup
	public void register() {
		this.registry = ObservationRegistry.create();
		this.registry.observationConfig()
			.observationHandler(this.handlers.equals("meters")
					? new DefaultMeterObservationHandler(new SimpleMeterRegistry()) : new NoHandler());
	}

	@Benchmark
	public Observation withoutKeyValues() {
		return observe(Observation.createNotStarted("x", this.registry));
	}

	@Benchmark
	public Observation withSixKeyValues() {
		return observe(Observation.createNotStarted("x", this.registry).lowCardinalityKeyValues(KEY_VALUES));
	}

	private static Observation observe(Observation observation) {
		observation.start();
		observation.openScope().close();
		observation.stop();
		return observation;
	}

	/**
	 * Does nothing.
	 */
	static final class NoHandler implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
