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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnginePacketTypeTests {

	@ParameterizedTest
	@Tag("EIO-54")
	@CsvSource({ "OPEN, 0, open", "CLOSE, 1, close", "PING, 2, ping", "PONG, 3, pong", "MESSAGE, 4, message",
			"UPGRADE, 5, upgrade", "NOOP, 6, noop" })
	void typesHaveTheirNumbersAndNames(EnginePacketType type, char character, String text) {
		assertThat(type.character()).isEqualTo(character);
		assertThat(type.number()).isEqualTo((byte) (character - '0'));
		assertThat(type.text()).isEqualTo(text);
		assertThat(EnginePacketType.of(character)).isSameAs(type);
		assertThat(new String(type.packet("x€").text(), StandardCharsets.UTF_8)).isEqualTo(character + "x€");
	}

	@Test
	void otherCharactersAreNoTypes() {
		for (int character : new int[] { 0, '/', '7', '9', 'b', -1, 0xff }) {
			assertThat(EnginePacketType.of(character)).isNull();
		}
	}

	@Test
	void anEmptyPacketHasNoType() {
		byte[] data = { '4', '2' };
		assertThat(EnginePacketType.MESSAGE.isTypeOf(data, 0, 2)).isTrue();
		assertThat(EnginePacketType.MESSAGE.isTypeOf(data, 1, 1)).isFalse();
		assertThat(EnginePacketType.MESSAGE.isTypeOf(data, 0, 0)).isFalse();
	}

}
