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

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.TransportSession;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Websockets whose peers do not keep up, on Reactor Netty's channel and on WebFlux's API.
 */
class BackPressureWireTests {

	private static final EncodedMessage LARGE = EncodedMessage.text("4" + "x".repeat(100000));

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("EIO-90")
	void shouldSendEverythingInOrder(boolean nativeWebsocket) throws InterruptedException {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxOutboundPackets(20000))
			.web((web) -> web.nativeWebsocket(nativeWebsocket)));
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		List<Thread> senders = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			String name = "4sender " + i + ":";
			senders.add(new Thread(() -> {
				for (int k = 0; k < 1000; k++) {
					session.send(EncodedMessage.of((name + k).getBytes(), new byte[] { 1 }, new byte[] { 2 }));
				}
			}));
		}
		senders.forEach(Thread::start);
		Map<String, Integer> next = new HashMap<>();
		for (int i = 0; i < 4000; i++) {
			String[] text = websocket.readText().split(":");
			assertThat(Integer.parseInt(text[1])).isEqualTo(next.getOrDefault(text[0], 0));
			next.merge(text[0], 1, Integer::sum);
			assertThat(websocket.readBinary()).containsExactly(1);
			assertThat(websocket.readBinary()).containsExactly(2);
		}
		for (Thread sender : senders) {
			sender.join();
		}
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("EIO-97")
	@Tag("EIO-101")
	void shouldSendWhatIsBufferedBeforeItCloses(boolean nativeWebsocket) {
		TestServer server = start(nativeWebsocket);
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		for (int i = 0; i < 30; i++) {
			session.send(LARGE);
		}
		session.close();
		assertThat(session.send("too late")).isFalse();
		for (int i = 0; i < 30; i++) {
			assertThat(websocket.read().payload()).hasSize(LARGE.bytes());
		}
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.recorder().awaitClose(session.id()).reason()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	void shouldTellWhenEverythingWasWritten(boolean nativeWebsocket) {
		TestServer server = start(nativeWebsocket);
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		fill(session);
		List<String> flushed = new ArrayList<>();
		Disposable waiting = session.flushed().subscribe(null, null, () -> flushed.add("flushed"));
		assertThat(flushed).isEmpty();
		Await.until("everything was written", () -> {
			websocket.read();
			return waiting.isDisposed();
		});
		assertThat(flushed).containsExactly("flushed");
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-77")
	void shouldCloseASessionThatBuffersTooMuch(boolean nativeWebsocket) {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.slowReaderTimeout(Duration.ofMillis(300)))
				.web((web) -> web.nativeWebsocket(nativeWebsocket)));
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		fill(session);
		while (session.bufferedBytes() <= 4194304) {
			session.send(LARGE);
		}
		assertThat(server.recorder().awaitClose(session.id()))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "outbound buffer is full"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-outbound-bytes");
		assertThat(session.send(LARGE)).isFalse();
		assertThat(session.bufferedBytes()).isZero();
		websocket.close();
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-77")
	void shouldCloseASessionWhoseClientTakesNothing(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec
			.web((web) -> web.minDataRateGracePeriod(Duration.ofMillis(300)).nativeWebsocket(nativeWebsocket)));
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		fill(session);
		assertThat(server.recorder().awaitClose(session.id()))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "write timed out"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("min-data-rate");
		assertThat(server.engine().clientsCount()).isZero();
		websocket.close();
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	void shouldReadNothingWhileReadingIsPaused(boolean nativeWebsocket) {
		TestServer server = start(nativeWebsocket);
		server.recorder().silence();
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		websocket.sendText("4before");
		assertThat(server.recorder().awaitMessage()).isEqualTo("before");
		session.pauseReading(true);
		String filler = ":" + "x".repeat(1000);
		for (int i = 0; i < 300; i++) {
			websocket.sendText("4" + i + filler);
		}
		Await.pass(Duration.ofMillis(200));
		RawWebSocket other = server.openWebsocket();
		other.sendText("4other");
		int read = 0;
		while (!server.recorder().awaitMessage().equals("other")) {
			read++;
		}
		// one read from the connection had been asked for, of at most 64 KiB
		assertThat(read).isLessThan(100);
		assertThat(server.recorder().hasMessages()).isFalse();
		session.pauseReading(false);
		for (int i = read; i < 300; i++) {
			assertThat(server.recorder().awaitMessage()).isEqualTo(i + filler);
		}
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-75")
	void shouldNoticeACloseWhileReadingIsPaused(boolean nativeWebsocket) {
		TestServer server = start(nativeWebsocket);
		server.recorder().silence();
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		session.pauseReading(true);
		for (int i = 0; i < 500; i++) {
			websocket.sendText("4" + i);
		}
		websocket.sendBinary(new byte[] { 1 });
		assertThat(server.recorder().hasMessages()).isFalse();
		websocket.sendClose(1000);
		assertThat(server.recorder().awaitClose(session.id()).reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		for (int i = 0; i < 500; i++) {
			assertThat(server.recorder().awaitMessage()).isEqualTo(String.valueOf(i));
		}
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("EIO-84")
	@Tag("SEC-75")
	void shouldNoticeADeadClientWhileReadingIsPaused(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec
			.engine((engine) -> engine.pingInterval(Duration.ofMillis(200)).pingTimeout(Duration.ofMillis(200)))
			.web((web) -> web.nativeWebsocket(nativeWebsocket)));
		server.recorder().silence();
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		session.pauseReading(true);
		websocket.sendText("4held");
		for (int i = 0; i < 5; i++) {
			assertThat(websocket.readText()).isEqualTo("2");
			websocket.sendText("3");
		}
		assertThat(server.recorder().awaitClose(session.id()).reason()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@Test
	void shouldNotReadWhenReadingIsPausedFromTheStart() {
		TestServer server = start(true);
		server.engine().addListener(new EngineListener() {

			@Override
			public void onConnection(EngineSession session) {
				session.pauseReading(true);
			}

		});
		RawWebSocket websocket = server.openWebsocket();
		TransportSession session = (TransportSession) server.recorder().awaitSession();
		Channel channel = ((NettyWebSocket) session.currentTransport()).channel();
		String large = "x".repeat(300000);
		websocket.sendText("4" + large);
		Await.until("nothing is read", () -> !channel.config().isAutoRead());
		websocket.sendText("4one");
		session.pauseReading(false);
		assertThat(server.recorder().awaitMessage()).isEqualTo(large);
		assertThat(server.recorder().awaitMessage()).isEqualTo("one");
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	void shouldCloseWhileReadingIsPaused(boolean nativeWebsocket) {
		TestServer server = start(nativeWebsocket);
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		session.pauseReading(true);
		websocket.sendText("4one");
		websocket.sendText("4two");
		session.close();
		RawWebSocket.Frame frame = websocket.read();
		while (frame.opcode() == RawWebSocket.TEXT) {
			frame = websocket.read();
		}
		assertThat(frame.opcode()).isEqualTo(RawWebSocket.CLOSE);
		assertThat(server.recorder().awaitClose(session.id()).reason()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	@Tag("SEC-77")
	void shouldHoldFewPongsForAClientThatReadsNone() {
		Queue<Channel> channels = new ConcurrentLinkedQueue<>();
		TestServer server = this.servers.start((spec) -> spec.silent().http((http) -> narrow(http, channels)));
		RawWebSocket websocket = server.openWebsocket();
		floodWithPings(websocket);
		websocket.send(RawWebSocket.frame(RawWebSocket.PING, new byte[] { 'z' }));
		websocket.sendText("4end");
		assertThat(server.recorder().awaitMessage()).isEqualTo("end");
		assertThat(channels).hasSize(1);
		assertThat(heldBytes(channels.remove())).isLessThan(200000);
		// the last one is answered, and what was to be sent meanwhile comes
		RawWebSocket.Frame frame = websocket.read();
		while (frame.payload().length != 1) {
			assertThat(frame.opcode()).isEqualTo(RawWebSocket.PONG);
			frame = websocket.read();
		}
		assertThat(frame.text()).isEqualTo("z");
		server.recorder().awaitSession().send("hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("SEC-77")
	void shouldCloseASessionWhoseClientTakesNoPongs() {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.minDataRateGracePeriod(Duration.ofMillis(300)))
				.http((http) -> narrow(http, new ConcurrentLinkedQueue<>())));
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		try {
			floodWithPings(websocket);
		}
		catch (UncheckedIOException ex) {
			// closed already
		}
		assertThat(server.recorder().awaitClose(sid))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "write timed out"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("min-data-rate");
		websocket.close();
	}

	/**
	 * Let the system take little of what is written.
	 */
	private static HttpServer narrow(HttpServer http, Queue<Channel> channels) {
		return http.childOption(ChannelOption.SO_SNDBUF, 8192)
			.doOnChannelInit((observer, channel, remote) -> channels.add(channel));
	}

	private static void floodWithPings(RawWebSocket websocket) {
		byte[] ping = RawWebSocket.frame(RawWebSocket.PING, new byte[125]);
		ByteBuffer pings = ByteBuffer.allocate(500 * ping.length);
		while (pings.hasRemaining()) {
			pings.put(ping);
		}
		for (int i = 0; i < 100; i++) {
			websocket.send(pings.array());
		}
	}

	private static long heldBytes(Channel channel) {
		return Await.get("the held bytes", channel.eventLoop().submit(() -> {
			ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
			return (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
		}));
	}

	private TestServer start(boolean nativeWebsocket) {
		return this.servers.start((spec) -> spec.web((web) -> web.nativeWebsocket(nativeWebsocket)));
	}

	/**
	 * Send until the connection takes no more.
	 */
	private static void fill(EngineSession session) {
		long end = System.nanoTime() + Await.LIMIT.toNanos();
		int stuck = 0;
		while (stuck < 10 && System.nanoTime() - end < 0) {
			if (session.bufferedBytes() < 1000000) {
				session.send(LARGE);
				stuck = 0;
			}
			else {
				Await.pass(Duration.ofMillis(10));
				stuck++;
			}
		}
		assertThat(stuck).isEqualTo(10);
	}

}
