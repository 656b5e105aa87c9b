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
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import io.github.springsocketio.benchmarks.Histogram;
import io.github.springsocketio.benchmarks.compare.ServerProcess.ThreadId;

/**
 * Puts a server under one kind of load and measures.
 */
final class Load {

	private static final long SECOND = 1_000_000_000L;

	/** The messages of all clients that send at a steady rate. */
	private static final int PER_SECOND = 5000;

	private final ServerProcess server;

	private final Scenario scenario;

	private final long warmUp;

	private final long measured;

	private final long pause;

	Load(ServerProcess server, Scenario scenario, int warmUpSeconds, int pauseMillis, int seconds) {
		this.server = server;
		this.scenario = scenario;
		this.warmUp = warmUpSeconds * SECOND;
		this.pause = pauseMillis * 1_000_000L;
		this.measured = seconds * SECOND;
	}

	Result run() throws IOException {
		try (Wire wire = new Wire(this.server.address())) {
			return switch (this.scenario) {
				case CONNECT -> connects(wire);
				case IDLE -> idle(wire);
				case ECHO_5000 -> paced(wire);
				default -> messages(wire);
			};
		}
	}

	private Result messages(Wire wire) throws IOException {
		Traffic traffic = new Traffic(this.scenario);
		open(wire, traffic, () -> traffic.ready().size());
		traffic.start();
		warmUp(wire);
		Meter meter = new Meter(traffic::count, traffic.times());
		wire.run(this.measured, () -> false);
		Result result = meter.result();
		traffic.stop();
		if (!wire.run(10 * SECOND, traffic::isQuiet)) {
			throw new IOException("Messages were lost");
		}
		return result;
	}

	private Result paced(Wire wire) throws IOException {
		PacedEchoes echoes = new PacedEchoes(PER_SECOND);
		open(wire, echoes, echoes::ready);
		BooleanSupplier send = () -> {
			echoes.send();
			return false;
		};
		wire.run(this.warmUp, 1, send);
		Meter meter = new Meter(echoes::count, echoes.times());
		wire.run(this.measured, 1, send);
		return meter.result();
	}

	/**
	 * Load the server, with a pause after each second: threads of a server that are
	 * always runnable leave too little time to the compiler of its JVM.
	 */
	private void warmUp(Wire wire) throws IOException {
		for (long rest = this.warmUp; rest > 0; rest -= SECOND) {
			wire.run(Math.min(rest, SECOND), () -> false);
			LockSupport.parkNanos(this.pause);
		}
	}

	private void open(Wire wire, Receiver receiver, IntSupplier ready) throws IOException {
		int clients = this.scenario.clients();
		for (int i = 1; i <= clients; i++) {
			if (this.scenario == Scenario.POLLING) {
				new PollingClient(wire, receiver);
			}
			else {
				new WebSocketClient(wire, receiver);
			}
			int wanted = i - 50;
			if (!wire.run(10 * SECOND, () -> ready.getAsInt() >= wanted)) {
				throw new IOException("Clients could not connect");
			}
		}
		if (!wire.run(10 * SECOND, () -> ready.getAsInt() == clients)) {
			throw new IOException("Clients could not connect");
		}
	}

	private Result connects(Wire wire) throws IOException {
		Traffic traffic = new Traffic(this.scenario);
		for (int i = 0; i < this.scenario.clients(); i++) {
			new WebSocketClient(wire, traffic);
		}
		connectOnce(wire, traffic, this.warmUp);
		Meter meter = new Meter(traffic::count, traffic.times());
		connectOnce(wire, traffic, this.measured);
		return meter.result();
	}

	private void connectOnce(Wire wire, Traffic traffic, long nanos) throws IOException {
		long end = System.nanoTime() + nanos;
		while (System.nanoTime() < end) {
			if (!wire.run(10 * SECOND, () -> !traffic.ready().isEmpty())) {
				throw new IOException("Clients could not connect");
			}
			for (Client client : traffic.ready()) {
				client.close();
				new WebSocketClient(wire, traffic);
			}
			traffic.ready().clear();
		}
	}

	private Result idle(Wire wire) throws IOException {
		long before = this.server.residentKib();
		Traffic traffic = new Traffic(this.scenario);
		open(wire, traffic, () -> traffic.ready().size());
		wire.run(2 * SECOND, () -> false);
		double each = (this.server.residentKib() - before) / (double) this.scenario.clients();
		return new Result(each, 0, 0, 0, 0);
	}

	/**
	 * What was measured.
	 *
	 * @param cost microseconds of CPU for each message or connection, or KiB for each
	 * idle connection
	 * @param perSecond messages or connections
	 * @param median of the latency in microseconds
	 * @param p99 of the latency in microseconds
	 * @param balance what the busiest of the threads that do the work used, divided by
	 * their mean: 1 where all do the same
	 */
	record Result(double cost, double perSecond, double median, double p99, double balance) {

	}

	/**
	 * Counts from now on.
	 */
	private final class Meter {

		private final LongSupplier counter;

		private final Histogram times;

		private final long count;

		private final long since = System.nanoTime();

		private final double cpu;

		private final Map<ThreadId, Double> threads;

		Meter(LongSupplier counter, Histogram times) throws IOException {
			this.counter = counter;
			this.times = times;
			times.reset();
			this.count = counter.getAsLong();
			this.threads = Load.this.server.threads();
			this.cpu = Load.this.server.cpuSeconds();
		}

		Result result() throws IOException {
			double count = this.counter.getAsLong() - this.count;
			double seconds = (System.nanoTime() - this.since) / (double) SECOND;
			double used = Load.this.server.cpuSeconds() - this.cpu;
			return new Result(used * 1e6 / count, count / seconds, this.times.quantile(0.5), this.times.quantile(0.99),
					balance());
		}

		/**
		 * The threads that do the work are those of the name that used most.
		 */
		private double balance() throws IOException {
			Map<String, DoubleSummaryStatistics> groups = new HashMap<>();
			Load.this.server.threads().forEach((thread, seconds) -> {
				double used = seconds - this.threads.getOrDefault(thread, 0.0);
				if (used > 0) {
					groups.computeIfAbsent(thread.group(), (name) -> new DoubleSummaryStatistics()).accept(used);
				}
			});
			return groups.values()
				.stream()
				.max(Comparator.comparingDouble(DoubleSummaryStatistics::getSum))
				.map((group) -> group.getMax() / group.getAverage())
				.orElse(1.0);
		}

	}

}
