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

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The sockets of one client. Safe to use from any thread.
 */
abstract class ClientSockets extends HandlerLoad {

	private static final AtomicReferenceFieldUpdater<ClientSockets, DefaultSocket[]> SOCKETS = AtomicReferenceFieldUpdater
		.newUpdater(ClientSockets.class, DefaultSocket[].class, "sockets");

	private static final DefaultSocket[] NONE = {};

	/**
	 * The sockets, also those in middlewares; few, so that looking through them is the
	 * fastest. Replaced when changed.
	 */
	private volatile DefaultSocket[] sockets = NONE;

	final DefaultSocket[] sockets() {
		return this.sockets;
	}

	/**
	 * Return the socket of a namespace, which may be in middlewares.
	 */
	final @Nullable DefaultSocket find(String nsp) {
		for (DefaultSocket socket : this.sockets) {
			if (socket.namespace().name().equals(nsp)) {
				return socket;
			}
		}
		return null;
	}

	final void add(DefaultSocket socket) {
		SOCKETS.updateAndGet(this, (array) -> HandlerTable.append(array, socket));
	}

	/**
	 * Forget a socket. From any thread.
	 */
	final void remove(DefaultSocket socket) {
		SOCKETS.updateAndGet(this, (array) -> (array.length == 1 && array[0] == socket) ? NONE
				: Arrays.stream(array).filter((other) -> other != socket).toArray(DefaultSocket[]::new));
	}

}
