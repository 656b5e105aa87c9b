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

import java.util.Map;
import java.util.concurrent.Executor;

import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.annotation.InvalidHandlerMethodException;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Flux;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Annotated handlers in an application, with validation and without it.
 */
@Timeout(120)
class AnnotatedApplicationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class))
		.withUserConfiguration(Handlers.class);

	@Test
	void argumentsAreValidated() {
		try (TestApplication application = TestApplication.run(Chat.class);
				SocketIoTester tester = SocketIoTester.bindToServer("http://localhost:" + application.port())) {
			SocketTester socket = tester.connect();
			socket.emitWithAck("send", new Message("hello", new Author("ann")))
				.expectAck(String.class)
				.isEqualTo("hello");
			socket.emitWithAck("send", new Message(" ", new Author("")))
				.expectAck(Map.class)
				.satisfies((ack) -> assertThat(ack.toString()).contains("code=validation", "path=text",
						"path=author.name", "must not be blank"));
			socket.emitWithAck("rename", "abcdef")
				.expectAck(Map.class)
				.satisfies((ack) -> assertThat(ack.toString()).contains("code=validation", "path=name",
						"size must be between"));
			socket.emitWithAck("rename", "abc").expectAck(String.class).isEqualTo("abc");
		}
	}

	@Test
	void errorsCanBeKeptFromClients() {
		this.runner.withPropertyValues("socketio.error-acks=false")
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().errorAcks()).isFalse());
	}

	@Test
	void worksWithoutBeanValidation() {
		this.runner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SocketIoOptions.class).handlers().validator()).isNull();
			});
	}

	@Test
	void worksWithoutSpringSecurity() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(SocketIoOptions.class).handlers().threadContexts()).isEmpty();
		});
	}

	@Test
	void methodThatCannotBeCalledIsAnalyzed() {
		this.runner.withUserConfiguration(Invalid.class).run((context) -> {
			assertThat(context).hasFailed();
			InvalidHandlerMethodException failure = (InvalidHandlerMethodException) context.getStartupFailure();
			FailureAnalysis analysis = new InvalidHandlerMethodFailureAnalyzer().analyze(failure);
			assertThat(analysis.getDescription()).contains("Invalid.prices()");
			assertThat(analysis.getAction()).contains("@Emits");
		});
	}

	@Test
	void blockingCodeHasTheServersOwnThreadsByDefault() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().blockingExecutor())
				.isNull());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void blockingCodeHasVirtualThreadsIfTheApplicationHas() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			Executor executor = context.getBean(SocketIoOptions.class).handlers().blockingExecutor();
			assertThat(executor).isInstanceOf(SimpleAsyncTaskExecutor.class);
		});
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().blockingExecutor())
				.isSameAs(context.getBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME)));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void executorThatLetsItsCallerWaitIsNotUsed() {
		this.runner
			.withPropertyValues("spring.threads.virtual.enabled=true",
					"spring.task.execution.simple.concurrency-limit=1")
			.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().blockingExecutor())
				.isInstanceOfSatisfying(SimpleAsyncTaskExecutor.class,
						(executor) -> assertThat(executor.isThrottleActive()).isFalse()));
	}

	@Test
	void nativeImagesCanCallHandlersAndBindTheirArgumentsAndResults() throws NoSuchMethodException {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Handlers.class, Invalid.class);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Handlers.class.getDeclaredMethod("send", Message.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Message.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Author.class, "name")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Price.class)).accepts(hints);
	}

	record Author(@NotBlank String name) {

	}

	record Message(@NotBlank String text, @Valid Author author) {

	}

	record Price(int cents) {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Handlers.class, Constrained.class })
	static class Chat {

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.csrf(CsrfSpec::disable).build();
		}

	}

	@SocketIoController
	static class Handlers {

		@OnEvent
		String send(@Valid Message message) {
			return message.text();
		}

	}

	@SocketIoController
	@Validated
	static class Constrained {

		@OnEvent
		String rename(@Size(max = 5) String name) {
			return name;
		}

	}

	@SocketIoController
	static class Invalid {

		@OnEvent
		Flux<Price> prices() {
			return Flux.empty();
		}

	}

}
