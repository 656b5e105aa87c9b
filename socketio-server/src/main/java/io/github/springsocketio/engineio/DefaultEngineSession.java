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

import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The state of a session and its transitions (EIO sections 9 to 12): the handshake, an
 * {@link Upgrade}, an {@link OrderlyClose} and the end. The tasks that change the state
 * or handle received packets run one at a time: in the <em>turn</em> of the session,
 * which its {@link SerialExecutor} grants. A {@link SessionReader} handles received
 * packets. A {@link SessionWriter} sends messages, which does not require the turn.
 */
final class DefaultEngineSession implements TransportSession {

	private static final AtomicReferenceFieldUpdater<DefaultEngineSession, ReadyState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(DefaultEngineSession.class, ReadyState.class, "state");

	private static final AtomicReferenceFieldUpdater<DefaultEngineSession, SessionListeners> LISTENERS = AtomicReferenceFieldUpdater
		.newUpdater(DefaultEngineSession.class, SessionListeners.class, "listeners");

	private final DefaultEngineServer server;

	private final String id;

	private final byte protocol;

	private final HandshakeRequest request;

	private final SerialExecutor turn = new SerialExecutor();

	private final SessionReader reader = new SessionReader(this);

	private final SessionWriter writer;

	private final Heartbeat heartbeat;

	private volatile SessionListeners listeners = SessionListeners.NONE;

	private volatile ReadyState state = ReadyState.OPENING;

	private volatile Transport transport;

	private volatile @Nullable Upgrade upgrade;

	private volatile @Nullable OrderlyClose orderlyClose;

	private @Nullable EngineSessionHandler handler;

	DefaultEngineSession(DefaultEngineServer server, String id, int protocol, HandshakeRequest request,
			Transport transport) {
		this.server = server;
		this.id = id;
		this.protocol = (byte) protocol;
		this.request = request;
		this.transport = transport;
		this.writer = new SessionWriter(this);
		this.heartbeat = new Heartbeat(this);
	}

	// Opening

	/**
	 * Register with the server, send the greeting and call the layer above. Requests that
	 * find the session in the meantime are queued until this method returns.
	 * @return {@code false} if the server refuses the session
	 */
	boolean open(EngineConnectionHandler connectionHandler) {
		this.turn.tryEnter();
		try {
			if (!this.server.add(this)) {
				return false;
			}
			if (!this.transport.isPolled()) {
				this.server.greeting(this.id, this.transport.type()).forEach(this.writer::enqueue);
			}
			this.state = ReadyState.OPEN;
			this.heartbeat.start();
			this.writer.flush();
			this.handler = connectionHandler.onConnection(this);
			this.server.listeners().onConnection(this);
			return true;
		}
		catch (RuntimeException | Error ex) {
			closed(CloseReason.FORCED_CLOSE, null);
			throw ex;
		}
		finally {
			this.turn.exit();
		}
	}

	// Reading

	@Override
	public void onText(Transport source, byte[] data, int offset, int length) {
		if (this.turn.tryEnter()) {
			try {
				text(source, data, offset, length);
			}
			catch (Throwable ex) {
				SerialExecutor.failed(ex);
			}
			finally {
				this.turn.exit();
			}
		}
		else {
			execute(() -> text(source, data, offset, length));
		}
	}

	@Override
	public void onBinary(Transport source, byte[] data) {
		execute(() -> binary(source, data));
	}

