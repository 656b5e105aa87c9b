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

package io.github.springsocketio.socketio;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The link of a socket to its client: the connection and the handshake, and what depends
 * on them. Replaced as a whole when the client connects anew.
 */
final class SocketLink {

	private final Client client;

	private final Handshake handshake;

	private volatile @Nullable Context context;

	SocketLink(Client client, Handshake handshake) {
		this.client = client;
		this.handshake = handshake;
	}

	Client client() {
		return this.client;
	}

	Handshake handshake() {
		return this.handshake;
	}

	/**
	 * Return the Reactor context for what the application returns for a socket.
	 */
	Context reactorContext(DefaultSocket socket) {
		Context result = this.context;
		if (result == null) {
			result = socket.namespace().server().reactorContext(socket);
			this.context = result;
		}
		return result;
	}

}
