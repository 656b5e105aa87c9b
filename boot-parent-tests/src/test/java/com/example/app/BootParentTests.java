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

package com.example.app;

import io.netty.util.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class BootParentTests {

	@Test
	void whenVersionsComeFromBootsParentThenApplicationStartsWithOneWarning(CapturedOutput output) {
		assertThat(Version.identify().get("netty-codec-http").artifactVersion()).isEqualTo("4.2.17.Final");
		assertThat(HttpServer.class.getPackage().getImplementationVersion()).isEqualTo("1.3.7");
		try (ConfigurableApplicationContext context = SpringApplication.run(App.class, "--server.port=0")) {
			assertThat(context.isRunning()).isTrue();
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.containsPattern("RequiredVersionsCheck .* Netty 4\\.2\\.17\\.Final \\(required: 4\\.[^)]+\\), "
					+ "Reactor Netty 1\\.3\\.7 \\(required: 1\\.[^)]+\\)\\.")
			.contains("<artifactId>socketio-bom</artifactId><version>0.1.0");
	}

	@SpringBootApplication
	static class App {

	}

}
