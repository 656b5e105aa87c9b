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
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Measures the latency of an echo without and with a thousand other sockets whose
 * blocking handlers sleep, on the same server in turn, and prints the medians of all
 * rounds and their ratio. Arguments: {@code NAME=COMMAND} for each server; system
 * properties {@code rounds}, {@code seconds}, {@code warmUp}, {@code perSecond} and
 * {@code pin}.
 */
public final class BlockingComparison {

	private static final PrintStream RESULT = System.out;

	private static final PrintStream PROGRESS = System.err;

	private static final long SECOND = 1_000_000_000L;

	private static final int ECHOING = 100;

	private static final int SLEEPING = 1000;

	private final int rounds = Integer.getInteger("rounds", 5);

	private final long measured = Integer.getInteger("seconds", 5) * SECOND;

	private final long warmUp = Integer.getInteger("warmUp", 10) * SECOND;

	private final int perSecond = Integer.getInteger("perSecond", 2000);

	private final Wire wire;

	private final PacedEchoes echoes = new PacedEchoes(this.perSecond);

	private final List<Double> without = new ArrayList<>();

	private final List<Double> with = new ArrayList<>();

	private BlockingComparison(Wire wire) {
		this.wire = wire;
	}

	public static void main(String[] args) throws Exception {
		boolean pin = Boolean.parseBoolean(System.getProperty("pin", "true"));
		RESULT.printf("| blocking handlers on | p99 without, µs | p99 with %,d that sleep, µs | ratio |%n"
				+ "| --- | ---: | ---: | ---: |%n", SLEEPING);
		for (String arg : args) {
			int equal = arg.indexOf('=');
			try (ServerProcess server = ServerProcess.start(arg.substring(equal + 1), pin);
					Wire wire = new Wire(server.address())) {
				new BlockingComparison(wire).run(arg.substring(0, equal));
			}
		}
	}

	private void run(String name) throws IOException {
		for (int i = 0; i < ECHOING; i++) {
			new WebSocketClient(this.wire, this.echoes);
		}
		await(() -> this.echoes.ready() == ECHOING);
		echo(this.warmUp);
		withSleepers(this.warmUp);
		for (int round = 1; round <= this.rounds; round++) {
			double before = echo(this.measured);
			this.without.add(before);
			double sleeping = withSleepers(this.measured);
			this.with.add(sleeping);
			PROGRESS.printf(Locale.ROOT, "round %d  %-20s %6.0f %6.0f%n", round, name, before, sleeping);
		}
		double first = median(this.without);
		double second = median(this.with);
		RESULT.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.2f |%n", name, first, second, second / first);
	}

	private double withSleepers(long nanos) throws IOException {
		Sleepers sleepers = new Sleepers();
		for (int i = 1; i <= SLEEPING; i++) {
			new WebSocketClient(this.wire, sleepers);
			int wanted = i - 50;
			await(() -> sleepers.ready() >= wanted);
		}
		await(() -> sleepers.ready() == SLEEPING);
		sleepers.start();
		// all have begun, or wait for a thread
		echo(2 * SECOND);
		long before = sleepers.slept();
		double result = echo(nanos);
		if (sleepers.slept() == before) {
			throw new IOException("Nobody sleeps");
		}
		sleepers.close();
		echo(2 * SECOND);
		return result;
	}

	/**
	 * Send and receive, and return the 99th percentile of the latency.
	 */
	private double echo(long nanos) throws IOException {
		this.echoes.times().reset();
		this.wire.run(nanos, 1, () -> {
			this.echoes.send();
			return false;
		});
		return this.echoes.times().quantile(0.99);
	}

	private void await(BooleanSupplier condition) throws IOException {
		if (!this.wire.run(10 * SECOND, condition)) {
			throw new IOException("Clients could not connect");
		}
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
	}

}
