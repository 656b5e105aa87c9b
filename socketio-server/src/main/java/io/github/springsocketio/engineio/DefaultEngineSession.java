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

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The state of a session (EIO sections 9 to 12). What comes in and what changes the state
 * happens in the session's turn, one after the other; packets are left to the
 * {@link PacketDispatcher}. Sending needs no turn and is left to a {@link SessionWriter}.
 */
final class DefaultEngineSession extends PausableReading {

	private static final AtomicReferenceFieldUpdater<DefaultEngineSession, ReadyState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(DefaultEngineSession.class, ReadyState.class, "state");

	private final DefaultEngineServer server;

	private final String id;

	private final byte protocol;

	private final HandshakeRequest request;

	private final SessionWriter writer = new SessionWriter(this);

	private final Heartbeat heartbeat;

	private final SessionListeners listeners = new SessionListeners();

	private volatile ReadyState state = ReadyState.OPENING;

	private volatile Transport transport;

	private volatile @Nullable Upgrade upgrade;

	private @Nullable EngineSessionHandler handler;

	private Timers.@Nullable Timeout closeTimer;

	private volatile boolean closeWhenDrained;

	DefaultEngineSession(DefaultEngineServer server, String id, int protocol, HandshakeRequest request,
			Transport transport) {
		this.server = server;
		this.id = id;
		this.protocol = (byte) protocol;
		this.request = request;
		this.transport = transport;
		this.heartbeat = new Heartbeat(this, server.timers(), server.options());
	}

	/**
	 * Send the open packet and let the floor above know. Called in the session's turn.
	 */
	void open(EngineConnectionHandler connectionHandler) {
		if (this.transport.type() == TransportType.WEBSOCKET) {
			this.server.greeting(this.id, TransportType.WEBSOCKET).forEach(this.writer::enqueue);
		}
		this.state = ReadyState.OPEN;
		this.heartbeat.start();
		this.writer.flush();
		this.handler = connectionHandler.onConnection(this);
		this.server.listeners().onConnection(this);
	}

	// Reading

	@Override
	public void onText(Transport source, byte[] data, int offset, int length) {
		if (tryEnter()) {
			try {
				text(source, data, offset, length);
			}
			catch (Throwable ex) {
				failed(ex);
			}
			finally {
				exit();
			}
		}
		else {
			submit(() -> text(source, data, offset, length));
		}
	}

	@Override
	public void onBinary(Transport source, byte[] data) {
		submit(() -> binary(source, data));
	}

	private void text(Transport source, byte[] data, int offset, int length) {
		if (source != this.transport) {
			if (this.upgrade != null && source == this.upgrade.candidate()) {
				this.upgrade.onText(data, offset, length);
			}
			return;
		}
		if (this.state != ReadyState.OPEN) {
			return;
		}
		if (length == 0) {
			onParseError(source);
			return;
		}
		PacketDispatcher.onText(this, data, offset, length);
	}

	private void binary(Transport source, byte[] data) {
		if (source != this.transport) {
			if (this.upgrade != null && source == this.upgrade.candidate()) {
				this.upgrade.fail();
			}
			return;
		}
		if (this.state != ReadyState.OPEN) {
			return;
		}
		PacketDispatcher.onBinary(this, data);
	}

	void sendPing() {
		send(ControlPackets.PING);
	}

	@Override
	void onResuming() {
		this.heartbeat.onResuming();
	}

	Heartbeat heartbeat() {
		return this.heartbeat;
	}

	EngineSessionHandler handler() {
		EngineSessionHandler current = this.handler;
		if (current == null) {
			throw new IllegalStateException("Not open");
		}
		return current;
	}

	// Writing

	@Override
	public boolean send(String message) {
		return send(EnginePacketType.MESSAGE.packet(message));
	}

	@Override
	public boolean send(byte[] message) {
		return send(EncodedMessage.binary(message));
	}

	@Override
	public boolean send(EncodedMessage message) {
		return this.writer.send(message);
	}

	@Override
	public boolean sendVolatile(EncodedMessage message) {
		return this.writer.isWritable() && this.writer.send(message);
	}

	@Override
	public boolean isWritable() {
		return this.writer.isWritable();
	}

	@Override
	public long bufferedBytes() {
		return this.writer.bufferedBytes();
	}

	@Override
	public Mono<Void> flushed() {
		return this.writer.flushed();
	}

	@Override
	public void onReady(Transport source) {
		if (source == this.transport) {
			this.writer.flush();
		}
	}

	// Upgrading

	@Override
	public void onUpgradeAttempt(Transport candidate) {
		submit(() -> {
			ReadyState current = this.state;
			if (this.upgrade != null || this.transport.type() != TransportType.POLLING
					|| current == ReadyState.CLOSED) {
				candidate.close(CloseReason.FORCED_CLOSE);
				return;
			}
			this.upgrade = new Upgrade(this, candidate, this.server.timers(), this.server.options().upgradeTimeout());
		});
	}

	@Override
	public @Nullable Transport upgradeCandidate() {
		Upgrade current = this.upgrade;
		return (current != null) ? current.candidate() : null;
	}

	void upgradeProbed(Transport candidate) {
		this.listeners.onUpgrading(this, candidate.type());
	}

	void upgradeFailed() {
		this.upgrade = null;
	}

