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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * A websocket without a network, whose event loop does one task when it is told to.
 */
final class ModelWebSocket extends ModelTransport {

	private final Deque<Runnable> loop = new ArrayDeque<>();

	private final Deque<Runnable> frames = new ArrayDeque<>();

	private boolean inLoop;

	private boolean stuck;

	ModelWebSocket(TransportSession session, Consumer<String> client) {
		super(TransportType.WEBSOCKET, client);
		attach(session);
	}

	/**
	 * Let the event loop do its next task.
	 * @return whether there was one
	 */
	boolean runTask() {
		Runnable task = this.loop.poll();
		if (task == null) {
			return false;
		}
		this.inLoop = true;
		task.run();
		this.inLoop = false;
		return true;
	}

	/**
	 * A frame of the client is on its way.
	 */
	void frame(Runnable frame) {
		this.frames.add(frame);
		execute(this::read);
	}

	private void read() {
		if (this.closed) {
			this.frames.clear();
		}
		while (this.reading && !this.closed && !this.frames.isEmpty()) {
			this.frames.poll().run();
		}
	}

	/**
	 * The connection is lost.
	 */
	void lose() {
		execute(() -> {
			this.closed = true;
			this.frames.clear();
			session().onClose(this);
		});
	}

	/**
	 * The client stops or begins to take what is sent.
	 */
	void setStuck(boolean stuck) {
		this.stuck = stuck;
		if (!stuck) {
			execute(() -> session().onReady(this));
		}
	}

	@Override
	public boolean isWritable() {
		return !this.stuck;
	}

	@Override
	public boolean inThread() {
		return this.inLoop;
	}

	@Override
	public void execute(Runnable task) {
		this.loop.add(task);
	}

	@Override
	public void drain(Outbox outbox) {
		while (!this.stuck && !this.closed && outbox.poll() instanceof EncodedMessage message) {
			deliver(List.of(message));
		}
	}

	@Override
	public void sendControl(EncodedMessage packet) {
		if (!this.closed) {
			write(packet);
		}
	}

	@Override
	public boolean closeOrderly() {
		close(CloseReason.FORCED_CLOSE);
		return true;
	}

	@Override
	public void close(CloseReason reason) {
		this.closed = true;
		this.reading = true;
		execute(this::read);
	}

	@Override
	public void setReading(boolean reading) {
		this.reading = reading;
		execute(this::read);
	}

	@Override
	boolean isEmpty() {
		return this.loop.isEmpty() && this.frames.isEmpty();
	}

}
