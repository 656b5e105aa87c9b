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

package io.github.springsocketio.testsupport;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Java program in a process of its own, with the class path of the tests. What it
 * prints is read.
 *
 * @since 0.1.0
 */
public final class ForkedJvm implements AutoCloseable {

	/**
	 * How long the start of a program or a line may take.
	 */
	public static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int MAX_LINES = 2000;

	private final Process process;

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	private final AtomicLong printed = new AtomicLong();

	private final Thread reader = new Thread(this::read, "forked-jvm-reader");

	private ForkedJvm(Process process) {
		this.process = process;
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Start a program.
	 * @param main the class with the method {@code main}
	 * @param options the options of the virtual machine
	 * @param arguments the arguments of the program
	 * @return the program
	 */
	public static ForkedJvm start(Class<?> main, List<String> options, String... arguments) {
		return start(List.of(), main, options, arguments);
	}

	/**
	 * Start a program with more on its class path than the tests have.
	 * @param additions what comes first on the class path
	 * @param main the class with the method {@code main}
	 * @param options the options of the virtual machine
	 * @param arguments the arguments of the program
	 * @return the program
	 */
	public static ForkedJvm start(List<Path> additions, Class<?> main, List<String> options, String... arguments) {
		StringBuilder classPath = new StringBuilder();
		additions.forEach((addition) -> classPath.append(addition).append(File.pathSeparator));
		return start(classPath.append(classPath()).toString(), main, options, arguments);
	}

	/**
	 * Start a program with less on its class path than the tests have.
	 * @param excluded what the path of a jar or a directory contains that is left out
	 * @param main the class with the method {@code main}
	 * @param options the options of the virtual machine
	 * @param arguments the arguments of the program
	 * @return the program
	 */
	public static ForkedJvm startWithout(Pattern excluded, Class<?> main, List<String> options, String... arguments) {
		String classPath = Arrays.stream(classPath().split(File.pathSeparator))
			.filter((path) -> !excluded.matcher(path).find())
			.collect(Collectors.joining(File.pathSeparator));
		return start(classPath, main, options, arguments);
	}

	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private static ForkedJvm start(String classPath, Class<?> main, List<String> options, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.add("-cp");
		command.add(classPath);
		command.add(main.getName());
		command.addAll(List.of(arguments));
		try {
			return new ForkedJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			int kept = 0;
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				this.printed.addAndGet(line.length() + 1L);
				this.lines.add(line);
				if (++kept > MAX_LINES) {
					this.lines.remove();
					kept--;
				}
			}
		}
		catch (IOException ex) {
			// The process was ended
		}
	}

	/**
	 * Wait for a line, until the process has ended.
	 * @param start what it starts with
	 * @return the rest of the first such line of the last 2,000
	 */
	public String awaitLine(String start) {
		long deadline = System.nanoTime() + LIMIT.toNanos();
		boolean ended;
		do {
			LockSupport.parkNanos(10_000_000);
			// asked first: whatever was printed before is among the lines
			ended = !this.reader.isAlive();
			for (String line : this.lines) {
				if (line.startsWith(start)) {
					return line.substring(start.length());
				}
			}
		}
		while (!ended && System.nanoTime() - deadline < 0);
		throw new AssertionError("No line starts with '" + start + "': " + this.lines);
	}

	/**
	 * Return what was printed so far.
	 * @return the last 2,000 lines, the oldest first
	 */
	public List<String> lines() {
		return List.copyOf(this.lines);
	}

	/**
	 * Return how much was printed so far.
	 * @return the number of characters
	 */
	public long printed() {
		return this.printed.get();
	}

	/**
	 * Return whether the process runs.
	 * @return whether it runs
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Ask the process to end, as SIGTERM does.
	 */
	public void terminate() {
		// Process.destroy() would close the stream that is read
		this.process.toHandle().destroy();
	}

	/**
	 * Wait for the end of the process and of what it prints.
	 * @param limit how long at most
	 * @return the exit code
	 */
	public int waitFor(Duration limit) {
		try {
			if (!this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("The process did not end: " + this.lines);
			}
			this.reader.join(LIMIT.toMillis());
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Kill the process.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
