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

package io.github.springsocketio.soak;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Growth}.
 */
class GrowthTests {

	@Test
	void steadyGrowthIsSeenThroughNoise() {
		Random random = new Random(1);
		List<Long> samples = LongStream.range(0, 30).mapToObj((i) -> i * 1000 + random.nextInt(4000)).toList();
		assertThat(Growth.of(samples, Long::longValue)).isBetween(17_000.0, 21_000.0);
	}

	@Test
	void noiseIsNoGrowth() {
		Random random = new Random(2);
		List<Long> samples = LongStream.range(0, 30).mapToObj((i) -> 1_000_000L + random.nextInt(4000)).toList();
		assertThat(Math.abs(Growth.of(samples, Long::longValue))).isLessThan(2000);
	}

	@Test
	void whatWarmsUpAndOneOutlierDoNotCount() {
		List<Long> samples = List.of(1L, 500L, 900L, 1000L, 1000L, 9000L, 1000L, 1000L, 1000L);
		assertThat(Growth.of(samples, Long::longValue)).isZero();
	}

}
