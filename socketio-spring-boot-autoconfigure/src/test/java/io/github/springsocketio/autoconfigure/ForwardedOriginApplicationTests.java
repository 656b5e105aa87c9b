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

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

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
					assertThat(status(application, "https://app.example", headers)).isEqualTo(101);
					assertThat(status(application, "https://evil.example", headers)).isEqualTo(400);
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
		try (TestApplication application = run("framework");
				WireWebSocket websocket = application.websocket(WEBSOCKET, "X-Forwarded-Proto", protocol)) {
			assertThat(websocket.receive()).startsWith("0{");
			websocket.send("40");
			assertThat(websocket.receive()).startsWith("40{");
			websocket.send("420[\"secure\"]");
			assertThat(websocket.receive()).isEqualTo("430[true]");
		}
	}

	private static void assertStatus(int expected, TestApplication application, String origin, String[] forwarded) {
		assertThat(status(application, origin, StringUtils.concatenateStringArrays(forwarded, COOKIE)))
			.as("Origin %s, %s", origin, List.of(forwarded))
			.isEqualTo(expected);
	}

	private static int status(TestApplication application, String origin, String[] headers) {
		try (WireWebSocket websocket = application.websocket(WEBSOCKET,
				StringUtils.concatenateStringArrays(new String[] { "Origin", origin }, headers))) {
			return websocket.status();
		}
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
