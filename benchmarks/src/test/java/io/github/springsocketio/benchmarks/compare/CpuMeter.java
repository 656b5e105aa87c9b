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

package io.github.springsocketio.benchmarks.compare;

import java.io.IOException;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Measures the CPU time that a server uses for a load. Durations are CPU seconds of the
 * server, so that a busy machine neither measures less nor leaves the server cold.
 */
final class CpuMeter {

	private static final long SECOND = 1_000_000_000L;

	private static final long LIMIT = 300 * SECOND;

	private final ServerProcess server;

	private final Wire wire;

	CpuMeter(ServerProcess server, Wire wire) {
		this.server = server;
		this.wire = wire;
	}

	/**
	 * Run a load.
	 * @param before the seconds before the measurement
	 * @param measured the seconds of the measurement
	 */
	Cost during(GrowthLoad load, double before, double measured) throws IOException {
		return run(load, before, () -> use(measured));
	}

	/**
	 * Run a load and measure from its start until it has counted so much.
	 */
	Cost first(GrowthLoad load, long count) throws IOException {
		long end = load.count() + count;
		return run(load, 0, () -> await(LIMIT, () -> load.count() >= end));
	}

	private Cost run(GrowthLoad load, double before, Wire.Task measured) throws IOException {
		int connections = this.wire.connections();
		load.start();
		use(before);
		long count = load.count();
		double all = this.server.cpuSeconds();
		double user = this.server.userSeconds();
		measured.run();
		double done = (load.count() - count) / 1e6;
		Cost cost = new Cost((this.server.cpuSeconds() - all) / done, (this.server.userSeconds() - user) / done);
		load.stop();
		await(10 * SECOND, () -> load.isQuiet() && this.wire.connections() == connections);
		return cost;
	}

	/**
	 * Let the server use so much CPU time.
	 */
	void use(double seconds) throws IOException {
		double end = this.server.cpuSeconds() + seconds;
		long limit = System.nanoTime() + LIMIT;
		while (this.server.cpuSeconds() < end) {
			if (System.nanoTime() > limit) {
				throw new IOException("The server does nothing");
			}
			this.wire.run(SECOND / 20, () -> false);
		}
	}

	/**
	 * Wait until the server uses no more CPU time, as after its start.
	 */
	void settle() throws IOException {
		long limit = System.nanoTime() + LIMIT;
		double before;
		double now = this.server.cpuSeconds();
		do {
			if (System.nanoTime() > limit) {
				throw new IOException("The server does not come to rest");
			}
			before = now;
			this.wire.run(SECOND, () -> false);
			now = this.server.cpuSeconds();
		}
		while (now - before > 0.02);
	}

	private void await(long nanos, BooleanSupplier condition) throws IOException {
		if (!this.wire.run(nanos, condition)) {
			throw new IOException("Messages were lost, or connections have not ended");
		}
	}

	/**
	 * Microseconds of CPU for each message, delivery, connection or recovery.
	 *
	 * @param all in user space and in the kernel
	 * @param user in user space
	 */
	record Cost(double all, double user) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "[%.2f, %.2f]", this.all, this.user);
		}

	}

}
