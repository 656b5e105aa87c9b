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

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random events through the decoder and the encoder.
 */
class JsonRoundTripTests {

	@Test
	@Tag("SIO-02")
	void valuesAreThoseThatJacksonReads() {
		RandomJson random = new RandomJson(7);
		for (int i = 0; i < 5_000; i++) {
			String json = random.array(4);
			Arguments arguments = Packets.packet("31" + json).arguments();
			List<?> expected = Packets.MAPPER.readValue(json, List.class);
			assertThat(arguments.toList()).isEqualTo(expected);
			assertThat(arguments.size()).isEqualTo(expected.size());
		}
	}

	@Test
	@Tag("SIO-02")
	@Tag("SEC-62")
	void argumentsThatArePassedOnKeepTheirMeaning() {
		RandomJson random = new RandomJson(8);
		for (int i = 0; i < 5_000; i++) {
			Arguments arguments = Packets.packet("31" + random.array(4)).arguments();
			Arguments raw = again(Packets.ENCODER.ack("/", 1, new Object[] { arguments }));
			Arguments rewritten = again(Packets.ENCODER.ack("/", 1, arguments.toArray()));
			assertThat(raw.toList()).isEqualTo(arguments.toList());
			assertThat(inJavaScript(rewritten.toList())).isEqualTo(inJavaScript(arguments.toList()));
		}
	}

	/**
	 * Make numbers equal that JavaScript, which has one type for them, cannot tell apart.
	 */
	private static @Nullable Object inJavaScript(@Nullable Object value) {
		if (value instanceof Number number) {
			return new BigDecimal(number.toString()).stripTrailingZeros();
		}
		if (value instanceof List<?> list) {
			return list.stream().map(JsonRoundTripTests::inJavaScript).toList();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> result = new HashMap<>();
			map.forEach((name, element) -> result.put(name, inJavaScript(element)));
			return result;
		}
		return value;
	}

	private static Arguments again(EncodedMessage message) {
		String text = new String(message.text(), StandardCharsets.UTF_8);
		return Packets.packet(text.substring(1)).arguments();
	}

}
