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

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The heartbeats of many sessions, with a clock that is turned by hand.
 */
class HeartbeatTests {

	private static final int SESSIONS = 10_000;

	private long now = 1;

	private final TimerWheel wheel = new TimerWheel(() -> this.now);

	private DefaultEngineServer server = new DefaultEngineServer(EngineOptions.defaults(), this.wheel);

	private int pings;

	@Test
	@Tag("SEC-81")
	@Tag("SEC-12")
	void sessionsThatWereOpenedTogetherDoNotTickTogether() {
		int threads = Thread.activeCount();
		open(4);
		assertThat(Thread.activeCount()).isLessThan(threads + 5);
		assertThat(this.wheel.pending()).isEqualTo(SESSIONS);
		// nobody is early by more than a twentieth of the interval, and nobody late
		int most = 0;
		int early = pass(Duration.ofMillis(23_740));
		assertThat(early).isZero();
		for (int i = 0; i < 132; i++) {
			most = Math.max(most, pass(Duration.ofMillis(10)));
		}
		assertThat(this.pings).isEqualTo(SESSIONS);
		// evenly, it would be 80
		assertThat(most).isLessThan(400);
		assertThat(this.wheel.pending()).isEqualTo(SESSIONS);
	}

	@Test
	@Tag("EIO-83")
	void shortIntervalIsKept() {
		EngineOptions options = EngineOptions.builder().pingInterval(Duration.ofMillis(700)).build();
		this.server = new DefaultEngineServer(options, this.wheel);
		open(4);
		assertThat(pass(Duration.ofMillis(694))).isZero();
		assertThat(pass(Duration.ofMillis(8))).isEqualTo(SESSIONS);
	}

	@Test
	@Tag("SEC-81")
	@Tag("EIO-115")
	void clientsThatPingThemselvesHaveTheirWholeTime() {
		open(3);
		pass(Duration.ofMillis(44_990));
		assertThat(this.server.clientsCount()).isEqualTo(SESSIONS);
		pass(Duration.ofMillis(20));
		assertThat(this.server.clientsCount()).isZero();
		assertThat(this.pings).isZero();
	}

	@Test
	void pongConfirmsWhatWasSentBeforeItsPing() {
		TransportSession session = openOne(4);
		session.send("a");
		long before = session.deliveryMark();
		assertThat(pass(Duration.ofSeconds(25))).isOne();
		session.send("b");
		long after = session.deliveryMark();
		assertThat(session.isDelivered(before)).isFalse();
		pong(session);
		assertThat(session.isDelivered(before)).isTrue();
		assertThat(session.isDelivered(after)).isFalse();
		// nobody has asked for this one
		pong(session);
		assertThat(session.isDelivered(after)).isFalse();
		assertThat(pass(Duration.ofSeconds(25))).isOne();
		pong(session);
		assertThat(session.isDelivered(after)).isTrue();
		assertThat(session.isDelivered(session.deliveryMark())).isFalse();
	}

	private static void pong(TransportSession session) {
		session.onText(session.currentTransport(), new byte[] { '3' }, 0, 1);
	}

	@Test
	@Tag("EIO-84")
	void nobodyIsBlamedWhileTheServerDoesNotRead() {
		TransportSession session = openOne(4);
		assertThat(pass(Duration.ofSeconds(25))).isOne();
		stopReading(session);
		for (int i = 0; i < 10; i++) {
			// the client waits for a ping no longer than for the interval and the time
			// limit
			assertThat(pass(Duration.ofSeconds(45))).isPositive();
		}
		assertThat(session.readyState()).isEqualTo(ReadyState.OPEN);
		session.pauseReading(false);
		pass(Duration.ofMillis(19_990));
		assertThat(session.readyState()).isEqualTo(ReadyState.OPEN);
		pass(Duration.ofMillis(20));
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSED);
	}

	@Test
	@Tag("EIO-84")
	void pongHasItsWholeTimeAfterAPauseBetweenTwoLooks() {
		TransportSession session = openOne(4);
		assertThat(pass(Duration.ofSeconds(25))).isOne();
		stopReading(session);
		pass(Duration.ofSeconds(15));
		session.pauseReading(false);
		pass(Duration.ofMillis(19_990));
		assertThat(session.readyState()).isEqualTo(ReadyState.OPEN);
		session.onText(session.currentTransport(), new byte[] { '3' }, 0, 1);
		assertThat(pass(Duration.ofMillis(25_010))).isOne();
		pass(Duration.ofMillis(20_010));
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSED);
	}

	@Test
	@Tag("EIO-115")
	void clientsThatPingThemselvesAreNotBlamedEither() {
		TransportSession session = openOne(3);
		stopReading(session);
		pass(Duration.ofSeconds(100));
		session.pauseReading(false);
		pass(Duration.ofMillis(44_990));
		assertThat(session.readyState()).isEqualTo(ReadyState.OPEN);
		pass(Duration.ofMillis(20));
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSED);
	}

	@Test
	@Tag("EIO-84")
	void clientThatIsGoneIsNoticedDuringAPause() {
		TransportSession session = openOne(4);
		session.pauseReading(true);
		session.onText(session.currentTransport(), new byte[] { '4', 'x' }, 0, 2);
		for (int i = 0; i < 5; i++) {
			assertThat(pass(Duration.ofMillis(25_010))).isOne();
			session.onText(session.currentTransport(), new byte[] { '3' }, 0, 1);
		}
		pass(Duration.ofMillis(45_030));
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSED);
	}

	/**
	 * Pause reading with so much to be handled that the transport stops to read.
	 */
	private static void stopReading(TransportSession session) {
		session.pauseReading(true);
		byte[] large = new byte[262144];
		large[0] = 4;
		session.onBinary(session.currentTransport(), large);
		assertThat(session.isReadingPaused()).isTrue();
	}

	private TransportSession openOne(int protocol) {
		open(protocol, 1);
		TransportSession session = this.server.session("s0");
		assertThat(session).isNotNull();
		return session;
	}

	private void open(int protocol) {
		open(protocol, SESSIONS);
	}

	private void open(int protocol, int sessions) {
		this.server.setConnectionHandler((session) -> new SilentHandler());
		HandshakeRequest request = Handshakes.none();
		for (int i = 0; i < sessions; i++) {
			this.server.open("s" + i, protocol, request, new FakeTransport(TransportType.WEBSOCKET, this::onPacket));
		}
		this.pings = 0;
	}

	private void onPacket(String packet) {
		this.pings += (packet.charAt(0) == '2') ? 1 : 0;
	}

	/**
	 * Let time go by.
	 * @return how many pings were sent
	 */
	private int pass(Duration time) {
		int before = this.pings;
		for (long end = this.now + time.toNanos(); this.now < end;) {
			this.now = Math.min(end, this.now + TimerWheel.TICK);
			this.wheel.advance();
		}
		return this.pings - before;
	}

}
