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

package io.github.springsocketio.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Jazzer in a process of its own, whose directory has its corpus, its log and what it
 * finds.
 *
 * @param directory its directory
 * @param target the name of the target's class
 */
record JazzerProcess(Path directory, String target) {

	/** Jazzer watches calls of Unsafe, and fails on one that Netty's queues make. */
	private static final String NO_UNSAFE = "-Dio.netty.noUnsafe=true";

	/**
	 * Return the directory of the corpus, which is kept: the next run goes on from there.
	 */
	Path corpus() throws IOException {
		return Files.createDirectories(this.directory.resolve("corpus"));
	}

	/**
	 * Run until the time is over or something is found.
	 * @return whether nothing was found
	 */
	boolean run(int seconds, String... more) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading", NO_UNSAFE, "-cp",
						System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
						"--target_class=" + this.target, "--instrumentation_includes=io.github.springsocketio.**",
						"-max_total_time=" + seconds, "-max_len=4096", "-print_final_stats=1", corpus().toString()));
		command.addAll(Arrays.asList(more));
		Process process = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
		try {
			return process.waitFor() == 0;
		}
		finally {
			process.destroyForcibly();
		}
	}

	List<String> lines() throws IOException {
		return Files.readAllLines(log());
	}

	private Path log() {
		return this.directory.resolve("log");
	}

}
