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

package io.github.springsocketio.engineio;

import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * A transport of a {@link SessionModel}, which is used by the rules or says so.
 */
abstract class ModelTransport extends FakeTransport {

	/** Whether it handed on packets that were not its own to hand on. */
	boolean intruded;

	ModelTransport(TransportType type, Consumer<String> client) {
		super(type, client);
	}

	@Override
	TransportSession session() {
		return (TransportSession) super.session();
	}

	/**
	 * Hand packets to the client, of which only the current transport may.
	 */
	final void deliver(List<EncodedMessage> messages) {
		this.intruded |= session().currentTransport() != this;
		messages.forEach(this::write);
	}

	/**
	 * Send a binary message to the server.
	 */
	final void message(String message) {
		boolean typed = session().protocol() == 3;
		binary((typed ? "\u0004" : "") + message);
	}

	/**
	 * Return whether nothing waits here any more.
	 */
	abstract boolean isEmpty();

}
