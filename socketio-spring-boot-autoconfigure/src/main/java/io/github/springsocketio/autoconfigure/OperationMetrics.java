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
 * Metrics of what a server does: connections to namespaces, handlers, acknowledgements
 * and operations of the adapter. No tag has a value that a client controls (SEC-13,
 * SEC-103).
 */
final class OperationMetrics implements ServerObserver {

	private final MeterRegistry registry;

	private final Clock clock;

	private final TagValues namespaces = new TagValues();

	private final TagValues events = new TagValues();

	private final TagValues emitted = new TagValues();

	private final TagValues operations = new TagValues();

	private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

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
		return new Timing(this, Kind.CONNECT, known ? this.namespaces.of(namespace) : TagValues.OTHER, "");
	}

	@Override
	public Operation event(Socket socket, Event event, boolean known) {
		this.handlersInFlight.increment();
		return new Timing(this, Kind.EVENT, tag(socket.namespace()),
				known ? this.events.of(event.name()) : TagValues.OTHER);
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
		String namespace = tag(socket.namespace());
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
		return new Timing(this, Kind.ACK, tag(namespace), this.emitted.of(event));
	}

	@Override
	public Operation broadcast(Namespace namespace, String event, BroadcastOptions options, ContextView context) {
		return adapter(namespace, "broadcast");
	}

	@Override
	public Operation adapter(Namespace namespace, String operation) {
		return new Timing(this, Kind.ADAPTER, "", this.operations.of(operation));
	}

	private String tag(Namespace namespace) {
		return namespace.isDynamic() ? TagValues.OTHER : this.namespaces.of(namespace.name());
	}

	private Timer timer(Key key) {
		Timer timer = this.timers.get(key);
		return (timer != null) ? timer : this.timers.computeIfAbsent(key, this::register);
	}

	private Timer register(Key key) {
		Tags tags = switch (key.kind()) {
			case CONNECT -> Tags.of("namespace", key.namespace());
			case EVENT, ACK -> Tags.of("namespace", key.namespace(), "event", key.name());
			case ADAPTER -> Tags.of("operation", key.name());
		};
		return Timer.builder(key.kind().meter)
			.description(key.kind().description)
			.tags(tags.and("outcome", key.outcome().text()))
			.register(this.registry);
	}

	private void record(Timing timing, Outcome outcome) {
		if (timing.kind == Kind.EVENT) {
			this.handlersInFlight.decrement();
		}
		timer(new Key(timing.kind, timing.namespace, timing.name, outcome))
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
	 * The name and the tags of a timer.
	 *
	 * @param kind what is measured
	 * @param namespace the tag for the namespace, if there is one
	 * @param name the tag for the event or the operation, if there is one
	 * @param outcome how it has ended
	 */
	private record Key(Kind kind, String namespace, String name, Outcome outcome) {

	}

	/**
	 * What is being measured.
	 */
	private static final class Timing implements Operation {

		private final OperationMetrics metrics;

		private final Kind kind;

		private final String namespace;

		private final String name;

		private final long start;

		Timing(OperationMetrics metrics, Kind kind, String namespace, String name) {
			this.metrics = metrics;
			this.kind = kind;
			this.namespace = namespace;
			this.name = name;
			this.start = metrics.clock.monotonicTime();
		}

		@Override
		public void end(Outcome outcome, @Nullable Throwable error) {
			this.metrics.record(this, outcome);
		}

	}

}
