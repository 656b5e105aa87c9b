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

import java.util.function.Supplier;
import java.util.stream.LongStream;

import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.MisroutedRequest;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of a server. Gauges are computed when they are read, and there is no counting
 * per packet. Clients do not control the values of tags (SEC-13, SEC-103).
 */
final class SocketIoMetrics implements MeterBinder {

	private final SocketIoServer server;

	SocketIoMetrics(SocketIoServer server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		EngineServer engine = this.server.engine();
		for (TransportType type : TransportType.values()) {
			Gauge.builder("socketio.sessions", engine, (source) -> sessions(source, type))
				.description("Sessions that are open")
				.tag("transport", type.text())
				.register(registry);
		}
		Gauge.builder("socketio.outbox", engine, (source) -> buffered(source).sum())
			.description("Outbound buffers of all sessions")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("socketio.outbox.largest", engine, (source) -> buffered(source).max().orElse(0))
			.description("Largest outbound buffer of a session")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		engine.addListener(new Events(registry));
		for (RecoveryOutcome outcome : RecoveryOutcome.values()) {
			recovery(registry, outcome);
		}
		this.server.onRecovery((namespace, outcome) -> recovery(registry, outcome).increment());
		this.server.onAdapterFailure((namespace, operation, error) -> Counter.builder("socketio.adapter.failures")
			.description("Operations that an adapter could not accept")
			.tag("operation", operation)
			.register(registry)
			.increment());
		Namespaces namespaces = new Namespaces(this.server, registry);
		this.server.namespaces().forEach(namespaces::add);
		this.server.onNewNamespace(namespaces::add);
	}

	private static Counter recovery(MeterRegistry registry, RecoveryOutcome outcome) {
		return Counter.builder("socketio.recoveries")
			.description("Clients that have asked to recover their state")
			.tag("outcome", outcome.text())
			.register(registry);
	}

	private static double sessions(EngineServer engine, TransportType type) {
		return engine.sessions().stream().filter((session) -> session.transportType() == type).count();
	}

	private static LongStream buffered(EngineServer engine) {
		return engine.sessions().stream().mapToLong(EngineSession::bufferedBytes);
	}

	/**
	 * Counts the events of the engine.
	 */
	private static final class Events implements EngineListener {

		private final MeterRegistry registry;

		Events(MeterRegistry registry) {
			this.registry = registry;
			for (CloseReason reason : CloseReason.values()) {
				closed(reason);
			}
		}

		@Override
		public void onConnection(EngineSession session) {
			Counter.builder("socketio.sessions.opened")
				.description("Sessions that were opened")
				.tag("transport", session.transportType().text())
				.register(this.registry)
				.increment();
		}

		@Override
		public void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
			closed(reason).increment();
		}

		private Counter closed(CloseReason reason) {
			return Counter.builder("socketio.sessions.closed")
				.description("Sessions that were closed")
				.tag("reason", reason.text())
				.register(this.registry);
		}

		@Override
		public void onConnectionError(ConnectionError error) {
			Counter.builder("socketio.requests.refused")
				.description("Handshakes and other requests that were refused")
				.tag("code", Integer.toString(error.error().code()))
				.register(this.registry)
				.increment();
		}

		@Override
		public void onMisroutedRequest(MisroutedRequest outcome) {
			Counter.builder("socketio.requests.misrouted")
				.description("Requests for sessions of other nodes")
				.tag("outcome", outcome.text())
				.register(this.registry)
				.increment();
		}

		@Override
		public void onLimitExceeded(Limit limit, @Nullable EngineSession session) {
			Counter.builder("socketio.limits.exceeded")
				.description("How often clients came to a limit")
				.tag("limit", limit.propertyName())
				.register(this.registry)
				.increment();
		}

	}

	/**
	 * Counts the sockets of each namespace that the application has named, and of all
	 * other namespaces together.
	 */
	private static final class Namespaces {

		private final MeterRegistry registry;

		private final TagValues named = new TagValues();

		Namespaces(SocketIoServer server, MeterRegistry registry) {
			this.registry = registry;
			gauge(TagValues.OTHER,
					() -> server.namespaces()
						.stream()
						.filter((namespace) -> !this.named.contains(namespace.name()))
						.mapToInt((namespace) -> namespace.sockets().size())
						.sum());
		}

		void add(Namespace namespace) {
			if (!namespace.isDynamic() && this.named.add(namespace.name())) {
				gauge(namespace.name(), () -> namespace.sockets().size());
			}
		}

		private void gauge(String name, Supplier<Number> value) {
			Gauge.builder("socketio.sockets", value)
				.description("Sockets that are connected")
				.tag("namespace", name)
				.register(this.registry);
		}

	}

}
