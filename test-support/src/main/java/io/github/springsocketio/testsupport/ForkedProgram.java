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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A program in a process of its own, which writes its output to a file.
 *
 * @since 0.1.0
 */
public final class ForkedProgram implements AutoCloseable {

	private static final int END_SECONDS = 10;

	private final Process process;

	private final Path output;

	private ForkedProgram(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Start a program.
	 * @param builder the command and the environment
	 * @param output the file for what the program prints
	 * @return the program
	 */
	public static ForkedProgram start(ProcessBuilder builder, Path output) {
		try {
			Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
			return new ForkedProgram(process, output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait until a condition is true, for at most {@link Await#LIMIT}. If the program
	 * ends before that, or the time is over, the program is closed.
	 * @param what what is awaited, for the message of a failure
	 * @param condition the condition
	 */
	public void until(String what, BooleanSupplier condition) {
		try {
			Await.until(what, () -> {
				if (!this.process.isAlive()) {
					throw new AssertionError("The program has ended before: " + what);
				}
				return condition.getAsBoolean();
			});
		}
		catch (AssertionError ex) {
			close();
			throw new AssertionError(ex.getMessage() + "; it has printed: " + output(), ex);
		}
	}

	/**
	 * Wait for output, as {@link #until} does.
	 * @param pattern what the output contains then
	 * @return the first match
	 */
	public MatchResult awaitOutput(Pattern pattern) {
		until("output with " + pattern, () -> pattern.matcher(output()).find());
		return pattern.matcher(output()).results().findFirst().orElseThrow();
	}

	/**
	 * Return what the program has printed so far.
	 * @return the content of its file
	 */
	public String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Send a signal to the program.
	 * @param name the name of the signal, such as {@code STOP}
	 */
	public void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * End the program and the processes that it has started, and wait for its end. If it
	 * does not end within ten seconds when asked to, it is killed.
	 */
	@Override
	public void close() {
		List<ProcessHandle> started = this.process.descendants().toList();
		this.process.destroy();
		try {
			if (!this.process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			started.forEach(ProcessHandle::destroyForcibly);
		}
	}

}
