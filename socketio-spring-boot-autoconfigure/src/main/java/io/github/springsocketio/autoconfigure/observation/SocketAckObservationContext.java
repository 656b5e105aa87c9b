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

import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.ServerObserver.Outcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation {@code socketio.ack}: acknowledgements of an event are
 * awaited.
 *
 * @since 0.1.0
 */
public class SocketAckObservationContext extends SenderContext<Object> {

	private final Namespace namespace;

	private final String event;

	private final String namespaceTag;

	private final String eventTag;

	private @Nullable Outcome outcome;

	/**
	 * Create a context.
	 * @param namespace the namespace
	 * @param event the name of the event
	 * @param namespaceTag the name of the namespace as a tag, {@code _OTHER} if it
	 * belongs to a family
	 * @param eventTag the name of the event as a tag, {@code _OTHER} if there are too
	 * many
	 */
	public SocketAckObservationContext(Namespace namespace, String event, String namespaceTag, String eventTag) {
		super((carrier, key, value) -> {
		}, Kind.CLIENT);
		this.namespace = namespace;
		this.event = event;
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
