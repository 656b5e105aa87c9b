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
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Collects what happens to rooms, to tell it when no entry is held any longer (SIO-63).
 */
final class RoomEvents {

	private static final Log logger = LogFactory.getLog(RoomEvents.class);

	private final List<RoomListener> listeners;

	private final AdapterSocket socket;

	private @Nullable List<Consumer<RoomListener>> events;

	private int limit = -1;

	RoomEvents(List<RoomListener> listeners, AdapterSocket socket) {
		this.listeners = listeners;
		this.socket = socket;
	}

	void joined(String room, boolean created) {
		if (created) {
			add((listener) -> listener.onCreateRoom(room));
		}
		add((listener) -> listener.onJoinRoom(room, this.socket.id()));
	}

	void left(String room, boolean deleted) {
		add((listener) -> listener.onLeaveRoom(room, this.socket.id()));
		if (deleted) {
			add((listener) -> listener.onDeleteRoom(room));
		}
	}

	/**
	 * A room was not joined, because the socket is in too many.
	 */
	void refused(int limit) {
		this.limit = limit;
	}

	private void add(Consumer<RoomListener> event) {
		if (this.listeners.isEmpty()) {
			return;
		}
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
				this.listeners.forEach((listener) -> tell(listener, event));
			}
		}
		if (isRefused()) {
			throw new IllegalStateException("A socket must not be in more than " + this.limit + " rooms");
		}
	}

	private static void tell(RoomListener listener, Consumer<RoomListener> event) {
		try {
			event.accept(listener);
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			logger.error("A room listener failed", ex);
		}
	}

}
