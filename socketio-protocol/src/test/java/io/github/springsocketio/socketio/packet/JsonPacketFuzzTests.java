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

import java.nio.charset.StandardCharsets;
import java.util.Random;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Packets that were damaged on their way: each becomes a packet or a reason, and what is
 * accepted can be passed on.
 */
class JsonPacketFuzzTests {

	private static final String[] PACKETS = { "0", "0/admin,{\"token\":\"x\"}", "1/a,", "42/a,7[\"x\",1]",
			"2/admin,456[\"hello\",{\"a\":[1,2,{\"b\":null}]}]", "31[\"\\u00e9\",1.5e3,true]", "4{\"message\":\"m\"}",
			"51-[\"x\",{\"_placeholder\":true,\"num\":0}]",
			"52-/a,12[\"x\",[{\"_placeholder\":true,\"num\":1}],{\"b\":{\"num\":0,\"_placeholder\":true}}]",
			"61-3[[[[[[{\"a\":{\"_placeholder\":true,\"num\":0,\"more\":{\"_placeholder\":true}}}]]]]]]" };

	@Test
	@Tag("SEC-42")
	@Tag("SEC-46")
	@Tag("SEC-51")
	@Tag("SEC-54")
	@Tag("SEC-63")
	@Tag("SEC-66")
	void damagedPacketsAreNeverAnError() {
		Random random = new Random(1);
		RandomJson mutations = new RandomJson(2);
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		int packets = 0;
		for (int i = 0; i < 30_000; i++) {
			String packet = PACKETS[random.nextInt(PACKETS.length)];
			byte[] data = mutations.mutate(packet.getBytes(StandardCharsets.UTF_8));
			Decoded decoded = decoder.text(data, 0, data.length);
			for (int n = 1; decoded == Decoded.Incomplete.INSTANCE; n++) {
				decoded = decoder.binary(new byte[n]);
			}
			assertThat(decoder.isIncomplete()).isFalse();
			if (decoded instanceof Packet complete) {
				packets++;
				assertPassedOn(complete);
			}
		}
		assertThat(packets).isBetween(3_000, 27_000);
	}

	private static void assertPassedOn(Packet packet) {
		EncodedMessage message = Packets.ENCODER.ack("/", 1, new Object[] { packet.arguments() });
		String text = new String(message.text(), StandardCharsets.UTF_8);
		Arguments again = Packets.packet(text.substring(1), message.binaries()).arguments();
		assertThat(again.toList()).usingRecursiveComparison().isEqualTo(packet.arguments().toList());
	}

}
