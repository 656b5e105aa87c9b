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
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.LenientBase64;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of one session. Passes received messages to the session's handler, and
 * pings and pongs to its heartbeat; closes the session on packets that the protocol does
 * not allow; pauses reading. When reading is paused, the transport continues to read up
 * to a limit and the packets are held, so that the end of the connection and heartbeats
 * are detected. All methods but {@link #setPaused(boolean)} and {@link #isStopped()} are
 * called in the session's turn.
 */
final class SessionReader {

	private static final AtomicIntegerFieldUpdater<SessionReader> PAUSES = AtomicIntegerFieldUpdater
		.newUpdater(SessionReader.class, "pauses");

	/**
	 * The number of held bytes at which the transport stops reading. It may have read
	 * more by then: up to the size of its buffer or of a request body.
	 */
	private static final int MAX_HELD = 262144;

	/**
	 * The maximum number of held packets that are handled in one event loop iteration.
	 */
	private static final int MAX_RELEASED = 128;

	private static final int OVERHEAD = 64;

	private static final int STEP = 4096;

	private final DefaultEngineSession session;

	private volatile int pauses;

	/** The held packets; {@code null} if there are none. Used in the session's turn. */
	private @Nullable Queue<HeldPacket> held;

	/** The size of the held packets; created for the first one. */
	private @Nullable CountedBytes heldBytes;

	private volatile boolean stopped;

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
		this.session.pongReceived();
		this.session.listeners().onHeartbeat(this.session);
	}

	/**
	 * Close the session because of input of the peer.
	 */
	void reject(CloseReason reason, @Nullable String detail) {
		this.rejected = true;
		this.session.closed(reason, detail);
	}

	/**
	 * Note that the session is being closed because of input of the peer.
	 */
	void reject() {
		this.rejected = true;
	}

	boolean isRejected() {
		return this.rejected;
	}

	// Pausing

	/**
	 * Return whether received packets have to be held: because of a pause, or because
	 * earlier packets are still held.
	 */
	boolean isHolding() {
		return this.pauses > 0 || this.held != null;
	}

	/**
	 * Hold a packet until reading resumes. Pings and pongs are not held, so that a lost
	 * client is detected.
	 * @return {@code false} if the packet is not held
	 */
	boolean hold(byte[] data, int offset, int length) {
		if (EnginePacketType.PING.isTypeOf(data, offset, length)
				|| EnginePacketType.PONG.isTypeOf(data, offset, length)) {
			return false;
		}
		hold(new HeldPacket(data, offset, length, false));
		return true;
	}

	/**
	 * Hold a binary packet until reading resumes.
	 */
	void hold(byte[] data) {
		hold(new HeldPacket(data, 0, data.length, true));
	}

	private void hold(HeldPacket packet) {
		Queue<HeldPacket> queue = this.held;
		if (queue == null) {
			queue = new ArrayDeque<>();
			this.held = queue;
		}
		queue.add(packet);
		heldBytes().add(packet.cost());
		if (heldBytes().size() >= MAX_HELD && !this.stopped) {
			this.stopped = true;
			this.session.currentTransport().setReading(false);
		}
	}

	/**
	 * Return whether the transport has stopped reading, because the limit of held packets
	 * is reached.
	 */
	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Count the start or the end of a pause. Called on any thread.
	 */
	void setPaused(boolean paused) {
		int count = paused ? PAUSES.incrementAndGet(this) : PAUSES.decrementAndGet(this);
		if (!paused && count == 0) {
			this.session.execute(this::resume);
		}
	}

	private void resume() {
		release(false);
		if (this.stopped && heldBytes().size() <= MAX_HELD / 2) {
			this.stopped = false;
			this.session.heartbeat().onResuming();
			this.session.currentTransport().setReading(true);
		}
	}

	/**
	 * Handle the held packets.
	 * @param all whether to continue if reading is paused again, because the connection
	 * has ended
	 */
	void release(boolean all) {
		Queue<HeldPacket> queue = this.held;
		int released = 0;
		while (queue != null && this.session.readyState() == ReadyState.OPEN && (all || this.pauses <= 0)) {
			if (released++ == MAX_RELEASED && !all) {
				this.session.currentTransport().executeAfterOthers(() -> this.session.execute(this::resume));
				return;
			}
			HeldPacket packet = queue.poll();
			if (packet == null) {
				this.held = null;
				return;
			}
			heldBytes().add(-packet.cost());
			try {
				packet.pass(this);
			}
			catch (Throwable ex) {
				SerialExecutor.failed(ex);
			}
		}
	}

	/**
	 * Apply the current reading state to a new transport.
	 */
	void updateTransport() {
		if (this.stopped) {
			this.session.currentTransport().setReading(false);
		}
	}

	/**
	 * Discard the held packets, because the session is closed.
	 */
	void close() {
		this.held = null;
		if (this.heldBytes != null) {
			this.heldBytes.set(0);
		}
	}

	private CountedBytes heldBytes() {
		CountedBytes result = this.heldBytes;
		if (result == null) {
			result = new CountedBytes(this.session::countMemory, STEP);
			this.heldBytes = result;
		}
		return result;
	}

	/**
	 * A packet that was received while reading is paused.
	 *
	 * @param data holds the packet
	 * @param offset where it begins
	 * @param length its length
	 * @param binary whether it is a binary packet
	 */
	private record HeldPacket(byte[] data, int offset, int length, boolean binary) {

		int cost() {
			return this.length + OVERHEAD;
		}

		void pass(SessionReader reader) {
			if (this.binary) {
				reader.onBinary(this.data);
			}
			else {
				reader.onText(this.data, this.offset, this.length);
			}
		}

	}

}
