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

import io.github.springsocketio.Internal;
import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * Carries the packets of a session: writes its outbox and passes received packets to the
 * session. The default methods suit a transport without a thread of its own that writes
 * without delay.
 *
 * @since 0.1.0
 */
@Internal
public interface Transport {

	/**
	 * Set the receiver of packets. Called before anything is read or written.
	 * @param handler the session
	 */
	void attach(TransportHandler handler);

	/**
	 * Return the type of transport.
	 * @return the type
	 */
	TransportType type();

	/**
	 * Return whether packets are sent only in responses to requests of the peer. The
	 * response to the first request, the handshake, then carries the open packet.
	 * @return {@code false} by default
	 */
	default boolean isPolled() {
		return false;
	}

	/**
	 * Return whether it could write at once if the outbox is empty.
	 * @return whether a poll is waiting, or the websocket has no write in progress
	 */
	boolean isWritable();

	/**
	 * Return whether the current thread may {@link #drain(Outbox)}.
	 * @return whether it is the thread of this transport; {@code true} by default
	 */
	default boolean inThread() {
		return true;
	}

	/**
	 * Run a task on the thread of this transport, at once or soon.
	 * @param task the task
	 */
	default void execute(Runnable task) {
		task.run();
	}

	/**
	 * Run a task on the thread of this transport, after pending I/O of other connections
	 * of that thread was processed.
	 * @param task the task
	 */
	default void executeAfterOthers(Runnable task) {
		execute(task);
	}

	/**
	 * Run a task on the thread of this transport, after everything that the peer has sent
	 * so far was read.
	 * @param task the task
	 */
	default void executeAfterReading(Runnable task) {
		// The current event loop iteration may have polled for data before this call
		executeAfterOthers(() -> executeAfterOthers(task));
	}

	/**
	 * Run the drainer on the thread of this transport: at once, or at the end of the
	 * current event loop iteration, so that messages sent in the meantime are written
	 * together.
	 * @param drainer calls {@link #drain(Outbox)}
	 */
	default void requestDrain(Runnable drainer) {
		execute(drainer);
	}

	/**
	 * Write as much of the outbox as is currently possible. Never called by two threads
	 * at the same time. A transport that could not write all of it calls
	 * {@link TransportHandler#onReady(Transport)} when it can continue. If this method
	 * throws an exception, the session is closed with
	 * {@link CloseReason#TRANSPORT_ERROR}.
	 * @param outbox the outbox
	 */
	void drain(Outbox outbox);

	/**
	 * Return whether {@link #drain(Outbox)} could write something now. Called on the
	 * thread of this transport, where {@link #requestDrain(Runnable)} waits for the end
	 * of the event loop iteration.
	 * @return {@code false} by default, for transports that do not wait
	 */
	default boolean isReadyToDrain() {
		return false;
	}

	/**
	 * Return the number of bytes that were removed from the outbox and that the network
	 * has not accepted yet. Called on any thread.
	 * @return {@code 0} by default, also if the number is unknown
	 */
	default long pendingBytes() {
		return 0;
	}

	/**
	 * Write a control packet that bypasses the outbox: the response to a probe.
	 * @param packet the packet
	 */
	void sendControl(EncodedMessage packet);

	/**
	 * End a waiting poll, so that an upgrade can proceed. Does nothing by default.
	 */
	default void endPoll() {
	}

	/**
	 * Close in an orderly way: send a close packet as soon as possible.
	 * @return {@code false} if the peer has to poll first;
	 * {@link TransportHandler#onOrderlyClosed(Transport)} is called then
	 */
	boolean closeOrderly();

	/**
	 * Close at once.
	 * @param reason the reason, which determines the response to a waiting poll
	 */
	void close(CloseReason reason);

	/**
	 * Pause or resume reading from the peer.
	 * @param reading whether to read
	 */
	void setReading(boolean reading);

}
