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

package io.github.springsocketio.engineio;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.springsocketio.InvalidOptionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EngineOptions}.
 */
class EngineOptionsTests {

	@Test
	void shouldKeepACopyOfTheTransports() {
		Set<TransportType> transports = EnumSet.allOf(TransportType.class);
		EngineOptions options = EngineOptions.builder().transports(transports).build();
		transports.remove(TransportType.POLLING);
		assertThat(options.transports()).containsExactlyInAnyOrder(TransportType.values()).isUnmodifiable();
	}

	@ParameterizedTest
	@MethodSource
	void shouldNameARefusedOption(String option, String value, String reason, Consumer<EngineOptions.Builder> set) {
		EngineOptions.Builder builder = EngineOptions.builder();
		ThrowingCallable call = () -> set.accept(builder);
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(call)
			.withMessage("'" + option + "' " + reason)
			.satisfies((ex) -> {
				assertThat(ex.option()).isEqualTo(option);
				assertThat(ex.value()).isEqualTo(value);
				assertThat(ex.reason()).isEqualTo(reason);
			});
	}

	static Stream<Arguments> shouldNameARefusedOption() {
		return Stream.of(
				refused("pingInterval", "PT0S", "must be a positive duration but is PT0S",
						(builder) -> builder.pingInterval(Duration.ZERO)),
				refused("maxOutboundBytes", "-1", "must be at least 0 but is -1",
						(builder) -> builder.maxOutboundBytes(-1)),
				refused("maxSessions", "-1", "must be at least 0 but is -1", (builder) -> builder.maxSessions(-1)),
				refused("transports", "[]", "must not be empty", (builder) -> builder.transports(Set.of())));
	}

	private static Arguments refused(String option, String value, String reason, Consumer<EngineOptions.Builder> set) {
		return Arguments.of(option, value, reason, set);
	}

}
