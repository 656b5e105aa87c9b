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

package io.github.springsocketio.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a script of Node.js that uses pages in Chromium.
 */
public final class BrowserRun {

	/** A program with the browser. */
	public static final String CHROMIUM = "chromium";

	/** Another name of the program. */
	public static final String CHROMIUM_BROWSER = "chromium-browser";

	/** The program of another vendor. */
	public static final String CHROME = "google-chrome";

	private BrowserRun() {
	}

	/**
	 * Find the browser.
	 * @return the path of the program
	 */
	public static Path browser() {
		return Programs.find(CHROMIUM, CHROMIUM_BROWSER, CHROME).orElseThrow();
	}

	/**
	 * Run a script, and wait for its end for ten minutes at most.
	 * @param work where the script and its output are, created if needed
	 * @param script the script
	 * @param url the first argument of the script; the others are the path of the browser
	 * and the directory
	 * @param arguments further arguments
	 * @return the lines that it has printed
	 * @throws IOException if a file cannot be read or written
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public static List<String> lines(Path work, Path script, String url, String... arguments)
			throws IOException, InterruptedException {
		Files.createDirectories(work);
		Path output = work.resolve("steps.jsonl");
		Path errors = work.resolve("errors.txt");
		List<String> command = new ArrayList<>(
				List.of("node", script.toString(), url, browser().toString(), work.toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
			.redirectError(errors.toFile())
			.start();
		try {
			if (!process.waitFor(10, TimeUnit.MINUTES)) {
				throw new AssertionError("The browser is not done");
			}
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
		if (process.exitValue() != 0) {
			throw new AssertionError(Files.readString(errors));
		}
		return Files.readAllLines(output);
	}

}
