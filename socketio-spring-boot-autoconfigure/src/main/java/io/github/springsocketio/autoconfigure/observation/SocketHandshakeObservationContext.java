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

import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.ServerObserver.Outcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation {@code socketio.handshake}: a client joins a namespace.
 *
 * @since 0.1.0
 */
public class SocketHandshakeObservationContext extends ReceiverContext<TraceCarrier> {

	private final Handshake handshake;

	private final String namespace;

	private final String namespaceTag;

	private @Nullable Outcome outcome;

	/**
	 * Create a context.
	 * @param handshake the handshake of the client
	 * @param namespace the name of the namespace that the client has sent
	 * @param namespaceTag the name as a tag, {@code _OTHER} if the application has not
	 * named the namespace
	 * @param carrier has the context of the trace that the client has sent
	 */
	public SocketHandshakeObservationContext(Handshake handshake, String namespace, String namespaceTag,
			TraceCarrier carrier) {
		super(TraceCarrier::get, Kind.SERVER);
		setCarrier(carrier);
		this.handshake = handshake;
		this.namespace = namespace;
		this.namespaceTag = namespaceTag;
	}

	/**
	 * Return the handshake of the client.
	 * @return the handshake of the client
	 */
	public Handshake getHandshake() {
		return this.handshake;
	}

	/**
	 * Return the name of the namespace that the client has sent.
	 * @return the name of the namespace that the client has sent
	 */
	public String getNamespace() {
		return this.namespace;
	}

	/**
	 * Return the name as a tag, {@code _OTHER} if the application has not named the
	 * namespace.
	 * @return the name as a tag, {@code _OTHER} if the application has not named the
	 * namespace
	 */
	public String getNamespaceTag() {
		return this.namespaceTag;
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
