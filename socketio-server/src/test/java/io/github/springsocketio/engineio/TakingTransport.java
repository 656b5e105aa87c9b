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

import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * A transport that takes everything at once, on any thread, and remembers it.
 */
class TakingTransport implements TransportServer.SessionTransport {

	private final TransportType type;

	final List<String> taken = new ArrayList<>();

	boolean reading = true;

	boolean closed;

	TakingTransport(TransportType type) {
		this.type = type;
	}

	@Override
	public void attach(TransportSession session) {
	}

	/**
	 * A packet comes from the peer.
	 */
	void text(TransportSession receiver, String packet) {
		byte[] data = packet.getBytes(StandardCharsets.UTF_8);
		receiver.onText(this, data, 0, data.length);
	}

	@Override
	public TransportType type() {
		return this.type;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public boolean inThread() {
		return true;
	}

	@Override
	public void execute(Runnable task) {
		task.run();
	}

	@Override
	public void requestDrain(Runnable drainer) {
		drainer.run();
	}

	@Override
	public void drain(Outbox outbox) {
		Object entry;
		while ((entry = outbox.poll()) != null) {
			if (entry instanceof EncodedMessage message) {
				sendControl(message);
			}
		}
	}

	@Override
	public void sendControl(EncodedMessage packet) {
		this.taken.add(new String(packet.text(), StandardCharsets.UTF_8));
	}

	@Override
	public void endPoll() {
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
