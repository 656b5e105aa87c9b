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

import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * Carries the packets of a session: empties its outbox and tells it what came. The seam
 * between sessions and the web endpoint.
 *
 * @since 0.1.0
 */
public interface Transport {

	/**
	 * Return the kind of transport.
	 * @return the type
	 */
	TransportType type();

	/**
	 * Return whether it could write at once, if the outbox is empty (EIO-94).
	 * @return whether a poll is waiting, or the websocket has no write in progress
	 */
	boolean isWritable();

	/**
	 * Return whether the current thread may {@link #drain(Outbox)}.
	 * @return whether it is the thread of this transport
	 */
	boolean inThread();

	/**
	 * Run a task on the thread of this transport, at once or soon.
	 * @param task the task
	 */
	void execute(Runnable task);

	/**
	 * Run the drainer on the thread of this transport: at once, or when the current pass
	 * of its event loop ends, so that what is sent meanwhile goes with it.
	 * @param drainer calls {@link #drain(Outbox)}
	 */
	void requestDrain(Runnable drainer);

	/**
	 * Write what the outbox holds, as far as possible now. Never called by two threads at
	 * the same time. A transport that could not write all of it calls
	 * {@link TransportSession#onReady(Transport)} when it can go on. One that throws
	 * loses its session, which is closed with {@link CloseReason#TRANSPORT_ERROR}.
	 * @param outbox the outbox
	 */
	void drain(Outbox outbox);

	/**
	 * Write a control packet past the outbox: the answer to a probe (EIO-72).
	 * @param packet the packet
	 */
	void sendControl(EncodedMessage packet);

	/**
	 * End a poll that is waiting, so that an upgrade can go on (EIO-72). Without effect
	 * on a websocket.
	 */
	void endPoll();

	/**
	 * Close in an orderly way: tell the peer as soon as it can be told (EIO-98, EIO-99).
	 * @return {@code false} if a poll has to come first; it then calls
	 * {@link TransportSession#onOrderlyClosed(Transport)}
	 */
	boolean closeOrderly();

	/**
	 * Close at once.
	 * @param reason why; decides what a poll that is waiting gets (EIO-50, EIO-51)
	 */
	void close(CloseReason reason);

	/**
	 * Hold back or resume reading from the peer.
	 * @param reading whether to read
	 */
	void setReading(boolean reading);

}
