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

package io.github.springsocketio.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.springsocketio.testing.BrowserRun;
import io.github.springsocketio.testing.RequiresProgram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uses the page in Chromium; the scenarios are in {@code src/test/e2e}.
 */
@RequiresProgram({ BrowserRun.CHROMIUM, BrowserRun.CHROMIUM_BROWSER, BrowserRun.CHROME })
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BrowserIT {

	private static final Path SCRIPTS = Path.of("src/test/e2e");

	private static final Path WORK = Path.of("target/e2e");

	@TestFactory
	Stream<DynamicTest> pageInBrowser(@LocalServerPort int port) throws Exception {
		List<Scenario> scenarios = run("http://localhost:" + port);
		assertThat(scenarios).isNotEmpty();
		return scenarios.stream().map((scenario) -> DynamicTest.dynamicTest(scenario.name(), scenario::check));
	}

	private static List<Scenario> run(String url) throws IOException, InterruptedException {
		JsonMapper mapper = JsonMapper.shared();
		return BrowserRun.lines(WORK, SCRIPTS.resolve("run.mjs"), url)
			.stream()
			.map((line) -> mapper.readValue(line, Scenario.class))
			.toList();
	}

	record Scenario(String name, @Nullable String error) {

		void check() {
			assertThat(this.error).isNull();
		}

	}

}
