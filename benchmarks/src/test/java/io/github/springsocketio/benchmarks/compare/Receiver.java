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

package io.github.springsocketio.benchmarks.compare;

import java.io.IOException;

/**
 * What is to be done with what clients receive.
 */
interface Receiver {

	/**
	 * Return how many messages a client may have under way.
	 */
	default int window() {
		return 1;
	}

	/**
	 * Return the packet with which a client joins.
	 */
	default byte[] join() {
		return Client.JOIN;
	}

	/**
	 * Return whether clients offer to compress each message of a websocket by itself.
	 */
	default boolean isCompressing() {
		return false;
	}

	/**
	 * A client has joined.
	 * @param data the packet that says so
	 */
	default void onJoined(Client client, byte[] data, int from, int to) throws IOException {
		onReady(client);
	}

	/**
	 * A client has joined.
	 */
	void onReady(Client client) throws IOException;

	/**
	 * A client has received a text packet, with its Engine.IO type.
	 */
	default void onText(Client client, byte[] data, int from, int to) throws IOException {
		throw Client.wrong("Unexpected message", data, from, to);
	}

	/**
	 * The server has closed the connection of a client or refused it.
	 */
	default void onLost(IOException cause) throws IOException {
		throw cause;
	}

	/**
	 * A client has received an attachment.
	 */
	default void onBinary(Client client, byte[] data, int from, int to) throws IOException {
		throw Client.wrong("Unexpected attachment", data, from, to);
	}

}
