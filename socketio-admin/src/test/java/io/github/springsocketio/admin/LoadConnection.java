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

package io.github.springsocketio.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.Outbox;
import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportHandler;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client that is in the same process as the server, of which there
 * may be very many: the server does all that it does for a client but the network. It
 * responds to pings.
 */
final class LoadConnection implements Transport {

	private @Nullable TransportHandler handler;

	/**
	 * Open a session and connect to the main namespace.
	 */
	static LoadConnection open(TransportServer engine, String id) {
		LoadConnection connection = new LoadConnection();
		Objects.requireNonNull(engine.open(id, 4, new LoadRequest(Map.of()), connection));
		return connection.receive("40");
	}

	/**
	 * Let the server receive a packet.
	 */
	LoadConnection receive(String packet) {
		byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
		handler().onText(this, bytes, 0, bytes.length);
		return this;
	}

	void lose() {
		handler().onClose(this);
	}

	private TransportHandler handler() {
		return Objects.requireNonNull(this.handler);
	}

	@Override
	public void attach(TransportHandler session) {
		this.handler = session;
	}

	@Override
	public TransportType type() {
		return TransportType.WEBSOCKET;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void drain(Outbox outbox) {
		Object entry;
		while ((entry = outbox.poll()) != null) {
			if (entry instanceof EncodedMessage message && message.hasText() && message.text()[0] == '2') {
				receive("3");
			}
		}
	}

	@Override
	public void sendControl(EncodedMessage packet) {
	}

	@Override
	public boolean closeOrderly() {
		return true;
	}

	@Override
	public void close(CloseReason reason) {
	}

	@Override
	public void setReading(boolean reading) {
	}

}
