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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SerialExecutor}.
 */
class SerialExecutorTests {

	private final List<String> ran = new ArrayList<>();

	private final SerialExecutor executor = new SerialExecutor();

	@Test
	void fatalErrorGoesOutAndTheTurnIsGivenBack() {
		assertThatExceptionOfType(InternalError.class).isThrownBy(() -> this.executor.submit(SerialExecutorTests::die));
		this.executor.submit(() -> this.ran.add("next"));
		assertThat(this.ran).containsExactly("next");
	}

	@Test
	void tasksThatWaitRunAlsoAfterAFatalError() {
		assertThatExceptionOfType(InternalError.class).isThrownBy(() -> this.executor.submit(() -> {
			this.executor.submit(SerialExecutorTests::die);
			this.executor.submit(() -> this.ran.add("waiting"));
		}));
		this.executor.submit(() -> this.ran.add("next"));
		assertThat(this.ran).containsExactly("waiting", "next");
	}

	private static void die() {
		throw new InternalError("test");
	}

}
