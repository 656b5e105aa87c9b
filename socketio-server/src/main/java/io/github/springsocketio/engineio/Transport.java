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
 * Carries the packets of a session: writes its outbox and passes received packets to it.
 * The default methods suit a transport without a thread of its own that writes whenever
 * it has something to write.
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
	 * Run a task on the thread of this transport after that thread has dealt with what
	 * has come for others meanwhile.
	 * @param task the task
	 */
	default void executeAfterOthers(Runnable task) {
		execute(task);
	}

	/**
	 * Run a task on the thread of this transport after what the peer has sent by now was
	 * read.
	 * @param task the task
	 */
	default void executeAfterReading(Runnable task) {
		// the pass of an event loop that is running may have looked for data before
		executeAfterOthers(() -> executeAfterOthers(task));
	}

	/**
	 * Run the drainer on the thread of this transport: at once, or when the current pass
	 * of its event loop ends, so that what is sent meanwhile goes with it.
	 * @param drainer calls {@link #drain(Outbox)}
	 */
	default void requestDrain(Runnable drainer) {
		execute(drainer);
	}

	/**
	 * Write the outbox, as far as possible now. Never called by two threads at the same
	 * time. A transport that could not write all of it calls
	 * {@link TransportHandler#onReady(Transport)} when it can go on. A transport that
	 * throws an exception loses its session, which is closed with
	 * {@link CloseReason#TRANSPORT_ERROR}.
	 * @param outbox the outbox
	 */
	void drain(Outbox outbox);

	/**
	 * Return whether {@link #drain(Outbox)} could write something at this moment. Called
	 * on the thread of this transport, where {@link #requestDrain(Runnable)} waits for
	 * the end of a pass of its event loop.
	 * @return {@code false} by default, for transports that do not wait
	 */
	default boolean isReadyToDrain() {
		return false;
	}

	/**
	 * Return the number of bytes that were taken from the outbox and that the network has
	 * not accepted yet. Called on any thread.
	 * @return {@code 0} by default, also if it is not known
	 */
	default long pendingBytes() {
		return 0;
	}

	/**
	 * Write a control packet past the outbox: the response to a probe.
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
	 * @param reason why; decides about the response to a waiting poll
	 */
	void close(CloseReason reason);

	/**
	 * Pause or resume reading from the peer.
	 * @param reading whether to read
	 */
	void setReading(boolean reading);

}
