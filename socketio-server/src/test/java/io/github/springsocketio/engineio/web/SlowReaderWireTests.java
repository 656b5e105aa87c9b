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

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineState;
import io.github.springsocketio.engineio.VirtualTimers;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that accept slowly what is sent to them, or not at all. The minimum data rate
 * is 240 bytes per second, measured over 20 seconds.
 */
class SlowReaderWireTests {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(20);

	private static final int SIZE = 2000000;

	private static final int PART = 250000;

	@RegisterExtension
	private final TestServers servers = new TestServers();

	private final VirtualTimers clock = new VirtualTimers();

	private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();

	@Test
	@Tag("SEC-78")
	void shouldEndASessionWhosePollResponseIsNotRead() {
		TestServer server = start();
		PollingClient client = server.polling();
		Channel channel = channel(client.gets().connection());
		client.session().send("x".repeat(SIZE));
		client.gets().send("GET", client.target(), null);
		awaitPending(channel);
		letTimePass(channel);
		assertThat(client.awaitClose()).isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "write timed out"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("min-data-rate");
	}

	@Test
	@Tag("SEC-78")
	void shouldEndAConnectionThatReadsTooLittleOfAPollResponse() {
		TestServer server = start();
		PollingClient client = server.polling();
		Channel channel = channel(client.gets().connection());
		client.session().send("x".repeat(SIZE));
		client.gets().send("GET", client.target(), null);
		awaitPending(channel);
		Await.until("the connection is closed", () -> {
			client.gets().connection().readByte();
			this.clock.advance(Duration.ofSeconds(4));
			return !channel.isOpen();
		});
		assertThat(client.awaitClose().detail()).isEqualTo("write timed out");
	}

	@Test
	@Tag("SEC-78")
	void shouldDeliverAPollResponseThatMakesProgressHoweverLongItTakes() {
		TestServer server = start();
		PollingClient client = server.polling();
		Channel channel = channel(client.gets().connection());
		client.session().send("x".repeat(SIZE));
		client.gets().send("GET", client.target(), null);
		awaitPending(channel);
		RawConnection connection = client.gets().connection();
		String line = connection.readLine();
		while (!line.isEmpty()) {
			line = connection.readLine();
		}
		readSlowly(connection, channel, SIZE + 1);
		assertThat(client.post("4still there").text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("still there");
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-77")
	void shouldEndAWebsocketWhosePeerReadsNothing(boolean nativeWebsocket) {
		TestServer server = start(nativeWebsocket);
		RawWebSocket websocket = server.openWebsocket();
		Channel channel = channel(websocket.connection());
		EngineSession session = server.recorder().awaitSession();
		fill(session, channel);
		letTimePass(channel);
		assertThat(server.recorder().awaitClose(session.id()))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "write timed out"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("min-data-rate");
		websocket.close();
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-77")
	void shouldSendWhatAPeerReadsSlowly(boolean nativeWebsocket) {
		TestServer server = start(nativeWebsocket);
		RawWebSocket websocket = server.openWebsocket();
		Channel channel = channel(websocket.connection());
		EngineSession session = server.recorder().awaitSession();
		int sent = fill(session, channel);
		// a frame has ten bytes in front of its payload
		readSlowly(websocket.connection(), channel, sent * (SIZE + 11));
		session.send("end");
		assertThat(websocket.readText()).isEqualTo("4end");
	}

	@Test
	@Tag("SEC-77")
	void shouldSendWhatAPeerReadsSlowlyWhileItIsClosed() {
		TestServer server = start();
		RawWebSocket websocket = server.openWebsocket();
		Channel channel = channel(websocket.connection());
		EngineSession session = server.recorder().awaitSession();
		session.send("x".repeat(SIZE));
		awaitPending(channel);
		session.close();
		assertThat(server.recorder().awaitClose(session.id()).reason()).isEqualTo(CloseReason.FORCED_CLOSE);
		RawConnection connection = websocket.connection();
		connection.read(SIZE / 2);
		// longer than the closing handshake may take when nothing is read
		Await.pass(Duration.ofSeconds(6));
		connection.read(SIZE - SIZE / 2 + 11);
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
	}

	@Test
	@Tag("SEC-78")
	void shouldLimitTheSizeOfAPollResponse() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(1000)));
		PollingClient client = server.polling();
		EngineSession session = client.session();
		for (int i = 0; i < 4; i++) {
			session.send(String.valueOf(i).repeat(399));
		}
		Disposable flushed = session.flushed().subscribe();
		session.send("y".repeat(1999));
		session.send("end");
		assertThat(client.poll().text()).hasSize(801).startsWith("40").contains("\u001e41");
		assertThat(flushed.isDisposed()).isFalse();
		assertThat(client.poll().text()).hasSize(801).startsWith("42").contains("\u001e43");
		Await.until("four messages were written", flushed::isDisposed);
		assertThat(client.poll().text()).hasSize(2000).startsWith("4yy");
		assertThat(client.poll().text()).isEqualTo("4end");
	}

