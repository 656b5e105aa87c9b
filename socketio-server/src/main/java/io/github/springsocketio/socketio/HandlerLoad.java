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
 * Counts the handlers of one client that are under way: too many of them hold back
 * reading from it, until there are half as many. Safe to use from any thread.
 */
abstract class HandlerLoad {

	private static final AtomicIntegerFieldUpdater<HandlerLoad> IN_FLIGHT = AtomicIntegerFieldUpdater
		.newUpdater(HandlerLoad.class, "inFlight");

	private static final AtomicIntegerFieldUpdater<HandlerLoad> PAUSED = AtomicIntegerFieldUpdater
		.newUpdater(HandlerLoad.class, "paused");

	private volatile int inFlight;

	private volatile int paused;

	abstract EngineSession session();

	abstract int maxHandlersInFlight();

	/**
	 * Reading is about to be held back.
	 */
	abstract void onTooManyHandlers();

	/**
	 * A handler is under way.
	 */
	final void handlerStarted() {
		int max = maxHandlersInFlight();
		if (IN_FLIGHT.incrementAndGet(this) >= max && PAUSED.compareAndSet(this, 0, 1)) {
			onTooManyHandlers();
			session().pauseReading(true);
			resumeIfFew(max);
		}
	}

	/**
	 * A handler has ended.
	 */
	final void handlerFinished() {
		IN_FLIGHT.decrementAndGet(this);
		if (this.paused != 0) {
			resumeIfFew(maxHandlersInFlight());
		}
	}

	/**
	 * Return the number of handlers that are under way.
	 */
	final int handlersInFlight() {
		return this.inFlight;
	}

	private void resumeIfFew(int max) {
		if (this.inFlight <= max / 2 && PAUSED.compareAndSet(this, 1, 0)) {
			session().pauseReading(false);
		}
	}

}
