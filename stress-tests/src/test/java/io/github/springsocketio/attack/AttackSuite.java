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

package io.github.springsocketio.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Attacks applications with all vectors, while healthy clients are served.
 */
public final class AttackSuite implements AutoCloseable {

	/** How long a healthy client waits, on a machine that is busy with the attack. */
	static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration RECOVERY = Duration.ofSeconds(60);

	private static final long MEGABYTE = 1_000_000;

	private static final long HEAP_TOLERANCE = 12 * MEGABYTE;

	private static final long DIRECT_TOLERANCE = 24 * MEGABYTE;

	private static final long LOG_LIMIT = MEGABYTE / 5;

	private static final List<String> OPTIONS = List.of("--socketio.websocket.compression.enabled=true",
			"--socketio.connection-state-recovery.enabled=true");

	private final List<String> properties;

	private @Nullable Target target;

	private @Nullable HealthyClients clients;

	private boolean options;

	private Map<String, Long> start = Map.of();

	AttackSuite(String... properties) {
		this.properties = List.of(properties);
	}

	/**
	 * Run the suite by hand, and print its table.
	 * @param arguments the file for the table, and optionally a divisor for the number of
	 * connections and the names of vectors, with dashes
	 * @throws IOException if the table cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		int divisor = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 1;
		List<String> names = Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
		List<String> table = new ArrayList<>(List.of(
				"| vector | connections | sent | held | peak heap | log | worst healthy latency | back at the start | result |",
				"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"));
		try (AttackSuite suite = new AttackSuite(
				"--socketio.connection-state-recovery.max-disconnection-duration=20s")) {
			for (Vector vector : Vector.all()) {
				if (names.isEmpty() || names.contains(vector.name().replace(' ', '-'))) {
					String row = suite.run(vector, Math.max(1, vector.count() / divisor), true).row();
					table.add(row);
					System.out.println(row);
				}
			}
		}
		Files.write(Path.of(arguments[0]), table);
		System.exit(0);
	}

	/**
	 * Attack with one vector.
	 * @param vector the vector
	 * @param count the number of connections
	 * @param alone whether to wait until everything is back at the start
	 */
	Result run(Vector vector, int count, boolean alone) {
		Target target = target(vector.options());
		HealthyClients clients = clients();
		target.stats("reset");
		clients.worst();
		long logged = target.logged();
		Result result = new Result(vector.name(), count);
		long begun = System.nanoTime();
		try (Attack attack = new Attack(target)) {
			vector.body().run(attack, count);
			result.seconds = (System.nanoTime() - begun) / 1e9;
			result.sent = attack.sent();
			result.refused = attack.refused();
			awaitServed(result);
			Map<String, Long> held = target.stats("gc");
			result.held = Math.max(0, memory(held) - memory(this.start));
			result.peak = held.getOrDefault("peak", 0L);
		}
		catch (RuntimeException | AssertionError ex) {
			result.fail(ex.toString());
		}
		result.worst = clients.worst();
		if (alone) {
			awaitStart(result);
		}
		result.logged = target.logged() - logged;
		check(result);
		return result;
	}

	private static long memory(Map<String, Long> stats) {
		return stats.getOrDefault("heap", 0L) + stats.getOrDefault("direct", 0L);
	}

	/**
	 * Wait until each healthy client was served since the attack.
	 */
	private void awaitServed(Result result) {
		HealthyClients clients = clients();
		long acknowledged = clients.acknowledged();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (clients.acknowledged() < acknowledged + 2 * HealthyClients.COUNT && clients.failures().isEmpty()) {
			if (System.nanoTime() > deadline) {
				result.fail("healthy clients are not served");
				return;
			}
			LockSupport.parkNanos(10_000_000);
		}
	}

