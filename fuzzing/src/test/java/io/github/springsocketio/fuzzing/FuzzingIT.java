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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets Jazzer go on from the seeds of all targets for some seconds,
 * {@code fuzzing.it.seconds}.
 */
class FuzzingIT {

	private static final String EXECUTIONS = "stat::number_of_executed_units:";

	@TempDir
	private Path directory;

	@Test
	@Tag("SEC-124")
	void shouldFindNothingStartingFromTheSeeds() throws Exception {
		JazzerProcess jazzer = new JazzerProcess(this.directory, Everything.class.getName());
		int seeds = plant(jazzer.corpus());
		boolean clean = jazzer.run(Integer.getInteger("fuzzing.it.seconds", 10), "-seed=4096");
		List<String> lines = jazzer.lines();
		assertThat(clean).as(() -> String.join(System.lineSeparator(), lines)).isTrue();
		assertThat(executions(lines)).isGreaterThan(seeds);
	}

	/**
	 * Write the seeds with the numbers of their targets.
	 */
	private static int plant(Path corpus) throws IOException {
		int count = 0;
		for (int i = 0; i < Fuzzing.TARGETS.size(); i++) {
			Path seeds = Fuzzing.seeds(Fuzzing.TARGETS.get(i));
			if (Files.isDirectory(seeds)) {
				count += plant(seeds, i, corpus);
			}
		}
		assertThat(count).isGreaterThan(Fuzzing.TARGETS.size());
		return count;
	}

	private static int plant(Path seeds, int number, Path corpus) throws IOException {
		int count = 0;
		try (Stream<Path> files = Files.list(seeds)) {
			for (Path file : files.toList()) {
				ByteArrayOutputStream input = new ByteArrayOutputStream();
				input.write(number);
				input.write(Files.readAllBytes(file));
				Files.write(corpus.resolve(number + "-" + count++), input.toByteArray());
			}
		}
		return count;
	}

	private static long executions(List<String> lines) {
		return lines.stream()
			.filter((line) -> line.startsWith(EXECUTIONS))
			.mapToLong((line) -> Long.parseLong(line.substring(EXECUTIONS.length()).strip()))
			.sum();
	}

}
