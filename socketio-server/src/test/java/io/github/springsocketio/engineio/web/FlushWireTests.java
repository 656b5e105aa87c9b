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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.engineio.ReadyState;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When queued packets are sent (EIO section 11).
 */
class FlushWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("EIO-90")
	void shouldSendAtOnceWhileAPollHangs() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		client.session().send("first");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("4first");
		client.session().send("second");
		client.session().send("third");
		assertThat(client.poll().text()).isEqualTo("4second\u001e4third");
	}

	@Test
	@Tag("EIO-90")
	void shouldKeepPacketAndAttachmentsTogether() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session()
			.send(EncodedMessage.of("451-[]".getBytes(StandardCharsets.US_ASCII), new byte[] { 1 }, new byte[] { 2 }));
		assertThat(client.poll().text()).isEqualTo("451-[]\u001ebAQ==\u001ebAg==");
		RawWebSocket websocket = client.upgrade();
		client.session()
			.send(EncodedMessage.of("451-[]".getBytes(StandardCharsets.US_ASCII), new byte[] { 1 }, new byte[] { 2 }));
		assertThat(websocket.readText()).isEqualTo("451-[]");
		assertThat(websocket.readBinary()).containsExactly(1);
		assertThat(websocket.readBinary()).containsExactly(2);
	}

	@Test
	@Tag("EIO-91")
	@Tag("EIO-92")
	void shouldTellOfPacketsFlushAndDrain() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		Events events = new Events();
		session.addListener(events);
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		assertThat(List.of(events.next(), events.next(), events.next(), events.next()))
			.containsExactly("packet message hello", "packetCreate message hello", "flush", "drain");
		session.removeListener(events);
		websocket.sendText("4more");
		assertThat(websocket.readText()).isEqualTo("4more");
		assertThat(events.log).isEmpty();
	}

	@Test
	@Tag("EIO-91")
	void shouldTellWhenEverythingWasFlushed() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().send("hello");
		CompletableFuture<Void> flushed = client.session().flushed().toFuture();
		assertThat(flushed).isNotDone();
		assertThat(client.session().bufferedBytes()).isPositive();
		assertThat(client.poll().text()).isEqualTo("4hello");
		Await.get("the flush", flushed);
		assertThat(client.session().bufferedBytes()).isZero();
	}

	@Test
	@Tag("EIO-91")
	void shouldFailWhatWaitsForTheFlushWhenTheSessionIsClosed() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().send("hello");
		CompletableFuture<Void> flushed = client.session().flushed().toFuture();
		client.session().closeNow();
		Await.until("the flush fails", flushed::isCompletedExceptionally);
	}

	@Test
	@Tag("EIO-93")
	@Tag("EIO-95")
	void shouldDropWhatIsSentTooLate() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		EngineSession session = client.session();
		assertThat(session.send("in time")).isTrue();
		session.close();
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSING);
		assertThat(session.send("late")).isFalse();
		assertThat(client.poll().text()).isEqualTo("4in time");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		client.awaitClose();
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSED);
		assertThat(session.send("later still")).isFalse();
		assertThat(session.send(new byte[1])).isFalse();
		assertThat(session.bufferedBytes()).isZero();
	}

	@Test
	@Tag("EIO-95")
	void shouldEmptyTheBufferOfAClosedSession() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		EngineSession session = client.session();
		session.send("never read");
		session.closeNow();
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.FORCED_CLOSE);
		Await.until("the buffer is empty", () -> session.bufferedBytes() == 0);
	}

	@Test
	@Tag("EIO-94")
	void shouldDropVolatileMessagesWhileNoPollHangs() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		assertThat(client.session().isWritable()).isFalse();
		assertThat(client.session().sendVolatile(EncodedMessage.text("4dropped"))).isFalse();
		CompletableFuture<RawResponse> hanging = client.hang();
		assertThat(client.session().isWritable()).isTrue();
		assertThat(client.session().sendVolatile(EncodedMessage.text("4sent"))).isTrue();
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("4sent");
	}

	@Test
	@Tag("EIO-94")
	void shouldSendTheFirstOfTwoVolatileMessagesInOneRun() {
		BlockingQueue<Boolean> taken = new LinkedTransferQueue<>();
		TestServer server = this.servers.start((spec) -> spec.handler((session) -> new VolatilePair(session, taken)));
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4go");
		assertThat(Await.next("the first", taken)).isTrue();
		assertThat(Await.next("the second", taken)).isFalse();
		assertThat(websocket.readText()).isEqualTo("4first");
		websocket.sendText("4again");
		assertThat(websocket.readText()).isEqualTo("4first");
	}

	@Test
	@Tag("EIO-90")
	@Tag("SEC-77")
	@Tag("SEC-78")
	void shouldCloseASessionWhoseClientDoesNotFetchItsMessages() {
		TestServer server = this.servers.start((spec) -> spec
			.engine((engine) -> engine.maxOutboundPackets(10).slowReaderTimeout(Duration.ofMillis(300))));
		PollingClient client = server.polling();
		EngineSession session = client.session();
		for (int i = 0; i < 11; i++) {
			assertThat(session.send("x")).isTrue();
		}
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
		assertThat(client.isAlive()).isFalse();
	}

	@Test
	@Tag("SEC-77")
	void shouldCloseASessionWhoseWebsocketIsNotRead() {
		TestServer server = this.servers.start((spec) -> spec
			.engine((engine) -> engine.maxOutboundBytes(1000000).slowReaderTimeout(Duration.ofMillis(300))));
		server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		EncodedMessage message = EncodedMessage.text("4" + "x".repeat(100000));
		for (int i = 0; i < 300; i++) {
			session.send(message);
		}
		assertThat(server.recorder().awaitClose(session.id()).reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	/**
	 * Sends two volatile messages for each that comes.
	 */
	private record VolatilePair(EngineSession session, BlockingQueue<Boolean> taken) implements EngineSessionHandler {

		@Override
		public void onText(byte[] data, int offset, int length) {
			this.taken.add(this.session.sendVolatile(EncodedMessage.text("4first")));
			this.taken.add(this.session.sendVolatile(EncodedMessage.text("4second")));
		}

		@Override
		public void onBinary(byte[] data) {
		}

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
		}

	}

	private static final class Events implements EngineSessionListener {

		private final BlockingQueue<String> log = new LinkedTransferQueue<>();

		String next() {
			return Await.next("an event", this.log);
		}

		@Override
		public void onPacket(EngineSession session, String type, @Nullable Object data) {
			this.log.add("packet " + type + " " + data);
		}

		@Override
		public void onPacketCreate(EngineSession session, String type, @Nullable Object data) {
			this.log.add("packetCreate " + type + " " + data);
		}

		@Override
		public void onFlush(EngineSession session) {
			this.log.add("flush");
		}

		@Override
		public void onDrain(EngineSession session) {
			this.log.add("drain");
		}

	}

}
