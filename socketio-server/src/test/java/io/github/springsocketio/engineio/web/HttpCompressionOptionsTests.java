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

package io.github.springsocketio.engineio.web;

import io.github.springsocketio.InvalidOptionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HttpCompressionOptions}.
 */
class HttpCompressionOptionsTests {

	@Test
	@Tag("EIO-103")
	@Tag("OP-30")
	@Tag("OP-31")
	@Tag("OP-32")
	void responsesToPollsAreCompressedByDefault() {
		HttpCompressionOptions options = EngineWebOptions.defaults().httpCompression();
		assertThat(options).usingRecursiveComparison().isEqualTo(HttpCompressionOptions.defaults());
		assertThat(options.threshold()).isEqualTo(1024);
		assertThat(options.level()).isEqualTo(-1);
	}

	@Test
	void responsesToPollsAreNotCompressedWithoutOptions() {
		assertThat(EngineWebOptions.builder().httpCompression(null).build().httpCompression()).isNull();
	}

	@Test
	void valuesAreKept() {
		HttpCompressionOptions options = HttpCompressionOptions.builder().threshold(7).level(9).build();
		assertThat(options.threshold()).isEqualTo(7);
		assertThat(options.level()).isEqualTo(9);
	}

	@Test
	void smallestValuesAreAllowed() {
		HttpCompressionOptions options = HttpCompressionOptions.builder().threshold(0).level(-1).build();
		assertThat(options.threshold()).isZero();
		assertThat(options.level()).isEqualTo(-1);
	}

	@Test
	void negativeThresholdsAreRefused() {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> HttpCompressionOptions.builder().threshold(-1))
			.withMessage("'threshold' must be at least 0 but is -1")
			.satisfies((ex) -> {
				assertThat(ex.option()).isEqualTo("threshold");
				assertThat(ex.value()).isEqualTo("-1");
			});
	}

	@ParameterizedTest
	@ValueSource(ints = { -2, 10 })
	void levelsThatZlibDoesNotHaveAreRefused(int level) {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> HttpCompressionOptions.builder().level(level))
			.withMessage("'level' must be between -1 and 9 but is " + level)
			.satisfies((ex) -> {
				assertThat(ex.option()).isEqualTo("level");
				assertThat(ex.value()).isEqualTo(Integer.toString(level));
			});
	}

}
