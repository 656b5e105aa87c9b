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

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequiresProgram} and {@link Programs}.
 */
class RequiresProgramTests {

	@Test
	void leavesTheTestOutWhenTheProgramIsMissing() {
		run(NeedsMissingProgram.class, false).containerEvents()
			.assertStatistics((statistics) -> statistics.skipped(1))
			.assertThatEvents()
			.haveExactly(1, EventConditions.skippedWithReason("no-such-program is not on the PATH"));
	}

	@Test
	void failsWhenTheProgramIsMissingAndEverythingIsRequired() {
		run(NeedsMissingProgram.class, true).containerEvents()
			.assertThatEvents()
			.haveExactly(1, EventConditions.finishedWithFailure(TestExecutionResultConditions
				.message((message) -> message.contains("no-such-program is not on the PATH"))));
	}

	@Test
	void runsTheTestWhenOneOfTheProgramsIsThere() {
		run(NeedsJava.class, true).testEvents().assertStatistics((statistics) -> statistics.succeeded(1));
	}

	@Test
	void findsProgramsInTheOrderOfTheirNames(@TempDir Path first, @TempDir Path second) throws IOException {
		Path chromium = program(second, "chromium");
		program(first, "chrome");
		String path = first + File.pathSeparator + second;
		assertThat(Programs.findOn(path, "chromium", "chrome")).contains(chromium);
		assertThat(Programs.findOn(path, "firefox")).isEmpty();
		assertThat(Programs.findOn(null, "chromium")).isEmpty();
	}

	@Test
	void leftOutTestsAreListedAtTheEnd() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(NeedsMissingProgram.class))
			.configurationParameter(ProgramCondition.REQUIRE_ALL, "false")
			.build();
		LauncherFactory.create(LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
			.execute(request, new LeftOutSummary(new PrintStream(out, true, StandardCharsets.UTF_8)));
		assertThat(out.toString(StandardCharsets.UTF_8))
			.isEqualToIgnoringNewLines("[WARNING] Left out: %s (no-such-program is not on the PATH)"
				.formatted(NeedsMissingProgram.class.getName()));
	}

	private static Path program(Path directory, String name) throws IOException {
		Path file = Files.createFile(directory.resolve(name));
		assertThat(file.toFile().setExecutable(true)).isTrue();
		return file;
	}

	private static EngineExecutionResults run(Class<?> testClass, boolean requireAll) {
		return EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(testClass))
			.configurationParameter(ProgramCondition.REQUIRE_ALL, String.valueOf(requireAll))
			.configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
			.execute();
	}

	@RequiresProgram("no-such-program")
	static class NeedsMissingProgram {

		@Test
		void test() {
		}

	}

	@RequiresProgram({ "no-such-program", "java" })
	static class NeedsJava {

		@Test
		void test() {
		}

	}

}
