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

package io.github.springsocketio.test.autoconfigure;

import java.io.File;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Arrays;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.test.SocketIoTester;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The tester of an application whose class path has no Spring Security.
 */
class WithoutSpringSecurityTests {

	@Test
	void principalsNeedNoSpringSecurity() throws Exception {
		// not closed, as the event loops of the program outlive the test
		ClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> loader.loadClass("org.springframework.security.core.Authentication"));
		Thread thread = Thread.currentThread();
		ClassLoader former = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		try {
			Constructor<?> constructor = loader.loadClass(Program.class.getName()).getDeclaredConstructor();
			constructor.setAccessible(true);
			assertThat((Supplier<?>) constructor.newInstance()).extracting(Supplier::get).isEqualTo("ann");
		}
		finally {
			thread.setContextClassLoader(former);
		}
	}

	private static URL[] classPath() {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Arrays.stream(path.split(File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> !entry.getFileName().toString().contains("security"))
			.map(WithoutSpringSecurityTests::url)
			.toArray(URL[]::new);
	}

	private static URL url(Path entry) {
		try {
			return entry.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the name of the principal whom the application sees.
	 */
	static final class Program implements Supplier<String> {

		@Override
		public String get() {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.properties("server.port=0", "spring.main.banner-mode=off")
				.run()) {
				return context.getBean(SocketIoTester.class)
					.mutateWith(SocketIoMockUsers.mockPrincipal(() -> "ann"))
					.connect()
					.emitWithAck("whoami")
					.expectAck(String.class)
					.value();
			}
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@ImportAutoConfiguration(SocketIoTesterAutoConfiguration.class)
	static class Application {

		@Bean
		NamespaceConfigurer whoami() {
			return (io) -> io.of("/").on("whoami", (socket, event) -> {
				Principal principal = socket.handshake().principal();
				event.ack((principal != null) ? principal.getName() : null);
			});
		}

	}

}
