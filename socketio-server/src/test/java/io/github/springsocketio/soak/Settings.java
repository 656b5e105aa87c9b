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

package io.github.springsocketio.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long and how hard, from system properties.
 *
 * @param time the time of all rounds together, {@code soak.seconds}
 * @param round the time of a round, {@code soak.round} seconds
 * @param clients the number of clients, {@code soak.clients}
 * @param sessions the largest number of sessions of a client, {@code soak.sessions}
 * @param pause what a client waits between two steps, {@code soak.pause} milliseconds
 * @param ping interval and timeout of the heartbeat, {@code soak.ping} milliseconds
 * @param stop a file that ends the run when it appears, {@code soak.stop}
 */
record Settings(Duration time, Duration round, int clients, int sessions, Duration pause, Duration ping, Path stop) {

	static Settings ofProperties() {
		return new Settings(Duration.ofSeconds(Integer.getInteger("soak.seconds", 10)),
				Duration.ofSeconds(Integer.getInteger("soak.round", 1)), Integer.getInteger("soak.clients", 8),
				Integer.getInteger("soak.sessions", 8), Duration.ofMillis(Integer.getInteger("soak.pause", 0)),
				Duration.ofMillis(Integer.getInteger("soak.ping", 500)),
				Path.of(System.getProperty("soak.stop", "target/soak-stop")));
	}

	boolean isStopped() {
		return Files.exists(this.stop);
	}

	/**
	 * Return how long a session may outlive its client.
	 */
	Duration silence() {
		return this.ping.multipliedBy(2).plusSeconds(10);
	}

	static void await(String what, Duration limit, BooleanSupplier condition) {
		long end = System.nanoTime() + limit.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - end > 0) {
				throw new AssertionError("Did not happen: " + what);
			}
			LockSupport.parkNanos(10_000_000);
		}
	}

}
