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

package io.github.springsocketio.autoconfigure;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.servlet.EngineServlet;
import io.github.springsocketio.socketio.SocketIoServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of applications in which there is no server.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnsupportedApplicationTests {

	private static final String WARNING = "The Socket.IO server is not available in this servlet application";

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(SocketIoAutoConfiguration.class,
			SocketIoServletApplicationAutoConfiguration.class);

	@Test
	void warnsInAServletApplication(CapturedOutput output) {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withClassLoader(new FilteredClassLoader(EngineServlet.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoServer.class));
		assertThat(output).containsOnlyOnce(WARNING)
			.contains("WARN")
			.contains("'socketio-spring-boot-starter-webmvc'")
			.contains("'spring-boot-starter-webflux'")
			.contains("'spring.main.web-application-type' to 'reactive'");
	}

	@Test
	void doesNotWarnInAServletApplicationWithoutServerOnPurpose(CapturedOutput output) {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withClassLoader(new FilteredClassLoader(EngineServlet.class))
			.withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void doesNotWarnInAReactiveApplication(CapturedOutput output) {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.run((context) -> assertThat(context).hasSingleBean(SocketIoServer.class));
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void withoutWebServerAnApplicationStarts() {
		try (ConfigurableApplicationContext context = run(Application.class, WebApplicationType.NONE)) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void withoutWebServerAnApplicationThatNeedsTheServerFailsAndSaysWhy(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(NeedsServer.class, WebApplicationType.NONE));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("required a bean of type '" + SocketIoServer.class.getName() + "'")
			.contains("It needs a servlet application with");
	}

	@Test
	void theSameForTheEngine(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(NeedsEngine.class, WebApplicationType.NONE));
		assertThat(output).contains("required a bean of type '" + EngineServer.class.getName() + "'")
			.contains("It needs a servlet application with");
	}

	@Test
	void anApplicationThatNeedsTheDisabledServerFailsAndSaysWhy(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> run(NeedsServer.class, WebApplicationType.REACTIVE, "socketio.enabled=false"));
		assertThat(output).contains("APPLICATION FAILED TO START").contains("but 'socketio.enabled' is false");
	}

	@Test
	void otherMissingBeansAreLeftToSpringBoot(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(NeedsText.class, WebApplicationType.NONE));
		assertThat(output).contains("required a bean of type 'java.lang.StringBuilder' that could not be found");
	}

	private static ConfigurableApplicationContext run(Class<?> application, WebApplicationType type,
			String... properties) {
		return new SpringApplicationBuilder(application).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Import(Application.class)
	static class NeedsServer {

		NeedsServer(SocketIoServer server) {
		}

	}

	@Import(Application.class)
	static class NeedsEngine {

		NeedsEngine(EngineServer server) {
		}

	}

	@Import(Application.class)
	static class NeedsText {

		NeedsText(StringBuilder text) {
		}

	}

}
