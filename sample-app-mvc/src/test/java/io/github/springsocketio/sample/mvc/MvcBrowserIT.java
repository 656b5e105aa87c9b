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

package io.github.springsocketio.sample.mvc;

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

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uses the page in one Chromium: with the sockets on the application's port, and on their
 * own. The scenarios are in {@code src/test/e2e}.
 */
@RequiresProgram({ BrowserRun.CHROMIUM, BrowserRun.CHROMIUM_BROWSER, BrowserRun.CHROME })
class MvcBrowserIT {

	private static final Path WORK = Path.of("target/e2e");

	@TestFactory
	Stream<DynamicTest> pageInBrowser() throws Exception {
		try (ConfigurableApplicationContext same = start();
				ConfigurableApplicationContext own = start("socketio.server.port=0")) {
			List<Scenario> scenarios = run(url(same), url(own));
			assertThat(scenarios).isNotEmpty();
			return scenarios.stream().map((scenario) -> DynamicTest.dynamicTest(scenario.name(), scenario::check));
		}
	}

	private static ConfigurableApplicationContext start(String... properties) {
		return new SpringApplicationBuilder(MvcSampleApplication.class)
			.properties("spring.main.banner-mode=off", "socketio.web-session.check-interval=100ms",
					"socketio.security.expiry-grace=100ms", "socketio.shutdown-timeout=2s")
			.properties(properties)
			.run("--server.port=0");
	}

	private static String url(ConfigurableApplicationContext application) {
		return "http://localhost:" + application.getEnvironment().getRequiredProperty("local.server.port");
	}

	private static List<Scenario> run(String... urls) throws IOException, InterruptedException {
		JsonMapper mapper = JsonMapper.shared();
		return BrowserRun
			.lines(WORK, Path.of("../sample-app/src/test/e2e/run.mjs"), String.join(",", urls),
					"src/test/e2e/scenarios.mjs")
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
