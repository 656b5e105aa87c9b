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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.springsocketio.benchmarks.compare.CpuMeter.Cost;

/**
 * Measures the CPU that a server uses for what a few clients do while more and more
 * others are connected, and its live heap, and writes all values to a file. The number of
 * clients goes up in one round and down in the next, so that what changes with time is
 * not taken for what changes with their number. Times are CPU seconds of the server.
 * Arguments: the command of a server, that of one with connection state recovery, and the
 * file; system properties {@code sizes}, {@code rounds}, {@code seconds}, {@code warmUp},
 * {@code pin} and {@code command}.
 */
public final class GrowthComparison {

	private static final PrintStream PROGRESS = System.err;

	private static final List<GrowthMeasure> MESSAGES = List.of(GrowthMeasure.ECHO, GrowthMeasure.BROADCAST,
			GrowthMeasure.ROOM, GrowthMeasure.MEMBERSHIP, GrowthMeasure.CONNECT);

	private static final List<GrowthMeasure> RECOVERY = List.of(GrowthMeasure.RECOVERY);

	private final List<Integer> sizes = Stream.of(System.getProperty("sizes", "10,100,1000,10000,19000").split(","))
		.map(Integer::valueOf)
		.toList();

	private final int rounds = Integer.getInteger("rounds", 3);

	private final int measured = Integer.getInteger("seconds", 2);

	private final int warmUp = Integer.getInteger("warmUp", 8);

	private final boolean pin = Boolean.parseBoolean(System.getProperty("pin", "true"));

	private final Path file;

	private final Map<GrowthMeasure, Map<Integer, List<Cost>>> costs = new EnumMap<>(GrowthMeasure.class);

	private final Map<Integer, List<Long>> heap = new TreeMap<>();

	private GrowthComparison(Path file) {
		this.file = file;
	}

	public static void main(String[] args) throws Exception {
		GrowthComparison growth = new GrowthComparison(Path.of(args[2]));
		growth.run(args[0], MESSAGES);
		growth.run(args[1], RECOVERY);
	}

	private void run(String command, List<GrowthMeasure> measures) throws IOException, InterruptedException {
		try (ServerProcess server = ServerProcess.start(command, this.pin); Wire wire = new Wire(server.address())) {
			Subject subject = new Subject(server, wire);
			subject.crowd.resize(this.sizes.get(0));
			for (GrowthMeasure measure : measures) {
				// connections take longest to get warm
				subject.cost(measure, measure.requests().isEmpty() ? 6 * this.warmUp : this.warmUp);
			}
			for (int round = 1; round <= this.rounds; round++) {
				List<Integer> order = new ArrayList<>(this.sizes);
				if (round % 2 == 0) {
					Collections.reverse(order);
				}
				for (int size : order) {
					subject.crowd.resize(size);
					measure(subject, measures, round, size);
				}
				Files.writeString(this.file, json());
			}
		}
	}

	private void measure(Subject subject, List<GrowthMeasure> measures, int round, int size) throws IOException {
		// the collection also makes what belongs to the connections old, as it is in an
		// application after a while: while it is young, each collection copies it
		long live = subject.server.liveHeap();
		if (measures == MESSAGES) {
			this.heap.computeIfAbsent(size, (key) -> new ArrayList<>()).add(live);
		}
		for (GrowthMeasure measure : measures) {
			Cost cost = subject.cost(measure, this.measured);
			this.costs.computeIfAbsent(measure, (key) -> new TreeMap<>())
				.computeIfAbsent(size, (key) -> new ArrayList<>())
				.add(cost);
			PROGRESS.printf(Locale.ROOT, "round %d  %,7d  %-12s %8.2f %8.2f%n", round, size, measure.id(), cost.all(),
					cost.user());
		}
	}

	private String json() throws IOException {
		String measures = this.costs.entrySet()
			.stream()
			.map((entry) -> "    \"%s\": %s".formatted(entry.getKey().id(), bySize(entry.getValue())))
			.collect(Collectors.joining(",\n"));
		return """
				{
				  "command": "%s",
				  "date": "%s",
				  "machine": "%s",
				  "java": "%s",
				  "pinned": %b,
				  "seconds": %d,
				  "costs": {
				%s
				  },
				  "heap": %s
				}
				""".formatted(System.getProperty("command", ""), LocalDate.now(ZoneOffset.UTC), machine(),
				System.getProperty("java.version"), this.pin, this.measured, measures,
				bySize(this.heap).replace("\n  ", "\n"));
	}

	private static String bySize(Map<Integer, ? extends List<?>> values) {
		return values.entrySet()
			.stream()
			.map((entry) -> "      \"%d\": %s".formatted(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining(",\n", "{\n", "\n    }"));
	}

	private static String machine() throws IOException {
		List<String> models = Files.readAllLines(Path.of("/proc/cpuinfo"))
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).trim())
			.toList();
		return models.isEmpty() ? "" : models.size() + " cores of " + models.get(0);
	}

	/**
	 * A server and its clients.
	 */
	private static final class Subject {

		private final ServerProcess server;

		private final CpuMeter meter;

		private final Crowd crowd;

		private final Passers passers;

		private final Returners returners;

		Subject(ServerProcess server, Wire wire) {
			this.server = server;
			this.meter = new CpuMeter(server, wire);
			this.crowd = new Crowd(wire);
			this.passers = new Passers(wire, false);
			this.returners = new Returners(wire);
		}

		private Cost cost(GrowthMeasure measure, int seconds) throws IOException {
			return this.meter.during(load(measure), 0.3, seconds);
		}

		private GrowthLoad load(GrowthMeasure measure) {
			return switch (measure) {
				case CONNECT -> this.passers.load();
				case RECOVERY -> this.returners.load();
				default -> {
					this.crowd.select(measure);
					yield this.crowd;
				}
			};
		}

	}

}
