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

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.Outbox;
import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportHandler;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpStatus;

/**
 * HTTP long-polling (EIO sections 5, 6 and 12): at most one waiting {@code GET} and one
 * {@code POST} at a time. Independent of how requests are read and responses are written.
 */
final class PollingTransport implements Transport {

	private final PollingFormat format;

	private final UploadWatch uploads;

	private final int maxResponseBytes;

	private final AtomicReference<@Nullable PendingPoll> poll = new AtomicReference<>();

	private final AtomicReference<@Nullable DataRequest> post = new AtomicReference<>();

	private final AtomicBoolean closing = new AtomicBoolean();

	/** The event loop of the last data request, or of the handshake. */
	private volatile @Nullable EventLoop loop;

	private @Nullable TransportHandler session;

	private volatile boolean closed;

	private volatile @Nullable Runnable resumed;

	private volatile Sinks.@Nullable Empty<Void> closeSent;

	/**
	 * Create a transport.
	 * @param loop the event loop of the handshake
	 * @param maxResponseBytes the maximum number of bytes of the packets in one response;
	 * a single message may exceed it
	 */
	PollingTransport(PollingFormat format, UploadWatch uploads, @Nullable EventLoop loop, int maxResponseBytes) {
		this.format = format;
		this.uploads = uploads;
		this.loop = loop;
		this.maxResponseBytes = maxResponseBytes;
	}

	@Override
	public void attach(TransportHandler handler) {
		this.session = handler;
	}

	PollingFormat format() {
		return this.format;
	}

	TransportHandler session() {
		return Objects.requireNonNull(this.session, "No session");
	}

	@Override
	public TransportType type() {
		return TransportType.POLLING;
	}

	// GET

	/**
	 * Handle a new poll.
	 */
	void onPoll(PendingPoll pending) {
		if (!this.poll.compareAndSet(null, pending)) {
			session().onError(this, "overlap from client");
			pending.refuse(HttpStatus.BAD_REQUEST);
			return;
		}
		if (this.closed) {
			if (claim(pending)) {
				pending.refuse(HttpStatus.BAD_REQUEST);
			}
			return;
		}
		session().onReady(this);
		if (this.closing.get()) {
			sendClose(ControlPackets.NOOP, ControlPackets.CLOSE);
		}
	}

	/**
	 * Called when the client of a poll disconnects before the response (EIO-41).
	 */
	void onPollAborted(PendingPoll pending) {
		if (claim(pending)) {
			onPollLost();
		}
	}

	/**
	 * Called when the response to a poll cannot be written, because the client has
	 * disconnected.
	 */
	void onPollLost() {
		session().onError(this, "poll connection closed prematurely");
	}

	private boolean claim(@Nullable PendingPoll pending) {
		return pending != null && this.poll.compareAndSet(pending, null);
	}

	@Override
	public boolean isWritable() {
		return this.poll.get() != null;
	}

	@Override
	public boolean isPolled() {
		return true;
	}

	@Override
	public void drain(Outbox outbox) {
		runMarks(outbox);
		PendingPoll pending = this.poll.get();
		// The size may include a message that is still being added, and a mark may have
		// been added in the meantime
		if (!(outbox.peek() instanceof EncodedMessage) || !claim(pending) || pending == null) {
			return;
		}
		Object entry = outbox.poll();
		if (entry instanceof EncodedMessage message && outbox.peek() == null) {
			pending.deliver(List.of(message));
			return;
		}
		List<EncodedMessage> batch = new ArrayList<>();
		List<Runnable> marks = new ArrayList<>(0);
		long bytes = 0;
		while (entry != null) {
			if (entry instanceof EncodedMessage message) {
				batch.add(message);
				bytes += message.bytes();
			}
			else if (entry instanceof Runnable mark) {
				marks.add(mark);
			}
			entry = isRoomFor(outbox.peek(), bytes) ? outbox.poll() : null;
		}
		if (batch.isEmpty()) {
			// The outbox was cleared in the meantime, because the session is being closed
			pending.answer(ControlPackets.CLOSE);
			return;
		}
		pending.deliver(batch);
		marks.forEach(Runnable::run);
	}

