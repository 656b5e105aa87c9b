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

/**
 * Listens to the rooms of the sockets of all namespaces on this node. The own room of a
 * socket is not reported. Called on the thread that makes the change, usually an event
 * loop; must not block. Exceptions are logged and have no other effect. Changes that two
 * threads make to the rooms of one socket at the same time may be reported in another
 * order.
 *
 * @since 0.1.0
 * @see SocketIoServer#addSocketListener(SocketRoomListener)
 */
public interface SocketRoomListener {

	/**
	 * Called when a socket has joined a room. With a middleware or connection state
	 * recovery, the socket may join before it is connected.
	 * @param socket the socket
	 * @param room the name of the room
	 */
	default void onJoined(Socket socket, String room) {
	}

	/**
	 * Called when a socket has left a room, also because it is being disconnected.
	 * @param socket the socket
	 * @param room the name of the room
	 */
	default void onLeft(Socket socket, String room) {
	}

}
