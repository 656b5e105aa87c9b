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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.RoomListener;
import org.jspecify.annotations.Nullable;

/**
 * The listeners for the sockets of all namespaces of a server.
 */
final class SocketListeners {

	private final FailureLog failures;

	private final List<SocketListener> listeners = new CopyOnWriteArrayList<>();

	private final List<SocketRoomListener> roomListeners = new CopyOnWriteArrayList<>();

	SocketListeners(FailureLog failures) {
		this.failures = failures;
	}

	void add(SocketListener listener) {
		this.listeners.add(listener);
	}

	void add(SocketRoomListener listener) {
		this.roomListeners.add(listener);
	}

	/**
	 * Return the listener for the rooms of a socket, or {@code null} if there are no
	 * listeners.
	 */
	@Nullable RoomListener roomListener(AdapterSocket socket) {
		return (!this.roomListeners.isEmpty() && socket instanceof DefaultSocket known) ? new Rooms(this, known) : null;
	}

	void connected(DefaultSocket socket) {
		if (!this.listeners.isEmpty() && socket.isActive()) {
			call(socket, this.listeners, (listener) -> listener.onConnected(socket));
		}
	}

	void recovered(DefaultSocket socket) {
		if (!this.listeners.isEmpty() && socket.isActive()) {
			call(socket, this.listeners, (listener) -> listener.onRecovered(socket));
		}
	}

	void disconnected(DefaultSocket socket, DisconnectReason reason, @Nullable String detail) {
		if (!this.listeners.isEmpty()) {
			call(socket, this.listeners, (listener) -> listener.onDisconnected(socket, reason, detail));
		}
	}

	private <L> void call(DefaultSocket socket, List<L> all, Consumer<L> call) {
		for (L listener : all) {
			try {
				call.accept(listener);
			}
			catch (Throwable ex) {
				this.failures.log("Listener for sockets", socket, ex, false);
			}
		}
	}

	/**
	 * Reports the rooms of a socket besides its own.
	 *
	 * @param all the listeners
	 * @param socket the socket
	 */
	private record Rooms(SocketListeners all, DefaultSocket socket) implements RoomListener {

		@Override
		public void onJoinRoom(String room, String id) {
			if (!room.equals(id)) {
				this.all.call(this.socket, this.all.roomListeners, (listener) -> listener.onJoined(this.socket, room));
			}
		}

		@Override
		public void onLeaveRoom(String room, String id) {
			if (!room.equals(id)) {
				this.all.call(this.socket, this.all.roomListeners, (listener) -> listener.onLeft(this.socket, room));
			}
		}

	}

}
