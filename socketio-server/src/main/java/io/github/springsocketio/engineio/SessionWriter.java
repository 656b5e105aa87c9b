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

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongConsumer;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The writing side of one session: its outbox, the memory that is held for the client,
 * and the drainer that makes the current transport write the outbox. Sending does not
 * require the session's turn: any thread may send. If no drain is in progress, the
 * sending thread starts one, which also writes the messages of other threads.
 */
final class SessionWriter implements Runnable {

	private static final Log logger = LogFactory.getLog(SessionWriter.class);

	private static final AtomicIntegerFieldUpdater<SessionWriter> DRAINING = AtomicIntegerFieldUpdater
		.newUpdater(SessionWriter.class, "draining");

	private static final AtomicIntegerFieldUpdater<SessionWriter> ABORTED = AtomicIntegerFieldUpdater
		.newUpdater(SessionWriter.class, "aborted");

	private static final AtomicReferenceFieldUpdater<SessionWriter, @Nullable SlowReaderWatch> WATCH = AtomicReferenceFieldUpdater
		.newUpdater(SessionWriter.class, SlowReaderWatch.class, "watch");

	private static final AtomicLongFieldUpdater<SessionWriter> HELD = AtomicLongFieldUpdater
		.newUpdater(SessionWriter.class, "held");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<SessionWriter, @Nullable List> FLUSHES = AtomicReferenceFieldUpdater
		.newUpdater(SessionWriter.class, List.class, "flushes");

	private final DefaultEngineSession session;

	/**
	 * The size of the outbox in bytes from which it is written early, before the
	 * application has finished sending.
	 */
	private static final int EARLY = 65536;

	/** Added to {@link #held} when the held memory is no longer counted. */
	private static final long RELEASED = 1L << 60;

	private final Outbox outbox;

	private volatile int draining;

	/** Whether the outbox is being drained. Used by the thread of the transport. */
	private boolean running;

	private volatile int aborted;

	private volatile @Nullable SlowReaderWatch watch;

	private volatile @Nullable List<MonoSink<Void>> flushes;

	/**
	 * The bytes that are held for the client in addition to the outbox, plus
	 * {@link #RELEASED} if they are no longer counted.
	 */
	private volatile long held;

	private volatile int pings;

	private volatile int pongs;

	private volatile int polls;

	/** The number of the last poll that was received while the outbox was empty. */
	private volatile int lastEmptyPoll;

	SessionWriter(DefaultEngineSession session) {
		this.session = session;
		this.outbox = new Outbox(session.budget());
	}

	/**
	 * Send a message, if the session is open. Called on any thread.
	 * @return {@code false} if the session is not open, or is closed because this message
	 * exceeds the memory limit
	 */
	boolean send(EncodedMessage message) {
		if (this.session.readyState() != ReadyState.OPEN || this.aborted != 0) {
			return false;
		}
		SessionListeners listeners = this.session.listeners();
		if (!listeners.isEmpty()) {
			listeners.onPacketCreate(this.session, message);
		}
		enqueue(message);
		if (this.session.readyState() == ReadyState.CLOSED || this.aborted != 0) {
			// Closed in the meantime: the message may have been written before
			this.outbox.clear();
			return this.aborted == 0;
		}
		flush();
		return true;
	}

	/**
	 * Append a message, in any state of the session. The next {@link #flush()} writes it.
	 */
	void enqueue(EncodedMessage message) {
		if (exceedsLimit(this.outbox.add(message)) && this.watch == null) {
			watch();
		}
	}

	private boolean exceedsLimit(long size) {
		EngineOptions options = this.session.options();
		return Outbox.exceeds(size, options.maxOutboundBytes(), options.maxOutboundPackets());
	}

	/**
	 * Start to watch whether the client reads its outbound buffer, which exceeds the
	 * limits.
	 */
	private void watch() {
		SlowReaderWatch started = new SlowReaderWatch(this.session, this);
		if (WATCH.compareAndSet(this, null, started)) {
			started.start();
		}
	}

	/**
	 * Return whether the outbox exceeds the limits.
	 */
	boolean isBehind() {
		return exceedsLimit(this.outbox.size());
	}

	/**
	 * Called by the watch when the outbox is within the limits again.
	 */
	void caughtUp() {
		this.watch = null;
		if (isBehind()) {
			watch();
		}
	}

	/**
	 * Return the number of messages removed from the outbox, with an arbitrary start
	 * value.
	 */
	int taken() {
		return this.outbox.taken();
	}

