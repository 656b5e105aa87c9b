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

import java.util.List;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.test.HandshakeSpec;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The origin check of websockets behind proxies, with Spring's filter for forwarded
 * headers, Reactor Netty's handler for them, and without either.
 */
@Timeout(60)
@Tag("SEC-89")
@Tag("CK-161")
@ExtendWith(OutputCaptureExtension.class)
class ForwardedOriginApplicationTests {

	private static final String[] COOKIE = { "Cookie", "SESSION=1" };

	/**
	 * What a proxy may send for the page {@code https://app.example}.
	 */
	private static final List<String[]> DEFAULT_PORT = List.of(
			new String[] { "Forwarded", "for=1.2.3.4;proto=https;host=app.example" },
			new String[] { "Forwarded", "for=1.2.3.4;proto=https;host=\"app.example:443\"" },
			new String[] { "Forwarded", "host=app.example;proto=https, host=inner.example;proto=http" },
			new String[] { "X-Forwarded-Host", "app.example, inner.example", "X-Forwarded-Proto", "https" },
			new String[] { "X-Forwarded-Host", "app.example", "X-Forwarded-Port", "443", "X-Forwarded-Proto", "https" },
			new String[] { "X-Forwarded-Host", "app.example", "X-Forwarded-Proto", "wss" },
			new String[] { "X-Forwarded-Host", "app.example", "X-Forwarded-Port", "443", "X-Forwarded-Proto", "wss" });

	/**
	 * What a proxy may send for the page {@code https://app.example:8443}.
	 */
	private static final List<String[]> OTHER_PORT = List.of(
			new String[] { "Forwarded", "proto=https;host=\"app.example:8443\"" },
			new String[] { "X-Forwarded-Host", "app.example:8443", "X-Forwarded-Proto", "https" }, new String[] {
					"X-Forwarded-Host", "app.example", "X-Forwarded-Port", "8443", "X-Forwarded-Proto", "https" });

	@ParameterizedTest
	@ValueSource(strings = { "framework", "native", "none" })
	void websocketWithACookieNeedsTheOriginOfTheServer(String strategy) {
		try (TestApplication application = run(strategy)) {
			for (String[] forwarded : DEFAULT_PORT) {
				assertStatus(101, application, "https://app.example", forwarded);
				assertStatus(400, application, "https://evil.example", forwarded);
				assertStatus(400, application, "https://app.example:9443", forwarded);
			}
			for (String[] forwarded : OTHER_PORT) {
				assertStatus(101, application, "https://app.example:8443", forwarded);
				assertStatus(400, application, "https://evil.example:8443", forwarded);
			}
			assertStatus(101, application, "http://localhost:" + application.port(), new String[0]);
			assertStatus(400, application, "https://app.example", new String[0]);
		}
	}

	@Test
	void websocketWithOtherCredentialsNeedsTheOriginOfTheServer() {
		try (TestApplication application = run("framework")) {
			for (String[] forwarded : DEFAULT_PORT) {
				for (String authorization : List.of("Basic eDp5", "Digest username=\"x\"")) {
					String[] headers = StringUtils.concatenateStringArrays(forwarded,
							new String[] { "Authorization", authorization });
					handshake(application, "https://app.example", headers).expectStatus(101);
					handshake(application, "https://evil.example", headers).expectStatus(400);
				}
			}
		}
	}

	@Test
	void refusalNamesBothOriginsAndTheProperty(CapturedOutput output) {
		try (TestApplication application = run("framework")) {
			for (String[] forwarded : DEFAULT_PORT) {
				assertStatus(400, application, "https://evil.example", forwarded);
			}
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("refused"))).singleElement()
			.asString()
			.contains("WARN", "'https://evil.example'", "'app.example'", "'socketio.cors.allowed-origins'",
					"'socketio.websocket.origin-check'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https", "wss" })
	void forwardedProtocolIsSecure(String protocol) {
		try (TestApplication application = run("framework")) {
			SocketTester socket = application.tester().header("X-Forwarded-Proto", protocol).connect();
			socket.handshake().expectStatus(101);
			socket.emitWithAck("secure").expectAck().isEqualTo(true);
		}
	}

	private static void assertStatus(int expected, TestApplication application, String origin, String[] forwarded) {
		handshake(application, origin, StringUtils.concatenateStringArrays(forwarded, COOKIE)).expectStatus(expected);
	}

	private static HandshakeSpec handshake(TestApplication application, String origin, String[] headers) {
		SocketIoTester tester = application.tester().origin(origin).name("Origin " + origin + ", " + List.of(headers));
		for (int i = 0; i < headers.length; i += 2) {
			tester = tester.header(headers[i], headers[i + 1]);
		}
		return tester.handshake();
	}

	private static TestApplication run(String strategy) {
		return TestApplication.run(Application.class, "server.forward-headers-strategy=" + strategy);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		NamespaceConfigurer events() {
			return (io) -> io.sockets().on("secure", (socket, event) -> event.ack(socket.handshake().secure()));
		}

	}

}
