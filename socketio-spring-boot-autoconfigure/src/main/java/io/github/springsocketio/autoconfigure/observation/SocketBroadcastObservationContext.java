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

import java.util.Set;

import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.ServerObserver.Outcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation {@code socketio.broadcast}: an event is passed to the
 * adapter.
 *
 * @since 0.1.0
 */
public class SocketBroadcastObservationContext extends SenderContext<Object> {

	private final Namespace namespace;

	private final String event;

	private final Set<String> rooms;

	private final String namespaceTag;

	private final String eventTag;

	private @Nullable Outcome outcome;

	/**
	 * Create a context.
	 * @param namespace the namespace
	 * @param event the name of the event
	 * @param rooms the rooms that are selected, empty for all sockets
	 * @param namespaceTag the name of the namespace as a tag, {@code _OTHER} if it
	 * belongs to a family
	 * @param eventTag the name of the event as a tag, {@code _OTHER} if there are too
	 * many
	 */
	public SocketBroadcastObservationContext(Namespace namespace, String event, Set<String> rooms, String namespaceTag,
			String eventTag) {
		super((carrier, key, value) -> {
		}, Kind.PRODUCER);
		this.namespace = namespace;
		this.event = event;
		this.rooms = rooms;
		this.namespaceTag = namespaceTag;
		this.eventTag = eventTag;
	}

	/**
	 * Return the namespace.
	 * @return the namespace
	 */
	public Namespace getNamespace() {
		return this.namespace;
	}

	/**
	 * Return the name of the event.
	 * @return the name of the event
	 */
	public String getEvent() {
		return this.event;
	}

	/**
	 * Return the rooms that are selected, empty for all sockets.
	 * @return the rooms that are selected, empty for all sockets
	 */
	public Set<String> getRooms() {
		return this.rooms;
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
	 * Return the name of the event as a tag, {@code _OTHER} if there are too many.
	 * @return the name of the event as a tag, {@code _OTHER} if there are too many
	 */
	public String getEventTag() {
		return this.eventTag;
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

}
