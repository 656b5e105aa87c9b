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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Measures the CPU that clusters of several sizes use for a delivery to a client of
 * another node than that of the sender, with each server in turn, and prints medians and
 * ratios to the first server. Arguments: {@code NAME=COMMAND} for a node of each server;
 * system properties {@code rounds}, {@code seconds}, {@code warmUp}, {@code nodes}
 * (sizes), {@code perSecond} and {@code warmUpPerSecond} (broadcasts), {@code clients}
 * (numbers of clients of each node that receives) and {@code pin}. A compiler at run time
 * needs some ten thousand broadcasts until it is done, which fewer in a second would take
 * minutes for.
 */
public final class ClusterComparison {

	private static final PrintStream RESULT = System.out;

	private static final PrintStream PROGRESS = System.err;

	private static final long SECOND = 1_000_000_000L;

	private final long measured = Integer.getInteger("seconds", 5) * SECOND;

	private final long warmUp = Integer.getInteger("warmUp", 10) * SECOND;

	private final int perSecond = Integer.getInteger("perSecond", 100);

	private final int warmUpPerSecond = Integer.getInteger("warmUpPerSecond", 2000);

	private final boolean pin = Boolean.parseBoolean(System.getProperty("pin", "true"));

	private final Map<Load, Map<String, List<Cost>>> costs = new LinkedHashMap<>();

	private ClusterComparison() {
	}

	public static void main(String[] args) throws Exception {
		ClusterComparison comparison = new ClusterComparison();
		for (int round = 1; round <= Integer.getInteger("rounds", 3); round++) {
			for (String nodes : System.getProperty("nodes", "2,4,8").split(",")) {
				for (String arg : args) {
					int equal = arg.indexOf('=');
					comparison.measure(round, Integer.parseInt(nodes), arg.substring(0, equal),
							arg.substring(equal + 1));
				}
			}
		}
		comparison.print();
	}

	private void measure(int round, int nodes, String name, String command) throws IOException, InterruptedException {
		List<ServerProcess> servers = new ArrayList<>();
		try {
			for (int i = 0; i < nodes; i++) {
				servers.add(ServerProcess.start(command, this.pin));
			}
			for (String clients : System.getProperty("clients", "1,20").split(",")) {
				Load load = new Load(nodes, Integer.parseInt(clients));
				Cost cost = cost(servers, load);
				this.costs.computeIfAbsent(load, (key) -> new LinkedHashMap<>())
					.computeIfAbsent(name, (key) -> new ArrayList<>())
					.add(cost);
				PROGRESS.printf(Locale.ROOT, "round %d  %-16s %s  %.1f %.1f%n", round, name, load, cost.all(),
						cost.receiving());
			}
		}
		finally {
			for (ServerProcess server : servers) {
				server.close();
			}
		}
	}

	private Cost cost(List<ServerProcess> servers, Load load) throws IOException {
		try (Wire wire = new Wire(servers.get(0).address())) {
			PacedCasts casts = new PacedCasts();
			new WebSocketClient(wire, casts);
			await(wire, () -> casts.ready() == 1);
			for (ServerProcess server : servers.subList(1, servers.size())) {
				wire.connectTo(server.address());
				for (int i = 0; i < load.clients(); i++) {
					new WebSocketClient(wire, casts);
				}
			}
			await(wire, () -> casts.ready() == 1 + load.clients() * (load.nodes() - 1));
			run(wire, casts, this.warmUp, this.warmUpPerSecond);
			double sender = servers.get(0).cpuSeconds();
			double others = others(servers);
			long before = casts.received();
			run(wire, casts, this.measured, this.perSecond);
			long deliveries = casts.received() - before;
			double receiving = (others(servers) - others) * 1e6 / deliveries;
			return new Cost(receiving + (servers.get(0).cpuSeconds() - sender) * 1e6 / deliveries, receiving);
		}
	}

	/**
	 * Send for some time, and wait until everything has arrived.
	 */
	private static void run(Wire wire, PacedCasts casts, long nanos, int perSecond) throws IOException {
		casts.begin(perSecond);
		wire.run(nanos, 1, () -> {
			casts.send();
			return false;
		});
		await(wire, casts::isQuiet);
	}

	private static double others(List<ServerProcess> servers) throws IOException {
		double seconds = 0;
		for (ServerProcess server : servers.subList(1, servers.size())) {
			seconds += server.cpuSeconds();
		}
		return seconds;
	}

	private static void await(Wire wire, BooleanSupplier condition) throws IOException {
		if (!wire.run(30 * SECOND, condition)) {
			throw new IOException("Clients could not connect, or broadcasts were lost");
		}
	}

	private void print() {
		List<String> names = List.copyOf(this.costs.values().iterator().next().keySet());
		RESULT.printf("%n**CPU of all nodes, microseconds for each delivery; in brackets of those that receive**%n%n");
		RESULT.printf("| nodes | clients on each but the first | %s |%n| ---: | ---: |%s%n", String.join(" | ", names),
				" ---: |".repeat(names.size()));
		this.costs.forEach((load, byServer) -> {
			double first = median(byServer.get(names.get(0)), true);
			StringBuilder line = new StringBuilder("| " + load.nodes() + " | " + load.clients());
			byServer.values()
				.forEach((values) -> line.append(String.format(Locale.ROOT, " | %.1f (%.1f), %.2fx",
						median(values, true), median(values, false), median(values, true) / first)));
			RESULT.println(line.append(" |"));
		});
	}

	private static double median(List<Cost> costs, boolean all) {
		double[] sorted = costs.stream().mapToDouble((cost) -> all ? cost.all() : cost.receiving()).sorted().toArray();
		return sorted[sorted.length / 2];
	}

	/**
	 * A load.
	 *
	 * @param nodes the number of nodes
	 * @param clients the number of clients on each node but the first
	 */
	private record Load(int nodes, int clients) {

	}

	/**
	 * Microseconds for a delivery.
	 *
	 * @param all of all nodes
	 * @param receiving of the nodes that receive
	 */
	private record Cost(double all, double receiving) {

	}

}
