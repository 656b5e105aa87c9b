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

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownProperties}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@BeforeEach
	void withoutVariablesOfTheMachine() {
		setVariables(Map.of());
	}

	@ParameterizedTest
	@CsvSource({ "socketio.ping-intervall, socketio.ping-interval", "socketio.pingIntervall, socketio.ping-interval",
			"socketio.pign-timeout, socketio.ping-timeout", "socketio.pth, socketio.path",
			"socketio.cors.origin, socketio.cors.allowed-origins",
			"socketio.cors.origins[0], socketio.cors.allowed-origins",
			"socketio.cors.credentials, socketio.cors.allow-credentials",
			"socketio.cors.methods, socketio.cors.allowed-methods",
			"socketio.cookie.http-onyl, socketio.cookie.http-only",
			"socketio.websocket.max-fragment, socketio.websocket.max-fragments",
			"socketio.http-compresion.level, socketio.http-compression.level",
			"socketio.limits.max-rooms, socketio.limits.max-rooms-per-socket",
			"socketio.max-sessions, socketio.limits.max-sessions",
			"socketio.connection-state-recovery.max-duration, socketio.connection-state-recovery.max-disconnection-duration" })
	void namesTheNearestProperty(String name, String nearest, CapturedOutput output) {
		warn(name);
		assertThat(output).containsOnlyOnce("WARN")
			.contains("did you mean '" + nearest + "'?")
			.contains("from \"" + name + "\" from property source \"test\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "socketio.enabled", "socketio.ping-interval", "socketio.pingInterval",
			"socketio.PING_INTERVAL", "socketio.ping_interval", "socketio.transports[0]",
			"socketio.cors.allowed-origins", "socketio.cors.allowedOrigins[1]", "socketio.cors", "socketio.cookie",
			"socketio.websocket.native", "socketio.websocket.compression.server-no-context", "spring.application.name",
			"socketiox.path", "my.socketio.path" })
	void acceptsWhatBindingAccepts(String name, CapturedOutput output) {
		warn(name);
		assertThat(output).isEmpty();
	}

	@Test
	void namesNoPropertyThatHasNoSimilarName(CapturedOutput output) {
		warn("socketio.foo");
		assertThat(output).contains("'socketio.foo'").doesNotContain("did you mean");
	}

	@Test
	void logsOneWarningWithPlacesAndWithoutValues(CapturedOutput output) {
		Origin origin = new Origin() {

			@Override
			public String toString() {
				return "application.yml - 3:13";
			}

		};
		this.environment.getPropertySources()
			.addFirst(new OriginTrackedMapPropertySource("file",
					Map.of("socketio.ping-timeut", OriginTrackedValue.of("secret-1", origin))));
		warn("socketio.pathh", "socketio.ping-timeut");
		assertThat(output).containsOnlyOnce("WARN")
			.containsOnlyOnce(
					"'socketio.ping-timeut' from application.yml - 3:13, did you mean 'socketio.ping-timeout'?")
			.contains("'socketio.pathh'")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SOCKETIO_PINGINTERVAL", "SOCKETIO_PING_INTERVAL", "SOCKETIO_CORS_ALLOWEDORIGINS_0",
			"SOCKETIO_CORS_ALLOWED_ORIGINS", "SOCKETIO_WEBSOCKET_COMPRESSION_SERVERNOCONTEXT", "SOCKETIO_ENABLED",
			"SOCKETIO_SERVICE_HOST", "SOCKETIO_SERVICE_PORT", "SOCKETIO_SERVICE_PORT_HTTP", "SOCKETIO_PORT",
			"SOCKETIO_PORT_8080_TCP", "SOCKETIO_PORT_8080_TCP_ADDR", "SOCKETIO_TESTS_REQUIRE_ALL", "SOCKETIO_HOME",
			"SOCKETIO_VERSION", "SOCKETIO" })
	void acceptsEnvironmentVariablesOfOthers(String name, CapturedOutput output) {
		setVariables(Map.of(name, "1"));
		check();
		assertThat(output).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "SOCKETIO_PINGINTERVALL, socketio.ping-interval", "SOCKETIO_PING_INTERVALL, socketio.ping-interval",
			"SOCKETIO_CORS_ALLOWED_ORIGIN, socketio.cors.allowed-origins", "SOCKETIO_ENABLE, socketio.enabled" })
	void reportsEnvironmentVariablesThatLookLikeATypo(String name, String nearest, CapturedOutput output) {
		setVariables(Map.of(name, "1"));
		check();
		assertThat(output).contains("WARN").contains(name).contains("did you mean '" + nearest + "'?");
	}

	private void warn(String... names) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (String name : names) {
			values.put(name, "secret-2");
		}
		this.environment.getPropertySources().addLast(new MapPropertySource("test", values));
		check();
	}

	private void setVariables(Map<String, Object> variables) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		this.environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
	}

	private void check() {
		ConfigurationPropertySources.attach(this.environment);
		new UnknownProperties(this.environment, getClass().getClassLoader()).afterPropertiesSet();
	}

}
