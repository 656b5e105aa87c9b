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

package io.github.springsocketio.rewrite;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * Clients have the same conversation with the application before its migration and after
 * it.
 */
class ConversationTests {

	private static final int ATTEMPTS = 10;

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext context;

	@Test
	void beforeTheMigration() throws Exception {
		run(Project.read("before"), (application) -> {
			for (int attempt = 1;; attempt++) {
				int port = freePort();
				try {
					start(application, "--chat.port=" + port, "--spring.main.web-application-type=none");
					return port;
				}
				catch (IllegalStateException ex) {
					if (attempt == ATTEMPTS) {
						throw ex;
					}
				}
			}
		});
	}

	@Test
	void afterTheMigration() throws Exception {
		run(Project.read("after"), (application) -> start(application, "--chat.port=0").getEnvironment()
			.getRequiredProperty("local.server.port", Integer.class));
	}

	private void run(Project project, Server server) throws Exception {
		Path classes = project.compile(this.directory);
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() },
				getClass().getClassLoader())) {
			Class<?> application = loader.loadClass("com.example.chat.ChatApplication");
			try (ChatConversation conversation = new ChatConversation(server.start(application))) {
				conversation.run();
			}
			finally {
				if (this.context != null) {
					this.context.close();
				}
			}
		}
	}

	private ConfigurableApplicationContext start(Class<?> application, String... arguments) {
		SpringApplication spring = new SpringApplication(new DefaultResourceLoader(application.getClassLoader()),
				application);
		this.context = spring.run(arguments);
		return this.context;
	}

	/**
	 * The library does not tell the port that it has bound, so that it has to be chosen
	 * before. Another process may be faster.
	 */
	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@FunctionalInterface
	private interface Server {

		int start(Class<?> application) throws IOException;

	}

}
