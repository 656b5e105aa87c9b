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

package io.github.springsocketio.socketio.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.FatalErrors;
import org.jspecify.annotations.Nullable;

/**
 * Collects events of rooms. The listeners are called after the locks of map entries are
 * released (SIO-63).
 */
final class RoomEvents {

	private final AdapterNamespace namespace;

	private final List<RoomListener> listeners;

	private final @Nullable RoomListener listener;

	private final AdapterSocket socket;

	private @Nullable List<Consumer<RoomListener>> events;

	private int limit = -1;

	RoomEvents(AdapterNamespace namespace, List<RoomListener> listeners, AdapterSocket socket) {
		this.namespace = namespace;
		this.listeners = listeners;
		this.listener = namespace.roomListener(socket);
		this.socket = socket;
	}

	void joined(String room, boolean created) {
		if (isSilent()) {
			return;
		}
		if (created) {
			add((listener) -> listener.onCreateRoom(room));
		}
		add((listener) -> listener.onJoinRoom(room, this.socket.id()));
	}

	void left(String room, boolean deleted) {
		if (isSilent()) {
			return;
		}
		add((listener) -> listener.onLeaveRoom(room, this.socket.id()));
		if (deleted) {
			add((listener) -> listener.onDeleteRoom(room));
		}
	}

	/**
	 * Note that a room was not joined, because the socket is in too many rooms.
	 */
	void refused(int limit) {
		this.limit = limit;
	}

	private boolean isSilent() {
		return this.listener == null && this.listeners.isEmpty();
	}

	private void add(Consumer<RoomListener> event) {
		if (this.events == null) {
			this.events = new ArrayList<>();
		}
		this.events.add(event);
	}

	boolean isRefused() {
		return this.limit >= 0;
	}

	void fire() {
		if (this.events != null) {
			for (Consumer<RoomListener> event : this.events) {
				this.listeners.forEach((each) -> call(each, event));
				if (this.listener != null) {
					call(this.listener, event);
				}
			}
		}
		if (isRefused()) {
			throw new IllegalStateException("A socket must not be in more than " + this.limit + " rooms");
		}
	}

	private void call(RoomListener target, Consumer<RoomListener> event) {
		try {
			event.accept(target);
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			this.namespace.roomListenerFailed(ex);
		}
	}

}
