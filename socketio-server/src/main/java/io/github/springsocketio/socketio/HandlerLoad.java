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

package io.github.springsocketio.socketio;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.springsocketio.engineio.EngineSession;

/**
 * Counts the handlers of one client that are in flight, and the memory of their events.
 * If there are too many, reading pauses until half of them have completed. Safe to use
 * from any thread.
 */
final class HandlerLoad {

	private static final AtomicIntegerFieldUpdater<HandlerLoad> IN_FLIGHT = AtomicIntegerFieldUpdater
		.newUpdater(HandlerLoad.class, "inFlight");

	private static final AtomicIntegerFieldUpdater<HandlerLoad> PAUSED = AtomicIntegerFieldUpdater
		.newUpdater(HandlerLoad.class, "paused");

	/** Smaller events are not counted. */
	private static final int MIN_COUNTED = 1024;

	private final DefaultSocketIoServer server;

	private final EngineSession session;

	/** The size of the event that is being handled; in the session's turn. */
	private int eventBytes;

	/** Whether an event was received since the last call of {@link #wasActive()}. */
	private volatile boolean active;

	private volatile int inFlight;

	private volatile int paused;

	HandlerLoad(DefaultSocketIoServer server, EngineSession session) {
		this.server = server;
		this.session = session;
	}

	/**
	 * Set the size of the event that is handled next; in the session's turn.
	 */
	void handling(int bytes) {
		this.eventBytes = (bytes >= MIN_COUNTED) ? bytes : 0;
		if (!this.active) {
			this.active = true;
		}
	}

	/**
	 * Return whether an event was received since the last call.
	 */
	boolean wasActive() {
		boolean result = this.active;
		this.active = false;
		return result;
	}

	/**
	 * Return the counted size of the event that is being handled; in the session's turn.
	 */
	int handled() {
		return this.eventBytes;
	}

	/**
	 * Count a handler that has started; in the session's turn.
	 * @return the bytes that are counted with it
	 */
	int started() {
		int bytes = this.eventBytes;
		if (bytes != 0) {
			this.session.countMemory(bytes);
		}
		int max = this.server.options().maxHandlersInFlight();
		if (IN_FLIGHT.incrementAndGet(this) >= max && PAUSED.compareAndSet(this, 0, 1)) {
			this.server.engine().limitExceeded(SocketIoLimit.MAX_HANDLERS_IN_FLIGHT, this.session);
			this.session.pauseReading(true);
			resumeIfFew(max);
		}
		return bytes;
	}

	/**
	 * Count a handler that has completed.
	 * @param bytes the result of {@link #started()}
	 */
	void finished(int bytes) {
		if (bytes != 0) {
			this.session.countMemory(-bytes);
		}
		IN_FLIGHT.decrementAndGet(this);
		if (this.paused != 0) {
			resumeIfFew(this.server.options().maxHandlersInFlight());
		}
	}

	/**
	 * Return the number of handlers that are in flight.
	 */
	int inFlight() {
		return this.inFlight;
	}

	private void resumeIfFew(int max) {
		if (this.inFlight <= max / 2 && PAUSED.compareAndSet(this, 1, 0)) {
			this.session.pauseReading(false);
		}
	}

}