	@Test
	@Tag("SEC-78")
	void shouldSendTheRestOfALongQueueBeforeItCloses() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(1000)));
		PollingClient client = server.polling();
		for (int i = 0; i < 3; i++) {
			client.session().send("x".repeat(799));
		}
		client.session().close();
		for (int i = 0; i < 3; i++) {
			assertThat(client.poll().text()).hasSize(800);
		}
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	@Tag("SEC-78")
	void shouldEndUnreadPollResponsesWithTheEngine() {
		TestServer server = start();
		PollingClient client = server.polling();
		Channel channel = channel(client.gets().connection());
		client.session().send("x".repeat(SIZE));
		client.gets().send("GET", client.target(), null);
		awaitPending(channel);
		server.engine().close().block(Await.LIMIT);
		awaitClosed(channel);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("SEC-78")
	void shouldCountAPollResponseUntilItIsReadOrItsClientIsGone(boolean read) {
		TestServer server = start();
		PollingClient client = server.polling();
		Channel channel = channel(client.gets().connection());
		long before = EngineState.countedMemory(server.engine());
		client.session().send("x".repeat(SIZE));
		client.gets().send("GET", client.target(), null);
		awaitPending(channel);
		assertThat(EngineState.countedMemory(server.engine()) - before).isGreaterThanOrEqualTo(SIZE);
		if (read) {
			assertThat(client.gets().read().text()).hasSize(SIZE + 1);
			Await.until("nothing is counted", () -> EngineState.countedMemory(server.engine()) == before);
		}
		else {
			letTimePass(channel);
			Await.until("nothing is counted", () -> EngineState.countedMemory(server.engine()) <= before);
		}
	}

	private TestServer start() {
		return start(true);
	}

	/**
	 * Start a server whose system accepts little of what is written.
	 */
	private TestServer start(boolean nativeWebsocket) {
		TestServer server = this.servers.start((spec) -> spec.clock(this.clock)
			.silent()
			.engine((engine) -> engine.pingInterval(Duration.ofDays(1)))
			.web((web) -> web.nativeWebsocket(nativeWebsocket).httpCompression(null))
			.http((http) -> http.childOption(ChannelOption.SO_SNDBUF, 8192)
				.doOnChannelInit((observer, channel, remote) -> this.channels.add(channel))));
		server.receiveBuffer(65536);
		return server;
	}

	/**
	 * Return the server's side of a connection.
	 */
	private Channel channel(RawConnection connection) {
		return this.channels.stream()
			.filter((channel) -> channel.remoteAddress() instanceof InetSocketAddress address
					&& address.getPort() == connection.localPort())
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Send large messages until one of them waits in the session.
	 * @return how many were sent
	 */
	private static int fill(EngineSession session, Channel channel) {
		int sent = 0;
		while (session.bufferedBytes() == 0) {
			session.send("x".repeat(SIZE));
			sent++;
			awaitPending(channel);
			awaitEventLoop(channel);
		}
		return sent;
	}

	/**
	 * Read more than the client's system holds twice in each grace period.
	 */
	private void readSlowly(RawConnection connection, Channel channel, int size) {
		for (int left = size; left > 0; left -= PART) {
			connection.read(Math.min(left, PART));
			this.clock.advance(GRACE_PERIOD.dividedBy(2));
			awaitEventLoop(channel);
		}
	}

	private static void awaitPending(Channel channel) {
		Await.until("the network accepts no more", () -> pending(channel) > 0);
	}

	/**
	 * Wait until the event loop has done what it was given.
	 */
	private static void awaitEventLoop(Channel channel) {
		Await.get("the event loop", channel.eventLoop().submit(() -> {
		}));
	}

	private static long pending(Channel channel) {
		return Await.get("the pending bytes", channel.eventLoop().submit(() -> AcceptedBytes.pending(channel)));
	}

	private void letTimePass(Channel channel) {
		Await.until("the connection is closed", () -> {
			this.clock.advance(GRACE_PERIOD);
			return !channel.isOpen();
		});
	}

	private static void awaitClosed(Channel channel) {
		assertThat(channel.closeFuture().awaitUninterruptibly(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
	}

}
