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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.ServerObserver;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Metrics of the operations of a server: connections to namespaces, handlers,
 * acknowledgements and operations of the adapter. Clients do not control the values of
 * tags (SEC-13, SEC-103).
 */
final class OperationMetrics implements ServerObserver {

	private final MeterRegistry registry;

	private final Clock clock;

	private final TagValues namespaces = new TagValues();

	private final TagValues operations = new TagValues();

	private final EventTags<Timers> events = new EventTags<>(this.namespaces,
			(namespace, event) -> new Timers(Kind.EVENT, Tags.of("namespace", namespace, "event", event)));

	private final EventTags<Timers> acks = new EventTags<>(this.namespaces,
			(namespace, event) -> new Timers(Kind.ACK, Tags.of("namespace", namespace, "event", event)));

	/** By the tag for the namespace. */
	private final Map<String, Timers> connects = new ConcurrentHashMap<>();

	/** By the tag for the operation. */
	private final Map<String, Timers> adapter = new ConcurrentHashMap<>();

	/** By the name of the meter and the namespace. */
	private final Map<String, Counter> counters = new ConcurrentHashMap<>();

	private final LongAdder handlersInFlight = new LongAdder();

	OperationMetrics(MeterRegistry registry) {
		this.registry = registry;
		this.clock = registry.config().clock();
		Gauge.builder("socketio.handlers.inflight", this.handlersInFlight, LongAdder::sum)
			.description("Handlers of events that have begun and not ended")
			.register(registry);
	}

	@Override
	public Operation connecting(Handshake handshake, String namespace, boolean known) {
		String tag = known ? this.namespaces.of(namespace) : TagValues.OTHER;
		return start(this.connects.computeIfAbsent(tag, (key) -> new Timers(Kind.CONNECT, Tags.of("namespace", tag))));
	}

	@Override
	public Operation event(Socket socket, Event event, boolean known, ContextView context) {
		this.handlersInFlight.increment();
		return start(this.events.of(socket.namespace(), event.name(), known));
	}

	@Override
	public void unhandled(Socket socket) {
		count("socketio.events.unhandled", "Events that have come and have no handler", socket);
	}

	@Override
	public void threadHeld(Socket socket) {
		count("socketio.handlers.holds", "Handlers that have held their thread for too long", socket);
	}

	private void count(String name, String description, Socket socket) {
		String namespace = this.namespaces.of(socket.namespace());
		this.counters
			.computeIfAbsent(name + namespace,
					(key) -> Counter.builder(name)
						.description(description)
						.tag("namespace", namespace)
						.register(this.registry))
			.increment();
	}

	@Override
	public Operation ack(Namespace namespace, String event, ContextView context) {
		return start(this.acks.of(namespace, event, true));
	}

	@Override
	public Operation broadcast(Namespace namespace, String event, BroadcastOptions options, ContextView context) {
		return adapter(namespace, "broadcast");
	}

	@Override
	public Operation adapter(Namespace namespace, String operation) {
		String tag = this.operations.of(operation);
		return start(this.adapter.computeIfAbsent(tag, (key) -> new Timers(Kind.ADAPTER, Tags.of("operation", tag))));
	}

	private Timing start(Timers timers) {
		return new Timing(this, timers, this.clock.monotonicTime());
	}

	private void record(Timing timing, Outcome outcome) {
		if (timing.timers.kind == Kind.EVENT) {
			this.handlersInFlight.decrement();
		}
		timing.timers.of(outcome, this.registry)
			.record(this.clock.monotonicTime() - timing.start, TimeUnit.NANOSECONDS);
	}

	private enum Kind {

		CONNECT("socketio.connects", "Clients that have tried to connect to a namespace"),

		EVENT("socketio.events", "Handlers that were called with an event"),

		ACK("socketio.acks", "Acknowledgements that were requested from clients"),

		ADAPTER("socketio.adapter.operations", "Operations of adapters");

		private final String meter;

		private final String description;

		Kind(String meter, String description) {
			this.meter = meter;
			this.description = description;
		}

	}

	/**
	 * Timers that differ by the outcome only. Each timer is registered at its first
	 * recording.
	 */
	private static final class Timers {

		private static final Outcome[] OUTCOMES = Outcome.values();

		private final Kind kind;

		private final Tags tags;

		private final AtomicReferenceArray<@Nullable Timer> byOutcome = new AtomicReferenceArray<>(OUTCOMES.length);

		Timers(Kind kind, Tags tags) {
			this.kind = kind;
			this.tags = tags;
		}

		Timer of(Outcome outcome, MeterRegistry registry) {
			Timer timer = this.byOutcome.get(outcome.ordinal());
			if (timer == null) {
				timer = Timer.builder(this.kind.meter)
					.description(this.kind.description)
					.tags(this.tags.and("outcome", outcome.text()))
					.register(registry);
				this.byOutcome.set(outcome.ordinal(), timer);
			}
			return timer;
		}

	}

	/**
	 * A running measurement.
	 */
	private record Timing(OperationMetrics metrics, Timers timers, long start) implements Operation {

		@Override
		public void end(Outcome outcome, @Nullable Throwable error) {
			this.metrics.record(this, outcome);
		}

	}

}
