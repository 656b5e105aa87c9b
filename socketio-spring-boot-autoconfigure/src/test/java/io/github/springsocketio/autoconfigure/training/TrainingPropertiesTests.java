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

package io.github.springsocketio.autoconfigure.training;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The properties of a training run.
 */
class TrainingPropertiesTests {

	@Test
	void nothingIsSwitchedOnByDefault() {
		TrainingProperties properties = bind(Map.of());
		assertThat(properties.enabled()).isFalse();
		assertThat(properties.duration()).isEqualTo(Duration.ofSeconds(10));
		assertThat(properties.headers()).isEmpty();
		assertThat(properties.auth()).isNull();
	}

	@Test
	void everyPropertyIsBound() {
		TrainingProperties properties = bind(Map.of("socketio.training.enabled", "true", "socketio.training.duration",
				"3000", "socketio.training.headers.X-Role", "member", "socketio.training.auth", "{}"));
		assertThat(properties.enabled()).isTrue();
		assertThat(properties.duration()).isEqualTo(Duration.ofSeconds(3));
		assertThat(properties.headers()).containsExactly(Map.entry("X-Role", "member"));
		assertThat(properties.auth()).isEqualTo("{}");
	}

	private static TrainingProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(TrainingProperties.PREFIX,
				TrainingProperties.class);
	}

}
