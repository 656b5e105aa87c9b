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
import reactor.core.publisher.Mono;

/**
 * An Engine.IO session: the connection of one client, independent of its transport. Safe
 * to use from any thread.
 *
 * @since 0.1.0
 */
public interface EngineSession {

	/**
	 * Return the session id, which must be kept secret from other clients.
	 * @return the {@code sid}
	 */
	String id();

	/**
	 * Return the revision of the protocol that the client uses.
	 * @return 4, or 3 for clients of Socket.IO 2
	 */
	int protocol();

	/**
	 * Return the state of the session.
	 * @return the state
	 */
	ReadyState readyState();

	/**
	 * Return the type of the transport in use.
	 * @return the type of the current transport
	 */
	TransportType transportType();

	/**
	 * Return the handshake request.
	 * @return the request, which remains available for the life of the session
	 */
	HandshakeRequest request();

	/**
	 * Send a text message.
	 * @param message the text
	 * @return whether the message was accepted; {@code false} if the session is closing
	 * or closed, or is closed now because the outbound buffers of all sessions use too
	 * much memory
	 */
	boolean send(String message);

	/**
	 * Send a binary message.
	 * @param message the bytes, not to be changed afterwards
	 * @return whether the message was accepted, as with {@link #send(String)}
	 */
	boolean send(byte[] message);

	/**
	 * Send an encoded message.
	 * @param message the message, which may be shared with other sessions
	 * @return whether the message was accepted, as with {@link #send(String)}
	 */
	boolean send(EncodedMessage message);

	/**
	 * Send an encoded message if the transport can write it at once; drop it otherwise.
	 * @param message the message, which may be shared with other sessions
	 * @return {@code false} if the message was dropped
	 */
	boolean sendVolatile(EncodedMessage message);

	/**
	 * Return whether the transport can write a message at once.
	 * @return whether a poll is waiting, or the websocket has written everything
	 */
	boolean isWritable();

	/**
	 * Return whether a message has to wait for the next request of the client.
	 * @return {@code true} for a long-polling session without a waiting poll
	 */
	boolean awaitsPoll();

	/**
	 * Return the size of the outbound buffer.
	 * @return the size in bytes
	 */
	long bufferedBytes();

	/**
	 * Wait until everything sent before the subscription was written to the network.
	 * @return completes when it was written; fails with {@link SessionClosedException} if
	 * the session is closed before
	 */
	Mono<Void> flushed();

	/**
	 * Return a mark for the messages sent so far, which shows later whether the client
	 * has received them.
	 * @return the mark; the same for messages that are sent between two pings
	 * @see #isDelivered(long)
	 */
	default long deliveryMark() {
		return 0;
	}

	/**
	 * Return whether the client has provably received all messages that were sent before
	 * a mark was taken: it has responded to a ping that was sent afterwards, or has
	 * polled again after the response with these messages.
	 * @param mark a {@link #deliveryMark()} of this session
	 * @return {@code false} if it is unknown
	 */
	default boolean isDelivered(long mark) {
		return false;
	}

	/**
	 * Return whether a ping was sent to which the client has not responded yet.
	 * @return whether a pong is awaited
	 */
	@Internal
	default boolean awaitsPong() {
		return false;
	}

	/**
	 * Count memory that the layer above holds for the client. It is part of the memory
	 * that {@link EngineOptions#maxMemory()} limits.
	 * @param bytes the size in bytes; negative when the memory is released
	 * @see EngineOptions#maxMemory()
	 */
	@Internal
	default void countMemory(long bytes) {
	}

	/**
	 * Count a message that the layer above holds back. The bytes of a large message count
	 * once, independent of the number of sessions that hold it.
	 * @param message the message
	 * @param held {@code true} when the message begins to be held, {@code false} when it
	 * is no longer held
	 */
	@Internal
	default void countMemory(EncodedMessage message, boolean held) {
	}

	/**
	 * Send several messages that are written together, such as in one response to a poll,
	 * unless a write is in progress or they exceed the size of one write.
	 * @param sending sends the messages synchronously
	 */
	@Internal
	default void sendTogether(Runnable sending) {
		sending.run();
	}

	/**
	 * Close the session after the outbound buffer was sent.
	 */
	void close();

	/**
	 * Close the session as {@link #close()} does, because the client has sent something
	 * that it must not send. If it was sent in an HTTP request, the response has the
	 * status 400.
	 */
	default void rejectInput() {
		close();
	}

	/**
	 * Close the session at once and discard the outbound buffer.
	 */
	void closeNow();

	/**
	 * Pause or resume reading from the client. Calls are counted: reading resumes after
	 * as many calls with {@code false} as with {@code true}. During a pause no message is
	 * delivered. Up to 256 KiB are still read and held, so that the end of the connection
	 * and a missing heartbeat are detected.
	 * @param paused whether to pause
	 */
	void pauseReading(boolean paused);

	/**
	 * Run a task after everything received so far was handled, on a thread of the I/O
	 * layer and never at the same time as the methods of the session's handler.
	 * @param task the task, which must not block
	 */
	void execute(Runnable task);

	/**
	 * Run a task after everything that the client has sent so far was read and handled.
	 * To be used when a time limit for a packet of the client ends: if the event loop is
	 * late, a packet that arrived in time may still be unread.
	 * @param task the task, which must not block
	 */
	@Internal
	default void executeAfterReading(Runnable task) {
		execute(task);
	}

	/**
	 * Add a listener.
	 * @param listener the listener
	 */
	void addListener(EngineSessionListener listener);

	/**
	 * Remove a listener.
	 * @param listener the listener
	 */
	void removeListener(EngineSessionListener listener);

}