	private void text(Transport source, byte[] data, int offset, int length) {
		if (source != this.transport) {
			Upgrade current = upgradeTo(source);
			if (current != null) {
				current.onText(data, offset, length);
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
		if (!this.reader.isHolding() || !this.reader.hold(data, offset, length)) {
			this.reader.onText(data, offset, length);
		}
	}

	private void binary(Transport source, byte[] data) {
		if (source != this.transport) {
			failUpgrade(source);
		}
		else if (this.state != ReadyState.OPEN) {
			return;
		}
		else if (this.reader.isHolding()) {
			this.reader.hold(data);
		}
		else {
			this.reader.onBinary(data);
		}
	}

	@Override
	public void pauseReading(boolean paused) {
		this.reader.setPaused(paused);
	}

	@Override
	public boolean isReadingPaused() {
		return this.reader.isStopped();
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
	public void sendTogether(Runnable sending) {
		this.writer.sendTogether(sending);
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
	public boolean awaitsPoll() {
		Transport current = this.transport;
		return current.isPolled() && !current.isWritable();
	}

	@Override
	public long bufferedBytes() {
		return this.writer.bufferedBytes();
	}

	@Override
	public void countMemory(long bytes) {
		this.writer.countMemory(bytes);
	}

	@Override
	public void countMemory(EncodedMessage message, boolean held) {
		this.writer.countMemory(message, held);
	}

	@Override
	public Mono<Void> flushed() {
		return this.writer.flushed();
	}

	@Override
	public long deliveryMark() {
		return this.writer.deliveryMark();
	}

	@Override
	public boolean isDelivered(long mark) {
		return this.writer.isDelivered(mark);
	}

	/** Send a ping, in the session's turn. */
	void sendPing() {
		this.writer.pingSent();
		send(ControlPackets.PING);
	}

	/** Handle a received pong, in the session's turn. */
	void pongReceived() {
		this.writer.pongReceived();
	}

	@Override
	public void onReady(Transport source) {
		if (source == this.transport) {
			if (source.isPolled()) {
				this.writer.pollReceived();
			}
			this.writer.flush();
		}
	}

	/** Called by the writer after a drain, on the transport's thread. */
	void onDrained() {
		OrderlyClose current = this.orderlyClose;
		if (current != null) {
			current.onDrained(this.writer);
		}
	}

	// Upgrading

	@Override
	public void onUpgradeAttempt(Transport candidate) {
		execute(() -> {
			if (this.upgrade != null || this.state == ReadyState.CLOSED
					|| !this.transport.type().upgradesTo().contains(candidate.type())) {
				candidate.close(CloseReason.FORCED_CLOSE);
				return;
			}
			this.upgrade = new Upgrade(this, candidate);
		});
	}

	@Override
	public @Nullable Transport upgradeCandidate() {
		Upgrade current = this.upgrade;
		return (current != null) ? current.candidate() : null;
	}

	private @Nullable Upgrade upgradeTo(Transport source) {
		Upgrade current = this.upgrade;
		return (current != null && source == current.candidate()) ? current : null;
	}

	private void failUpgrade(Transport source) {
		Upgrade current = upgradeTo(source);
		if (current != null) {
			current.fail();
		}
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
		this.reader.updateTransport();
		this.listeners.onUpgrade(this, candidate.type());
		OrderlyClose closing = this.orderlyClose;
		if (closing != null) {
			closing.cancelTimeout();
			closing.closeWhenDrained();
		}
		this.writer.flush();
	}

	// Closing

	@Override
	public void close() {
		if (STATE.compareAndSet(this, ReadyState.OPEN, ReadyState.CLOSING)) {
			OrderlyClose closing = new OrderlyClose(this);
			this.orderlyClose = closing;
			execute(closing::startTimeout);
			closing.closeWhenDrained();
			this.writer.flush();
		}
	}

	@Override
	public void rejectInput() {
		this.reader.reject();
		close();
	}

	@Override
	public boolean isInputRejected() {
		return this.reader.isRejected();
	}

	@Override
	public void closeNow() {
		execute(() -> closed(CloseReason.FORCED_CLOSE, null));
	}

	@Override
	public void onOrderlyClosed(Transport source) {
		onEnd(source, CloseReason.FORCED_CLOSE, null);
	}

	@Override
	public void onClose(Transport source) {
		onEnd(source, CloseReason.TRANSPORT_CLOSE, null);
	}

	@Override
	public void onError(Transport source, String detail) {
		onEnd(source, CloseReason.TRANSPORT_ERROR, detail);
	}

	@Override
	public void onLimitExceeded(Transport source, Limit limit, String detail) {
		execute(() -> {
			limitExceeded(limit);
			end(source, CloseReason.TRANSPORT_ERROR, detail);
		});
	}

	@Override
	public void limitExceeded(Limit limit) {
		if (this.state != ReadyState.CLOSED) {
			this.server.limitExceeded(limit, this);
		}
	}

	@Override
	public void onParseError(Transport source) {
		execute(() -> {
			// A closing session ignores invalid data, as it ignores packets
			if (source != this.transport) {
				failUpgrade(source);
			}
			else if (this.state != ReadyState.CLOSING) {
				this.reader.reject(CloseReason.PARSE_ERROR, null);
			}
		});
	}

	/**
	 * Handle the end of a transport. The end of the current transport closes the session;
	 * the end of an upgrade's candidate cancels the upgrade. Called in the session's
	 * turn.
	 */
	private void end(Transport source, CloseReason reason, @Nullable String detail) {
		if (source == this.transport) {
			this.reader.release(true);
			closed(reason, detail);
		}
		else {
			failUpgrade(source);
		}
	}

	private void onEnd(Transport source, CloseReason reason, @Nullable String detail) {
		execute(() -> end(source, reason, detail));
	}

	/**
	 * Close the session. Only the first call has an effect. Called in the session's turn.
	 */
	void closed(CloseReason reason, @Nullable String detail) {
		if (STATE.getAndSet(this, ReadyState.CLOSED) == ReadyState.CLOSED) {
			return;
		}
		this.server.remove(this);
		this.heartbeat.stop();
		this.reader.close();
		if (this.orderlyClose != null) {
			this.orderlyClose.cancelTimeout();
		}
		try {
			if (this.upgrade != null) {
				this.upgrade.fail();
			}
			this.transport.close(reason);
		}
		finally {
			notifyClosed(reason, detail);
		}
	}

	/**
	 * Notify the handler and all listeners, even if the handler throws an exception.
	 * Exceptions of listeners are logged, except for fatal errors.
	 */
	private void notifyClosed(CloseReason reason, @Nullable String detail) {
		EngineSessionHandler current = this.handler;
		try {
			if (current != null) {
				current.onClose(reason, detail);
			}
		}
		finally {
			this.writer.close();
			this.listeners.onClose(this, reason, detail);
			if (current != null) {
				this.server.listeners().onClose(this, reason, detail);
			}
		}
	}

	// Threads

	@Override
	public void execute(Runnable task) {
		this.turn.submit(task);
	}

	@Override
	public void executeAfterReading(Runnable task) {
		this.transport.executeAfterReading(() -> execute(task));
	}

	/**
	 * Run the task of a timer on the transport's thread and in the session's turn.
	 */
	void onTimer(Runnable task) {
		Transport current = this.transport;
		if (current.inThread()) {
			execute(task);
		}
		else {
			current.execute(() -> execute(task));
		}
	}

	// Properties

	EngineOptions options() {
		return this.server.options();
	}

	MemoryBudget budget() {
		return this.server.budget();
	}

	MemoryWarnings memoryWarnings() {
		return this.server.memoryWarnings();
	}

	/** Describe the client for log messages. */
	String description() {
		EngineSessionHandler current = this.handler;
		return (current != null) ? current.description() : "";
	}

	/**
	 * Return the memory that the layer above has counted itself.
	 */
	long retainedBytes() {
		EngineSessionHandler current = this.handler;
		return (current != null) ? current.retainedBytes() : 0;
	}

	SessionWriter writer() {
		return this.writer;
	}

	Timers timers() {
		return this.server.timers();
	}

	@Override
	public boolean awaitsPong() {
		return this.heartbeat.awaitsPong();
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

	SessionListeners listeners() {
		return this.listeners;
	}

	@Override
	public void addListener(EngineSessionListener listener) {
		LISTENERS.updateAndGet(this, (current) -> current.with(listener));
	}

	@Override
	public void removeListener(EngineSessionListener listener) {
		LISTENERS.updateAndGet(this, (current) -> current.without(listener));
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
	public TransportType transportType() {
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
	public String toString() {
		return "EngineSession[transport=" + this.transport.type().text() + ", state=" + this.state + "]";
	}

}
