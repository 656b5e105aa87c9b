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

package io.github.springsocketio.socketio.packet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Limits and their defaults.
 */
class ParserOptionsTests {

	@Test
	void defaultsAreThoseOfTheDocumentation() {
		ParserOptions options = ParserOptions.defaults();
		assertThat(options.maxAttachments()).isEqualTo(10);
		assertThat(options.maxMessageBytes()).isEqualTo(10_000_000);
		assertThat(options.maxNamespaceLength()).isEqualTo(256);
		assertThat(options.maxDepth()).isZero();
		assertThat(options.maxArguments()).isEqualTo(1_000);
		assertThat(options.maxStringLength()).isEqualTo(1_000_000);
		assertThat(options.maxNumberLength()).isEqualTo(100);
		assertThat(options.maxNameLength()).isEqualTo(1_000);
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		ParserOptions.Builder builder = ParserOptions.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxAttachments(-1))
			.withMessage("'maxAttachments' must be at least 0 but is -1");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxMessageBytes(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxNamespaceLength(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxDepth(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxDepth(501))
			.withMessage("'maxDepth' must be between 1 and 500 but is 501");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxStringLength(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxNumberLength(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxNameLength(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxArguments(0));
	}

}
