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

import java.io.File;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.springsocketio.socketio.AckErrorException;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.annotation.AuthPayload;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketData;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.socketio.annotation.SocketIoExceptionHandler;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testsupport.Await;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications without a dependency that is optional, which serve annotated handlers.
 */
@Timeout(120)
class AbsentDependenciesTests {

	private static final Pattern OPTIONAL = Pattern.compile(
			"spring-(boot-)?security|spring-session|nimbus|(jakarta\\.|spring-boot-starter-|spring-boot-|hibernate-)validat"
					+ "|micrometer-core|context-propagation|spring-boot-(micrometer|actuator|health)|tomcat");

	@ParameterizedTest
	@EnumSource
	void handlersAreServedWithout(Dependency dependency) throws Exception {
		serve(hiding(dependency.packages), dependency != Dependency.VALIDATION);
	}

	@Test
	void handlersAreServedWithoutAnyOfThem() throws Exception {
		ClassLoader loader = withoutOptionalLibraries();
		for (Dependency dependency : Dependency.values()) {
			assertThat(dependency.isPresent(loader)).as(dependency.name()).isFalse();
			assertThat(dependency.isPresent(getClass().getClassLoader())).as(dependency.name()).isTrue();
		}
		serve(loader, false);
	}

	/**
	 * All tests of this module are those of an application without them.
	 */
	@Test
	void someAreNotThereAnyway() {
		for (String type : List.of("kotlin.Metadata", "kotlin.reflect.full.KClasses",
				"kotlinx.coroutines.reactor.MonoKt")) {
			assertThat(ClassUtils.isPresent(type, getClass().getClassLoader())).as(type).isFalse();
		}
	}

