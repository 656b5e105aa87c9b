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

package io.github.springsocketio.redis;

/**
 * The types of messages between nodes.
 */
final class MessageType {

	static final int INITIAL_HEARTBEAT = 1;

	static final int BROADCAST = 3;

	static final int SOCKETS_JOIN = 4;

	static final int SOCKETS_LEAVE = 5;

	static final int DISCONNECT_SOCKETS = 6;

	static final int FETCH_SOCKETS = 7;

	static final int FETCH_SOCKETS_RESPONSE = 8;

	static final int SERVER_SIDE_EMIT = 9;

	static final int SERVER_SIDE_EMIT_RESPONSE = 10;

	static final int BROADCAST_CLIENT_COUNT = 11;

	static final int BROADCAST_ACK = 12;

	static final int ADAPTER_CLOSE = 13;

	/**
	 * Used between nodes of this project only: requests the state of a client that has
	 * connected to another node.
	 */
	static final int HAND_OVER = 100;

	static final int HAND_OVER_RESPONSE = 101;

	private MessageType() {
	}

	/**
	 * Return whether messages of a type may contain binary data.
	 */
	static boolean mayBeBinary(int type) {
		return type == BROADCAST || type == FETCH_SOCKETS_RESPONSE || type == SERVER_SIDE_EMIT
				|| type == SERVER_SIDE_EMIT_RESPONSE || type == BROADCAST_ACK || type >= HAND_OVER;
	}

}
