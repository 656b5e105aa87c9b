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

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sees that a packet that was decoded can be encoded, and means the same then.
 */
final class PassedOn {

	private PassedOn() {
	}

	static void check(PacketParser parser, Packet packet) {
		Object given;
		try {
			given = plain(packet.arguments().toList());
		}
		catch (ArgumentConversionException ex) {
			// our own refusal of values that Jackson does not read
			return;
		}
		EncodedMessage message = parser.encoder().ack("/", 1, new Object[] { packet.arguments() });
		PacketDecoder decoder = parser.newDecoder();
		Decoded decoded = Decoded.Incomplete.INSTANCE;
		if (message.hasText()) {
			decoded = decoder.text(message.text(), 1, message.text().length - 1);
		}
		for (byte[] binary : message.binaries()) {
			decoded = decoder.binary(binary);
		}
		if (!(decoded instanceof Packet again) || !plain(again.arguments().toList()).equals(given)) {
			throw new IllegalStateException("Other arguments: " + decoded);
		}
	}

	/**
	 * Make equal what JavaScript, with its one type of numbers, cannot tell apart.
	 */
	private static Object plain(@Nullable Object value) {
		if (value instanceof Number number) {
			return number.doubleValue() + 0.0;
		}
		if (value instanceof byte[] bytes) {
			return "binary " + Arrays.toString(bytes);
		}
		if (value instanceof List<?> list) {
			return list.stream().map(PassedOn::plain).toList();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> result = new HashMap<>();
			map.forEach((name, element) -> result.put(name, plain(element)));
			return result;
		}
		return (value != null) ? value : "null";
	}

}
