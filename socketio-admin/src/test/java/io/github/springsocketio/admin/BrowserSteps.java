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

package io.github.springsocketio.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.springsocketio.testing.BrowserRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the programs in {@code src/test/e2e}, which use the UI in Chromium.
 */
final class BrowserSteps {

	private static final Path WORK = Path.of("target/e2e");

	private BrowserSteps() {
	}

	/**
	 * Run all steps of a program.
	 * @param picture the file for a picture, or {@code null} for none
	 */
	static void run(String program, String url, @Nullable Path picture) throws IOException, InterruptedException {
		String[] arguments = {};
		if (picture != null) {
			Files.createDirectories(picture.getParent());
			arguments = new String[] { picture.toString() };
		}
		List<Step> steps = BrowserRun.lines(WORK, Path.of("src/test/e2e", program), url, arguments)
			.stream()
			.map((line) -> JsonMapper.shared().readValue(line, Step.class))
			.toList();
		assertThat(steps).hasSizeGreaterThan(4);
		assertThat(steps).allSatisfy((step) -> assertThat(step.error()).as(step.name()).isNull());
	}

	/**
	 * What was done.
	 *
	 * @param name the name of the step
	 * @param error what went wrong, or {@code null} if nothing did
	 */
	record Step(String name, @Nullable String error) {

	}

}
