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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.springsocketio.benchmarks.compare.Load.Result;

/**
 * Runs each server with each kind of load, in turn, and prints medians as ratios to the
 * first server. Arguments: {@code NAME=COMMAND} for each server; system properties
 * {@code rounds}, {@code seconds}, {@code warmUp}, {@code pause} (milliseconds after each
 * second of the warm-up), {@code scenarios} and {@code pin}.
 */
public final class Comparison {

	private static final PrintStream RESULT = System.out;

	private static final PrintStream PROGRESS = System.err;

	private final Map<String, String> servers = new LinkedHashMap<>();

	private final Map<Scenario, Map<String, List<Result>>> results = new EnumMap<>(Scenario.class);

	private final List<Scenario> scenarios = new ArrayList<>();

	private final int seconds = Integer.getInteger("seconds", 5);

	private final int warmUp = Integer.getInteger("warmUp", 8);

	private final int pause = Integer.getInteger("pause", 0);

	private final boolean pin = Boolean.parseBoolean(System.getProperty("pin", "true"));

	private Comparison(String[] args) {
		for (String arg : args) {
			int equal = arg.indexOf('=');
			this.servers.put(arg.substring(0, equal), arg.substring(equal + 1));
		}
		String wanted = System.getProperty("scenarios", "");
		for (Scenario scenario : Scenario.values()) {
			if (wanted.isEmpty() || List.of(wanted.split(",")).contains(scenario.name())) {
				this.scenarios.add(scenario);
			}
		}
	}

	public static void main(String[] args) throws Exception {
		Comparison comparison = new Comparison(args);
		for (int round = 1; round <= Integer.getInteger("rounds", 3); round++) {
			for (String name : comparison.servers.keySet()) {
				comparison.measure(round, name);
			}
		}
		comparison.print();
	}

	private void measure(int round, String name) throws IOException, InterruptedException {
		String command = this.servers.getOrDefault(name, "");
		try (ServerProcess server = ServerProcess.start(command, this.pin)) {
			for (Scenario scenario : this.scenarios) {
				Result result;
				try {
					result = new Load(server, scenario, this.warmUp, this.pause, this.seconds).run();
				}
				catch (DeclinedException ex) {
					PROGRESS.printf("round %d  %-16s %-10s %s%n", round, name, scenario, ex.getMessage());
					continue;
				}
				this.results.computeIfAbsent(scenario, (key) -> new LinkedHashMap<>())
					.computeIfAbsent(name, (key) -> new ArrayList<>())
					.add(result);
				PROGRESS.printf(Locale.ROOT, "round %d  %-16s %-10s %10.2f %12.0f/s%n", round, name, scenario,
						result.cost(), result.perSecond());
			}
		}
	}

	private void print() {
		table("CPU of the server, microseconds for each message, delivery or connection (idle: KiB of memory)",
				Result::cost);
		table("Latency, median, microseconds", Result::median);
		table("Latency, 99th percentile, microseconds", Result::p99);
		table("The busiest of the threads that do the work: its time divided by their mean", Result::balance);
	}

	private void table(String title, ToDoubleFunction<Result> value) {
		RESULT.printf("%n**%s**%n%n| load | %s |%n| --- |%s%n", title, String.join(" | ", this.servers.keySet()),
				" ---: |".repeat(this.servers.size()));
		this.results.forEach((scenario, byServer) -> {
			double first = median(byServer.values().iterator().next(), value);
			if (first == 0) {
				return;
			}
			StringBuilder line = new StringBuilder("| ").append(scenario.title());
			for (String name : this.servers.keySet()) {
				List<Result> results = byServer.get(name);
				if (results == null) {
					line.append(" | –");
					continue;
				}
				double median = median(results, value);
				line.append(String.format(Locale.ROOT, " | %.3g (%.2fx)", median, median / first));
			}
			RESULT.println(line.append(" |"));
		});
	}

	static <T> double median(List<T> results, ToDoubleFunction<T> value) {
		double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
