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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A client that keeps to the protocol, but does each step of it when it is told to:
 * between a request and its arrival at the server anything may happen.
 */
final class ModelClient {

	private final TransportSession session;

	private final ModelPolling polling;

	private final List<ModelWebSocket> websockets;

	private final List<String> received;

	private final Runnable heartbeats;

	/** Polls and requests with data that are on their way to the server. */
	private final Deque<Runnable> requests = new ArrayDeque<>();

	private boolean polls;

	private int posts;

	private @Nullable ModelWebSocket candidate;

	private boolean probing;

	private boolean probed;

	private boolean pingOwed;

	private @Nullable ModelWebSocket websocket;

	private int sent;

	final List<String> expectedAtServer = new ArrayList<>();

	ModelClient(TransportSession session, ModelPolling polling, List<ModelWebSocket> websockets, List<String> received,
			Runnable heartbeats) {
		this.session = session;
		this.polling = polling;
		this.websockets = websockets;
		this.received = received;
		this.heartbeats = heartbeats;
	}

	/**
	 * Return whether it upgraded while the server gave up, and so has lost its session.
	 */
	boolean isLost() {
		return this.websocket != null && this.websocket.closed;
	}

	boolean isUpgraded() {
		return this.websocket != null;
	}

	boolean isIdle() {
		return this.requests.isEmpty();
	}

	// What comes

	void onPacket(String packet) {
		switch (packet.charAt(0)) {
			case '4' -> this.received.add(packet.substring(1));
			case 'b' -> this.received.add(packet);
			case '2' -> {
				this.pingOwed = true;
			}
			default -> {
			}
		}
	}

	private void onCandidatePacket(String packet) {
		if (packet.equals("3probe")) {
			// unless it comes from one that was dropped meanwhile
			this.probed = this.probing;
		}
		else {
			onPacket(packet);
		}
	}

	void onPollAnswered() {
		this.polls = false;
	}

	// Long-polling

	void poll() {
		if (!this.polls && this.websocket == null && !this.probed) {
			this.polls = true;
			this.requests.add(this.polling::poll);
		}
	}

	void arrive() {
		Runnable request = this.requests.poll();
		if (request != null) {
			request.run();
		}
	}

	void abortPoll() {
		if (this.polling.hasPoll()) {
			this.polling.abort();
		}
	}

	// Sending

	void send(boolean binary) {
		if (this.probing) {
			return;
		}
		String message = "c" + this.sent++;
		this.expectedAtServer.add(message);
		packet((transport) -> {
			if (binary) {
				transport.message(message);
			}
			else {
				transport.text("4" + message);
			}
		});
	}

	/**
	 * Send a ping on protocol 3, and the pong that is owed on protocol 4.
	 */
	void heartbeat() {
		boolean pings = this.session.protocol() == 3;
		if (!this.probing && (pings || this.pingOwed)) {
			this.pingOwed = false;
			packet((transport) -> {
				this.heartbeats.run();
				transport.text(pings ? "2" : "3");
			});
		}
	}

	private void packet(Packet packet) {
		ModelWebSocket current = this.websocket;
		if (current != null) {
			current.frame(() -> packet.sendOn(current));
			return;
		}
		this.posts++;
		this.requests.add(() -> this.polling.post(() -> {
			this.posts--;
			packet.sendOn(this.polling);
		}));
	}

	// Upgrading

	ModelWebSocket openWebsocket() {
		ModelWebSocket created = new ModelWebSocket(this.session, this::onCandidatePacket);
		this.websockets.add(created);
		created.execute(() -> this.session.onUpgradeAttempt(created));
		if (this.candidate == null && this.websocket == null) {
			this.candidate = created;
		}
		return created;
	}

	void probe() {
		ModelWebSocket current = this.candidate;
		if (current != null && !this.probing) {
			this.probing = true;
			current.frame(() -> current.text("2probe"));
		}
	}

	/**
	 * Upgrade, when the probe was answered and no request is under way (EIO-82).
	 */
	void upgrade() {
		ModelWebSocket current = this.candidate;
		if (current != null && !current.closed && this.probed && !this.polls && this.posts == 0) {
			current.frame(() -> current.text("5"));
			switchTo(current);
		}
	}

	private void switchTo(@Nullable ModelWebSocket current) {
		this.candidate = null;
		this.probing = false;
		this.probed = false;
		this.websocket = current;
	}

	/**
	 * Notice that the server gave the upgrade up.
	 */
	void giveUp() {
		ModelWebSocket current = this.candidate;
		if (current != null && current.closed) {
			switchTo(null);
		}
	}

	void dropCandidate() {
		ModelWebSocket current = this.candidate;
		if (current != null) {
			current.lose();
			switchTo(null);
		}
	}

	/**
	 * Send what nobody sends there.
	 */
	void confuseCandidate(String packet) {
		ModelWebSocket current = this.candidate;
		if (current != null && !this.probed) {
			current.frame(() -> current.text(packet));
		}
	}

	// Closing

	void leave() {
		ModelWebSocket current = this.websocket;
		if (current != null) {
			current.lose();
		}
		else {
			this.posts++;
			this.requests.add(() -> this.polling.post(() -> this.session.onClose(this.polling)));
		}
	}

	void setStuck(boolean stuck) {
		ModelWebSocket current = this.websocket;
		if (current != null) {
			current.setStuck(stuck);
		}
	}

	/**
	 * A packet to be sent on the transport of the time.
	 */
	@FunctionalInterface
	private interface Packet {

		void sendOn(ModelTransport transport);

	}

}
