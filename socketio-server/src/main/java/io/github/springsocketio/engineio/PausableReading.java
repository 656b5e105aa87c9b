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

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Takes turns with what comes from a client, and holds back reading while somebody asks
 * for it.
 */
abstract class PausableReading extends SerialExecutor implements TransportSession {

	private static final AtomicIntegerFieldUpdater<PausableReading> PAUSED = AtomicIntegerFieldUpdater
		.newUpdater(PausableReading.class, "paused");

	private volatile int paused;

	@Override
	public final void pauseReading(boolean pause) {
		if (!pause) {
			onResuming();
		}
		int count = pause ? PAUSED.incrementAndGet(this) : PAUSED.decrementAndGet(this);
		if (count != (pause ? 1 : 0)) {
			return;
		}
		currentTransport().setReading(!pause);
		// Two threads may tell the transport in another order than they have counted
		tellReading(pause);
	}

	/**
	 * Tell the current transport whether reading is held back, until it knows.
	 * @param paused what it knows; a new one reads
	 */
	final void tellReading(boolean paused) {
		boolean told = paused;
		while (told != isReadingPaused()) {
			told = !told;
			currentTransport().setReading(!told);
		}
	}

	/**
	 * Reading is about to go on, if nobody else holds it back.
	 */
	abstract void onResuming();

	@Override
	public final boolean isReadingPaused() {
		return this.paused > 0;
	}

	@Override
	public final void execute(Runnable task) {
		submit(task);
	}

}
