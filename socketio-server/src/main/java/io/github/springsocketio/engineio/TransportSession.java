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

import org.jspecify.annotations.Nullable;

/**
 * A session, seen from its transports: they tell it what came and what happened to the
 * connection. Calls for another transport than the current one, or the one that is
 * probed, are without effect.
 *
 * @since 0.1.0
 */
public interface TransportSession extends EngineSession {

	/**
	 * A text packet came.
	 * @param transport the transport
	 * @param data holds the packet in UTF-8; not to be changed afterwards
	 * @param offset where it begins, with its type character
	 * @param length its length
	 */
	void onText(Transport transport, byte[] data, int offset, int length);

	/**
	 * A binary packet came.
	 * @param transport the transport
	 * @param data the message, with the type byte in front on protocol 3 (EIO-114); not
	 * to be changed afterwards
	 */
	void onBinary(Transport transport, byte[] data);

	/**
	 * The transport can write again.
	 * @param transport the transport
	 */
	void onReady(Transport transport);

	/**
	 * The peer closed the connection, or sent a close packet.
	 * @param transport the transport
	 */
	void onClose(Transport transport);

	/**
	 * The peer broke a rule of the transport.
	 * @param transport the transport
	 * @param detail which one
	 */
	void onError(Transport transport, String detail);

	/**
	 * The peer came to a limit of the transport: an error that is counted.
	 * @param transport the transport
	 * @param limit the name of the limit
	 * @param detail what to say about it
	 */
	default void onLimitExceeded(Transport transport, String limit, String detail) {
		onError(transport, detail);
	}

	/**
	 * Something came that is no packet.
	 * @param transport the transport
	 */
	void onParseError(Transport transport);

	/**
	 * An orderly close could be told to the peer (EIO-99).
	 * @param transport the transport
	 */
	void onOrderlyClosed(Transport transport);

	/**
	 * A websocket was opened for this session (EIO-71).
	 * @param candidate the websocket, which may be closed at once (EIO-78)
	 */
	void onUpgradeAttempt(Transport candidate);

	/**
	 * Return the current transport.
	 * @return the transport
	 */
	Transport currentTransport();

	/**
	 * Return the websocket of an upgrade that is under way.
	 * @return the websocket, or {@code null} if there is none
	 */
	@Nullable Transport upgradeCandidate();

	/**
	 * Return whether reading from the peer is held back.
	 * @return whether it is
	 */
	boolean isReadingPaused();

}
