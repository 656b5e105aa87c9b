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

import java.util.Map;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketIoTesterExtension;
import io.github.springsocketio.test.SocketTester;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tester in tests without Spring's test support.
 */
class SocketIoTesterExtensionTests {

	private static ConfigurableApplicationContext server;

	private static @Nullable SocketTester former;

	@RegisterExtension
	private final SocketIoTesterExtension socketIo = SocketIoTesterExtension.bindToServer(
			() -> "http://localhost:" + server.getEnvironment().getProperty("local.server.port"),
			(tester) -> tester.namespace("/chat").auth(Map.of("token", "secret")));

	@BeforeAll
	static void start() {
		server = new SpringApplicationBuilder(ChatApplication.class)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.run();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@RepeatedTest(2)
	void clientsAreClosedAfterEachTest(SocketIoTester tester) {
		SocketTester socket = tester.connect();
		socket.emitWithAck("empty").expectEmptyAck();
		if (former != null) {
			former.expectDisconnect("io client disconnect");
			assertThat(former.socket().connected()).isFalse();
		}
		former = socket;
	}

}
