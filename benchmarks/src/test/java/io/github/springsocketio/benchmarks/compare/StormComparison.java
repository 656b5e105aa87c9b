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
import java.util.Locale;

/**
 * Measures the latency of echoes of a few clients while many others arrive, by polling
 * and an upgrade each, and stay. Arguments: {@code NAME=COMMAND} for each server; system
 * properties {@code rounds}, {@code clients}, {@code inFlight}, {@code warmUp} and
 * {@code pin}.
 */
public final class StormComparison implements Receiver {

	private static final PrintStream RESULT = System.out;

	private static final long SECOND = 1_000_000_000L;

	private static final int ECHOING = 100;

	private static final int PER_SECOND = 1000;

	private static final int LIMIT = 120;

	private final int clients = Integer.getInteger("clients", 10_000);

	private final int inFlight = Integer.getInteger("inFlight", 1000);

	private final long warmUp = Integer.getInteger("warmUp", 5) * SECOND;

	private final Wire wire;

	private final PacedEchoes echoes = new PacedEchoes(PER_SECOND);

	private int begun;

	private int arrived;

	private int lost;

	private StormComparison(Wire wire) {
		this.wire = wire;
	}

	public static void main(String[] args) throws Exception {
		boolean pin = Boolean.parseBoolean(System.getProperty("pin", "true"));
		RESULT.printf("| server | echo before, p99, ms | during the storm, p50, ms | p99, ms | longest, ms "
				+ "| seconds until all are there | attempts that failed |%n"
				+ "| --- | ---: | ---: | ---: | ---: | ---: | ---: |%n");
		for (int round = 1; round <= Integer.getInteger("rounds", 3); round++) {
			for (String arg : args) {
				int equal = arg.indexOf('=');
				try (ServerProcess server = ServerProcess.start(arg.substring(equal + 1), pin);
						Wire wire = new Wire(server.address())) {
					new StormComparison(wire).run(arg.substring(0, equal));
				}
			}
		}
	}

	private void run(String name) throws IOException {
		for (int i = 0; i < ECHOING; i++) {
			new WebSocketClient(this.wire, this.echoes);
		}
		if (!this.wire.run(10 * SECOND, () -> this.echoes.ready() == ECHOING)) {
			throw new IOException("Clients could not connect");
		}
		echo(this.warmUp);
		this.echoes.times().reset();
		echo(SECOND);
		double before = this.echoes.times().quantile(0.99);
		this.echoes.times().reset();
		long start = System.nanoTime();
		while (this.begun < Math.min(this.clients, this.inFlight)) {
			begin();
		}
		if (!echo(LIMIT * SECOND)) {
			throw new IOException("Only " + this.arrived + " clients have arrived");
		}
		RESULT.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %d |%n", name, before / 1000,
				this.echoes.times().quantile(0.5) / 1000, this.echoes.times().quantile(0.99) / 1000,
				this.echoes.times().quantile(1) / 1000, (System.nanoTime() - start) / (double) SECOND, this.lost);
	}

	private void begin() throws IOException {
		this.begun++;
		new PollingClient(this.wire, new UpgradedTraffic(this.wire, this));
	}

	/**
	 * Send echoes for some time, or until all clients have arrived.
	 * @return whether they have
	 */
	private boolean echo(long nanos) throws IOException {
		return this.wire.run(nanos, 1, () -> {
			this.echoes.send();
			return this.arrived == this.clients;
		});
	}

	@Override
	public void onReady(Client client) throws IOException {
		this.arrived++;
		if (this.begun < this.clients) {
			begin();
		}
	}

	/**
	 * Another one tries in its place.
	 */
	@Override
	public void onLost(IOException cause) throws IOException {
		this.lost++;
		this.begun--;
		begin();
	}

}
