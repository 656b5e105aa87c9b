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

import java.util.Iterator;

import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.ServerObserver.Outcome;
import io.github.springsocketio.socketio.Socket;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.Propagator;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation {@code socketio.event}: a handler is called with an event.
 *
 * @since 0.1.0
 */
public class SocketEventObservationContext extends ReceiverContext<TraceCarrier> {

	private static final Propagator.Getter<TraceCarrier> GETTER = TraceCarrier::get;

	private final Socket socket;

	private final Event event;

	private final EventAttributes attributes;

	private @Nullable Outcome outcome;

	/** Those of the convention, as long as there are no others. */
	private KeyValues lowCardinality = KeyValues.empty();

	private boolean others;

	/**
	 * Create a context.
	 * @param socket the socket from which the event came
	 * @param event the event
	 * @param namespaceTag the name of the namespace as a tag, {@code _OTHER} if it
	 * belongs to a family
	 * @param eventTag the name of the event as a tag, {@code _OTHER} if only a socket has
	 * a handler for it
	 * @param carrier has the context of the trace that the client has sent
	 */
	public SocketEventObservationContext(Socket socket, Event event, String namespaceTag, String eventTag,
			TraceCarrier carrier) {
		this(socket, event, new EventAttributes(namespaceTag, eventTag));
		setCarrier(carrier);
	}

	SocketEventObservationContext(Socket socket, Event event, EventAttributes attributes) {
		super(GETTER, Kind.CONSUMER);
		this.socket = socket;
		this.event = event;
		this.attributes = attributes;
	}

	/**
	 * Return the carrier of the trace context that the client has sent.
	 * @return the carrier, by default that of the handshake
	 */
	@Override
	public TraceCarrier getCarrier() {
		TraceCarrier carrier = super.getCarrier();
		if (carrier == null) {
			// few observation handlers need it
			carrier = TraceCarrier.of(this.socket.handshake());
			setCarrier(carrier);
		}
		return carrier;
	}

	/**
	 * Return the socket from which the event came.
	 * @return the socket from which the event came
	 */
	public Socket getSocket() {
		return this.socket;
	}

	/**
	 * Return the event.
	 * @return the event
	 */
	public Event getEvent() {
		return this.event;
	}

	/**
	 * Return the name of the namespace as a tag, {@code _OTHER} if it belongs to a
	 * family.
	 * @return the name of the namespace as a tag, {@code _OTHER} if it belongs to a
	 * family
	 */
	public String getNamespaceTag() {
		return this.attributes.namespaceTag();
	}

	/**
	 * Return the name of the event as a tag, {@code _OTHER} if only a socket has a
	 * handler for it.
	 * @return the name of the event as a tag, {@code _OTHER} if only a socket has a
	 * handler for it
	 */
	public String getEventTag() {
		return this.attributes.eventTag();
	}

	/**
	 * Return how it has ended.
	 * @return such as {@code "success"}, or {@code null} while it is under way
	 */
	public @Nullable String getOutcome() {
		return (this.outcome != null) ? this.outcome.text() : null;
	}

	void setOutcome(Outcome outcome) {
		this.outcome = outcome;
	}

	String defaultContextualName() {
		return this.attributes.contextualName();
	}

	KeyValues defaultKeyValues() {
		return this.attributes.keyValues(this.outcome, getError());
	}

	/**
	 * Add key values. A convention has the same keys at the start and at the end, so that
	 * its second key values replace the first ones, and nothing is copied.
	 */
	@Override
	public Observation.Context addLowCardinalityKeyValues(KeyValues keyValues) {
		if (keyValues == KeyValues.empty()) {
			return this;
		}
		if (!this.others && (this.lowCardinality == KeyValues.empty() || hasSameKeys(keyValues))) {
			this.lowCardinality = keyValues;
			return this;
		}
		copy();
		return super.addLowCardinalityKeyValues(keyValues);
	}

	@Override
	public Observation.Context addHighCardinalityKeyValues(KeyValues keyValues) {
		return (keyValues != KeyValues.empty()) ? super.addHighCardinalityKeyValues(keyValues) : this;
	}

	private boolean hasSameKeys(KeyValues keyValues) {
		if (this.attributes.isStart(this.lowCardinality) && this.attributes.isEnd(keyValues, this.outcome)) {
			return true;
		}
		Iterator<KeyValue> previous = this.lowCardinality.iterator();
		for (KeyValue keyValue : keyValues) {
			if (!previous.hasNext() || !previous.next().getKey().equals(keyValue.getKey())) {
				return false;
			}
		}
		return !previous.hasNext();
	}

	private void copy() {
		if (!this.others) {
			this.others = true;
			super.addLowCardinalityKeyValues(this.lowCardinality);
		}
	}

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
		copy();
		return super.addLowCardinalityKeyValue(keyValue);
	}

	@Override
	public Observation.Context removeLowCardinalityKeyValue(String key) {
		copy();
		return super.removeLowCardinalityKeyValue(key);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.others ? super.getLowCardinalityKeyValues() : this.lowCardinality;
	}

	@Override
	public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
		copy();
		return super.getLowCardinalityKeyValue(key);
	}

}
