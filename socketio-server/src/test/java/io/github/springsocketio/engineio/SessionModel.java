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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session of the engine and its client, with all that is sent between them numbered.
 * Time, the arrival of requests and the event loops of the websockets go on by hand, so
 * that a sequence of steps always ends in the same way.
 */
final class SessionModel implements EngineSessionHandler {

	static final Duration LONG = Duration.ofMinutes(5);

	private static final long BIG_STEP = Duration.ofMillis(50).toNanos();

	private long now;

	private final TimerWheel wheel = new TimerWheel(() -> this.now);

	private final DefaultEngineServer server = new DefaultEngineServer(
			EngineOptions.builder().allowEio3(true).maxOutboundPackets(200).build(), this.wheel);

	private final List<ModelWebSocket> websockets = new ArrayList<>();

	private final List<String> expectedAtClient = new ArrayList<>();

	private final List<String> atClient = new ArrayList<>();

	private final List<String> atServer = new ArrayList<>();

	private final ModelPolling polling;

	private final TransportSession session;

	private final ModelClient client;

	private int sent;

	private boolean paused;

	private boolean closing;

	private long lastHeartbeat;

	private @Nullable CloseReason reason;

	private @Nullable AssertionError fault;

	SessionModel(int protocol) {
		List<ModelClient> clients = new ArrayList<>();
		this.polling = new ModelPolling((packet) -> clients.get(0).onPacket(packet),
				() -> clients.get(0).onPollAnswered());
		this.server.setConnectionHandler((opened) -> this);
		TransportSession opened = this.server.open("id", protocol, Handshakes.none(), this.polling);
		assertThat(opened).isNotNull();
		this.session = opened;
		this.client = new ModelClient(this.session, this.polling, this.websockets, this.atClient, this::onHeartbeat);
		clients.add(this.client);
	}

	// The floor above

	@Override
	public void onText(byte[] data, int offset, int length) {
		onMessage(new String(data, offset, length, StandardCharsets.UTF_8));
	}

	@Override
	public void onBinary(byte[] data) {
		onMessage(new String(data, StandardCharsets.UTF_8));
	}

	private void onMessage(String message) {
		verify(() -> assertThat(this.reason).as("message of a closed session").isNull());
		this.atServer.add(message);
		if (this.atServer.size() % 3 == 0) {
			send(1);
		}
	}

	private void onHeartbeat() {
		if (this.session.readyState() == ReadyState.OPEN) {
			this.lastHeartbeat = this.now;
		}
	}

	@Override
	public void onClose(CloseReason closeReason, @Nullable String detail) {
		verify(() -> assertThat(this.reason).as("closed once").isNull());
		this.reason = closeReason;
		verify(() -> assertThat(closeReason).isNotEqualTo(CloseReason.PARSE_ERROR));
		if (closeReason == CloseReason.PING_TIMEOUT && !this.closing) {
			long limit = this.server.options().pingTimeout().minusMillis(10).toNanos();
			verify(() -> assertThat(this.now - this.lastHeartbeat).as("silence").isGreaterThanOrEqualTo(limit));
		}
	}

	/**
	 * Verify something within the session's turn, which lets no error through.
	 */
	private void verify(Runnable assertion) {
		try {
			assertion.run();
		}
		catch (AssertionError error) {
			this.fault = error;
		}
	}

	@Nullable CloseReason reason() {
		return this.reason;
	}

	boolean isUpgraded() {
		return this.session.transportType() == TransportType.WEBSOCKET;
	}

	int messages() {
		return this.atClient.size() + this.atServer.size();
	}

	// Steps

	/**
	 * Do one step, and see that nothing is wrong after it.
	 */
	void step(Step step) {
		switch (step.kind()) {
			case SEND -> send(step.amount());
			case CLIENT_SENDS -> this.client.send(step.amount() % 2 == 0);
			case POLL -> this.client.poll();
			case ARRIVE -> this.client.arrive();
			case RUN -> run(step.amount());
			case OPEN_WEBSOCKET -> this.client.openWebsocket();
			case PROBE -> this.client.probe();
			case UPGRADE -> this.client.upgrade();
			case GIVE_UP -> this.client.giveUp();
			case HEARTBEAT -> this.client.heartbeat();
			case TIME -> pass(Duration.ofMillis(step.millis()));
			case PAUSE -> pause(!this.paused);
			case STUCK -> this.client.setStuck(step.amount() % 2 == 0);
			case DROP_CANDIDATE -> this.client.dropCandidate();
			case CONFUSE_CANDIDATE -> this.client.confuseCandidate((step.amount() % 2 == 0) ? "4x" : "6");
			case ABORT_POLL -> this.client.abortPoll();
			case LEAVE -> this.client.leave();
			case CLOSE -> close();
			case CLOSE_NOW -> this.session.closeNow();
		}
		check();
	}

