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

import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * Stands where a session stands and sends back each websocket message as it came, without
 * any packet of the protocol, so that a tool that only knows websockets can be the
 * client. It ends as a session ends: at once, with whatever its transport then sends.
 */
public final class EchoTransportHandler implements TransportHandler {

	private final Outbox outbox = new Outbox();

	private final Transport transport;

	private volatile boolean closed;

	public EchoTransportHandler(Transport transport) {
		this.transport = transport;
	}

	@Override
	public void onText(Transport source, byte[] data, int offset, int length) {
		byte[] text = new byte[length];
		System.arraycopy(data, offset, text, 0, length);
		send(EncodedMessage.text(text));
	}

	@Override
	public void onBinary(Transport source, byte[] data) {
		send(EncodedMessage.binary(data));
	}

	private void send(EncodedMessage message) {
		if (!this.closed) {
			this.outbox.add(message);
			this.transport.requestDrain(this::drain);
		}
	}

	private void drain() {
		if (!this.closed) {
			this.transport.drain(this.outbox);
		}
	}

	@Override
	public void onReady(Transport source) {
		this.transport.requestDrain(this::drain);
	}

	@Override
	public void onClose(Transport source) {
		closed(CloseReason.TRANSPORT_CLOSE);
	}

	@Override
	public void onError(Transport source, String detail) {
		closed(CloseReason.TRANSPORT_ERROR);
	}

	@Override
	public void onLimitExceeded(Transport source, Limit limit, String detail) {
		closed(CloseReason.TRANSPORT_ERROR);
	}

	@Override
	public void onParseError(Transport source) {
		closed(CloseReason.PARSE_ERROR);
	}

	private void closed(CloseReason reason) {
		if (!this.closed) {
			this.closed = true;
			this.transport.close(reason);
			this.outbox.clear();
		}
	}

	@Override
	public void onOrderlyClosed(Transport source) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void limitExceeded(Limit limit) {
	}

	@Override
	public void countMemory(long bytes) {
	}

	@Override
	public boolean isInputRejected() {
		return false;
	}

	@Override
	public boolean isReadingPaused() {
		return false;
	}

	@Override
	public void execute(Runnable task) {
		task.run();
	}

}
