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
import java.util.function.ToDoubleFunction;

import io.github.springsocketio.benchmarks.compare.CpuMeter.Cost;

/**
 * Measures the CPU that a connection costs a server that has just started, and later, on
 * several servers in turn, each with a process of its own for each kind of connection,
 * and prints the medians of all rounds. Arguments: {@code NAME=COMMAND} for each server,
 * which runs on a JVM; system properties {@code rounds}, {@code seconds} and
 * {@code warmUp} (CPU seconds of the server), {@code traffic} and {@code pin}.
 */
public final class LayerComparison {

	private static final PrintStream RESULT = System.out;

	private static final PrintStream PROGRESS = System.err;

	private static final int FIRST = 2000;

	private static final List<Column> COLUMNS = List.of(new Column("first 2,000, µs", (result) -> result.cold().all()),
			new Column("in user space", (result) -> result.cold().user()),
			new Column("by the compiler", Result::compiler), new Column("methods compiled", Result::methods),
			new Column("their bytecodes, KB", (result) -> result.bytes() / 1000.0),
			new Column("later, µs", (result) -> result.warm().all()),
			new Column("in user space", (result) -> result.warm().user()));

	private final double measured = Integer.getInteger("seconds", 5);

	private final double warmUp = Integer.getInteger("warmUp", 20);

	private final boolean pin = Boolean.parseBoolean(System.getProperty("pin", "true"));

	private final Map<String, List<Result>> results = new LinkedHashMap<>();

	private LayerComparison() {
	}

	public static void main(String[] args) throws Exception {
		LayerComparison comparison = new LayerComparison();
		for (int round = 1; round <= Integer.getInteger("rounds", 3); round++) {
			for (String traffic : System.getProperty("traffic", "poll,websocket,upgrade").split(",")) {
				for (String arg : args) {
					int equal = arg.indexOf('=');
					String row = traffic + " | " + arg.substring(0, equal);
					Result result = comparison.measure(arg.substring(equal + 1), traffic);
					comparison.results.computeIfAbsent(row, (key) -> new ArrayList<>()).add(result);
					PROGRESS.printf("round %d  %s  %s%n", round, row, result);
				}
			}
		}
		comparison.print();
	}

	private Result measure(String command, String traffic) throws IOException, InterruptedException {
		try (ServerProcess server = ServerProcess.start(command, this.pin); Wire wire = new Wire(server.address())) {
			CpuMeter meter = new CpuMeter(server, wire);
			GrowthLoad load = load(traffic, wire);
			long methods = server.counter("sun.ci.totalCompiles");
			long bytes = server.counter("sun.ci.standardBytes");
			meter.settle();
			double compiler = compilerSeconds(server);
			Cost cold = meter.first(load, FIRST);
			compiler = compilerSeconds(server) - compiler;
			methods = server.counter("sun.ci.totalCompiles") - methods;
			bytes = server.counter("sun.ci.standardBytes") - bytes;
			Cost warm = meter.during(load, this.warmUp, this.measured);
			return new Result(cold, Math.round(compiler * 1e6 / FIRST), methods, bytes, warm);
		}
	}

	private static GrowthLoad load(String traffic, Wire wire) {
		return switch (traffic) {
			case "poll" -> new Handshakes(wire).load();
			case "websocket" -> new Passers(wire, false).load();
			case "upgrade" -> new Passers(wire, true).load();
			default -> throw new IllegalArgumentException(traffic);
		};
	}

	private static double compilerSeconds(ServerProcess server) throws IOException {
		return server.threads()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().group().contains("Compiler"))
			.mapToDouble(Map.Entry::getValue)
			.sum();
	}

	private void print() {
		RESULT.printf("%n| connection | server |%s%n| --- | --- |%s%n",
				String.join("", COLUMNS.stream().map((column) -> " " + column.title() + " |").toList()),
				" ---: |".repeat(COLUMNS.size()));
		this.results.forEach((row, values) -> {
			StringBuilder line = new StringBuilder("| ").append(row);
			for (Column column : COLUMNS) {
				line.append(String.format(Locale.ROOT, " | %,.0f", Comparison.median(values, column.value())));
			}
			RESULT.println(line.append(" |"));
		});
	}

	/**
	 * A column of the table.
	 *
	 * @param title its title
	 * @param value what it shows
	 */
	private record Column(String title, ToDoubleFunction<Result> value) {

	}

	/**
	 * What was measured.
	 *
	 * @param cold what one of the first connections costs
	 * @param compiler the microseconds of the compiler's threads in it
	 * @param methods the number of methods compiled for the first connections
	 * @param bytes of their bytecodes, with those of methods that are inlined
	 * @param warm what a connection costs later
	 */
	private record Result(Cost cold, long compiler, long methods, long bytes, Cost warm) {

	}

}