	/**
	 * Wait until everything is as it was before the attacks.
	 */
	void awaitStart(Result result) {
		long begun = System.nanoTime();
		Map<String, Long> now = Map.of();
		while (System.nanoTime() - begun < RECOVERY.plusSeconds(5).toNanos()) {
			try {
				now = target(this.options).stats("gc");
			}
			catch (RuntimeException | AssertionError ex) {
				result.fail("no statistics: " + ex);
				return;
			}
			result.restored = (System.nanoTime() - begun) / 1e9;
			if (isStart(now)) {
				return;
			}
			LockSupport.parkNanos(500_000_000);
		}
		result.fail("not back at the start: " + this.start + ", then " + now);
	}

	private boolean isStart(Map<String, Long> now) {
		return now.getOrDefault("sessions", 0L) <= HealthyClients.COUNT
				&& now.getOrDefault("sockets", 0L) <= HealthyClients.COUNT
				&& now.getOrDefault("namespaces", 0L) <= this.start.getOrDefault("namespaces", 0L)
				&& now.getOrDefault("rooms", 0L) <= this.start.getOrDefault("rooms", 0L)
				&& now.getOrDefault("heap", 0L) <= this.start.getOrDefault("heap", 0L) + HEAP_TOLERANCE
				&& now.getOrDefault("direct", 0L) <= this.start.getOrDefault("direct", 0L) + DIRECT_TOLERANCE;
	}

	private void check(Result result) {
		Target target = target(this.options);
		HealthyClients clients = clients();
		if (!target.isAlive()) {
			result.fail("the process has ended: " + last(target));
		}
		else if (target.isBroken()) {
			result.fail("a fatal error: " + last(target));
		}
		if (!clients.failures().isEmpty()) {
			result.fail("healthy clients have failed: " + clients.failures().get(0) + "; " + last(target));
		}
		if (result.logged > LOG_LIMIT) {
			result.fail("the log has grown by " + result.logged + ": " + last(target));
		}
		if (!result.failures.isEmpty()) {
			// the next one begins with a new application
			close();
		}
	}

	private static List<String> last(Target target) {
		List<String> lines = target.lines();
		return lines.stream()
			.skip(Math.max(0, lines.size() - 200))
			.filter((line) -> !line.startsWith("\tat "))
			.limit(12)
			.toList();
	}

	private Target target(boolean options) {
		if (this.target != null && this.options == options) {
			return this.target;
		}
		close();
		List<String> all = new ArrayList<>(this.properties);
		if (options) {
			all.addAll(OPTIONS);
		}
		Target started = Target.start(all.toArray(String[]::new));
		this.target = started;
		this.options = options;
		this.clients = new HealthyClients(started.port());
		awaitServed(new Result("", 0));
		this.start = started.stats("gc");
		return started;
	}

	private HealthyClients clients() {
		if (this.clients == null) {
			throw new IllegalStateException("There is no application");
		}
		return this.clients;
	}

	@Override
	public void close() {
		if (this.clients != null) {
			this.clients.close();
		}
		if (this.target != null) {
			this.target.close();
		}
		this.clients = null;
		this.target = null;
	}

	/**
	 * What became of a vector.
	 */
	static final class Result {

		private final String name;

		private final int count;

		private final List<String> failures = new ArrayList<>();

		private double seconds;

		private long sent;

		private int refused;

		private long held;

		private long peak;

		private long logged;

		private long worst;

		private double restored;

		Result(String name, int count) {
			this.name = name;
			this.count = count;
		}

		private void fail(String text) {
			this.failures.add(text);
		}

		List<String> failures() {
			return this.failures;
		}

		String row() {
			return String.format(Locale.ROOT,
					"| %s | %,d | %.1f MB in %.1f s | %.1f MB | %.1f MB | %.1f kB | %,d ms | %.1f s | %s |", this.name,
					this.count, this.sent / 1e6, this.seconds, this.held / 1e6, this.peak / 1e6, this.logged / 1e3,
					this.worst, this.restored,
					(this.failures.isEmpty() ? "held" : "**failed**: " + String.join("; ", this.failures))
							+ ((this.refused > 0) ? " (" + this.refused + " cut off)" : ""));
		}

	}

}
