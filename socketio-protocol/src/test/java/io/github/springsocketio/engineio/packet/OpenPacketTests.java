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
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OpenPacketTests {

	private static final OpenPacket PACKET = new OpenPacket("lv_VI97HAXpY6yYWAAAC", List.of("websocket"),
			Duration.ofSeconds(25), Duration.ofSeconds(20), 1_000_000);

	@Test
	@Tag("EIO-30")
	void isWrittenAsByTheJavaScriptServer() {
		assertThat(text(PACKET)).isEqualTo("0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
	}

	@Test
	void isReadAsItWasWritten() {
		assertThat(decode(text(PACKET))).isEqualTo(PACKET);
		OpenPacket odd = new OpenPacket("\"\\\u0001é€", List.of(), Duration.ZERO, Duration.ofMillis(1), 0);
		assertThat(decode(text(odd))).isEqualTo(odd);
	}

	@Test
	void isReadInTheMiddleOfAPayload() {
		byte[] data = ("xx" + text(PACKET) + "yy").getBytes(StandardCharsets.UTF_8);
		assertThat(OpenPacket.decode(data, 2, data.length - 4)).isEqualTo(PACKET);
	}

	@Test
	void unknownPropertiesAreIgnoredAndTheMaximumPayloadMayBeMissing() {
		assertThat(
				decode("0{\"new\":{\"sid\":[1]},\"pingTimeout\":2,\"sid\":\"a\",\"pingInterval\":1,\"upgrades\":[]}"))
			.isEqualTo(new OpenPacket("a", List.of(), Duration.ofMillis(1), Duration.ofMillis(2), 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "2", "0{", "0{}", "0[]", "0null", "4{\"sid\":\"a\"}",
			"0{\"sid\":5,\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}",
			"0{\"sid\":\"a\",\"upgrades\":[5],\"pingInterval\":1,\"pingTimeout\":1}",
			"0{\"sid\":\"a\",\"upgrades\":{},\"pingInterval\":1,\"pingTimeout\":1}",
			"0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1.5,\"pingTimeout\":1}",
			"0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":-1,\"pingTimeout\":1}",
			"0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":99999999999999999999,\"pingTimeout\":1}",
			"0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1}",
			"0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}{",
			"0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1",
			"0{\"sid\":\"a\",\"upgrades\":[[\"x\"]],\"pingInterval\":1,\"pingTimeout\":1}" })
	void anythingElseIsNoOpenPacket(String text) {
		assertThat(decode(text)).isNull();
	}

	private static @Nullable OpenPacket decode(String text) {
		byte[] data = text.getBytes(StandardCharsets.UTF_8);
		return OpenPacket.decode(data, 0, data.length);
	}

	private static String text(OpenPacket packet) {
		return new String(packet.encode().text(), StandardCharsets.UTF_8);
	}

}
