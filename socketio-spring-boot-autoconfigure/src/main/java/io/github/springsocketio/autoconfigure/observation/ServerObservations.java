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

package io.github.springsocketio.autoconfigure.observation;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.github.springsocketio.autoconfigure.EventTags;
import io.github.springsocketio.autoconfigure.TagValues;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.ServerObserver;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.ThreadContext;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Makes observations of what a server does.
 */
final class ServerObservations implements ServerObserver {

	private static final Log logger = LogFactory.getLog(ServerObservations.class);

	/** With what the names of rooms start that only the server knows of. */
	private static final String HIDDEN = LocalSockets.hiddenRoom("");

	private static final String KEY = ObservationThreadLocalAccessor.KEY;

	private final ObservationRegistry registry;

	private final ObservationConventions conventions;

	private final boolean traceArgument;

	private final TagValues namespaces = new TagValues();

	private final EventTags<EventAttributes> events = new EventTags<>(this.namespaces, EventAttributes::new);

	private final TagValues emitted = new TagValues();

	private final AtomicBoolean failed = new AtomicBoolean();

	ServerObservations(ObservationRegistry registry, ObservationConventions conventions, boolean traceArgument) {
		this.registry = registry;
		this.conventions = conventions;
		this.traceArgument = traceArgument;
	}

	@Override
	public @Nullable Operation connecting(Handshake handshake, String namespace, boolean known) {
		if (this.registry.isNoop()) {
			return null;
		}
		SocketHandshakeObservationContext context = new SocketHandshakeObservationContext(handshake, namespace,
				known ? this.namespaces.of(namespace) : TagValues.OTHER, TraceCarrier.of(handshake));
		return start(this.conventions.handshake(), context, SocketHandshakeObservationContext::setOutcome, null);
	}

	@Override
	public @Nullable Operation event(Socket socket, Event event, boolean known, ContextView reactorContext) {
		if (this.registry.isNoop()) {
			return null;
		}
		SocketEventObservationContext context = new SocketEventObservationContext(socket, event,
				this.events.of(socket.namespace(), event.name(), known));
		if (this.traceArgument) {
			context.setCarrier(TraceCarrier.of(socket.handshake(), lastArgument(event)));
		}
		return start(this.conventions.event(), context, SocketEventObservationContext::setOutcome, null);
	}

	@SuppressWarnings("unchecked")
	private static @Nullable Map<String, ?> lastArgument(Event event) {
		try {
			return (event.size() > 0 && event.get(event.size() - 1) instanceof Map<?, ?> map) ? (Map<String, ?>) map
					: null;
		}
		catch (RuntimeException ex) {
			// the handler is to find out
			return null;
		}
	}

	@Override
	public @Nullable Operation ack(Namespace namespace, String event, ContextView context) {
		if (this.registry.isNoop()) {
			return null;
		}
		SocketAckObservationContext observed = new SocketAckObservationContext(namespace, event,
				this.namespaces.of(namespace), this.emitted.of(event));
		return start(this.conventions.ack(), observed, SocketAckObservationContext::setOutcome, context);
	}

	@Override
	public @Nullable Operation broadcast(Namespace namespace, String event, BroadcastOptions options,
			ContextView context) {
		if (this.registry.isNoop()) {
			return null;
		}
		SocketBroadcastObservationContext observed = new SocketBroadcastObservationContext(namespace, event,
				shown(options.rooms()), this.namespaces.of(namespace), this.emitted.of(event));
		return start(this.conventions.broadcast(), observed, SocketBroadcastObservationContext::setOutcome, context);
	}

	/**
	 * Leave out the rooms of users and sessions, which only the server knows of.
	 */
	private static Set<String> shown(Collection<String> rooms) {
		return rooms.isEmpty() ? Set.of()
				: rooms.stream().filter((room) -> !room.startsWith(HIDDEN)).collect(Collectors.toUnmodifiableSet());
	}

	private <C extends Observation.Context> @Nullable Operation start(ObservationConvention<C> convention, C context,
			BiConsumer<C, Outcome> setOutcome, @Nullable ContextView reactorContext) {
		try {
			Observation observation = Observation.createNotStarted(convention, () -> context, this.registry);
			if (reactorContext != null && reactorContext.getOrDefault(KEY, null) instanceof Observation parent) {
				observation.parentObservation(parent);
			}
			return new Observed<>(observation.start(), context, setOutcome, this);
		}
		catch (RuntimeException ex) {
			failed(ex);
			return null;
		}
	}

	/**
	 * A convention or a handler of observations has failed, which has no effect on what
	 * is observed.
	 */
	private void failed(RuntimeException error) {
		if (this.failed.compareAndSet(false, true)) {
			logger.warn("An observation has failed; further failures are logged at level DEBUG", error);
		}
		else {
			logger.debug("An observation has failed", error);
		}
	}

	/**
	 * An observation that has been started.
	 *
	 * @param <C> the type of the context
	 * @param observation the observation
	 * @param observed its context
	 * @param setOutcome sets the outcome of the context
	 * @param observations is told of an exception of the observation
	 */
	private record Observed<C extends Observation.Context>(Observation observation, C observed,
			BiConsumer<C, Outcome> setOutcome, ServerObservations observations) implements Operation {

		@Override
		public ThreadContext.Scope open() {
			return this.observation.openScope()::close;
		}

		@Override
		public Context context(Context context) {
			return context.put(KEY, this.observation);
		}

		@Override
		public void end(Outcome outcome, @Nullable Throwable error) {
			try {
				this.setOutcome.accept(this.observed, outcome);
				if (error != null) {
					this.observation.error(error);
				}
				this.observation.stop();
			}
			catch (RuntimeException ex) {
				this.observations.failed(ex);
			}
		}

	}

}
