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
import io.github.springsocketio.Limit;

/**
 * Receives the packets of a {@link Transport} and the events of its connection. Safe to
 * use from any thread. Calls of a transport that is neither the current one of its
 * session nor the one that is probed have no effect.
 *
 * @since 0.1.0
 */
@Internal
public interface TransportHandler {

	/**
	 * Handle a received text packet.
	 * @param transport the transport
	 * @param data holds the packet in UTF-8; not to be changed afterwards
	 * @param offset where the packet begins, with its type character
	 * @param length its length in bytes
	 */
	void onText(Transport transport, byte[] data, int offset, int length);

	/**
	 * Handle a received binary packet.
	 * @param transport the transport
	 * @param data the message, with the type byte in front on protocol 3; not to be
	 * changed afterwards
	 */
	void onBinary(Transport transport, byte[] data);

	/**
	 * Handle that the transport can write again.
	 * @param transport the transport
	 */
	void onReady(Transport transport);

	/**
	 * Handle that the peer closed the connection, or sent a close packet.
	 * @param transport the transport
	 */
	void onClose(Transport transport);

	/**
	 * Handle a violation of a rule of the transport by the peer.
	 * @param transport the transport
	 * @param detail the violated rule; holds nothing that the peer sent
	 */
	void onError(Transport transport, String detail);

	/**
	 * Handle that the peer exceeded a limit of the transport. This is an error, and is
	 * reported to the listeners for limits.
	 * @param transport the transport
	 * @param limit the limit
	 * @param detail the description of the error; holds nothing that the peer sent
	 */
	void onLimitExceeded(Transport transport, Limit limit, String detail);

	/**
	 * Report that the peer exceeded a limit, without closing the session. Does nothing if
	 * the session is closed.
	 * @param limit the limit
	 */
	void limitExceeded(Limit limit);

	/**
	 * Handle received data that is not a packet.
	 * @param transport the transport
	 */
	void onParseError(Transport transport);

	/**
	 * Handle that the close packet of {@link Transport#closeOrderly()} was sent.
	 * @param transport the transport
	 */
	void onOrderlyClosed(Transport transport);

	/**
	 * Return whether the session was closed because of input of the peer.
	 * @return whether it was; {@code false} if the peer has sent a close packet
	 */
	boolean isInputRejected();

	/**
	 * Return whether the transport must not read from its peer, because reading is paused
	 * and the session holds as many packets as allowed.
	 * @return whether reading is paused
	 */
	boolean isReadingPaused();

	/**
	 * Count memory that is held for the peer in addition to the outbound buffer, such as
	 * a part of a message that is still being received.
	 * @param bytes the size in bytes; negative when the memory is released
	 */
	void countMemory(long bytes);

	/**
	 * Run a task after everything received so far was handled, and never at the same time
	 * as another call of this handler is processed.
	 * @param task the task, which must not block
	 */
	void execute(Runnable task);

}
