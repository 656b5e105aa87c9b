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

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners that count packets are called with sizes, others with the data.
 */
class PacketSizeListenerTests {

	private final List<String> counted = new ArrayList<>();

	private final List<Object> read = new ArrayList<>();

	private final FakeTransport transport = new FakeTransport(TransportType.WEBSOCKET);

	private final TransportSession session = open(this.transport);

	private static TransportSession open(FakeTransport transport) {
		DefaultEngineServer server = new DefaultEngineServer(EngineOptions.defaults(), new TimerWheel(() -> 1));
		server.setConnectionHandler((opened) -> new SilentHandler());
		TransportSession opened = server.open("1", 4, Handshakes.none(), transport);
		assertThat(opened).isNotNull();
		return opened;
	}

	private void exchange() {
		this.transport.text("4grün 🌱");
		this.transport.text("3");
		this.session.onBinary(this.transport, new byte[20]);
		this.session.send("€");
		this.session.send("");
		this.session.send(new byte[0]);
	}

	@Test
	void sizesAreBytesOfPacketsWithData() {
		this.session.addListener(new Counter());
		exchange();
		assertThat(this.counted).containsExactly("received 10", "received 20", "created 3", "created 0");
		assertThat(this.read).isEmpty();
	}

	@Test
	void othersGetTheData() {
		Counter counter = new Counter();
		this.session.addListener(new Reader());
		this.session.addListener(counter);
		exchange();
		assertThat(this.counted).hasSize(4);
		assertThat(this.read).containsExactly("message grün 🌱", "pong null", "message 20 bytes", "message €",
				"message null", "message 0 bytes");
		this.session.removeListener(counter);
		this.session.send("a");
		assertThat(this.counted).hasSize(4);
		assertThat(this.read).hasSize(7);
	}

	private class Reader implements EngineSessionListener {

		@Override
		public void onPacket(EngineSession session, String type, @Nullable Object data) {
			PacketSizeListenerTests.this.read
				.add(type + " " + ((data instanceof byte[] bytes) ? bytes.length + " bytes" : data));
		}

		@Override
		public void onPacketCreate(EngineSession session, String type, @Nullable Object data) {
			onPacket(session, type, data);
		}

	}

	private final class Counter extends Reader implements PacketSizeListener {

		@Override
		public void onPacketReceived(int size) {
			PacketSizeListenerTests.this.counted.add("received " + size);
		}

		@Override
		public void onPacketCreated(int size) {
			PacketSizeListenerTests.this.counted.add("created " + size);
		}

	}

}
