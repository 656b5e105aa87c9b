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
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link InvalidSocketIoPropertyFailureAnalyzer}.
 */
class InvalidSocketIoPropertyFailureAnalyzerTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@Test
	@Tag("CK-14")
	@Tag("CK-34")
	void namesThePropertyOfTheCookieAndWhereItStands() {
		set(Map.of("socketio.cookie.enabled", "true"));
		Origin origin = new Origin() {

			@Override
			public String toString() {
				return "application.yml - 3:13";
			}

		};
		this.environment.getPropertySources()
			.addFirst(new OriginTrackedMapPropertySource("file",
					Map.of("socketio.cookie.domain", OriginTrackedValue.of("example.com:80", origin))));
		FailureAnalysis analysis = analyze();
		assertThat(analysis.getDescription()).contains("Property: socketio.cookie.domain")
			.contains("Value: \"example.com:80\"")
			.contains("Origin: application.yml - 3:13")
			.contains("Reason: must be a host name");
		assertThat(analysis.getAction()).contains("Correct the value of 'socketio.cookie.domain'");
	}

	@Test
	@Tag("SEC-93")
	void namesThePropertyThatIsMissing() {
		set(Map.of("socketio.cookie.enabled", "true", "socketio.cookie.name", "__Host-io"));
		FailureAnalysis analysis = analyze();
		assertThat(analysis.getDescription()).contains("Property: socketio.cookie.secure")
			.contains("Value: \"false\" (the default, as the property is not set)")
			.contains("must be set for the name '__Host-io'")
			.doesNotContain("Origin:");
		assertThat(analysis.getAction()).contains("Set 'socketio.cookie.secure'");
	}

	@Test
	@Tag("CK-130")
	void namesThePropertyOfCors() {
		set(Map.of("socketio.cors.allowed-origins[0]", "*", "socketio.cors.allow-credentials", "true"));
		FailureAnalysis analysis = analyze();
		assertThat(analysis.getDescription()).contains("Property: socketio.cors.allowed-origins")
			.contains("Value: \"*\"")
			.contains("Origin: \"socketio.cors.allowed-origins[0]\" from property source \"test\"")
			.contains("must name the origins when 'allow-credentials' is set");
		assertThat(analysis.getAction()).contains("Correct the value of 'socketio.cors.allowed-origins'");
	}

	@Test
	void namesAnyOtherProperty() {
		set(Map.of("socketio.ping-interval", "0"));
		FailureAnalysis analysis = analyze();
		assertThat(analysis.getDescription()).contains("Property: socketio.ping-interval")
			.contains("Reason: must be a positive duration");
	}

	private void set(Map<String, Object> values) {
		this.environment.getPropertySources().addFirst(new MapPropertySource("test", values));
	}

	private FailureAnalysis analyze() {
		ConfigurationPropertySources.attach(this.environment);
		SocketIoProperties properties = Binder.get(this.environment).bindOrCreate("socketio", SocketIoProperties.class);
		InvalidSocketIoPropertyException failure = catchThrowableOfType(InvalidSocketIoPropertyException.class, () -> {
			EngineOptionsFactory.create(properties, null, null, List.of());
			EngineWebOptionsFactory.create(properties, null, null, null, List.of());
		});
		assertThat(failure).isNotNull();
		return registeredAnalyzer().analyze(new BeanCreationException("socketIoServer", "cannot be made", failure));
	}

	private FailureAnalyzer registeredAnalyzer() {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, ArgumentResolver.of(Environment.class, this.environment), (type, name, ex) -> {
			})
			.stream()
			.filter(InvalidSocketIoPropertyFailureAnalyzer.class::isInstance)
			.findFirst()
			.orElseThrow();
	}

}
