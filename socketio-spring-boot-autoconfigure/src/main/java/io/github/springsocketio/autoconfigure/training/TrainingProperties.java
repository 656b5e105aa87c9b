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
import java.time.temporal.ChronoUnit;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of the training run for an AOT cache, which are read in a training run only.
 */
@ConfigurationProperties(TrainingProperties.PREFIX)
final class TrainingProperties {

	static final String PREFIX = "socketio.training";

	/**
	 * Whether to connect built-in clients to the application once it has started, and to
	 * exit afterwards. For the training run of an AOT cache.
	 */
	private final boolean enabled;

	/**
	 * Time for which the clients connect and emit events. If a duration suffix is not
	 * specified, milliseconds will be used.
	 */
	private final Duration duration;

	/**
	 * Headers of the clients' requests, such as those of a login.
	 */
	private final Map<String, String> headers;

	/**
	 * Auth payload of the clients, as JSON.
	 */
	private final @Nullable String auth;

	TrainingProperties(@DefaultValue("false") boolean enabled,
			@DurationUnit(ChronoUnit.MILLIS) @DefaultValue("10s") Duration duration,
			@DefaultValue Map<String, String> headers, @Nullable String auth) {
		this.enabled = enabled;
		this.duration = duration;
		this.headers = headers;
		this.auth = auth;
	}

	boolean enabled() {
		return this.enabled;
	}

	Duration duration() {
		return this.duration;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	@Nullable String auth() {
		return this.auth;
	}

}
