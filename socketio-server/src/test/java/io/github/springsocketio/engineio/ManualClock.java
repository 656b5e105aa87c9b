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

import java.time.Duration;

/**
 * The clock of an engine whose time passes only when a test says so.
 */
public final class ManualClock {

	private static final long STEP = Duration.ofMillis(50).toNanos();

	private volatile long now;

	private final TimerWheel timers = new TimerWheel(() -> this.now);

	/**
	 * Create an engine that goes by this clock.
	 * @param options the options
	 * @return the engine
	 */
	public EngineServer engine(EngineOptions options) {
		return new DefaultEngineServer(options, this.timers);
	}

	/**
	 * Let time pass, and run what is due.
	 * @param time how long
	 */
	public void advance(Duration time) {
		long end = this.now + time.toNanos();
		while (this.now != end) {
			this.now = Math.min(end, this.now + STEP);
			this.timers.advance();
		}
	}

}
