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

package io.github.springsocketio.test.client;

import java.nio.charset.StandardCharsets;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What a client remembers of its packets.
 */
class ConversationTests {

	private final Conversation conversation = new Conversation("client", 3);

	@Test
	void shouldShortenLongPackets() {
		assertThat(received("x".repeat(300))).endsWith("<- polling " + "x".repeat(300));
		assertThat(received("x".repeat(301))).endsWith("<- polling " + "x".repeat(300) + "… (301 bytes)");
		assertThat(received("€".repeat(300))).endsWith("<- polling " + "€".repeat(300));
		assertThat(received("€".repeat(100_000))).endsWith("<- polling " + "€".repeat(300) + "… (300000 bytes)");
		assertThat(received("🦊".repeat(400))).endsWith("<- polling " + "🦊".repeat(150) + "… (1600 bytes)");
		this.conversation.sent(Transport.WEBSOCKET,
				EncodedMessage.of("x".repeat(400).getBytes(StandardCharsets.UTF_8), new byte[7]));
		assertThat(this.conversation.lines()).hasSize(3)
			.satisfies((line) -> assertThat(line).endsWith("-> websocket " + "x".repeat(300) + "… (400 bytes)"),
					Index.atIndex(1))
			.last()
			.asString()
			.endsWith("-> websocket <7 bytes>");
	}

	@Test
	void shouldNotDecodePacketsWithoutLines() {
		Conversation none = new Conversation("client", 0);
		byte[] tooShort = {};
		assertThatNoException().isThrownBy(() -> none.received(Transport.POLLING, tooShort, 0, 1));
		none.note("a remark");
		assertThat(none.lines()).isEmpty();
	}

	private String received(String packet) {
		byte[] bytes = ("__" + packet).getBytes(StandardCharsets.UTF_8);
		this.conversation.received(Transport.POLLING, bytes, 2, bytes.length - 2);
		return this.conversation.lines().get(this.conversation.lines().size() - 1);
	}

}
