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

import java.nio.file.Path;
import java.util.regex.Pattern;

import io.github.springsocketio.testing.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ForkedProgram}.
 */
@RequiresProgram("sh")
class ForkedProgramTests {

	@TempDir
	private Path folder;

	@Test
	void shouldWaitForOutputAndEndTheProgramWithItsChildren() {
		ForkedProgram program = start("sleep 600 & echo child $!; wait");
		long pid = Long.parseLong(program.awaitOutput(Pattern.compile("child (\\d+)\n")).group(1));
		assertThat(isAlive(pid)).isTrue();
		program.close();
		Await.until("the end of the child", () -> !isAlive(pid));
	}

	@Test
	void shouldNotWaitForAProgramThatHasEnded() {
		ForkedProgram program = start("echo wrong option >&2; exit 1");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> program.until("its start", () -> false))
			.withMessageContainingAll("The program has ended before: its start", "wrong option");
	}

	private ForkedProgram start(String script) {
		return ForkedProgram.start(new ProcessBuilder("sh", "-c", script), this.folder.resolve("output"));
	}

	private static boolean isAlive(long pid) {
		return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
	}

}
