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

package io.github.springsocketio.admin;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.socketio.Socket;

/**
 * A view, and the sockets of this node that were reported to its administrators. Only
 * changes of these sockets are reported, so their maximum number bounds the work.
 */
final class WatchedView {

	private final View view;

	private final int limit;

	private final Map<String, Shown> shown = new ConcurrentHashMap<>();

	private final AtomicBoolean stale = new AtomicBoolean();

	private final AtomicBoolean collecting = new AtomicBoolean();

	private volatile long collectedAt;

	WatchedView(View view, int limit) {
		this.view = view;
		this.limit = limit;
	}

	View view() {
		return this.view;
	}

	/**
	 * Add a socket to the shown ones, if it belongs to this view.
	 * @return whether it was added
	 */
	boolean show(Socket socket) {
		if (this.shown.size() >= this.limit || !this.view.matches(socket)
				|| this.shown.putIfAbsent(socket.id(), new Shown(socket)) != null) {
			return false;
		}
		if (!socket.connected()) {
			this.shown.remove(socket.id());
			return false;
		}
		return true;
	}

	boolean shows(Socket socket) {
		return this.shown.containsKey(socket.id());
	}

	/**
	 * Remove a socket from the shown ones.
	 * @return whether it was shown
	 */
	boolean hide(Socket socket) {
		return this.shown.remove(socket.id()) != null;
	}

	void clear() {
		this.shown.clear();
	}

	Collection<Shown> shown() {
		return this.shown.values();
	}

	/**
	 * Record that a change could not be reported, so that all sockets have to be sent
	 * again.
	 */
	void markStale() {
		this.stale.set(true);
	}

	boolean isStale() {
		return this.stale.get();
	}

	/**
	 * Return whether all sockets have to be sent again, and reset this state.
	 */
	boolean takeStale() {
		return this.stale.getAndSet(false);
	}

	/**
	 * Start to collect the sockets, unless a collection is running.
	 * @param now the number of the current tick
	 */
	boolean beginCollecting(long now) {
		if (!this.collecting.compareAndSet(false, true)) {
			return false;
		}
		this.collectedAt = now;
		this.stale.set(false);
		return true;
	}

	/**
	 * Return whether a collection is running. A change during this time may be reported
	 * before the list of sockets, which does not contain the change.
	 */
	boolean isCollecting() {
		return this.collecting.get();
	}

	void endCollecting() {
		this.collecting.set(false);
	}

	/**
	 * Return the number of the tick of the last collection.
	 */
	long collectedAt() {
		return this.collectedAt;
	}

	/**
	 * A shown socket of this node, and its last reported state.
	 */
	static final class Shown {

		private final Socket socket;

		private volatile TransportType transport;

		private volatile int data;

		Shown(Socket socket) {
			this.socket = socket;
			this.transport = socket.conn().transportType();
			this.data = hash(socket);
		}

		Socket socket() {
			return this.socket;
		}

		/**
		 * Return whether the transport has changed since the last call.
		 */
		boolean hasNewTransport() {
			TransportType current = this.socket.conn().transportType();
			boolean changed = current != this.transport;
			this.transport = current;
			return changed;
		}

		/**
		 * Return whether the data have changed since the last call.
		 */
		boolean hasNewData() {
			int current = hash(this.socket);
			boolean changed = current != this.data;
			this.data = current;
			return changed;
		}

		private static int hash(Socket socket) {
			try {
				return Objects.hashCode(PlainValue.of(socket.data()));
			}
			catch (RuntimeException ex) {
				// the application is changing a value concurrently
				return 0;
			}
		}

	}

}
