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

package io.github.springsocketio.webmvc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A node that stores what it gets before it acknowledges it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ StoringApplication.Handlers.class, StoringApplication.Health.class })
public class StoringApplication {

	/**
	 * Run a node, until it gets a signal.
	 * @param args the properties {@code node} and {@code file} among them
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(StoringApplication.class)
			.properties("server.port=0", "server.address=127.0.0.1", "server.shutdown=graceful",
					"spring.main.banner-mode=off", "socketio.cookie.enabled=true", MvcApplication.UNSECURED_ON_TOMCAT)
			.run(args);
		// read by the test from the output of this process
		System.out.println("port " + context.getEnvironment().getProperty("local.server.port"));
	}

	@SocketIoController
	static class Handlers {

		private final String node;

		private final Path file;

		Handlers(@Value("${node}") String node, @Value("${file}") Path file) {
			this.node = node;
			this.file = file;
		}

		@OnEvent
		String store(String id) {
			try {
				Files.writeString(this.file, id + "\n", StandardCharsets.US_ASCII, StandardOpenOption.CREATE,
						StandardOpenOption.APPEND);
				return this.node;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * What the load balancer asks.
	 */
	@RestController
	static class Health {

		@GetMapping("/health")
		String health() {
			return "up";
		}

	}

}
