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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A transport without a network: what is sent arrives at the client at once.
 */
abstract class ModelTransport implements TransportServer.SessionTransport {

	private final Consumer<String> client;

	private @Nullable TransportSession session;

	boolean closed;

	/** Whether it handed on packets that were not its own to hand on. */
	boolean intruded;

	ModelTransport(Consumer<String> client) {
		this.client = client;
	}

	@Override
	public void attach(TransportSession session) {
		this.session = session;
	}

	TransportSession session() {
		assertThat(this.session).isNotNull();
		return this.session;
	}

	/**
	 * Hand packets to the client, of which only the current transport may.
	 */
	final void deliver(List<EncodedMessage> messages) {
		this.intruded |= session().currentTransport() != this;
		messages.forEach(this::answer);
	}

	/**
	 * Hand a packet to the client.
	 */
	final void answer(EncodedMessage message) {
		if (message.hasText()) {
			this.client.accept(new String(message.text(), StandardCharsets.UTF_8));
		}
		for (byte[] binary : message.binaries()) {
			this.client.accept("b" + new String(binary, StandardCharsets.UTF_8));
		}
	}

	final void text(String packet) {
		byte[] data = packet.getBytes(StandardCharsets.UTF_8);
		session().onText(this, data, 0, data.length);
	}

	final void binary(String message) {
		boolean typed = session().protocol() == 3;
		session().onBinary(this, ((typed ? "\u0004" : "") + message).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return whether nothing waits here any more.
	 */
	abstract boolean isEmpty();

}