	private void send(int amount) {
		String message = "s" + this.sent++;
		byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
		boolean taken;
		if (amount % 3 == 0) {
			taken = this.session.send(EncodedMessage.of(("4" + message).getBytes(StandardCharsets.UTF_8), bytes));
		}
		else {
			taken = (amount % 3 == 1) ? this.session.send(message) : this.session.send(bytes);
		}
		if (taken) {
			if (amount % 3 != 2) {
				this.expectedAtClient.add(message);
			}
			if (amount % 3 != 1) {
				this.expectedAtClient.add("b" + message);
			}
		}
	}

	private void close() {
		this.closing = true;
		this.session.close();
	}

	private void run(int tasks) {
		for (int i = 0; i < tasks; i++) {
			for (ModelWebSocket websocket : List.copyOf(this.websockets)) {
				websocket.runTask();
			}
		}
	}

	private void pass(Duration time) {
		long end = this.now + time.toNanos();
		while (this.now < end) {
			this.now = Math.min(end, this.now + BIG_STEP);
			this.wheel.advance();
		}
	}

	private void pause(boolean pause) {
		if (this.paused != pause) {
			this.paused = pause;
			this.session.pauseReading(pause);
		}
	}

	// What has to hold

	private void check() {
		if (this.fault != null) {
			throw this.fault;
		}
		assertBegins(this.expectedAtClient, this.atClient);
		assertBegins(this.client.expectedAtServer, this.atServer);
		boolean ended = this.session.readyState() == ReadyState.CLOSED;
		assertThat(this.reason != null).isEqualTo(ended);
		List<ModelTransport> transports = new ArrayList<>(this.websockets);
		transports.add(this.polling);
		for (ModelTransport transport : transports) {
			boolean untouched = transport instanceof ModelWebSocket && !transport.isEmpty();
			boolean used = !ended
					&& (transport == this.session.currentTransport() || transport == this.session.upgradeCandidate());
			assertThat(transport.closed || used || untouched).as("open without being used").isTrue();
			assertThat(transport.intruded).isFalse();
		}
		assertThat(this.server.clientsCount()).isEqualTo(ended ? 0 : 1);
	}

	private static void assertBegins(List<String> expected, List<String> arrived) {
		assertThat(arrived).isEqualTo(expected.subList(0, Math.min(arrived.size(), expected.size())));
	}

	/**
	 * Let everything arrive that is on its way.
	 */
	void settle() {
		pause(false);
		this.client.setStuck(false);
		for (int i = 0; i < 20; i++) {
			this.client.giveUp();
			this.client.heartbeat();
			this.client.poll();
			while (!this.client.isIdle()) {
				this.client.arrive();
			}
			run(20);
			this.client.upgrade();
			// a poll that comes late is ended before long
			pass(Duration.ofMillis(110));
			check();
		}
		if (this.reason == null && !this.client.isLost()) {
			assertThat(this.atClient).isEqualTo(this.expectedAtClient);
			assertThat(this.atServer).isEqualTo(this.client.expectedAtServer);
			assertThat(this.session.readyState()).isEqualTo(ReadyState.OPEN);
			assertThat(isUpgraded()).isEqualTo(this.client.isUpgraded());
		}
	}

	/**
	 * Let the client leave, and see that nothing is left of the session.
	 */
	void end() {
		this.client.dropCandidate();
		this.client.leave();
		while (!this.client.isIdle()) {
			this.client.arrive();
		}
		run(50);
		assertThat(this.reason != null || this.client.isLost()).isTrue();
		pass(LONG);
		run(50);
		check();
		assertThat(this.reason).isNotNull();
		assertThat(this.wheel.pending()).isZero();
		assertThat(this.session.bufferedBytes()).isZero();
		assertThat(this.session.upgradeCandidate()).isNull();
		assertThat(this.polling.isEmpty()).isTrue();
		assertThat(this.websockets).allMatch(ModelWebSocket::isEmpty).allMatch((websocket) -> websocket.closed);
		assertThat(this.server.sessions()).isEmpty();
		assertThat(this.session.send("late")).isFalse();
	}

	/**
	 * Something that happens.
	 *
	 * @param kind what it is
	 * @param amount how much of it
	 */
	record Step(Kind kind, int amount) {

		private static final int[] MILLIS = { 1, 90, 110, 1_000, 5_000, 9_990, 10_010, 19_900, 24_990, 25_010 };

		int millis() {
			return MILLIS[this.amount % MILLIS.length];
		}

		@Override
		public String toString() {
			return this.kind + "(" + this.amount + ")";
		}

	}

	/**
	 * What can happen.
	 */
	enum Kind {

		SEND, CLIENT_SENDS, POLL, ARRIVE, RUN, OPEN_WEBSOCKET, PROBE, UPGRADE, GIVE_UP, HEARTBEAT, TIME, PAUSE, STUCK,
		DROP_CANDIDATE, CONFUSE_CANDIDATE, ABORT_POLL, LEAVE, CLOSE, CLOSE_NOW

	}

}