	/**
	 * Discard the outbox at once, and close the session as soon as its turn is free.
	 * Called on any thread.
	 * @param warning logs a warning, with the number of packets in the outbox
	 */
	void abort(EngineLimit limit, String detail, LongConsumer warning) {
		if (!ABORTED.compareAndSet(this, 0, 1)) {
			return;
		}
		long packets = this.outbox.packets();
		this.outbox.clear();
		this.session.execute(() -> {
			if (this.session.readyState() != ReadyState.CLOSED) {
				warning.accept(packets);
				this.session.limitExceeded(limit);
				this.session.closed(CloseReason.TRANSPORT_ERROR, detail);
			}
		});
	}

	/**
	 * Close the session of a slow reader. Called by the watch.
	 */
	void tooSlow() {
		boolean bytes = Outbox.exceeds(this.outbox.size(), this.session.options().maxOutboundBytes(), 0);
		EngineLimit limit = bytes ? EngineLimit.MAX_OUTBOUND_BYTES : EngineLimit.MAX_OUTBOUND_PACKETS;
		long buffered = this.outbox.bytes();
		abort(limit, "outbound buffer is full", (packets) -> this.session.memoryWarnings()
			.closed(this.session.description(), limit, buffered, packets));
	}

	/**
	 * Return whether a message would be written at once (EIO-94).
	 */
	boolean isWritable() {
		return this.outbox.isEmpty() && this.session.currentTransport().isWritable();
	}

	boolean isEmpty() {
		return this.outbox.isEmpty();
	}

	/**
	 * Return the size of the outbox in bytes.
	 */
	long bufferedBytes() {
		return this.outbox.bytes();
	}

	// Memory

	/**
	 * Count memory that is held for the client in addition to the outbox.
	 */
	void countMemory(long bytes) {
		if (HELD.addAndGet(this, bytes) < RELEASED / 2) {
			this.session.budget().add(bytes);
		}
	}

	/**
	 * Count a message that is held before it is added to the outbox.
	 */
	void countMemory(EncodedMessage message, boolean isHeld) {
		MemoryBudget budget = this.session.budget();
		long own = Outbox.OVERHEAD;
		if (!budget.counts(message)) {
			own += message.bytes();
		}
		else if (isHeld) {
			budget.hold(message);
		}
		else {
			budget.release(message);
		}
		countMemory(isHeld ? own : -own);
	}

	/**
	 * Return whether more memory is held for the client than every session needs.
	 */
	boolean holdsMemory() {
		return this.aborted == 0 && (bufferedBytes() > 0 || this.held > 0 || retainedBytes() > 0);
	}

	/**
	 * Return the memory that the layer above has counted itself and releases when the
	 * session is closed.
	 */
	long retainedBytes() {
		return this.session.retainedBytes();
	}

	/**
	 * Return the memory that is held for the client, in bytes.
	 */
	long cost() {
		return this.outbox.cost() + this.held + retainedBytes() + this.session.request().retainedBytes();
	}

	/**
	 * Close the session, because all sessions together use too much memory. The memory of
	 * the client is no longer counted from now on, although its owners may release it
	 * later, on other threads. Called on any thread.
	 */
	void shed() {
		if (this.aborted != 0) {
			return;
		}
		long bytes = cost();
		long released = HELD.getAndAdd(this, RELEASED);
		if (released < RELEASED / 2) {
			this.session.budget().add(-released);
		}
		abort(EngineLimit.MAX_MEMORY, "memory limit exceeded",
				(packets) -> this.session.memoryWarnings().shed(this.session.description(), bytes, packets));
	}

	/**
	 * Return a Mono that completes when everything sent before the subscription was
	 * written to the network, or fails when the session ends before.
	 */
	Mono<Void> flushed() {
		return Mono.create((sink) -> {
			if (this.session.readyState() == ReadyState.CLOSED) {
				sink.error(new SessionClosedException());
				return;
			}
			List<MonoSink<Void>> waiting = flushes();
			waiting.add(sink);
			this.outbox.mark(() -> {
				waiting.remove(sink);
				sink.success();
			});
			flush();
			if (this.session.readyState() == ReadyState.CLOSED) {
				sink.error(new SessionClosedException());
			}
		});
	}

	/**
	 * Return a mark for the messages sent so far, which consists of the numbers of pings
	 * and polls.
	 */
	long deliveryMark() {
		return ((long) this.pings << Integer.SIZE) | Integer.toUnsignedLong(this.polls);
	}

