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

package io.github.springsocketio.engineio.packet;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LenientBase64}.
 */
@Tag("EIO-58")
class LenientBase64Tests {

	@ParameterizedTest
	@ValueSource(strings = { "+/8=", "-_8=", "+/8", "-_8", "+/\n8=\n", "+/8=\r\n" })
	void decodesBothAlphabetsWithAndWithoutPaddingAndLineBreaks(String text) {
		assertThat(decode(text)).isEqualTo(new byte[] { (byte) 0xfb, (byte) 0xff });
	}

	@Test
	void decodesManyLines() {
		byte[] bytes = new byte[1000];
		String text = Base64.getMimeEncoder().encodeToString(bytes);
		assertThat(decode(text)).isEqualTo(bytes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "=" })
	void decodesNothing(String text) {
		assertThat(decode(text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "AQ===", "AQ=A", "A Q=", "\u00e9", "AQI\u0000" })
	void refusesWhatIsNoBase64(String text) {
		assertThat(decode(text)).isNull();
	}

	private static byte[] decode(String text) {
		byte[] data = ("b" + text + "x").getBytes(StandardCharsets.UTF_8);
		return LenientBase64.decode(data, 1, data.length - 2);
	}

}
