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

import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Socket;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation {@code socketio.event}: a handler is called with an event.
 *
 * @since 0.1.0
 */
public class SocketEventObservationContext extends ReceiverContext<TraceCarrier> {

	private final Socket socket;

	private final Event event;

	private final String namespaceTag;

	private final String eventTag;

	private @Nullable String outcome;

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
		super(TraceCarrier::get, Kind.CONSUMER);
		setCarrier(carrier);
		this.socket = socket;
		this.event = event;
		this.namespaceTag = namespaceTag;
		this.eventTag = eventTag;
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
		return this.namespaceTag;
	}

	/**
	 * Return the name of the event as a tag, {@code _OTHER} if only a socket has a
	 * handler for it.
	 * @return the name of the event as a tag, {@code _OTHER} if only a socket has a
	 * handler for it
	 */
	public String getEventTag() {
		return this.eventTag;
	}

	/**
	 * Return how it has ended.
	 * @return such as {@code "success"}, or {@code null} while it is under way
	 */
	public @Nullable String getOutcome() {
		return this.outcome;
	}

	void setOutcome(String outcome) {
		this.outcome = outcome;
	}

}