	private boolean isRoomFor(@Nullable Object entry, long bytes) {
		return !(entry instanceof EncodedMessage message) || bytes + message.bytes() <= this.maxResponseBytes;
	}

	private static void runMarks(Outbox outbox) {
		while (outbox.peek() instanceof Runnable) {
			if (outbox.poll() instanceof Runnable mark) {
				mark.run();
			}
		}
	}

	@Override
	public void sendControl(EncodedMessage packet) {
		PendingPoll pending = this.poll.get();
		if (claim(pending) && pending != null) {
			pending.answer(packet);
		}
	}

	@Override
	public void endPoll() {
		sendControl(ControlPackets.NOOP);
	}

	// POST

	/**
	 * Handle the start of a data request.
	 * @return {@code false} if another one is in progress (EIO-47)
	 */
	boolean onPost(DataRequest request) {
		if (this.post.compareAndSet(null, request)) {
			this.loop = request.request().eventLoop();
			this.uploads.start(request);
			return true;
		}
		session().onError(this, "data request overlap from client");
		return false;
	}

	/**
	 * Called when the body of the data request was read, or is not read any further.
	 */
	void onPostRead() {
		this.uploads.stop();
	}

	/**
	 * Called when the response to the data request was written or its client has
	 * disconnected. Another data request is allowed then.
	 */
	void onPostEnd(DataRequest request) {
		this.post.compareAndSet(request, null);
	}

	/**
	 * Run a task on the event loop of the last data request, whose packets are being
	 * handled even if it has been answered.
	 */
	@Override
	public void executeAfterOthers(Runnable task) {
		EventLoop current = this.loop;
		if (current == null) {
			task.run();
		}
		else {
			WorkLimit.afterOthers(current, task);
		}
	}

	@Override
	public void setReading(boolean reading) {
		Runnable task = this.resumed;
		if (reading && task != null) {
			this.resumed = null;
			task.run();
		}
	}

	/**
	 * Run a task now, or when reading is no longer paused.
	 */
	void whenReading(Runnable task) {
		if (!session().isReadingPaused()) {
			task.run();
			return;
		}
		this.resumed = task;
		if (!session().isReadingPaused() || this.closed) {
			setReading(true);
		}
	}

	// Closing

	@Override
	public boolean closeOrderly() {
		if (!sendClose(ControlPackets.CLOSE)) {
			this.closing.set(true);
			sendClose(ControlPackets.NOOP, ControlPackets.CLOSE);
		}
		return false;
	}

	/**
	 * Send a close packet in response to a waiting poll. The session is removed only
	 * after the packet was written: if a request on another connection were refused
	 * before, the client would see an error instead of an orderly close.
	 */
	private boolean sendClose(EncodedMessage... packets) {
		PendingPoll pending = this.poll.get();
		if (pending == null || !claim(pending)) {
			return false;
		}
		Sinks.Empty<Void> sent = Sinks.empty();
		this.closeSent = sent;
		pending.answer(List.of(packets), () -> {
			session().onOrderlyClosed(this);
			sent.tryEmitEmpty();
		});
		return true;
	}

	/**
	 * Return a Mono that completes when the close packet is written.
	 * @return {@code null} if no close packet is being sent
	 */
	@Nullable Mono<Void> closeSent() {
		Sinks.Empty<Void> current = this.closeSent;
		return (current != null) ? current.asMono() : null;
	}

	@Override
	public void close(CloseReason reason) {
		this.closed = true;
		this.uploads.close();
		sendControl((reason == CloseReason.TRANSPORT_CLOSE) ? ControlPackets.NOOP : ControlPackets.CLOSE);
		DataRequest current = this.post.getAndSet(null);
		if (current != null) {
			current.abort();
		}
		Sinks.Empty<Void> sent = this.closeSent;
		if (sent != null) {
			sent.tryEmitEmpty();
		}
		setReading(true);
	}

}
