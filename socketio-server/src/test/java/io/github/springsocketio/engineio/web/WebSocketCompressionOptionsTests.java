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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WebSocketCompressionOptions}.
 */
class WebSocketCompressionOptionsTests {

	@Test
	@Tag("EIO-107")
	@Tag("OP-33")
	void messagesAreNotCompressedByDefault() {
		assertThat(EngineWebOptions.defaults().websocketCompression()).isNull();
	}

	@Test
	@Tag("EIO-107")
	@Tag("OP-34")
	@Tag("OP-35")
	@Tag("OP-36")
	void defaultsAreThoseOfTheJavaScriptServer() {
		WebSocketCompressionOptions options = WebSocketCompressionOptions.defaults();
		assertThat(options.serverNoContext()).isFalse();
		assertThat(options.preferredClientNoContext()).isFalse();
		assertThat(options.threshold()).isEqualTo(1024);
		assertThat(options.serverMaxWindowBits()).isEqualTo(15);
		assertThat(options.clientMaxWindowBits()).isEqualTo(15);
	}

	@Test
	void valuesAreKept() {
		WebSocketCompressionOptions options = WebSocketCompressionOptions.builder()
			.serverNoContext(true)
			.preferredClientNoContext(true)
			.threshold(0)
			.serverMaxWindowBits(8)
			.clientMaxWindowBits(9)
			.build();
		assertThat(options.serverNoContext()).isTrue();
		assertThat(options.preferredClientNoContext()).isTrue();
		assertThat(options.threshold()).isZero();
		assertThat(options.serverMaxWindowBits()).isEqualTo(8);
		assertThat(options.clientMaxWindowBits()).isEqualTo(9);
		assertThat(EngineWebOptions.builder().websocketCompression(options).build().websocketCompression())
			.isSameAs(options);
	}

	@Test
	void negativeThresholdsAreRefused() {
		refused("threshold", -1, "must be at least 0 but is -1",
				() -> WebSocketCompressionOptions.builder().threshold(-1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 7, 16 })
	void windowsThatTheProtocolDoesNotHaveAreRefused(int bits) {
		String reason = "must be between 8 and 15 but is " + bits;
		refused("serverMaxWindowBits", bits, reason,
				() -> WebSocketCompressionOptions.builder().serverMaxWindowBits(bits));
		refused("clientMaxWindowBits", bits, reason,
				() -> WebSocketCompressionOptions.builder().clientMaxWindowBits(bits));
	}

	private static void refused(String option, int value, String reason, ThrowingCallable call) {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(call)
			.withMessage("'" + option + "' " + reason)
			.satisfies((ex) -> {
				assertThat(ex.option()).isEqualTo(option);
				assertThat(ex.value()).isEqualTo(Integer.toString(value));
			});
	}

}