	void upgradeCompleted(Transport candidate) {
		this.upgrade = null;
		Transport old = this.transport;
		this.transport = candidate;
		old.close(CloseReason.FORCED_CLOSE);
		tellReading(false);
		this.listeners.onUpgrade(this, candidate.type());
		if (this.state == ReadyState.CLOSING) {
			cancelCloseTimer();
			this.closeWhenDrained = true;
		}
		this.writer.flush();
	}

	// Closing

	@Override
	public void close() {
		if (STATE.compareAndSet(this, ReadyState.OPEN, ReadyState.CLOSING)) {
			submit(this::limitClosing);
			this.closeWhenDrained = true;
			this.writer.flush();
		}
	}

	/**
	 * Do not wait for ever for the polls that take the rest (EIO-99).
	 */
	private void limitClosing() {
		if (this.state == ReadyState.CLOSING && this.transport.type() == TransportType.POLLING) {
			this.closeTimer = this.server.timers()
				.schedule(this.server.options().closeTimeout(),
						() -> onTimer(() -> closed(CloseReason.FORCED_CLOSE, null)));
		}
	}

	@Override
	public void closeNow() {
		submit(() -> closed(CloseReason.FORCED_CLOSE, null));
	}

	/**
	 * The transport has taken what it could. Called by the drainer, on the transport's
	 * thread.
	 */
	void onDrained() {
		// In this order: what was sent before the close has to be written before it
		if (this.closeWhenDrained && this.writer.isEmpty()) {
			this.closeWhenDrained = false;
			submit(this::closeTransport);
		}
	}

	private void closeTransport() {
		if (this.state != ReadyState.CLOSING) {
			return;
		}
		if (this.transport.closeOrderly()) {
			closed(CloseReason.FORCED_CLOSE, null);
		}
	}

	private void cancelCloseTimer() {
		if (this.closeTimer != null) {
			this.closeTimer.cancel();
			this.closeTimer = null;
		}
	}

	@Override
	public void onOrderlyClosed(Transport source) {
		submit(() -> {
			if (source == this.transport) {
				closed(CloseReason.FORCED_CLOSE, null);
			}
		});
	}

	@Override
	public void onClose(Transport source) {
		ended(source, CloseReason.TRANSPORT_CLOSE, null);
	}

	@Override
	public void onError(Transport source, String detail) {
		ended(source, CloseReason.TRANSPORT_ERROR, detail);
	}

	@Override
	public void onLimitExceeded(Transport source, String limit, String detail) {
		submit(() -> {
			tellLimit(limit);
			end(source, CloseReason.TRANSPORT_ERROR, detail);
		});
	}

	void tellLimit(String limit) {
		if (this.state != ReadyState.CLOSED) {
			this.server.limitExceeded(limit);
		}
	}

	@Override
	public void onParseError(Transport source) {
		submit(() -> {
			// Like any packet, it counts no more once the session is closing
			if (source != this.transport || this.state != ReadyState.CLOSING) {
				end(source, CloseReason.PARSE_ERROR, null);
			}
		});
	}

	private void ended(Transport source, CloseReason reason, @Nullable String detail) {
		submit(() -> end(source, reason, detail));
	}

	private void end(Transport source, CloseReason reason, @Nullable String detail) {
		if (source == this.transport) {
			closed(reason, detail);
		}
		else if (this.upgrade != null && source == this.upgrade.candidate()) {
			this.upgrade.fail();
		}
	}

	/**
	 * End the session, once. Called in the session's turn.
	 */
	void closed(CloseReason reason, @Nullable String detail) {
		if (STATE.getAndSet(this, ReadyState.CLOSED) == ReadyState.CLOSED) {
			return;
		}
		this.server.remove(this);
		this.heartbeat.stop();
		cancelCloseTimer();
		try {
			if (this.upgrade != null) {
				this.upgrade.fail();
			}
			this.transport.close(reason);
		}
		finally {
			tellClosed(reason, detail);
		}
	}

	/**
	 * Tell everybody, whatever the floor above throws. Of what listeners throw, only what
	 * is fatal gets here.
	 */
	private void tellClosed(CloseReason reason, @Nullable String detail) {
		EngineSessionHandler current = this.handler;
		try {
			if (current != null) {
				current.onClose(reason, detail);
			}
		}
		finally {
			this.listeners.onClose(this, reason, detail);
			this.writer.clear();
			if (current != null) {
				this.server.listeners().onClose(this, reason, detail);
			}
		}
	}

	/**
	 * Do what a timer wants, on the transport's thread and in the session's turn.
	 */
	void onTimer(Runnable task) {
		Transport current = this.transport;
		if (current.inThread()) {
			submit(task);
		}
		else {
			current.execute(() -> submit(task));
		}
	}

	// The rest

	EngineOptions options() {
		return this.server.options();
	}

	SessionListeners listeners() {
		return this.listeners;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public int protocol() {
		return this.protocol;
	}

	@Override
	public ReadyState readyState() {
		return this.state;
	}

	@Override
	public TransportType transport() {
		return this.transport.type();
	}

	@Override
	public Transport currentTransport() {
		return this.transport;
	}

	@Override
	public HandshakeRequest request() {
		return this.request;
	}

	@Override
	public void addListener(EngineSessionListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void removeListener(EngineSessionListener listener) {
		this.listeners.remove(listener);
	}

	@Override
	public String toString() {
		return "EngineSession[transport=" + this.transport.type().text() + ", state=" + this.state + "]";
	}

}
