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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * Long-polling without HTTP: one poll and one request with data at a time.
 */
final class ModelPolling extends ModelTransport {

	private final Runnable answered;

	private boolean polled;

	private boolean closing;

	private final List<Runnable> held = new ArrayList<>();

	ModelPolling(Consumer<String> client, Runnable answered) {
		super(TransportType.POLLING, client);
		this.answered = answered;
	}

	/**
	 * A poll reaches the server.
	 */
	void poll() {
		if (this.closed) {
			this.answered.run();
			return;
		}
		this.polled = true;
		session().onReady(this);
		if (this.closing) {
			endWithClose();
		}
	}

	/**
	 * The connection of the poll is cut.
	 */
	void abort() {
		if (takePoll()) {
			session().onError(this, "poll connection closed prematurely");
		}
	}

	/**
	 * A request with data reaches the server.
	 */
	void post(Runnable packets) {
		if (session().isReadingPaused()) {
			this.held.add(packets);
		}
		else {
			packets.run();
		}
	}

	boolean hasPoll() {
		return this.polled;
	}

	private boolean takePoll() {
		boolean taken = this.polled;
		this.polled = false;
		return taken;
	}

	private void answerPoll(EncodedMessage... packets) {
		if (takePoll()) {
			List.of(packets).forEach(this::write);
			this.answered.run();
		}
	}

	private void endWithClose() {
		if (this.polled) {
			answerPoll(ControlPackets.NOOP, ControlPackets.CLOSE);
			session().onOrderlyClosed(this);
		}
	}

	@Override
	public boolean isWritable() {
		return this.polled;
	}

	@Override
	public void drain(Outbox outbox) {
		if (outbox.peek() == null || !takePoll()) {
			return;
		}
		List<EncodedMessage> batch = new ArrayList<>();
		while (outbox.poll() instanceof EncodedMessage message) {
			batch.add(message);
		}
		deliver(batch);
		this.answered.run();
	}

	@Override
	public void sendControl(EncodedMessage packet) {
		answerPoll(packet);
	}

	@Override
	public void endPoll() {
		answerPoll(ControlPackets.NOOP);
	}

	@Override
	public boolean closeOrderly() {
		if (this.polled) {
			answerPoll(ControlPackets.CLOSE);
			return true;
		}
		this.closing = true;
		return false;
	}

	@Override
	public void close(CloseReason reason) {
		this.closed = true;
		answerPoll((reason == CloseReason.TRANSPORT_CLOSE) ? ControlPackets.NOOP : ControlPackets.CLOSE);
		setReading(true);
	}

	@Override
	public void setReading(boolean reading) {
		if (reading) {
			List<Runnable> waiting = List.copyOf(this.held);
			this.held.clear();
			waiting.forEach(Runnable::run);
		}
	}

	@Override
	boolean isEmpty() {
		return !this.polled && this.held.isEmpty();
	}

}
