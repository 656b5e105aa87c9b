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

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Metrics of the adapters on Redis. Clients do not control the values of tags.
 */
final class RedisAdapterMetrics implements MeterBinder {

	private final RedisAdapterFactory factory;

	RedisAdapterMetrics(RedisAdapterFactory factory) {
		this.factory = factory;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("socketio.adapter.connected", this.factory, (source) -> source.isAvailable() ? 1 : 0)
			.description("Whether the adapter is connected to Redis")
			.register(registry);
		this.factory.link().observers().add(new Recorder(registry));
	}

	/**
	 * Records the metrics.
	 */
	private static final class Recorder implements AdapterObserver {

		private final AtomicLong lag = new AtomicLong();

		private final Timer publish;

		private final Counter complete;

		private final Counter timeouts;

		private final Counter gaps;

		private final Counter malformed;

		Recorder(MeterRegistry registry) {
			this.publish = Timer.builder("socketio.adapter.publish")
				.description("Messages that Redis has accepted, and how long that took")
				.register(registry);
			this.complete = requests(registry, RequestOutcome.COMPLETE);
			this.timeouts = requests(registry, RequestOutcome.TIMEOUT);
			this.gaps = Counter.builder("socketio.adapter.gaps")
				.description("Gaps in what was read from a stream")
				.register(registry);
			this.malformed = Counter.builder("socketio.adapter.malformed")
				.description("Messages of other nodes that were ignored")
				.register(registry);
			TimeGauge.builder("socketio.adapter.lag", this.lag, TimeUnit.MILLISECONDS, AtomicLong::get)
				.description("How long the entry that was read last was in its stream")
				.register(registry);
		}

		private static Counter requests(MeterRegistry registry, RequestOutcome outcome) {
			return Counter.builder("socketio.adapter.requests")
				.description("Requests to other nodes that have ended")
				.tag("outcome", outcome.text())
				.register(registry);
		}

		@Override
		public void published(Duration duration) {
			this.publish.record(duration);
		}

		@Override
		public void requested(RequestOutcome outcome) {
			((outcome == RequestOutcome.COMPLETE) ? this.complete : this.timeouts).increment();
		}

		@Override
		public void read(Duration time) {
			this.lag.set(time.toMillis());
		}

		@Override
		public void gap(RedisStreamGap gap) {
			this.gaps.increment();
		}

		@Override
		public void malformed() {
			this.malformed.increment();
		}

	}

}
