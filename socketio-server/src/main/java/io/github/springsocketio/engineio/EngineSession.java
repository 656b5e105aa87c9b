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
import reactor.core.publisher.Mono;

/**
 * An Engine.IO session: the connection of one client, whatever transport carries it. Safe
 * to use from any thread.
 *
 * @since 0.1.0
 */
public interface EngineSession {

	/**
	 * Return the session id, a secret of the client (EIO-34).
	 * @return the {@code sid}
	 */
	String id();

	/**
	 * Return the revision of the protocol that the client speaks.
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
	 * Return what is known of the handshake.
	 * @return the request, which outlives the HTTP exchange
	 */
	HandshakeRequest request();

	/**
	 * Send a text message.
	 * @param message the text
	 * @return whether it was taken; {@code false} if the session is closing or closed, or
	 * was closed by this very message because its outbox is full
	 */
	boolean send(String message);

	/**
	 * Send a binary message.
	 * @param message the bytes, not to be changed afterwards
	 * @return whether it was taken
	 */
	boolean send(byte[] message);

	/**
	 * Send an encoded message.
	 * @param message the message, which may be shared with other sessions
	 * @return whether it was taken
	 */
	boolean send(EncodedMessage message);

	/**
	 * Send an encoded message only if the transport could write it at once (EIO-94).
	 * @param message the message
	 * @return {@code false} if it was dropped
	 */
	boolean sendVolatile(EncodedMessage message);

	/**
	 * Return whether the transport could write a message at once (EIO-94).
	 * @return whether a poll is waiting, or the websocket has written all it was given
	 */
	boolean isWritable();

	/**
	 * Return whether a message has to wait for the next request of the client.
	 * @return {@code true} for a long-polling session without a waiting poll
	 */
	boolean awaitsPoll();

	/**
	 * Return what waits to be written.
	 * @return bytes in the outbox
	 */
	long bufferedBytes();

	/**
	 * Return a Mono that ends once everything sent before the subscription was handed to
	 * the network.
	 * @return completes when flushed; an error if the session is closed before that
	 */
	Mono<Void> flushed();

	/**
	 * Close the session after what is buffered was sent (EIO-97).
	 */
	void close();

	/**
	 * Close the session at once and drop what is buffered (EIO-100).
	 */
	void closeNow();

	/**
	 * Hold back or resume reading from the peer. Counted: as many calls with
	 * {@code false} as with {@code true} are needed to resume.
	 * @param paused whether to hold back
	 */
	void pauseReading(boolean paused);

	/**
	 * Run a task after what the peer has sent so far, on a thread of the I/O layer and
	 * never at the same time as this session's callbacks.
	 * @param task the task, which must not block
	 */
	void execute(Runnable task);

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
