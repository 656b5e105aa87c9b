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

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a polling client is known to have received.
 */
class DeliveryMarkTests {

	private final DefaultEngineServer server = new DefaultEngineServer(EngineOptions.defaults());

	private final List<String> received = new ArrayList<>();

	private final Polling transport = new Polling();

	private final TransportSession session = open();

	private TransportSession open() {
		this.server.setConnectionHandler((opened) -> new SilentHandler());
		this.server.open("sid", 4, Handshakes.none(), this.transport);
		TransportSession opened = this.server.session("sid");
		assertThat(opened).isNotNull();
		return opened;
	}

	@AfterEach
	void close() {
		this.server.close().block(Await.LIMIT);
	}

	private long send(String message) {
		this.session.send(message);
		return this.session.deliveryMark();
	}

	@Test
	void laterPollConfirmsWhatTheResponsesBeforeItHeld() {
		this.transport.poll();
		long first = send("1");
		assertThat(this.received).containsExactly("41");
		assertThat(this.session.isDelivered(first)).isFalse();
		this.transport.poll();
		long second = send("2");
		this.transport.poll();
		assertThat(this.session.isDelivered(first)).isTrue();
		assertThat(this.session.isDelivered(second)).isFalse();
		send("3");
		this.transport.poll();
		assertThat(this.session.isDelivered(second)).isTrue();
	}

	@Test
	void whatWaitsForAPollIsNotConfirmedByIt() {
		this.transport.poll();
		send("1");
		long waiting = send("2");
		this.transport.poll();
		assertThat(this.received).containsExactly("41", "42");
		assertThat(this.session.isDelivered(waiting)).isFalse();
		this.transport.poll();
		this.transport.poll();
		assertThat(this.session.isDelivered(waiting)).isTrue();
	}

	@Test
	void whatDoesNotFitIntoAResponseIsNotConfirmed() {
		this.transport.limit = 1;
		send("1");
		send("2");
		send("3");
		long last = send("4");
		for (int i = 1; i <= 5; i++) {
			assertThat(this.session.isDelivered(last)).isFalse();
			this.transport.poll();
		}
		assertThat(this.received).hasSize(4);
		this.transport.poll();
		assertThat(this.session.isDelivered(last)).isTrue();
	}

	/**
	 * Writes to a poll that waits.
	 */
	private final class Polling extends FakeTransport {

		private int limit = Integer.MAX_VALUE;

		private boolean waiting;

		private Polling() {
			super(TransportType.POLLING, (packet) -> DeliveryMarkTests.this.received.add(packet));
		}

		private void poll() {
			this.waiting = true;
			session().onReady(this);
		}

		@Override
		public boolean isWritable() {
			return this.waiting;
		}

		@Override
		public void drain(Outbox outbox) {
			if (!this.waiting || outbox.isEmpty()) {
				return;
			}
			this.waiting = false;
			for (int i = 0; i < this.limit; i++) {
				if (!(outbox.poll() instanceof EncodedMessage message)) {
					return;
				}
				write(message);
			}
		}

	}

}