	/**
	 * Return whether the client has received all messages that were sent before a mark
	 * was taken. This is known after the pong to a later ping, or when the second poll
	 * after the mark was received with an empty outbox.
	 */
	boolean isDelivered(long mark) {
		return this.pongs - (int) (mark >>> Integer.SIZE) > 0 || this.lastEmptyPoll - (int) mark > 1;
	}

	/**
	 * Count a ping, before it is appended.
	 */
	void pingSent() {
		this.pings = this.pings + 1;
	}

	void pongReceived() {
		if (this.pongs != this.pings) {
			this.pongs = this.pongs + 1;
		}
	}

	/**
	 * Count a poll, before the response is written.
	 */
	void pollReceived() {
		int number = this.polls + 1;
		this.polls = number;
		if (this.outbox.isEmpty()) {
			this.lastEmptyPoll = number;
		}
	}

	private List<MonoSink<Void>> flushes() {
		List<MonoSink<Void>> current = this.flushes;
		if (current == null) {
			FLUSHES.compareAndSet(this, null, new CopyOnWriteArrayList<MonoSink<Void>>());
			current = this.flushes;
		}
		return Objects.requireNonNull(current);
	}

	/**
	 * Make the transport write the outbox. Called on any thread after a message was
	 * appended, and when the transport is ready again or was replaced.
	 */
	void flush() {
		if (DRAINING.getAndIncrement(this) == 0) {
			this.session.currentTransport().requestDrain(this);
		}
		else if (this.outbox.bytes() > EARLY) {
			drainEarly();
		}
	}

	/**
	 * Defer writing until several messages were sent, unless a drain is in progress.
	 * @param sending sends the messages
	 */
	void sendTogether(Runnable sending) {
		boolean owner = DRAINING.getAndIncrement(this) == 0;
		try {
			sending.run();
		}
		finally {
			if (owner) {
				this.session.currentTransport().requestDrain(this);
			}
		}
	}

	/**
	 * Write the outbox now if the application sends many messages on the thread of the
	 * transport, which is otherwise busy until the application has finished.
	 */
	private void drainEarly() {
		Transport current = this.session.currentTransport();
		if (current.inThread() && !this.running && current.isReadyToDrain()) {
			run();
		}
	}

	/**
	 * Drain the outbox. Called by the transport, on its thread. The thread that has
	 * incremented {@code draining} from 0 owns the drain until it is 0 again, even if the
	 * drain continues on another thread.
	 */
	@Override
	public void run() {
		int missed = this.draining;
		if (missed == 0) {
			// Already drained by drainEarly()
			return;
		}
		do {
			Transport current = this.session.currentTransport();
			if (!current.inThread()) {
				current.requestDrain(this);
				return;
			}
			if (this.session.readyState() != ReadyState.CLOSED) {
				this.running = true;
				try {
					drain(current);
				}
				catch (Throwable ex) {
					failed(ex);
				}
				finally {
					this.running = false;
				}
			}
			missed = DRAINING.addAndGet(this, -missed);
		}
		while (missed != 0);
	}

	private void drain(Transport current) {
		SessionListeners listeners = this.session.listeners();
		boolean watched = !listeners.isEmpty() && !this.outbox.isEmpty() && current.isWritable();
		if (watched) {
			listeners.onFlush(this.session);
		}
		current.drain(this.outbox);
		if (watched) {
			listeners.onDrain(this.session);
		}
		this.session.onDrained();
	}

	/**
	 * Close the session, because packets may be lost. A fatal error is rethrown.
	 */
	private void failed(Throwable ex) {
		logger.error("A transport failed to write", ex);
		this.session.execute(() -> this.session.closed(CloseReason.TRANSPORT_ERROR, "write failed"));
		FatalErrors.rethrowIfFatal(ex);
	}

	/**
	 * Clear the outbox and fail the pending flushes. Called when the session is closed,
	 * in its turn.
	 */
	void close() {
		this.outbox.clear();
		SlowReaderWatch watching = this.watch;
		if (watching != null) {
			watching.stop();
		}
		List<MonoSink<Void>> waiting = this.flushes;
		if (waiting != null) {
			waiting.forEach(SessionWriter::fail);
		}
	}

	private static void fail(MonoSink<Void> sink) {
		try {
			sink.error(new SessionClosedException());
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			logger.error("A subscriber that waits for flushed messages failed", ex);
		}
	}

}
