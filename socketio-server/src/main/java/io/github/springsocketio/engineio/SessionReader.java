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

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.LenientBase64;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of one session: passes received messages to the session's handler and
 * pings and pongs to its heartbeat, closes the session on packets that the protocol does
 * not allow, and pauses reading. All methods but those about pausing are called in the
 * session's turn.
 */
final class SessionReader {

	private static final AtomicIntegerFieldUpdater<SessionReader> PAUSES = AtomicIntegerFieldUpdater
		.newUpdater(SessionReader.class, "pauses");

	private final DefaultEngineSession session;

	private volatile int pauses;

	private volatile boolean rejected;

	SessionReader(DefaultEngineSession session) {
		this.session = session;
	}

	// Packets

	/**
	 * Handle a received text packet.
	 * @param data holds the packet
	 * @param offset where it begins, with its type character
	 * @param length its length, at least 1
	 */
	void onText(byte[] data, int offset, int length) {
		if (data[offset] == EnginePacketType.BASE64) {
			onBase64(data, offset + 1, length - 1);
			return;
		}
		EnginePacketType type = EnginePacketType.of(data[offset]);
		this.session.listeners().onPacket(this.session, type, data, offset, length);
		if (type == null) {
			reject(CloseReason.PARSE_ERROR, null);
			return;
		}
		switch (type) {
			case MESSAGE -> {
				this.session.heartbeat().onOther();
				this.session.handler().onText(data, offset + 1, length - 1);
			}
			case PING -> onPing();
			case PONG -> onPong();
			default -> this.session.heartbeat().onOther();
		}
	}

	private void onBase64(byte[] data, int offset, int length) {
		int type = (this.session.protocol() == 3) ? 1 : 0;
		boolean message = type == 0 || EnginePacketType.MESSAGE.isTypeOf(data, offset, length);
		byte[] decoded = message ? LenientBase64.decode(data, offset + type, length - type) : null;
		if (decoded == null) {
			reject(CloseReason.PARSE_ERROR, null);
			return;
		}
		this.session.listeners().onBinaryPacket(this.session, decoded);
		this.session.heartbeat().onOther();
		this.session.handler().onBinary(decoded);
	}

	/**
	 * Handle a received binary packet.
	 * @param data the message, with the type byte in front on protocol 3 (EIO-114)
	 */
	void onBinary(byte[] data) {
		this.session.listeners().onBinaryPacket(this.session, data);
		this.session.heartbeat().onOther();
		if (this.session.protocol() == 4) {
			this.session.handler().onBinary(data);
		}
		else if (data.length > 0 && data[0] == EnginePacketType.MESSAGE.number()) {
			this.session.handler().onBinary(Arrays.copyOfRange(data, 1, data.length));
		}
		else {
			reject(CloseReason.PARSE_ERROR, null);
		}
	}

	private void onPing() {
		if (this.session.protocol() == 4) {
			reject(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
			return;
		}
		this.session.heartbeat().onPing();
		this.session.send(ControlPackets.PONG);
		this.session.listeners().onHeartbeat(this.session);
	}

	private void onPong() {
		if (this.session.protocol() == 3) {
			reject(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
			return;
		}
		this.session.heartbeat().onPong();
		this.session.listeners().onHeartbeat(this.session);
	}

	/**
	 * Close the session because of what the peer has sent.
	 */
	void reject(CloseReason reason, @Nullable String detail) {
		this.rejected = true;
		this.session.closed(reason, detail);
	}

	/**
	 * Remember that the session is being closed because of what the peer has sent.
	 */
	void reject() {
		this.rejected = true;
	}

	boolean isRejected() {
		return this.rejected;
	}

	// Pausing

	boolean isPaused() {
		return this.pauses > 0;
	}

	/**
	 * Count a pause, or the end of one. Called on any thread.
	 */
	void setPaused(boolean paused) {
		if (!paused) {
			this.session.heartbeat().onResuming();
		}
		int count = paused ? PAUSES.incrementAndGet(this) : PAUSES.decrementAndGet(this);
		if (count == (paused ? 1 : 0)) {
			this.session.currentTransport().setReading(!paused);
			// Two threads may call the transport in another order than they have counted
			updateTransport(paused);
		}
	}

	/**
	 * Bring the current transport in line with the pauses.
	 * @param paused whether the transport is paused now; a new one is not
	 */
	void updateTransport(boolean paused) {
		boolean current = paused;
		while (current != isPaused()) {
			current = !current;
			this.session.currentTransport().setReading(!current);
		}
	}

}
