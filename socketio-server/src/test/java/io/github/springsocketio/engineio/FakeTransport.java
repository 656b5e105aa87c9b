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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A transport without a network: what is sent arrives at the client at once, on any
 * thread.
 */
class FakeTransport implements Transport {

	private final TransportType type;

	private final Consumer<String> client;

	private @Nullable TransportHandler session;

	/** The packets that were sent, unless there is a client. */
	final List<String> sent = new ArrayList<>();

	boolean reading = true;

	boolean closed;

	FakeTransport(TransportType type) {
		this.type = type;
		this.client = this.sent::add;
	}

	FakeTransport(TransportType type, Consumer<String> client) {
		this.type = type;
		this.client = client;
	}

	@Override
	public void attach(TransportHandler handler) {
		this.session = handler;
	}

	TransportHandler session() {
		return Objects.requireNonNull(this.session);
	}

	// What comes from the client

	final void text(String packet) {
		byte[] data = packet.getBytes(StandardCharsets.UTF_8);
		session().onText(this, data, 0, data.length);
	}

	final void binary(String packet) {
		session().onBinary(this, packet.getBytes(StandardCharsets.UTF_8));
	}

	// What goes to the client

	/**
	 * Send a packet to the client.
	 */
	final void write(EncodedMessage message) {
		if (message.hasText()) {
			this.client.accept(new String(message.text(), StandardCharsets.UTF_8));
		}
		for (byte[] binary : message.binaries()) {
			this.client.accept("b" + new String(binary, StandardCharsets.UTF_8));
		}
	}

	@Override
	public TransportType type() {
		return this.type;
	}

	@Override
	public boolean isPolled() {
		return this.type == TransportType.POLLING;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void drain(Outbox outbox) {
		Object entry;
		while ((entry = outbox.poll()) != null) {
			if (entry instanceof EncodedMessage message) {
				write(message);
			}
		}
	}

	@Override
	public void sendControl(EncodedMessage packet) {
		write(packet);
	}

	@Override
	public boolean closeOrderly() {
		return true;
	}

	@Override
	public void close(CloseReason reason) {
		this.closed = true;
	}

	@Override
	public void setReading(boolean reading) {
		this.reading = reading;
	}

}