	private static void serve(ClassLoader loader, boolean validated) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader former = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		Constructor<?> program = loader.loadClass(Program.class.getName()).getDeclaredConstructor();
		program.setAccessible(true);
		Object started = program.newInstance();
		try (SocketIoTester tester = SocketIoTester.bindToServer("http://localhost:" + ((Supplier<?>) started).get())
			.timeout(Await.LIMIT)) {
			serve(tester, validated);
		}
		finally {
			((AutoCloseable) started).close();
			thread.setContextClassLoader(former);
		}
	}

	/**
	 * Return a loader that has the classes of this project itself, so that none of them
	 * finds a class of the absent packages, whichever way it looks. It is not closed, as
	 * the end of a connection may come later.
	 */
	private static ClassLoader hiding(String... absent) {
		String[] hidden = Arrays.copyOf(absent, absent.length + 1);
		hidden[absent.length] = "io.github.springsocketio.";
		URL[] own = Stream
			.of(PacketParser.class, SocketIoServer.class, SocketIoAutoConfiguration.class,
					AbsentDependenciesTests.class)
			.map((type) -> type.getProtectionDomain().getCodeSource().getLocation())
			.toArray(URL[]::new);
		return new URLClassLoader(own, new FilteredClassLoader(hidden));
	}

	private static ClassLoader withoutOptionalLibraries() {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		URL[] urls = Arrays.stream(classPath.split(File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> !OPTIONAL.matcher(entry.getFileName().toString()).lookingAt())
			.map(AbsentDependenciesTests::url)
			.toArray(URL[]::new);
		return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
	}

	private static URL url(Path entry) {
		try {
			return entry.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void serve(SocketIoTester tester, boolean validated) {
		tester.auth(Map.of("name", "")).expectConnectError().expectMessage("No name");
		SocketTester socket = tester.auth(Map.of("name", "ann")).connect();
		socket.expectEvent("welcome", String.class).isEqualTo("ann");
		for (String event : List.of("greet", "greetLater")) {
			socket.emitWithAck(event, new Message("bob"))
				.expectAck(Map.class)
				.isEqualTo(Map.of("text", "Hello bob", "user", "nobody"));
			if (validated) {
				assertThat(code(socket, event, new Message(""))).isEqualTo("validation");
			}
			else {
				socket.emitWithAck(event, new Message(""))
					.expectAck(Map.class)
					.satisfies((ack) -> assertThat(ack.get("text")).isEqualTo("Hello "));
			}
			assertThat(code(socket, event)).isEqualTo("missing-argument");
		}
		assertThat(code(socket, "fail")).isEqualTo("failed");
		assertThat(code(socket, "failUnknown")).isEqualTo("internal");
		socket.emitWithAck("failHandled").expectAck(String.class).isEqualTo("handled");
	}

	private static String code(SocketTester socket, String event, Object... args) {
		Map<?, ?> ack = socket.emitWithAck(event, args).expectAck(Map.class).value();
		assertThat(ack.get("error")).as(event + " " + ack).isInstanceOf(Map.class);
		return String.valueOf(((Map<?, ?>) ack.get("error")).get("code"));
	}

	/**
	 * What an application may lack.
	 */
	private enum Dependency {

		SECURITY("org.springframework.security.core.Authentication", "org.springframework.security."),

		RESOURCE_SERVER("org.springframework.security.oauth2.jwt.Jwt", "org.springframework.security.oauth2."),

		VALIDATION("jakarta.validation.Valid", "jakarta.validation.", "org.hibernate.validator."),

		METRICS("io.micrometer.core.instrument.MeterRegistry", "io.micrometer.core."),

		CONTEXT_PROPAGATION("io.micrometer.context.ContextSnapshotFactory", "io.micrometer.context.");

		private final String type;

		private final String[] packages;

		Dependency(String type, String... packages) {
			this.type = type;
			this.packages = packages;
		}

		private boolean isPresent(ClassLoader loader) {
			return ClassUtils.isPresent(this.type, loader);
		}

	}

	/**
	 * Starts the application and returns its port.
	 */
	static final class Program implements Supplier<Integer>, AutoCloseable {

		private @Nullable ConfigurableApplicationContext context;

		@Override
		public Integer get() {
			this.context = new SpringApplicationBuilder(new DefaultResourceLoader(Program.class.getClassLoader()),
					Application.class)
				.web(WebApplicationType.REACTIVE)
				.properties("server.port=0", "spring.main.banner-mode=off",
						"spring.reactor.netty.shutdown-quiet-period=0s", "socketio.shutdown-timeout=500ms")
				.run();
			return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		}

		@Override
		public void close() {
			if (this.context != null) {
				this.context.close();
			}
		}

	}

	record Message(@NotBlank String text) {

	}

	record Greeting(String text, String user) {

	}

	record Login(String name) {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = {
			"org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration" })
	@Import(Handlers.class)
	static class Application {

	}

	@SocketIoController
	static class Handlers {

		@OnConnect
		void admit(@AuthPayload Login login, Socket socket) {
			if (login.name().isEmpty()) {
				throw ConnectErrorException.withCode("No name", "no-name");
			}
			socket.data().put("name", login.name());
		}

		@OnConnected
		void welcome(@SocketData String name, Socket socket) {
			socket.emit("welcome", name);
		}

		@OnEvent
		Greeting greet(@Valid Message message, @Nullable Principal user, @Nullable WebSession session) {
			return new Greeting("Hello " + message.text(), (user != null) ? user.getName() : "nobody");
		}

		@OnEvent
		Mono<Greeting> greetLater(@Valid Message message, @Nullable Principal user) {
			return Mono.fromSupplier(() -> greet(message, user, null));
		}

		@OnEvent
		void fail() {
			throw new AckErrorException("failed", "Failed");
		}

		@OnEvent
		Mono<Void> failUnknown() {
			return Mono.error(new IllegalStateException("test"));
		}

		@OnEvent
		void failHandled() {
			throw new UnsupportedOperationException("handled");
		}

		@SocketIoExceptionHandler
		String unsupported(UnsupportedOperationException ex) {
			return String.valueOf(ex.getMessage());
		}

	}

}
