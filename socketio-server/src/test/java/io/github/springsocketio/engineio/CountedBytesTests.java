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

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted of something that grows and shrinks.
 */
class CountedBytesTests {

	private final List<Long> counted = new ArrayList<>();

	private final CountedBytes bytes = new CountedBytes(this.counted::add, 100);

	@Test
	void changesAreCountedInSteps() {
		this.bytes.set(99);
		assertThat(this.counted).isEmpty();
		this.bytes.set(100);
		this.bytes.set(199);
		this.bytes.set(250);
		this.bytes.set(151);
		assertThat(this.counted).containsExactly(100L, 150L);
		this.bytes.set(150);
		assertThat(this.counted).containsExactly(100L, 150L, -100L);
	}

	@Test
	void nothingIsCountedAtTheEnd() {
		this.bytes.set(130);
		this.bytes.set(50);
		this.bytes.set(0);
		this.bytes.set(0);
		assertThat(this.counted).containsExactly(130L, -130L);
	}

}
