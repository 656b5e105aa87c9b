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

package io.github.springsocketio.autoconfigure.training;

import java.util.List;

import io.github.springsocketio.testsupport.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The training run for an AOT cache.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class TrainingRunTests {

	private static final String HEADER = "--socketio.training.headers.X-Role=member";

	private static final String DONE = "The training had 25 sessions and 360 events in";

	@Test
	void processEndsAfterTheTraining() {
		// the option is that of Spring Boot's buildpack, and ends the process before
		// there is a server
		try (ForkedJvm application = ForkedJvm
			.start(TrainingApplication.class,
					List.of("-XX:TieredStopAtLevel=1", "-Dspring.context.exit=onRefresh",
							"-Dlogging.level.io.github.springsocketio=info"),
					"--socketio.training.enabled=true", HEADER)) {
			assertThat(application.waitFor(ForkedJvm.LIMIT.multipliedBy(2))).isZero();
			assertThat(application.lines()).anyMatch((line) -> line.contains(DONE));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "socketio.parser.type=msgpack", "socketio.server.port=0", "spring.webflux.base-path=/app",
			"socketio.add-trailing-slash=false" })
	void clientsConnectToTheApplicationAsItIs(String property, CapturedOutput output) {
		try (ConfigurableApplicationContext context = TrainingApplication.builder()
			.properties("logging.level.io.github.springsocketio=info")
			.run("--" + property, HEADER)) {
			assertThat(TrainingRun.run(context)).isTrue();
			assertThat(output).contains(DONE);
		}
	}

	@Test
	void trainingFailsIfTheClientsAreRefused(CapturedOutput output) {
		try (ConfigurableApplicationContext context = TrainingApplication.builder().run()) {
			assertThat(TrainingRun.run(context)).isFalse();
			assertThat(output).contains("The training failed", "status 403", "members only");
		}
	}

	@Test
	void trainingFailsIfItsPropertiesCannotBeRead(CapturedOutput output) {
		try (ConfigurableApplicationContext context = TrainingApplication.builder()
			.run("--socketio.training.auth={", HEADER)) {
			assertThat(TrainingRun.run(context)).isFalse();
			assertThat(output).contains("The training failed, and the application exits");
		}
	}

}
