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

/**
 * Listens to the sockets of all namespaces. Called on the thread that makes the change,
 * usually an event loop; must not block. Exceptions are logged and have no other effect.
 *
 * @since 0.1.0
 * @see SocketIoServer#addSocketListener(SocketListener)
 */
public interface SocketListener {

	/**
	 * Called when a socket has connected, before the listeners and handlers for
	 * connections of its namespace.
	 * @param socket the socket
	 */
	default void onConnected(Socket socket) {
	}

	/**
	 * Called when the state of an earlier connection was recovered, before the listeners
	 * of {@link NamespaceRegistration#onRecovered(ConnectionListener)}. For a socket that
	 * is new to the server, {@link #onConnected} is called first.
	 * @param socket the socket
	 */
	default void onRecovered(Socket socket) {
	}

	/**
	 * Called when a socket was disconnected and has left its rooms, after the listeners
	 * of its namespace for disconnections.
	 * @param socket the socket
	 * @param reason the reason
	 * @param detail more about the reason, or {@code null}
	 */
	default void onDisconnected(Socket socket, DisconnectReason reason, @Nullable String detail) {
	}

}
