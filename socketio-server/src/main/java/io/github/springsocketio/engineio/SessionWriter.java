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

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * The writing side of one session: its outbox, and the drainer that has the current
 * transport empty it. Sending needs no turn of the session: any thread may send, and the
 * one who finds nobody draining drains, for the others too.
 */
final class SessionWriter implements Runnable {

	private static final Log logger = LogFactory.getLog(SessionWriter.class);

	private static final AtomicIntegerFieldUpdater<SessionWriter> DRAINING = AtomicIntegerFieldUpdater
		.newUpdater(SessionWriter.class, "draining");

	private final DefaultEngineSession session;

	private final Outbox outbox = new Outbox();

	private volatile int draining;

	SessionWriter(DefaultEngineSession session) {
		this.session = session;
	}

	/**
	 * Send a message, if the session is open. Called on any thread.
	 * @return {@code false} if the session is not open, or is closed by this very message
	 * because its outbox is full
	 */
	boolean send(EncodedMessage message) {
		if (this.session.readyState() != ReadyState.OPEN) {
			return false;
		}
		SessionListeners listeners = this.session.listeners();
		if (listeners.any()) {
			listeners.onPacketCreate(this.session, message);
		}
		if (!enqueue(message)) {
			outboxFull(message);
			return false;
		}
		flush();
		return true;
	}

	/**
	 * Append a message, in whatever state the session is. It is written with the next
	 * {@link #flush()}.
	 * @return whether there was room for it
	 */
	boolean enqueue(EncodedMessage message) {
		EngineOptions options = this.session.options();
		return this.outbox.offer(message, options.maxOutboundBytes(), options.maxOutboundPackets());
	}

	private void outboxFull(EncodedMessage message) {
		logger.debug("Closing a session whose client does not take what is sent");
		boolean bytes = this.outbox.bytes() + message.bytes() > this.session.options().maxOutboundBytes();
		this.session.submit(() -> {
			this.session.tellLimit(bytes ? "max-outbound-bytes" : "max-outbound-packets");
			this.session.closed(CloseReason.TRANSPORT_ERROR, "outbound buffer is full");
		});
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
	 * Return what waits in the outbox, in bytes.
	 */
	long bufferedBytes() {
		return this.outbox.bytes();
	}

	/**
	 * Return a Mono that completes when what was sent before was handed to the network,
	 * or fails when the session ends before.
	 */
	Mono<Void> flushed() {
		return Mono.create((sink) -> {
			if (this.session.readyState() == ReadyState.CLOSED) {
				sink.error(new SessionClosedException());
				return;
			}
			SessionListeners listeners = this.session.listeners();
			listeners.onceClosed(sink);
			this.outbox.mark(() -> {
				listeners.forget(sink);
				sink.success();
			});
			flush();
			if (this.session.readyState() == ReadyState.CLOSED) {
				sink.error(new SessionClosedException());
			}
		});
	}

	/**
	 * Have the transport write what waits. Called on any thread after something was
	 * appended, and when the transport can go on or is another one.
	 */
	void flush() {
		if (DRAINING.getAndIncrement(this) == 0) {
			this.session.currentTransport().requestDrain(this);
		}
	}

	/**
	 * Drain the outbox. Called by the transport, on its thread. The one who raised
	 * {@code draining} from 0 owns it until it is 0 again, also where it goes on to
	 * another thread.
	 */
	@Override
	public void run() {
		int missed = this.draining;
		do {
			Transport current = this.session.currentTransport();
			if (!current.inThread()) {
				current.requestDrain(this);
				return;
			}
			if (this.session.readyState() != ReadyState.CLOSED) {
				try {
					drain(current);
				}
				catch (Throwable ex) {
					failed(ex);
				}
			}
			missed = DRAINING.addAndGet(this, -missed);
		}
		while (missed != 0);
	}

	private void drain(Transport current) {
		SessionListeners listeners = this.session.listeners();
		boolean watched = listeners.any() && !this.outbox.isEmpty() && current.isWritable();
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
	 * End a session whose transport could not write, whatever was lost with that; what is
	 * fatal goes on.
	 */
	private void failed(Throwable ex) {
		logger.error("A transport failed to write", ex);
		this.session.submit(() -> this.session.closed(CloseReason.TRANSPORT_ERROR, "write failed"));
		Exceptions.throwIfJvmFatal(ex);
	}

	/**
	 * Forget what waits. Called once the session is closed, in its turn.
	 */
	void clear() {
		this.outbox.clear();
	}

}
